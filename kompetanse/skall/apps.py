from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SkallConfig(AppConfig):
    name = "kompetanse.skall"
    verbose_name = "Skall"

    def ready(self) -> None:
        """Write the ground's own entries into the navigation; the apps above write theirs."""
        from kompetanse.organisasjon.access import Act  # noqa: PLC0415
        from kompetanse.skall.navigation import Area, NavItem, register  # noqa: PLC0415

        register(NavItem(_("Hjem"), "skall:home", Act.USE, order=0))
        register(NavItem(_("Utsendte varsler"), "varsler:log", Act.SEE_MAIL, 900, Area.RAPPORTER))
        for label, url, act, order in (
            (_("Organisasjon"), "units", Act.SEE_UNITS, 10),
            (_("Finn folk"), "people", Act.FIND_PEOPLE, 10),
            (_("Heltidskultur"), "fulltime", Act.SEE_FULLTIME, 20),
            (_("Stedfortredere"), "deputies", Act.SET_DEPUTY, 20),
            (_("Stillingskategorier"), "categories", Act.EDIT_SETTINGS, 30),
            (_("Roller"), "roles", Act.GIVE_ROLES, 30),
            (_("Innstillinger"), "settings", Act.EDIT_SETTINGS, 950),
        ):
            register(NavItem(label, f"organisasjon:{url}", act, order, Area.ORGANISASJON))
