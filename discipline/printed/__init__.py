"""The papers of a case: a catalogue of lines, filled from the rows of one case; no number is given and none is kept."""
