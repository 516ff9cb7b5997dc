"""The printed forms of admission and recognition: a catalogue of lines, filled from the rows of one candidate."""
