"""Acts by which somebody reads what is masked or takes it out of the house: they change nothing."""

READ_SCAN = "members.read_scan"
OF_A_MEMBER = frozenset({"members.reveal_number", "members.print_sheet", "members.print_statement", READ_SCAN})
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
