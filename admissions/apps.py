from django.apps import AppConfig

from cells.ports import register_tree_port
from members.ports import register_merge_port, register_open_work


class AdmissionsConfig(AppConfig):
    """From outstanding outsider to official member."""

    name = "admissions"
    verbose_name = "Kết nạp"

    def ready(self):
        from admissions.merging import ADMISSIONS_IN_A_MERGE  # noqa: PLC0415 -- models are not ready before
        from admissions.open_work import open_work  # noqa: PLC0415 -- models are not ready before
        from admissions.tree_port import CANDIDATES_IN_THE_TREE  # noqa: PLC0415 -- models are not ready before

        register_tree_port(CANDIDATES_IN_THE_TREE)
        register_merge_port(ADMISSIONS_IN_A_MERGE)
        register_open_work(open_work)
