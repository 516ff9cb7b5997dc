"""Official statistics of members and organisations: forms 1, 3 and 5, counted from dated rows (11-HD/BTCTW)."""
