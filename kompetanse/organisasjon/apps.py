from django.apps import AppConfig


class OrganisasjonConfig(AppConfig):
    name = "kompetanse.organisasjon"
    verbose_name = "Organisasjon"

    def ready(self) -> None:
        from kompetanse.kommuner import looking  # noqa: PLC0415
        from kompetanse.organisasjon import innsyn  # noqa: PLC0415

        looking.register(innsyn.source)
