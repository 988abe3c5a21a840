"""The members' points: the group's mean of them, and who has not given theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject

from kompetanse.organisasjon.models import Ansatt
from soknader.models import Endring, Poeng, Soknad, Soknadsrunde
from soknader.rules import habilitet


@dataclass(frozen=True, slots=True)
class Lacking:
    """A member who has not given points in all cases: the numbers of those that are left."""

    ansatt_id: int
    name: str
    numbers: tuple[int, ...]


def given(soknad: str = "pk") -> Subquery:
    """Return `{"total": weighted sum, "by": [ids]}` of the application's points, or None."""
    rows = Poeng.objects.filter(soknad=OuterRef(soknad)).order_by().values("soknad")
    weighted = Sum(F("points") * F("kriterium__weight"))
    told = JSONObject(total=weighted, by=ArrayAgg("by_id", distinct=True))
    return Subquery(rows.annotate(told=told).values("told"))


def mean(told: dict[str, Any] | None) -> float | None:
    """Return the group's points of what `given` told: the mean of the members' weighted sums."""
    if told is None:
        return None
    found = round(told["total"] / len(told["by"]), 1)
    return int(found) if found.is_integer() else found


def givers(told: dict[str, Any] | None) -> frozenset[int]:
    """Return who has given points, by id."""
    return frozenset(told["by"]) if told else frozenset()


def lacking(soknader: QuerySet[Soknad], *, also: Ansatt | None = None) -> list[Lacking]:
    """Return who has begun giving points and is not done; `also` counts as begun.

    Nobody lacks points in a case where they are not impartial. Two queries.
    """
    by = Poeng.objects.filter(soknad=OuterRef("pk")).order_by("by").distinct("by")
    rows = habilitet.with_declared(soknader).annotate(givers=ArraySubquery(by.values("by")))
    told = rows.values_list("number", "ansatt_id", "declared_in", "declared_towards", "givers")
    cases: list[Any] = list(told)
    begun = {pk for *_rest, gave in cases for pk in gave} | ({also.pk} if also else set())
    left = {pk: tuple(_left(pk, cases)) for pk in begun}
    people = Ansatt.objects.filter(pk__in=[pk for pk, numbers in left.items() if numbers])
    return [
        Lacking(ansatt.pk, ansatt.full_name, left[ansatt.pk])
        for ansatt in people.order_by("last_name", "first_name")
    ]


def version(soknad: Soknad, *, by: Ansatt) -> int:
    """Return the id of the last change of `by`'s own points in the case, 0 before any."""
    mine = Endring.objects.filter(
        soknad=soknad, by=by, kind=Endring.Kind.POINTS, is_undone=False, undoes=None
    )
    return mine.aggregate(last=Max("pk"))["last"] or 0


def are_hidden(runde: Soknadsrunde) -> bool:
    """Return whether a member still sees only the points of cases where the own ones are in."""
    return not runde.points_open and runde.status in {
        Soknadsrunde.Status.OPEN,
        Soknadsrunde.Status.PRIORITISING,
    }


def _left(
    pk: int, cases: Iterable[tuple[int, int, list[int], list[int], list[int]]]
) -> Iterable[int]:
    for number, owner, declared_in, declared_towards, gave in cases:
        if pk not in gave and pk not in {owner, *declared_in, *declared_towards}:
            yield number
