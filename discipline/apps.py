from django.apps import AppConfig

from cells.ports import register_body_links, register_tree_port
from members.ports import register_merge_port


class DisciplineConfig(AppConfig):
    """Inspection, supervision and discipline, under seal."""

    name = "discipline"
    verbose_name = "Kiểm tra, kỷ luật"

    def ready(self):
        from discipline.body_links import body_links  # noqa: PLC0415 -- likewise
        from discipline.merging import DISCIPLINE_IN_A_MERGE  # noqa: PLC0415 -- models are not ready before
        from discipline.tree_port import DISCIPLINE_IN_THE_TREE  # noqa: PLC0415 -- likewise

        register_body_links(body_links)
        register_tree_port(DISCIPLINE_IN_THE_TREE)
        register_merge_port(DISCIPLINE_IN_A_MERGE)
