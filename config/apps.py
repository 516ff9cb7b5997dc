from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The top floor: pages and commands that join the apps."""

    name = "config"
    verbose_name = "Hồ sơ Đảng viên"
