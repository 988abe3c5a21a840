# ruff: noqa: PLC0415 (what is registered can be imported when all apps are loaded)
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SoknaderConfig(AppConfig):
    name = "soknader"
    verbose_name = "Søknader"

    def ready(self) -> None:
        _register_duties()
        _register_content()
        _register_pages()
        _publish_steps()


def _register_duties() -> None:
    """What waits for people, what they are reminded of, and what the minute's tick starts."""
    from kompetanse.varsler import minutt, oppgaver, paminnelser
    from soknader.actions import utsending
    from soknader.oppgaver import (
        avtale,
        brev,
        framdrift,
        prioritering,
        soknad,
        sporsmal,
        venteliste,
    )
    from soknader.oppgaver import paminnelser as own_reminders

    for duties in (soknad, prioritering, brev, avtale, framdrift, venteliste, sporsmal):
        oppgaver.register(duties.duties)
    for reminding in (framdrift, own_reminders, sporsmal, venteliste, prioritering):
        paminnelser.register(reminding.reminders)
    minutt.register(utsending.wake)
    minutt.register(venteliste.wake)


def _register_content() -> None:
    """What apps below ask for: who studies, what a meeting is about, a new Kommune's letters."""
    from kartlegging.queries import studier
    from kompetanse.kommuner import maler
    from planer.queries import moteinnhold
    from soknader.actions import brevmal, motesak
    from soknader.queries import framdrift

    studier.register(framdrift.under_education)
    moteinnhold.register(motesak.KILDE)
    maler.register(_("Svarbrev"), brevmal.load_shipped)


def _register_pages() -> None:
    from kompetanse.organisasjon.access import Act
    from kompetanse.skall import forside, navigation
    from kompetanse.skall.navigation import Area, NavItem
    from soknader.oppgaver import soknad

    forside.register(soknad.own_applications)
    forside.register_deadline(soknad.public_deadline)
    for label, url, act, order, area in (
        (_("Søk om støtte"), "announcement", Act.APPLY, 20, Area.MINE),
        (_("Mine søknader"), "mine", Act.USE, 21, Area.MINE),
        (_("Søknader til uttalelse"), "to_recommend", Act.RECOMMEND, 30, Area.SOKNADER),
        (_("Prioritering"), "priorities", Act.SEE_PRIORITIES, 35, Area.SOKNADER),
        (_("Runder"), "rounds", Act.RUN_ROUND, 40, Area.SOKNADER),
        (_("Avtaler"), "contracts", Act.FOLLOW_CONTRACTS, 45, Area.SOKNADER),
        (_("Utbetalinger"), "payments", Act.APPROVE_PAYMENT, 46, Area.SOKNADER),
        (_("Under utdanning"), "studies", Act.SEE_OVERVIEW, 47, Area.SOKNADER),
        (_("Tall"), "figures", Act.SEE_FIGURES, 48, Area.SOKNADER),
    ):
        navigation.register(NavItem(label, f"soknader:{url}", act, order, area))


def _publish_steps() -> None:
    """Let «Hvem ser hva» tell in which states each step can be taken."""
    from kompetanse.organisasjon import steps
    from soknader import models
    from soknader.workflow import avtale, framdrift, runde, soknad, utbetaling, vedtak

    steps.publish(models.Soknadsrunde, runde.STEPS)
    steps.publish(models.Soknad, soknad.STEPS)
    steps.publish(models.Vedtak, vedtak.STEPS)
    steps.publish(models.Avtale, avtale.STEPS)
    steps.publish(models.Utbetaling, utbetaling.STEPS)
    steps.publish(models.Framdrift, framdrift.STEPS)
