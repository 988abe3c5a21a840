# ruff: noqa: PLC0415 (what is registered can be imported when all apps are loaded)
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonvernConfig(AppConfig):
    name = "kompetanse.personvern"
    verbose_name = "Personvern"

    def ready(self) -> None:
        from kompetanse.kommuner import responses
        from kompetanse.organisasjon.access import Act
        from kompetanse.personvern.views import bestilling
        from kompetanse.skall import navigation
        from kompetanse.skall.navigation import Area, NavItem

        responses.take_orders(bestilling.take)
        navigation.register(NavItem(_("Mine data"), "personvern:mine", Act.USE, 90, Area.MINE))
        navigation.register(
            NavItem(_("Hendelser"), "personvern:events", Act.SEE_AUDIT, 910, Area.RAPPORTER)
        )
        navigation.register(
            NavItem(_("Sletting"), "personvern:erasure", Act.ERASE, 920, Area.RAPPORTER)
        )
