from django.apps import AppConfig

from members.ports import register_import


class MembersConfig(AppConfig):
    """People and their history."""

    name = "members"
    verbose_name = "Đảng viên"

    def ready(self):
        from members.importing.kind import MEMBERS  # noqa: PLC0415 -- models are not ready before

        register_import(MEMBERS)
