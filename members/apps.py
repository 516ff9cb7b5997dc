from django.apps import AppConfig

from cells.ports import (
    register_after_term,
    register_body_links,
    register_printable,
    register_readings,
    register_signers,
    register_tree_port,
)
from members.ports import register_import, register_open_work, register_sheet_table
from members.readings import OPEN_RECORD, SEALED_OPENING


class MembersConfig(AppConfig):
    """People and their history."""

    name = "members"
    verbose_name = "Đảng viên"

    def ready(self):
        from members import open_work, signing  # noqa: PLC0415 -- models are not ready before
        from members.badge_printing import CARDS, PROPOSALS  # noqa: PLC0415 -- likewise
        from members.committee_printing import COMMITTEE  # noqa: PLC0415 -- models are not ready before
        from members.file_printing import FILE_DOCUMENTS  # noqa: PLC0415 -- likewise
        from members.importing.kind import MEMBERS  # noqa: PLC0415 -- models are not ready before
        from members.life_printing import LIFE  # noqa: PLC0415 -- likewise
        from members.listing_printing import BADGE_REGISTERS, NAME_LISTS, REGISTERS  # noqa: PLC0415 -- likewise
        from members.sheet_honours import SHEET_HONOURS  # noqa: PLC0415 -- likewise
        from members.slips_due_printing import SLIPS_DUE  # noqa: PLC0415 -- likewise
        from members.statistics.printing import FORMS  # noqa: PLC0415 -- likewise
        from members.transfer_register import TRANSFER_REGISTER  # noqa: PLC0415 -- likewise
        from members.tree_port import MEMBERS_IN_THE_TREE  # noqa: PLC0415 -- models are not ready before

        register_import(MEMBERS)
        register_open_work(open_work.open_work)
        register_printable(COMMITTEE)
        register_printable(LIFE)
        register_printable(SLIPS_DUE)
        register_printable(TRANSFER_REGISTER)
        register_readings(OPEN_RECORD, SEALED_OPENING)
        register_signers(signing.signers)
        register_body_links(signing.body_links)
        register_after_term(signing.after_term)
        for register in (*REGISTERS.values(), *BADGE_REGISTERS.values(), *NAME_LISTS.values()):
            register_printable(register)
        for item in SHEET_HONOURS:
            register_sheet_table(item)
        for listing in (*PROPOSALS.values(), *CARDS.values()):
            register_printable(listing)
        for document in FILE_DOCUMENTS.values():
            register_printable(document)
        for form in FORMS.values():
            register_printable(form)
        register_tree_port(MEMBERS_IN_THE_TREE)
