from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KommunerConfig(AppConfig):
    name = "kompetanse.kommuner"
    verbose_name = "Kommuner"

    def ready(self) -> None:
        """Make known Celery's app and its tasks, so that web processes enqueue them by name.

        And what the apps say of their actions and of the personal data they hold.
        """
        from kompetanse import celery  # noqa: F401, PLC0415 -- settings are ready only now

        autodiscover_modules("tasks", "hendelser", "personvern")
