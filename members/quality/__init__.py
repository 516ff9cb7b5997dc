"""The quality desk: what the record says against itself, found by rules that are data."""
