"""People and their leaders, read."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle
from kompetanse.organisasjon.queries.enhet import ancestors

LEADING = (Rolle.Kode.LEDER, Rolle.Kode.VIRKSOMHETSLEDER)
# The head of a sector is the next level for those who lead in it; then the chief executive.
LINE: tuple[tuple[Rolle.Kode, ...], ...] = (
    LEADING,
    (Rolle.Kode.KOMMUNALSJEF,),
    (Rolle.Kode.KOMMUNEDIREKTOR,),
)
IN_LINE = tuple(kode for koder in LINE for kode in koder)


def current() -> QuerySet[Ansatt]:
    """Return those who are employed today."""
    return Ansatt.objects.filter(access.still_employed(clock.today()))


def holders(*koder: Rolle.Kode) -> QuerySet[Ansatt]:
    """Return those who hold one of the roles today, anywhere; also as someone's deputy."""
    roles = roles_in_force().filter(kode__in=koder).values("ansatt")
    lent = roles.filter(kode__in=access.DEPUTISED)
    stand_ins = access.deputyships(clock.today()).filter(ansatt__in=lent)
    return current().filter(Q(pk__in=roles) | Q(pk__in=stand_ins.values("stedfortreder")))


def with_deputies(ids: Iterable[int]) -> QuerySet[Ansatt]:
    """Return the people with these ids, and who stands in for them today."""
    people = list(ids)
    stand_ins = access.deputyships(clock.today()).filter(ansatt__in=people)
    return current().filter(Q(pk__in=people) | Q(pk__in=stand_ins.values("stedfortreder")))


def roles_in_force() -> QuerySet[Rolle]:
    return Rolle.objects.filter(access.in_force(clock.today()))


def leaders_of(enhet: Enhet) -> Sequence[Ansatt]:
    """Return the leaders of the unit and of those above it, nearest first, one query."""
    up = ancestors(enhet)
    return _nearest_first(roles_in_force().filter(_in_line(up)).select_related(*_PEOPLE), up)


def leader_for(ansatt: Ansatt) -> Ansatt | None:
    """Return the nearest leader who is not the person; the next level for a leader."""
    return _first_but(ansatt, leaders_of(ansatt.enhet))


def leader_and_holders(ansatt: Ansatt, kode: Rolle.Kode) -> tuple[Ansatt | None, list[Ansatt]]:
    """Return the person's nearest leader, and those who hold an elected role; one query.

    An elected role has no deputies.
    """
    up = ancestors(ansatt.enhet)
    elected = Q(kode=kode) & access.still_employed(clock.today(), "ansatt__")
    found = roles_in_force().filter(_in_line(up) | elected).select_related(*_PEOPLE)
    roles = list(found.order_by("ansatt__last_name", "ansatt__first_name"))
    holders = [role.ansatt for role in roles if role.kode == kode]
    above = _nearest_first((role for role in roles if role.kode != kode), up)
    return _first_but(ansatt, above), holders


_PEOPLE = ("ansatt__enhet", "enhet")


def _in_line(up: Sequence[int]) -> Q:
    return Q(kode__in=IN_LINE, enhet__in=up)


def _nearest_first(roles: Iterable[Rolle], up: Sequence[int]) -> list[Ansatt]:
    return [role.ansatt for role in sorted(roles, key=lambda role: up.index(role.enhet_id))]


def _first_but(ansatt: Ansatt, people: Iterable[Ansatt]) -> Ansatt | None:
    return next((each for each in people if each.pk != ansatt.pk), None)
