"""Questions on an application, read: the whole exchange, and the one that waits for an answer."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Soknad, Sporsmal
from soknader.rules import frist

Status, S = Sporsmal.Status, Soknad.Status


def of(soknad: Soknad) -> Sequence[Sporsmal]:
    """Return what was asked and answered, the first question first; one query."""
    asked = Sporsmal.objects.filter(soknad=soknad).select_related("by", "answered_by")
    return list(asked.order_by("at", "pk"))


def waiting(asked: Iterable[Sporsmal]) -> Sporsmal | None:
    """Return the one that waits for an answer, of those of an application."""
    return next((each for each in asked if each.is_open), None)


def open_on(soknad: Soknad) -> Sporsmal | None:
    return Sporsmal.objects.filter(soknad=soknad, status=Status.OPEN).first()


def at_applicant(*, on: date) -> Exists:
    """Return whether the outer application waits for its applicant's answer on the day."""
    return Exists(
        Sporsmal.objects.filter(soknad=OuterRef("pk"), status=Status.OPEN, answer_by__gte=on)
    )


def answer_day(*, on: date) -> Subquery:
    """Return the day that the outer application's applicant is to answer by, if one waits."""
    asked = Sporsmal.objects.filter(soknad=OuterRef("pk"), status=Status.OPEN, answer_by__gte=on)
    return Subquery(asked.values("answer_by")[:1])


def to_answer(actor: Ansatt) -> QuerySet[Sporsmal]:
    """Return the questions that wait for the actor: as applicant, or who registered for one."""
    registered = Q(soknad__registered_by=actor, soknad__taken_over_at__isnull=True)
    mine = Q(soknad__ansatt=actor) | registered
    return Sporsmal.objects.filter(
        mine, status=Status.OPEN, soknad__status=S.SUBMITTED
    ).select_related("soknad__runde", "soknad__ansatt__enhet")


def due(on: date) -> QuerySet[Sporsmal]:
    """Return the questions that wait for an answer on the day, of all applicants."""
    waits = Sporsmal.objects.filter(
        status=Status.OPEN, answer_by__gte=on, soknad__status=S.SUBMITTED
    )
    return waits.select_related("soknad__runde", "soknad__kommune")


def may_change(soknad: Soknad, *, at: datetime, asked: Sporsmal | None = None) -> bool:
    """Return whether what has been sent can be changed at `at`: to the deadline, or while asked.

    Without `asked` the open question is looked up, when the deadline has passed.
    """
    if frist.may_change_sent(soknad.runde, at=at):
        return True
    asked = asked or open_on(soknad)
    is_asked = asked is not None and clock.local_date(at) <= asked.answer_by
    return is_asked and soknad.runde.status in frist.TAKES_APPLICATIONS
