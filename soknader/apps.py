# ruff: noqa: PLC0415 (what is registered can be imported when all apps are loaded)
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SoknaderConfig(AppConfig):
    name = "soknader"
    verbose_name = "Søknader"

    def ready(self) -> None:
        from kartlegging.queries import studier
        from kompetanse.kommuner import maler
        from kompetanse.organisasjon.access import Act
        from kompetanse.skall import forside, navigation
        from kompetanse.skall.navigation import Area, NavItem
        from kompetanse.varsler import minutt, oppgaver, paminnelser
        from planer.queries import moteinnhold
        from soknader.actions import brevmal, motesak, utsending
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
        from soknader.queries import framdrift as queries

        studier.register(queries.under_education)
        for duties in (soknad, prioritering, brev, avtale, framdrift, venteliste, sporsmal):
            oppgaver.register(duties.duties)
        moteinnhold.register(motesak.KILDE)
        paminnelser.register(framdrift.reminders)
        paminnelser.register(own_reminders.reminders)
        paminnelser.register(sporsmal.reminders)
        paminnelser.register(venteliste.reminders)
        paminnelser.register(prioritering.reminders)
        maler.register(_("Svarbrev"), brevmal.load_shipped)
        minutt.register(utsending.wake)
        minutt.register(venteliste.wake)
        forside.register(soknad.own_applications)
        forside.register_deadline(soknad.public_deadline)

        navigation.register(
            NavItem(_("Søk om støtte"), "soknader:announcement", Act.APPLY, 20, Area.MINE)
        )
        navigation.register(NavItem(_("Mine søknader"), "soknader:mine", Act.USE, 21, Area.MINE))
        navigation.register(
            NavItem(
                _("Søknader til uttalelse"),
                "soknader:to_recommend",
                Act.RECOMMEND,
                30,
                Area.SOKNADER,
            )
        )
        navigation.register(
            NavItem(_("Prioritering"), "soknader:priorities", Act.SEE_PRIORITIES, 35, Area.SOKNADER)
        )
        navigation.register(
            NavItem(_("Runder"), "soknader:rounds", Act.RUN_ROUND, 40, Area.SOKNADER)
        )
        navigation.register(
            NavItem(_("Avtaler"), "soknader:contracts", Act.FOLLOW_CONTRACTS, 45, Area.SOKNADER)
        )
        navigation.register(
            NavItem(_("Utbetalinger"), "soknader:payments", Act.APPROVE_PAYMENT, 46, Area.SOKNADER)
        )
        navigation.register(
            NavItem(_("Under utdanning"), "soknader:studies", Act.SEE_OVERVIEW, 47, Area.SOKNADER)
        )
        navigation.register(
            NavItem(_("Tall"), "soknader:figures", Act.SEE_FIGURES, 48, Area.SOKNADER)
        )
        from kompetanse.organisasjon import steps
        from soknader import models
        from soknader.workflow import avtale as avtale_steps
        from soknader.workflow import framdrift as framdrift_steps
        from soknader.workflow import runde as runde_steps
        from soknader.workflow import soknad as soknad_steps
        from soknader.workflow import utbetaling as utbetaling_steps
        from soknader.workflow import vedtak as vedtak_steps

        steps.publish(models.Soknadsrunde, runde_steps.STEPS)
        steps.publish(models.Soknad, soknad_steps.STEPS)
        steps.publish(models.Vedtak, vedtak_steps.STEPS)
        steps.publish(models.Avtale, avtale_steps.STEPS)
        steps.publish(models.Utbetaling, utbetaling_steps.STEPS)
        steps.publish(models.Framdrift, framdrift_steps.STEPS)
