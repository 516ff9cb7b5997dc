from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import autodiscover_modules, module_has_submodule


class ConfigConfig(AppConfig):
    """The top floor: pages and commands that join the apps."""

    name = "config"
    verbose_name = "Hồ sơ Đảng viên"

    def ready(self):
        from cells.sentences import register  # noqa: PLC0415 -- the apps are not ready before
        from config.figures import register_figures  # noqa: PLC0415 -- likewise

        for app in apps.get_app_configs():
            if module_has_submodule(app.module, "sentences"):
                register(import_module(f"{app.name}.sentences").SENTENCES)
        autodiscover_modules("tasks")  # the kinds of jobs of every app
        register_figures()
