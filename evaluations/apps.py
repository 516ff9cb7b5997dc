from django.apps import AppConfig

from cells.ports import register_printable, register_readings, register_tree_port
from evaluations.readings import (
    READ_OWN_SCREENING,
    READ_REMOVAL,
    READ_RUN_LIST,
    READ_SCREENING,
    READ_SCREENING_LIST,
    READ_SCREENING_REPORT,
    READ_WRITTEN,
)
from members.ports import register_import, register_merge_port, register_open_work, register_reading, register_reception


class EvaluationsConfig(AppConfig):
    """The yearly review and rating."""

    name = "evaluations"
    verbose_name = "Xếp loại"

    def ready(self):
        from evaluations import open_work  # noqa: PLC0415 -- models are not ready before
        from evaluations.importing.kind import GRADES  # noqa: PLC0415 -- models are not ready before
        from evaluations.merging import REVIEWS_IN_A_MERGE  # noqa: PLC0415 -- models are not ready before
        from evaluations.organisation_report_printing import ORGANISATIONS  # noqa: PLC0415 -- models are not ready before
        from evaluations.printing import RATINGS, RUN_LISTS  # noqa: PLC0415 -- models are not ready before
        from evaluations.quarter_board_printing import BOARD  # noqa: PLC0415 -- models are not ready before
        from evaluations.quarter_printing import FORMS_05  # noqa: PLC0415 -- models are not ready before
        from evaluations.removal_ports import (  # noqa: PLC0415 -- models are not ready before
            REMOVALS_IN_A_MERGE,
            open_removals,
        )
        from evaluations.screening_moving import follow_member  # noqa: PLC0415 -- models are not ready before
        from evaluations.summary_printing import SUMMARY  # noqa: PLC0415 -- models are not ready before
        from evaluations.tree_port import RATINGS_IN_THE_TREE  # noqa: PLC0415 -- models are not ready before

        for document in (RATINGS, ORGANISATIONS, SUMMARY, BOARD, FORMS_05, *RUN_LISTS.values()):
            register_printable(document)
        register_tree_port(RATINGS_IN_THE_TREE)
        register_reading(READ_WRITTEN)
        register_readings(READ_WRITTEN, READ_RUN_LIST, READ_SCREENING, READ_OWN_SCREENING, READ_REMOVAL)
        register_readings(READ_SCREENING_LIST, READ_SCREENING_REPORT)
        register_import(GRADES)
        register_open_work(open_work.open_work)
        register_merge_port(REVIEWS_IN_A_MERGE)
        register_open_work(open_removals)
        register_merge_port(REMOVALS_IN_A_MERGE)
        register_reception(follow_member)
