"""The letters of a round: what each says, and who may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.enums import PERSONAL
from soknader.models import Soknad, Soknadsrunde, Svarbrev, Vedtak
from soknader.rules import svarfrist

Outcome = Vedtak.Outcome
# Of a letter's decision: Vedtak.gives_support, as a filter.
GIVES_SUPPORT = Q(vedtak__outcome__in=Vedtak.GIVES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """All that a letter on one decision says. Amounts are whole NOK; leave is whole days.

    `amount` is what the employee can get, `parts` the same by kind; `substitute` is the unit's.
    """

    on: date
    reference: str
    name: str
    unit: str
    outcome: str
    study: str
    amount: int
    leave_days: int
    reason: str
    exception: str = ""
    conditions: str
    applicants: int
    supported: int
    accept_by: date
    may_complain: bool
    signer: str
    parts: tuple[tuple[str, int], ...] = ()
    substitute: int = 0
    complaint_weeks: int = 3
    kommune: str
    contact: str
    lang: str

    @property
    def gives_support(self) -> bool:
        return self.outcome in Vedtak.GIVES


def in_force(runde: Soknadsrunde) -> QuerySet[Vedtak]:
    """Return the round's decisions in force, also where the application is answered."""
    return Vedtak.objects.filter(soknad__runde=runde, status=Vedtak.Status.DECIDED)


def unwritten(runde: Soknadsrunde) -> list[int]:
    """Return the ids of the decisions in force that have no letter, in order."""
    without = in_force(runde).filter(svarbrev__isnull=True)
    return list(without.order_by("pk").values_list("pk", flat=True))


def rounds_of(actor: Ansatt) -> QuerySet[Soknadsrunde]:
    """Return the rounds whose letters the actor handles."""
    rounds = Soknadsrunde.objects.all()
    return rounds if access.may(actor, Act.SEND_LETTERS) else rounds.none()


def visible_to(actor: Ansatt) -> QuerySet[Svarbrev]:
    """Return the letters that the actor may read: own when sent, and those they handle."""
    own = Q(vedtak__soknad__ansatt=actor, sent_at__isnull=False)
    handled = access.within(actor, Act.SEND_LETTERS, enhet="vedtak__soknad__ansatt__enhet")
    return Svarbrev.objects.filter(own | handled).select_related("vedtak__soknad__runde", "fil")


def letter_to(soknad: Soknad) -> Svarbrev | None:
    """Return the sent letter on the decision in force, if there is one."""
    return (
        Svarbrev.objects.filter(
            vedtak__soknad=soknad, vedtak__status=Vedtak.Status.DECIDED, sent_at__isnull=False
        )
        .select_related("vedtak")
        .first()
    )


def unread_by(actor: Ansatt) -> QuerySet[Svarbrev]:
    """Return the actor's letters that wait for something: to be read, or for a yes or no."""
    mine = Svarbrev.objects.filter(
        vedtak__soknad__ansatt=actor,
        vedtak__soknad__status=Soknad.Status.ANSWERED,
        vedtak__status=Vedtak.Status.DECIDED,
        sent_at__isnull=False,
    )
    return mine.filter(GIVES_SUPPORT | Q(opened_at__isnull=True))


def declined(runde: Soknadsrunde) -> QuerySet[Vedtak]:
    """Return the grants that were declined, or that nobody said yes to in time."""
    return (
        in_force(runde)
        .filter(
            soknad__status=Soknad.Status.DECLINED, outcome__in=(Outcome.GRANTED, Outcome.PARTLY)
        )
        .select_related("soknad__runde")
    )


def first_waiting(runde: Soknadsrunde) -> Soknad | None:
    """Return the application that stands first on the round's waiting list."""
    waiting = in_force(runde).filter(outcome=Outcome.WAITING)
    listed = Soknad.objects.filter(pk__in=waiting.values("soknad")).select_related("runde")
    return listed.order_by(F("rank").asc(nulls_last=True), "number").first()


def letter(vedtak: Vedtak, *, on: date, counts: tuple[int, int]) -> Letter:
    """Return what the letter on the decision says; `counts` are applicants and supported."""
    soknad, kommune = vedtak.soknad, vedtak.kommune
    ansatt, decider = soknad.ansatt, vedtak.decided_by
    return Letter(
        on=on,
        reference=soknad.reference,
        name=ansatt.full_name,
        unit=ansatt.enhet.name,
        outcome=vedtak.outcome,
        study=soknad.study,
        amount=vedtak.personal,
        parts=tuple((kind, getattr(vedtak, kind)) for kind in PERSONAL),
        substitute=vedtak.substitute,
        complaint_weeks=soknad.runde.complaint_weeks,
        leave_days=vedtak.leave_days,
        reason=vedtak.reason,
        exception=_exception(vedtak),
        conditions=vedtak.conditions,
        applicants=counts[0],
        supported=counts[1],
        accept_by=svarfrist.accept_until(vedtak, soknad.runde),
        may_complain=soknad.runde.may_complain,
        signer=decider.full_name if decider else "",
        kommune=kommune.full_name,
        contact=kommune.contact,
        lang=kommune.maalform,
    )


def _exception(vedtak: Vedtak) -> str:
    """Return why support is given outside the round's priorities; empty within them."""
    soknad = vedtak.soknad
    is_outside = vedtak.gives_support and soknad.utlysning_id is None
    return soknad.exception.strip() if is_outside else ""


def for_letters(ids: Sequence[int]) -> QuerySet[Vedtak]:
    """Return the decisions with all that their letters say, one query."""
    return Vedtak.objects.filter(pk__in=ids).select_related(
        "kommune", "decided_by", "soknad__runde", "soknad__ansatt__enhet"
    )


def counts(runde: Soknadsrunde) -> tuple[int, int]:
    """Return how many decisions the round has, and how many of them give support."""
    found = in_force(runde).aggregate(
        applicants=Count("pk"),
        supported=Count("pk", filter=Q(outcome__in=Vedtak.GIVES)),
    )
    return found["applicants"], found["supported"]
