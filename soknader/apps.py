# ruff: noqa: PLC0415 (what is registered can be imported when all apps are loaded)
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SoknaderConfig(AppConfig):
    name = "soknader"
    verbose_name = "Søknader"

    def ready(self) -> None:
        from kompetanse.organisasjon.access import Act
        from kompetanse.skall import forside, navigation
        from kompetanse.skall.navigation import NavItem
        from kompetanse.varsler import oppgaver, paminnelser
        from soknader.oppgaver import paminnelser as own_reminders
        from soknader.oppgaver import soknad

        oppgaver.register(soknad.duties)
        paminnelser.register(own_reminders.reminders)
        forside.register(soknad.own_applications)
        forside.register_deadline(soknad.public_deadline)

        navigation.register(NavItem(_("Søk om støtte"), "soknader:announcement", Act.APPLY, 20))
        navigation.register(NavItem(_("Mine søknader"), "soknader:mine", Act.USE, 21))
        navigation.register(
            NavItem(_("Søknader til uttalelse"), "soknader:to_recommend", Act.RECOMMEND, 30)
        )
        navigation.register(
            NavItem(_("Prioritering"), "soknader:priorities", Act.SEE_PRIORITIES, 35)
        )
        navigation.register(NavItem(_("Runder"), "soknader:rounds", Act.RUN_ROUND, 40))
