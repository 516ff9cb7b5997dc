"""Figures of admission: the board of a year, the official forms, the report."""
