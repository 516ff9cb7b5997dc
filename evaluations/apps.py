from django.apps import AppConfig

from cells.ports import register_printable


class EvaluationsConfig(AppConfig):
    """The yearly review and rating."""

    name = "evaluations"
    verbose_name = "Xếp loại"

    def ready(self):
        from evaluations.printing import RATINGS  # noqa: PLC0415 -- models are not ready before

        register_printable(RATINGS)
