"""Acts by which somebody reads what the yearly rating keeps from most eyes: they change nothing."""

READ_WRITTEN = "evaluations.read_written"  # about the member
READ_RUN_LIST = "evaluations.read_run_list"  # about the body whose list it is
READ_SCREENING = "evaluations.read_screening"  # about the person whom the cell has put before the committee above
READ_OWN_SCREENING = "screening.read_screening"  # the same while only the own cell knows
READ_SCREENING_LIST = "screening.read_flags"  # about the cell whose flags were shown
READ_SCREENING_REPORT = "evaluations.read_screening_report"  # the people of a round, by name
READ_REMOVAL = "evaluations.read_removal"  # about the matter; once a day and reader
SEEN, PRINTED, TAKEN = "xem", "in", "xuất Excel"
