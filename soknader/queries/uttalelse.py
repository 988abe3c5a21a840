"""Applications as those who state on them have them: what waits for a leader, and what is said."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from kompetanse import clock
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Soknad, Soknadsrunde, Uttalelse
from soknader.queries import bemanning, sporsmal
from soknader.queries.linje import led
from soknader.queries.soknad import NEVER_SENT, S, with_attached
from soknader.rules import habilitet
from soknader.rules import soknad as rules


def led_by(actor: Ansatt) -> QuerySet[Soknad]:
    """Return what has been sent by those the actor leads, never the actor's own.

    An application of someone who leads the actor, or the same unit, goes to the next level.
    """
    sent = Soknad.objects.filter(led(actor)).exclude(status__in=NEVER_SENT)
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


_BEFORE_DECISION = (Soknadsrunde.Status.OPEN, Soknadsrunde.Status.PRIORITISING)


_RUNNING = (*_BEFORE_DECISION, Soknadsrunde.Status.DECIDED)
