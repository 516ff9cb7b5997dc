"""Read models of the organisation side's pages."""
