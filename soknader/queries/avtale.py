"""Contracts, read: who sees them, what waits for whom, and which rules there are."""

from datetime import date
from decimal import Decimal

from django.db.models import (
    DateField,
    DurationField,
    Exists,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Sum,
)

from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Stilling
from soknader.models import Avtale, Bindingsregel, Framdrift, Soknad
from soknader.queries.oppgjor import is_over, terms_of
from soknader.rules import avtale as rules
from soknader.rules import habilitet

S = Avtale.Status

IN_LINE = (Act.SIGN_CONTRACT, Act.FOLLOW_CONTRACTS)
# The advisor is shown a contract as near its end this many days before.
SOON = 30


def visible_to(actor: Ansatt) -> QuerySet[Avtale]:
    """Return the own contracts, and those that the actor signs or follows up.

    Each with who has declared not to be impartial in its case; one query more.
    """
    seen = Q(soknad__ansatt=actor)
    for act in IN_LINE:
        seen |= access.within(actor, act, enhet="soknad__ansatt__enhet")
    cases = habilitet.with_declared(Soknad.objects.select_related("runde", "ansatt__enhet"))
    found = Avtale.objects.filter(seen).select_related("countersigned_by", "fil")
    return found.prefetch_related(Prefetch("soknad", queryset=cases))


def followed_by(actor: Ansatt) -> QuerySet[Avtale]:
    """Return the contracts that the actor follows up; never the own."""
    scope = access.within(actor, Act.FOLLOW_CONTRACTS, enhet="soknad__ansatt__enhet")
    return Avtale.objects.filter(scope).exclude(soknad__ansatt=actor)


def to_countersign(actor: Ansatt) -> QuerySet[Avtale]:
    """Return the contracts that wait for the municipality, of those the actor leads in line.

    An executive hears of those whom no leader below signs for: the leaders' own.
    """
    scope = access.within(actor, Act.SIGN_CONTRACT, enhet="soknad__ansatt__enhet")
    waiting = Avtale.objects.filter(scope, status=S.HALF).exclude(soknad__ansatt=actor)
    if access.has_role(actor, *access.LEADERS):
        return waiting
    leading = organisasjon.roles_in_force().filter(kode__in=access.LEADERS)
    return waiting.filter(soknad__ansatt__in=leading.values("ansatt"))


def broken_off(actor: Ansatt) -> QuerySet[Avtale]:
    """Return the contracts in force of studies that are told to be broken off."""
    stopped = Framdrift.objects.filter(soknad=OuterRef("soknad"), kind=Framdrift.Kind.BROKEN_OFF)
    return followed_by(actor).filter(Exists(stopped), status__in=(S.SIGNED, S.RUNNING))


def own(actor: Ansatt) -> QuerySet[Avtale]:
    return Avtale.objects.filter(soknad__ansatt=actor).select_related("soknad__runde")


def in_force_for(soknad: Soknad) -> Avtale | None:
    """Return the contract of the grant, unless it has fallen away."""
    return Avtale.objects.filter(soknad=soknad).exclude(status=S.CANCELLED).first()


def for_file(pk: int) -> Avtale:
    """Return the contract with all that its PDF says; one query."""
    found: Avtale = Avtale.objects.select_related(
        "kommune", "fil", "soknad__runde", "soknad__ansatt__enhet"
    ).get(pk=pk)
    return found


def active_rules() -> QuerySet[Bindingsregel]:
    return Bindingsregel.objects.filter(is_active=True)


def signer_of(soknad: Soknad) -> Ansatt | None:
    """Return the nearest leader who may sign for the municipality."""
    leaders = organisasjon.leaders_of(soknad.ansatt.enhet)
    return next((each for each in leaders if rules.may_sign_for_kommune(each, soknad)), None)


def position_of(ansatt: Ansatt, *, on: date) -> int:
    """Return the employee's positions together that day, whole per cent, at most 100."""
    held = Stilling.objects.filter(access.in_force(on), ansatt=ansatt)
    total = held.aggregate(sum=Sum("percentage"))["sum"] or Decimal(100)
    return min(100, round(total))


def completed_on(soknad: Soknad) -> date | None:
    """Return the day that the study was completed, when the leader has confirmed it."""
    confirmed = Framdrift.objects.filter(
        soknad=soknad, kind=Framdrift.Kind.COMPLETED, status=Framdrift.Status.CONFIRMED
    )
    return confirmed.values_list("ended_on", flat=True).first()


def over(actor: Ansatt, *, on: date) -> QuerySet[Avtale]:
    """Return the running contracts without leave whose binding time is over, for the front page.

    PostgreSQL adds months as `bindingstid.add_months` does. Those with leave show in the list.
    """
    months = Func(
        F("months"), template="make_interval(months => %(expressions)s)",
        output_field=DurationField(),
    )  # fmt: skip
    ends = Func(
        F("binding_from"), months, template="(%(expressions)s)::date", arg_joiner=" + ",
        output_field=DateField(),
    )  # fmt: skip
    running = followed_by(actor).filter(status=S.RUNNING, avtalepauser__isnull=True)
    return running.annotate(over_on=ends).filter(over_on__lte=on)


def due(actor: Ansatt, *, on: date) -> list[Avtale]:
    """Return the running contracts whose binding time is over; three queries."""
    running = list(followed_by(actor).filter(status=S.RUNNING).select_related("soknad__ansatt"))
    told = terms_of(running)
    return [each for each in running if is_over(told[each.pk], on)]
