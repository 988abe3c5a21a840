"""Verbs on hearings: send a plan out for comments until a day, and answer."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.actions import langplan, opplaringsplan, strategi
from planer.models import Horing, Horingssvar, Langplan, Strategiplan
from planer.queries import horing as queries
from planer.queries.horing import Plan


@transaction.atomic
def begin(plan: Plan, *, until: date, text: str = "", by: Ansatt) -> Horing:
    """Send the draft on hearing: everyone can read it, units and unions answer until the day.

    Raises:
        TransitionError: the plan is not a draft.
        PermissionDenied: `by` does not write the plan.
        DomainError: the day is passed.
    """
    on = clock.today()
    if until < on:
        raise DomainError(_("Fristen må være i dag eller senere."))
    heard = _hear(plan, by=by)
    horing: Horing = Horing.objects.create(
        **{queries.FIELDS[type(plan)]: heard}, begun_on=on, until=until, text=text
    )
    audit.record("horing.begin", horing, by=by)
    return horing


@transaction.atomic
def answer(horing: Horing, *, text: str, by: Ansatt) -> Horingssvar:
    """Answer for a unit or a union; answered again, the last one counts.

    Raises:
        PermissionDenied: `by` speaks for nobody here.
        DomainError: the hearing is over.
    """
    horing = queries.visible_to(by).select_for_update(of=("self",)).get(pk=horing.pk)
    if not rules.may_answer(by, horing):
        raise PermissionDenied
    if not queries.takes_answers(horing, on=clock.today()):
        raise DomainError(_("Høringen er over."))
    svar: Horingssvar
    svar, _made = Horingssvar.objects.update_or_create(
        horing=horing,
        by=by,
        defaults={"text": text, "capacity": _capacity(by), "enhet": by.enhet, "at": clock.now()},
    )
    audit.record("horing.answer", svar, by=by, horing_id=horing.pk)
    return svar


def _hear(plan: Plan, *, by: Ansatt) -> Plan:
    if isinstance(plan, Strategiplan):
        return strategi.hear(plan, by=by)
    if isinstance(plan, Langplan):
        return langplan.hear(plan, by=by)
    return opplaringsplan.hear(plan, by=by)


def _capacity(by: Ansatt) -> str:
    """Return the role that the person answers in, in words and in the Kommune's målform."""
    acts = (Act.COMMENT, Act.PLAN_MEASURES)
    with translation.override(by.kommune.maalform):
        for act in acts:
            for role in access.held(by):
                if role.kode in access.ALLOWED[act]:
                    return role.label[:160]
    return ""
