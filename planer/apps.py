# ruff: noqa: PLC0415 (what is registered can be imported when all apps are loaded)
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanerConfig(AppConfig):
    name = "planer"
    verbose_name = "Planer"

    def ready(self) -> None:
        _register_duties()
        _register_content()
        _register_pages()
        _publish_steps()


def _register_duties() -> None:
    """What waits for people, and what they are reminded of."""
    from kompetanse.varsler import oppgaver, paminnelser
    from planer.oppgaver import (
        arrangement,
        arshjul,
        effekt,
        horing,
        introduksjon,
        mote,
        samling,
    )

    for duties in (arshjul, samling, horing, introduksjon, effekt, mote, arrangement):
        oppgaver.register(duties.duties)
    for reminding in (arshjul, arrangement, introduksjon):
        paminnelser.register(reminding.reminders)


def _register_content() -> None:
    """What apps below ask for: a unit's open work, leaves, the calendar, a new Kommune's start."""
    from kompetanse.kommuner import maler
    from kompetanse.organisasjon import closing, leave
    from kompetanse.plattform import oppstart, regionstoff
    from kompetanse.varsler import kalender
    from planer.actions import introduksjon, mal
    from planer.queries import arrangement, arshjul, avslutning, region
    from planer.queries import oppstart as steps

    closing.register(avslutning.open_in)
    leave.register(introduksjon.follow_leave)
    kalender.register(arrangement.in_calendar)
    kalender.register(arshjul.in_calendar)
    maler.register(_("Årshjul"), mal.load_wheel)
    maler.register(_("Læringsarenaer"), mal.load_arenas)
    maler.register(_("Introduksjon av nye ansatte"), mal.load_introductions)
    regionstoff.register(region.plans_in_force)
    oppstart.register(steps.WHEEL)
    oppstart.register(steps.PLAN)


def _register_pages() -> None:
    from kompetanse.organisasjon.access import Act
    from kompetanse.skall import forside, navigation
    from kompetanse.skall.navigation import Area, NavItem
    from planer.oppgaver import arshjul

    forside.register(arshjul.year_of_work)
    forside.register(arshjul.year_ahead)
    for label, url, act, order, area in (
        (_("Hvem kan hjelpe meg?"), "find_help", Act.USE, 25, Area.MINE),
        (_("Årshjul"), "open_wheel", Act.SEE_PLAN, 40, Area.PLANER),
        (_("Fra behov til budsjett"), "open_path", Act.SEE_ACTIONS, 45, Area.PLANER),
        (_("Opplæringsplan"), "open_training", Act.SEE_PLAN, 50, Area.PLANER),
        (_("Kurs og fagdager"), "list_events", Act.USE, 52, Area.PLANER),
        (_("Nye ansatte"), "list_introductions", Act.FOLLOW_INTRODUCTION, 54, Area.PLANER),
        (_("Langtidsplan"), "list_longs", Act.SEE_PLAN, 55, Area.PLANER),
        (_("Strategi"), "list_plans", Act.SEE_PLAN, 60, Area.PLANER),
        (_("Evaluering"), "list_evaluations", Act.SEE_PLAN, 65, Area.PLANER),
        (_("Møter"), "list_meetings", Act.SEE_PLAN, 70, Area.PLANER),
        (_("Drøftinger"), "list_discussions", Act.SEE_PRIORITIES, 72, Area.PLANER),
        (_("Nettverk"), "list_networks", Act.USE, 75, Area.PLANER),
    ):
        navigation.register(NavItem(label, f"planer:{url}", act, order, area))


def _publish_steps() -> None:
    """Let the help page tell in which states each step can be taken."""
    from kompetanse.organisasjon import steps as workflows
    from planer import models
    from planer.workflow import (
        evaluering,
        handlingsplan,
        langplan,
        mote,
        nettverk,
        opplaringsplan,
        protokoll,
        strategi,
    )

    workflows.publish(models.Strategiplan, strategi.STEPS)
    workflows.publish(models.Langplan, langplan.STEPS)
    workflows.publish(models.Opplaringsplan, opplaringsplan.STEPS)
    workflows.publish(models.Evaluering, evaluering.STEPS)
    workflows.publish(models.Handlingsplan, handlingsplan.STEPS)
    workflows.publish(models.Mote, mote.STEPS)
    workflows.publish(models.Protokoll, protokoll.STEPS)
    workflows.publish(models.Nettverk, nettverk.STEPS)
