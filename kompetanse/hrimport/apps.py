from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HrimportConfig(AppConfig):
    name = "kompetanse.hrimport"
    verbose_name = "Import fra HR"

    def ready(self) -> None:
        """Show the way into the wizard, and what waits for those who run it."""
        from kompetanse.hrimport import oppgaver  # noqa: PLC0415
        from kompetanse.organisasjon.access import Act  # noqa: PLC0415
        from kompetanse.skall.navigation import Area, NavItem, register  # noqa: PLC0415
        from kompetanse.varsler import oppgaver as duties  # noqa: PLC0415

        register(
            NavItem(_("Import fra HR"), "hrimport:list", Act.IMPORT_HR, 930, Area.ORGANISASJON)
        )
        duties.register(oppgaver.duties)
