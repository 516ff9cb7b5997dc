from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """The yearly review and rating."""

    name = "evaluations"
    verbose_name = "Xếp loại"
