from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    """From outstanding outsider to official member."""

    name = "admissions"
    verbose_name = "Kết nạp"
