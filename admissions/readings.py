"""Acts by which somebody reads what admission keeps from most eyes: they change nothing."""

READ_BACKGROUND = "admissions.read_background"  # family, religion, what verification answered
