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
        register(
            NavItem(_("Organisasjon"), "organisasjon:units", Act.SEE_UNITS, 10, Area.ORGANISASJON)
        )
        register(
            NavItem(
                _("Heltidskultur"),
                "organisasjon:fulltime",
                Act.SEE_FULLTIME,
                20,
                Area.ORGANISASJON,
            )
        )
        register(
            NavItem(
                _("Stillingskategorier"),
                "organisasjon:categories",
                Act.EDIT_SETTINGS,
                30,
                Area.ORGANISASJON,
            )
        )
        register(
            NavItem(
                _("Innstillinger"),
                "organisasjon:settings",
                Act.EDIT_SETTINGS,
                950,
                Area.ORGANISASJON,
            )
        )
        register(
            NavItem(_("Finn folk"), "organisasjon:people", Act.FIND_PEOPLE, 10, Area.ORGANISASJON)
        )
        register(
            NavItem(
                _("Stedfortredere"), "organisasjon:deputies", Act.SET_DEPUTY, 20, Area.ORGANISASJON
            )
        )
        register(NavItem(_("Roller"), "organisasjon:roles", Act.GIVE_ROLES, 30, Area.ORGANISASJON))
        register(NavItem(_("Utsendte varsler"), "varsler:log", Act.SEE_MAIL, 900, Area.RAPPORTER))
