"""Applications, read: whose they are, who may open them, and what a leader has before them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import JSONObject

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Habilitetserklaring, Rolle
from soknader.models import Inhabilitet, Soknad, Soknadsrunde, Uttalelse, Vedlegg
from soknader.queries import bemanning, sporsmal, status
from soknader.rules import habilitet
from soknader.rules import soknad as rules

S = Soknad.Status

NEVER_SENT = (S.DRAFT, S.WITHDRAWN)


def visible_to(actor: Ansatt) -> QuerySet[Soknad]:
    """Return what the actor may open with reasons and attachments.

    Their own and those they registered; what has been sent, for the leaders in line and the
    advisor. A draft is nobody else's business. Union representatives read the list of
    priorities instead, which holds no private texts.
    """
    own = _written_by(actor)
    advised = access.within(actor, Act.RUN_ROUND, enhet="ansatt__enhet")
    sent = (_led(actor) | advised) & ~Q(status=S.DRAFT)
    return Soknad.objects.filter(own | sent).select_related("runde", "ansatt__enhet")


def written_by(actor: Ansatt) -> QuerySet[Soknad]:
    """Return those that the actor writes: their own, and those registered for someone else."""
    return Soknad.objects.filter(_written_by(actor)).select_related("runde", "ansatt__enhet")


def with_answers(actor: Ansatt) -> QuerySet[Soknad]:
    """Return those that the actor writes, with all that their answers name."""
    named = written_by(actor).select_related("utlysning", "fokusomrade", "registered_by")
    return with_attached(habilitet.with_declared(status.with_known(named)))


def opened_by(actor: Ansatt, soknad: Soknad) -> Soknad:
    """Return it with the actor in the applicant's place when it is theirs: their roles are read."""
    if soknad.ansatt_id == actor.pk:
        soknad.ansatt = actor
    return soknad


def own(actor: Ansatt) -> QuerySet[Soknad]:
    """Return the actor's applications and those they registered, the newest first.

    Each with what its line says: where it stands, and what happens next.
    """
    mine = written_by(actor).select_related("registered_by")
    return status.with_known(mine).order_by("-runde__deadline", "-pk")


def standing_in(runde: Soknadsrunde, ansatt: Ansatt) -> tuple[Soknad | None, Soknad | None]:
    """Return the employee's draft in the round, and the newest sent one that stands; one query."""
    rows = Soknad.objects.filter(ansatt=ansatt, runde=runde).exclude(status=S.WITHDRAWN)
    found = list(rows.select_related("runde").order_by("-pk"))
    drafts = [each for each in found if each.is_draft]
    return (drafts[-1] if drafts else None), next((e for e in found if not e.is_draft), None)


def led_by(actor: Ansatt) -> QuerySet[Soknad]:
    """Return what has been sent by those the actor leads, never the actor's own.

    An application of someone who leads the actor, or the same unit, goes to the next level.
    """
    sent = Soknad.objects.filter(_led(actor)).exclude(status__in=NEVER_SENT)
    return sent.exclude(ansatt=actor).select_related("runde", "ansatt__enhet", "fokusomrade")


def to_state_on(actor: Ansatt) -> QuerySet[Soknad]:
    """Return what `led_by` does, each with all that the page of the statement shows."""
    named = led_by(actor).select_related("registered_by", "utlysning")
    return with_attached(habilitet.with_declared(bemanning.with_headcount(named)))


def may_state(actor: Ansatt, soknad: Soknad) -> bool:
    """Return what rules.soknad.may_recommend does, of one read by `to_state_on`; no query.

    What `led_by` leaves out, the rule refuses; what is left is the actor's own declaration.
    """
    is_before = soknad.status in {S.SUBMITTED, S.RECOMMENDED}
    return is_before and not habilitet.is_barred(actor, soknad)


def following(actor: Ansatt, *, after: Soknad) -> Soknad | None:
    """Return the next that waits for the actor after the one; after the last, the first."""
    waiting = awaiting_statement(actor).exclude(pk=after.pk)
    later = Q(submitted_at__gt=after.submitted_at) | Q(
        submitted_at=after.submitted_at, pk__gt=after.pk
    )
    return waiting.filter(later).first() or waiting.first()


def awaiting_statement(actor: Ansatt) -> QuerySet[Soknad]:
    """Return those that wait for the actor's statement, the oldest first.

    One that waits for the applicant's answer does not, until the day for it has passed.
    """
    mine = led_by(actor).exclude(habilitet.declared_by(actor.pk))
    mine = mine.exclude(sporsmal.at_applicant(on=clock.today()))
    waiting = mine.filter(status=S.SUBMITTED, runde__status__in=_BEFORE_DECISION)
    return waiting.order_by("submitted_at", "pk")


def leader_of(soknad: Soknad) -> Ansatt | None:
    """Return the nearest leader who may state on the application; None when nobody may."""
    leaders = organisasjon.leaders_of(soknad.ansatt.enhet)
    return next((each for each in leaders if rules.may_recommend(each, soknad)), None)


@dataclass(frozen=True, slots=True)
class LeaderRow:
    """A line in the leader's list."""

    id: int
    reference: str
    name: str
    unit: str
    study: str
    submitted_at: datetime | None
    is_late: bool
    is_registered: bool
    verdict: str
    answer_by: date | None
    leader_deadline: date

    @property
    def waits(self) -> bool:
        """Whether the leader can state now: nothing is said, and no answer is waited for."""
        return not self.verdict and self.answer_by is None


def leader_rows(actor: Ansatt) -> list[LeaderRow]:
    """Return what the leader has before them: without statement first, the oldest first."""
    rows = (
        led_by(actor)
        .select_related(None)
        .filter(runde__status__in=_RUNNING)
        .annotate(answer_by=sporsmal.answer_day(on=clock.today()))
        .annotate(waiting=Case(When(status=S.SUBMITTED, then=Value(0)), default=Value(1)))
        .order_by("waiting", "submitted_at", "pk")
        .values_list(
            "pk", "number", "ansatt__first_name", "ansatt__last_name", "ansatt__enhet__name",
            "study", "submitted_at", "is_late", "registered_by", "status", "uttalelser__verdict",
            "answer_by", "runde",
        )
    )  # fmt: skip
    rounds = {runde.pk: runde for runde in Soknadsrunde.objects.filter(status__in=_RUNNING)}
    return [_leader_row(row, rounds[row[-1]]) for row in rows]


def _leader_row(row: tuple[Any, ...], runde: Soknadsrunde) -> LeaderRow:
    pk, number, first, last, unit, study, submitted_at, is_late, by, *said, _runde = row
    stands, verdict, answer_by = said
    is_said = stands != S.SUBMITTED and verdict
    return LeaderRow(
        pk, runde.reference(number), f"{first} {last}", unit, study, submitted_at, is_late,
        by is not None, str(Uttalelse.Verdict(verdict).label) if is_said else "",
        answer_by if stands == S.SUBMITTED else None, runde.leader_deadline,
    )  # fmt: skip


def statement_on(soknad: Soknad) -> Uttalelse | None:
    return Uttalelse.objects.filter(soknad=soknad).select_related("by").first()


def with_attached(soknader: QuerySet[Soknad]) -> QuerySet[Any]:
    """Return the applications, each with `attached`: `attachments_of` by name and id."""
    rows = Vedlegg.objects.filter(soknad=OuterRef("pk")).order_by("pk")
    told = JSONObject(pk="pk", fil=JSONObject(name="fil__name"))
    return soknader.annotate(attached=ArraySubquery(rows.values(json=told)))


def attachments_of(soknad: Soknad) -> Sequence[Vedlegg]:
    return list(Vedlegg.objects.filter(soknad=soknad).select_related("fil").order_by("pk"))


def attachments_visible_to(actor: Ansatt) -> QuerySet[Vedlegg]:
    """Return the attachments that the actor may download."""
    visible = visible_to(actor).values("pk")
    return Vedlegg.objects.filter(soknad__in=visible).select_related("fil", "soknad")


def _written_by(actor: Ansatt) -> Q:
    """Return the filter for rules.soknad.writes."""
    return Q(ansatt=actor) | Q(registered_by=actor, taken_over_at__isnull=True)


_BEFORE_DECISION = (Soknadsrunde.Status.OPEN, Soknadsrunde.Status.PRIORITISING)
_RUNNING = (*_BEFORE_DECISION, Soknadsrunde.Status.DECIDED)


def _led(actor: Ansatt) -> Q:
    """Return the filter for those in line below the actor, less those who lead the actor."""
    superiors = organisasjon.roles_in_force().filter(
        kode__in=organisasjon.IN_LINE,
        enhet__in=organisasjon.ancestors(actor.enhet),
    )
    in_line = access.within(actor, Act.RECOMMEND, enhet="ansatt__enhet")
    stands_for = [role.for_id for role in access.held(actor) if role.for_id]
    mine = in_line & _nearest(actor)
    return mine & ~Q(ansatt__in=superiors.values("ansatt")) & ~Q(ansatt__in=stands_for)


def _nearest(actor: Ansatt) -> Q:
    """Keep what the actor states on at the lowest level where someone can: rules.may_recommend."""
    kept = Q(pk__in=[])
    below: tuple[Rolle.Kode, ...] = ()
    for koder in organisasjon.LINE:
        led = [role.path for role in access.held(actor) if role.kode in koder]
        reach = reduce(or_, (Q(ansatt__enhet__path__startswith=path) for path in led), Q(pk__in=[]))
        if led and below:
            reach &= Q(~Exists(_able_leaders(below)))
        kept |= reach
        below = (*below, *koder)
    return kept


def _able_leaders(koder: tuple[Rolle.Kode, ...]) -> QuerySet[Rolle]:
    """Return the applicant's leaders, less those led by the applicant, and who has declared."""
    led_by_applicant = _leading(organisasjon.IN_LINE, over=OuterRef("ansatt__enhet__path")).filter(
        ansatt=OuterRef(OuterRef("ansatt"))
    )
    leaders = _leading(koder, over=OuterRef("ansatt__enhet__path"))
    of_case = Inhabilitet.objects.filter(soknad=OuterRef(OuterRef("pk")), ansatt=OuterRef("ansatt"))
    of_applicant = Habilitetserklaring.objects.filter(
        other=OuterRef(OuterRef("ansatt")), ansatt=OuterRef("ansatt"), ended_at__isnull=True
    )
    able = leaders.exclude(ansatt=OuterRef("ansatt")).exclude(Exists(led_by_applicant))
    return able.exclude(Exists(of_case)).exclude(Exists(of_applicant))


def _leading(koder: Iterable[Rolle.Kode], *, over: OuterRef) -> QuerySet[Rolle]:
    """Return the roles of leaders of the unit with the path `over`, or of one above it."""
    path = ExpressionWrapper(over, output_field=CharField())
    roles = organisasjon.roles_in_force().filter(kode__in=koder)
    return roles.annotate(below=path).filter(below__startswith=F("enhet__path"))
