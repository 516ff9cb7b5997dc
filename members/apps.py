from django.apps import AppConfig


class MembersConfig(AppConfig):
    """People and their history."""

    name = "members"
    verbose_name = "Đảng viên"
