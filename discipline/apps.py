from django.apps import AppConfig


class DisciplineConfig(AppConfig):
    """Inspection, supervision and discipline, under seal."""

    name = "discipline"
    verbose_name = "Kiểm tra, kỷ luật"
