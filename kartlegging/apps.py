# ruff: noqa: PLC0415 (what is registered can be imported when all apps are loaded)
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KartleggingConfig(AppConfig):
    name = "kartlegging"
    verbose_name = "Kartlegging"

    def ready(self) -> None:
        from kartlegging import oppgaver as own
        from kartlegging.actions import forslag
        from kartlegging.queries import avslutning, lop
        from kompetanse.organisasjon import closing, learned
        from kompetanse.organisasjon.access import Act
        from kompetanse.skall import navigation
        from kompetanse.skall.navigation import Area, NavItem
        from kompetanse.varsler import oppgaver
        from planer.queries import lop as path

        oppgaver.register(own.duties)
        learned.register(forslag.propose)
        path.register(lop.needs)
        closing.register(avslutning.open_in)
        navigation.register(
            NavItem(_("Min kompetanse"), "kartlegging:mine", Act.USE, 25, Area.MINE)
        )
        navigation.register(
            NavItem(_("Behov"), "kartlegging:needs", Act.SEE_GAP, 30, Area.KOMPETANSE)
        )
        navigation.register(
            NavItem(_("Kompetanse"), "kartlegging:units", Act.SEE_GAP, 35, Area.KOMPETANSE)
        )
        navigation.register(
            NavItem(_("GAP"), "kartlegging:gap_now", Act.SEE_GAP, 38, Area.KOMPETANSE)
        )
        navigation.register(
            NavItem(_("Felles behov"), "kartlegging:common", Act.SEE_PLAN, 36, Area.KOMPETANSE)
        )
        from kartlegging import models, workflow
        from kompetanse.organisasjon import steps

        steps.publish(models.Behovsskjema, workflow.STEPS)
