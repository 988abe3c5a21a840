# ruff: noqa: PLC0415 (what is registered can be imported when all apps are loaded)
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KartleggingConfig(AppConfig):
    name = "kartlegging"
    verbose_name = "Kartlegging"

    def ready(self) -> None:
        _register_content()
        _register_pages()
        _publish_steps()


def _register_content() -> None:
    """What waits for people, what is learned, and what the plans show of needs."""
    from kartlegging import oppgaver as duties
    from kartlegging.actions import forslag
    from kartlegging.queries import avslutning, lop
    from kompetanse.organisasjon import closing, learned
    from kompetanse.varsler import oppgaver
    from planer.queries import lop as path

    oppgaver.register(duties.duties)
    learned.register(forslag.propose)
    path.register(lop.needs)
    closing.register(avslutning.open_in)


def _register_pages() -> None:
    from kompetanse.organisasjon.access import Act
    from kompetanse.skall import navigation
    from kompetanse.skall.navigation import Area, NavItem

    for label, url, act, order, area in (
        (_("Min kompetanse"), "mine", Act.USE, 25, Area.MINE),
        (_("Behov"), "needs", Act.SEE_GAP, 30, Area.KOMPETANSE),
        (_("Kompetanse"), "units", Act.SEE_GAP, 35, Area.KOMPETANSE),
        (_("Felles behov"), "common", Act.SEE_PLAN, 36, Area.KOMPETANSE),
        (_("GAP"), "gap_now", Act.SEE_GAP, 38, Area.KOMPETANSE),
    ):
        navigation.register(NavItem(label, f"kartlegging:{url}", act, order, area))


def _publish_steps() -> None:
    """Let the help page tell in which states each step can be taken."""
    from kartlegging import models, workflow
    from kompetanse.organisasjon import steps

    steps.publish(models.Behovsskjema, workflow.STEPS)
