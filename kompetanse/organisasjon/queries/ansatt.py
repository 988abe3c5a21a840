"""People and their leaders, read."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet, Subquery

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Ansatt, Enhet, Oppsett, Rolle
from kompetanse.organisasjon.queries.enhet import ancestors

LEADING = (Rolle.Kode.LEDER, Rolle.Kode.VIRKSOMHETSLEDER)
# The head of a sector is the next level for those who lead in it; then the chief executive.
LINE: tuple[tuple[Rolle.Kode, ...], ...] = (
    LEADING,
    (Rolle.Kode.KOMMUNALSJEF,),
    (Rolle.Kode.KOMMUNEDIREKTOR,),
)
IN_LINE = tuple(kode for koder in LINE for kode in koder)


def actor_of(bruker_id: int) -> Ansatt | None:
    """Return the employee behind the user, unless they have left.

    With what the Kommune asks of their log-in, so that no page spends a query on it.
    """
    asked = Oppsett.objects.values("second_factor", "openid_for")
    return (
        current()
        .filter(bruker=bruker_id)
        .select_related("enhet", "bruker")
        .annotate(
            second_factor_for=Subquery(asked.values("second_factor")[:1]),
            openid_for=Subquery(asked.values("openid_for")[:1]),
        )
        .first()
    )


def current() -> QuerySet[Ansatt]:
    """Return those who are employed today."""
    return Ansatt.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=clock.today()))


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
    on = clock.today()
    return Rolle.objects.filter(
        Q(starts__isnull=True) | Q(starts__lte=on), Q(ends__isnull=True) | Q(ends__gte=on)
    )


def leaders_of(enhet: Enhet) -> Sequence[Ansatt]:
    """Return the leaders of the unit and of those above it, nearest first, one query."""
    up = ancestors(enhet)
    roles = (
        roles_in_force()
        .filter(kode__in=IN_LINE, enhet__in=up)
        .select_related("ansatt__enhet", "enhet")
    )
    return [role.ansatt for role in sorted(roles, key=lambda role: up.index(role.enhet_id))]


def leader_for(ansatt: Ansatt) -> Ansatt | None:
    """Return the nearest leader who is not the person; the next level for a leader."""
    above = (leader for leader in leaders_of(ansatt.enhet) if leader.pk != ansatt.pk)
    return next(above, None)
