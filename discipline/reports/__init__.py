"""Inspection statistics: counted from announced decisions; what is under seal appears to those named alone."""
