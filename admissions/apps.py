from django.apps import AppConfig

from admissions.printed.catalogue import PRINT_FORM
from admissions.readings import READ_BACKGROUND
from cells.ports import register_body_links, register_printable, register_readings, register_tree_port
from members.ports import register_merge_port, register_open_work


class AdmissionsConfig(AppConfig):
    """From outstanding outsider to official member."""

    name = "admissions"
    verbose_name = "Kết nạp"

    def ready(self):
        from admissions.merging import ADMISSIONS_IN_A_MERGE  # noqa: PLC0415 -- models are not ready before
        from admissions.open_work import open_work  # noqa: PLC0415 -- models are not ready before
        from admissions.report_printing import FORMS, REPORT  # noqa: PLC0415 -- likewise
        from admissions.source_links import body_links  # noqa: PLC0415 -- models are not ready before
        from admissions.tree_port import CANDIDATES_IN_THE_TREE  # noqa: PLC0415 -- models are not ready before

        register_tree_port(CANDIDATES_IN_THE_TREE)
        register_merge_port(ADMISSIONS_IN_A_MERGE)
        register_open_work(open_work)
        register_readings(READ_BACKGROUND, PRINT_FORM)
        register_body_links(body_links)
        for document in (REPORT, *FORMS.values()):
            register_printable(document)
