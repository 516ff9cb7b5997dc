"""Acts by which somebody reads what the yearly rating keeps from most eyes: they change nothing."""

READ_WRITTEN = "evaluations.read_written"  # about the member
READ_RUN_LIST = "evaluations.read_run_list"  # about the body whose list it is
READ_REMOVAL = "evaluations.read_removal"  # about the matter; once a day and reader
SEEN, PRINTED, TAKEN = "xem", "in", "xuất Excel"
