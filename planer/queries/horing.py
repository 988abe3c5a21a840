"""Hearings, read: which wait for an answer, what was answered, and whether one is going on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.models import Horing, Horingssvar, Langplan, Opplaringsplan, Strategiplan

Plan = Strategiplan | Langplan | Opplaringsplan
FIELDS: dict[type[Plan], str] = {
    Strategiplan: "strategiplan",
    Langplan: "langplan",
    Opplaringsplan: "opplaringsplan",
}
ON_HEARING = (
    Q(strategiplan__status=Strategiplan.Status.HEARING)
    | Q(langplan__status=Langplan.Status.HEARING)
    | Q(opplaringsplan__status=Opplaringsplan.Status.HEARING)
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: for whom, by whom (empty when the person is erased), and when."""

    capacity: str
    enhet: str
    name: str
    text: str
    at: datetime


def of(plan: Plan) -> QuerySet[Horing]:
    """Return the plan's hearings, the latest first."""
    rows: QuerySet[Horing] = Horing.objects.filter(**{FIELDS[type(plan)]: plan})
    return rows.order_by("-begun_on", "-pk")


def with_latest(plans: QuerySet[Any]) -> QuerySet[Any]:
    """Add the id and the deadline of each plan's latest hearing, in the same query."""
    latest = Horing.objects.filter(**{FIELDS[plans.model]: OuterRef("pk")}).order_by("-pk")[:1]
    found: QuerySet[Any] = plans.annotate(
        horing_id=Subquery(latest.values("pk")), horing_until=Subquery(latest.values("until"))
    )
    return found


def is_running(plan: Plan, *, on: date) -> bool:
    """Return whether the plan is out for comments today."""
    return plan.status == type(plan).Status.HEARING and of(plan).filter(until__gte=on).exists()


def visible_to(actor: Ansatt) -> QuerySet[Horing]:  # noqa: ARG001
    """Return the hearings that the actor may read: a plan on hearing is read by all."""
    return Horing.objects.select_related(
        "strategiplan", "langplan", "opplaringsplan__enhet"
    ).order_by("-begun_on", "-pk")


def takes_answers(horing: Horing, *, on: date) -> bool:
    """Return whether the plan is on hearing and the deadline's day is not over."""
    return horing.plan.status == type(horing.plan).Status.HEARING and on <= horing.until


def answers(horing: Horing) -> list[Answer]:
    rows = horing.svar.order_by("at", "pk").select_related("by", "enhet")
    return [
        Answer(row.capacity, row.enhet.name, row.by.full_name if row.by else "", row.text, row.at)
        for row in rows
    ]


def own_answer(horing: Horing, actor: Ansatt) -> Horingssvar | None:
    return horing.svar.filter(by=actor).first()


def waiting_for(actor: Ansatt, *, on: date) -> QuerySet[Horing]:
    """Return the hearings that the actor speaks for someone in and has not answered."""
    if not (access.may(actor, Act.COMMENT) or rules.led_paths(actor)):
        return Horing.objects.none()
    answered = Horingssvar.objects.filter(by=actor).values("horing")
    rows: QuerySet[Horing] = Horing.objects.filter(ON_HEARING, until__gte=on)
    paths = rules.led_paths(actor) + access.scopes(actor, Act.COMMENT)
    concerned = Q(opplaringsplan__enhet__isnull=True)
    for path in paths:
        concerned |= Q(opplaringsplan__enhet__path__startswith=path)
    return rows.filter(concerned).exclude(pk__in=answered)


def title() -> Case:
    """Return what is heard, for a list of duties: the plan's name, or its kind and year."""
    yearly = Concat(
        Case(
            When(opplaringsplan__kind=Opplaringsplan.Kind.JOINT, then=Value("felles ")),
            default=Value(""),
        ),
        Value("opplæringsplan "),
        F("opplaringsplan__year"),
        output_field=CharField(),
    )
    return Case(
        When(strategiplan__isnull=False, then=F("strategiplan__name")),
        When(langplan__isnull=False, then=F("langplan__name")),
        default=yearly,
        output_field=CharField(),
    )
