# ruff: noqa: PLC0415 (what is registered can be imported when all apps are loaded)
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanerConfig(AppConfig):
    name = "planer"
    verbose_name = "Planer"

    def ready(self) -> None:
        from kompetanse.kommuner import maler
        from kompetanse.organisasjon import closing, leave
        from kompetanse.organisasjon.access import Act
        from kompetanse.plattform import oppstart, regionstoff
        from kompetanse.skall import forside, navigation
        from kompetanse.skall.navigation import Area, NavItem
        from kompetanse.varsler import kalender, paminnelser
        from kompetanse.varsler import oppgaver as duties
        from planer import oppgaver
        from planer.actions import introduksjon, mal
        from planer.queries import arrangement, arshjul, avslutning, region
        from planer.queries import oppstart as steps

        closing.register(avslutning.open_in)
        navigation.register(
            NavItem(_("Årshjul"), "planer:open_wheel", Act.SEE_PLAN, 40, Area.PLANER)
        )
        navigation.register(
            NavItem(_("Opplæringsplan"), "planer:open_training", Act.SEE_PLAN, 50, Area.PLANER)
        )
        navigation.register(
            NavItem(_("Langtidsplan"), "planer:list_longs", Act.SEE_PLAN, 55, Area.PLANER)
        )
        navigation.register(
            NavItem(_("Strategi"), "planer:list_plans", Act.SEE_PLAN, 60, Area.PLANER)
        )
        navigation.register(
            NavItem(_("Evaluering"), "planer:list_evaluations", Act.SEE_PLAN, 65, Area.PLANER)
        )
        navigation.register(
            NavItem(_("Kurs og fagdager"), "planer:list_events", Act.USE, 52, Area.PLANER)
        )
        navigation.register(
            NavItem(_("Møter"), "planer:list_meetings", Act.SEE_PLAN, 70, Area.PLANER)
        )
        navigation.register(
            NavItem(
                _("Fra behov til budsjett"), "planer:open_path", Act.SEE_ACTIONS, 45, Area.PLANER
            )
        )
        navigation.register(
            NavItem(
                _("Nye ansatte"),
                "planer:list_introductions",
                Act.FOLLOW_INTRODUCTION,
                54,
                Area.PLANER,
            )
        )
        navigation.register(
            NavItem(_("Drøftinger"), "planer:list_discussions", Act.SEE_PRIORITIES, 72, Area.PLANER)
        )
        navigation.register(
            NavItem(_("Nettverk"), "planer:list_networks", Act.USE, 75, Area.PLANER)
        )
        navigation.register(
            NavItem(_("Hvem kan hjelpe meg?"), "planer:find_help", Act.USE, 25, Area.MINE)
        )
        kalender.register(arrangement.in_calendar)
        kalender.register(arshjul.in_calendar)
        duties.register(oppgaver.duties)
        duties.register(oppgaver.joint_duties)
        duties.register(oppgaver.hearing_duties)
        duties.register(oppgaver.introductions)
        duties.register(oppgaver.effects)
        duties.register(oppgaver.meeting_duties)
        duties.register(oppgaver.course_duties)
        paminnelser.register(oppgaver.reminders)
        paminnelser.register(oppgaver.event_reminders)
        paminnelser.register(oppgaver.step_reminders)
        leave.register(introduksjon.follow_leave)
        forside.register(oppgaver.year_of_work)
        forside.register(oppgaver.year_ahead)
        maler.register(_("Årshjul"), mal.load_wheel)
        maler.register(_("Læringsarenaer"), mal.load_arenas)
        maler.register(_("Introduksjon av nye ansatte"), mal.load_introductions)
        regionstoff.register(region.plans_in_force)
        oppstart.register(steps.WHEEL)
        oppstart.register(steps.PLAN)
        _publish_steps()


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
