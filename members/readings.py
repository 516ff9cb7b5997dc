"""Acts by which somebody reads what is masked or takes it out of the house: they change nothing."""

READ_SCAN = "members.read_scan"
OPEN_RECORD = "members.open_record"
SEALED_OPENING = "holds.open_record"  # by who may set a hold: nobody else learns that he looked
OF_A_MEMBER = frozenset(
    {"members.reveal_number", "members.print_sheet", "members.print_statement", OPEN_RECORD, READ_SCAN}
)
OF_A_MOVE = frozenset({"members.print_slip"})
OF_A_LIST = frozenset(
    {
        "members.export",
        "members.export_unmasked",
        "members.export_official",
        "members.export_official_unmasked",
        "members.take_rekey",
        "members.take_rekey_unmasked",
    }
)
