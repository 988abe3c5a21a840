from django.apps import AppConfig


class VarslerConfig(AppConfig):
    name = "kompetanse.varsler"
    verbose_name = "Varsler"

    def ready(self) -> None:
        from kompetanse.organisasjon import beskjeder  # noqa: PLC0415
        from kompetanse.varsler import actions  # noqa: PLC0415

        beskjeder.register(actions.tell)
