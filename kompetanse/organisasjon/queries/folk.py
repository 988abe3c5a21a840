"""People found by name, role, unit and category, as everyone in the Kommune may read them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, JSONObject

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle, Stillingskategori
from kompetanse.organisasjon.queries.ansatt import current, roles_in_force
from kompetanse.organisasjon.queries.enhet import ancestors


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked for; what is left out narrows nothing."""

    name: str = ""
    kode: str = ""
    enhet: Enhet | None = None
    kategori: Stillingskategori | None = None


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who stands in for someone who is away, and until when."""

    name: str
    email: str
    until: date


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the list: who, where, as what, in which roles, and how to reach them."""

    pk: int
    name: str
    unit: str
    kategori: str
    email: str
    roles: tuple[str, ...]
    deputies: tuple[Deputy, ...]


def found(search: Search) -> QuerySet[Ansatt]:
    """Return those employed today who match, by surname."""
    people = current().filter(_named(search.name)).select_related("enhet", "kategori")
    if search.kategori is not None:
        people = people.filter(kategori=search.kategori)
    if search.kode:
        return people.filter(pk__in=_holding(search).values("ansatt"))
    if search.enhet is not None:
        people = people.filter(enhet__path__startswith=search.enhet.path)
    return people


def with_deputies(people: QuerySet[Ansatt]) -> QuerySet[Ansatt]:
    """Read along, in the same query, who stands in today for each of them."""
    today = access.deputyships(clock.today()).filter(ansatt=OuterRef("pk")).order_by("ends", "pk")
    told = JSONObject(name=_name("stedfortreder"), email="stedfortreder__email", until="ends")
    return people.annotate(deputies=ArraySubquery(today.values(told=told)))


def people(rows: Sequence[Ansatt]) -> list[Person]:
    """Return the rows of one page, read `with_deputies`, and their roles; one query."""
    roles = _roles(row.pk for row in rows)
    return [
        Person(
            pk=row.pk,
            name=row.full_name,
            unit=row.enhet.name,
            kategori=row.kategori.name if row.kategori else "",
            email=row.email,
            roles=tuple(roles[row.pk]),
            deputies=tuple(_deputy(told) for told in row.deputies),  # type: ignore[attr-defined]
        )
        for row in rows
    ]


def named(name: str, *, but: Ansatt, most: int = 20) -> Sequence[Ansatt]:
    """Return the first who match the name, to choose one from; nobody without a name."""
    if not name.strip():
        return []
    return list(found(Search(name=name)).exclude(pk=but.pk)[:most])


def _named(name: str) -> Q:
    """Keep those whose first or last name holds each of the words."""
    wanted = Q()
    for word in name.split():
        wanted &= Q(first_name__icontains=word) | Q(last_name__icontains=word)
    return wanted


def _holding(search: Search) -> QuerySet[Rolle]:
    """Return the roles asked for: those that count for the unit, and those in it and below."""
    if search.kode == Rolle.Kode.ANSATT:
        raise ValueError("everyone is an employee; that is no role to search by")
    roles = roles_in_force().filter(kode=search.kode)
    if search.enhet is None:
        return roles
    reach = Q(enhet__in=ancestors(search.enhet)) | Q(enhet__path__startswith=search.enhet.path)
    return roles.filter(reach)


def _roles(ids: Iterable[int]) -> dict[int, list[str]]:
    roles = roles_in_force().filter(ansatt__in=list(ids)).order_by("enhet__path", "kode")
    told: dict[int, list[str]] = defaultdict(list)
    for pk, kode, unit, union in roles.values_list("ansatt", "kode", "enhet__name", "union"):
        words = [str(Rolle.Kode(kode).label), union, unit]
        told[pk].append(", ".join(word for word in words if word))
    return told


def _name(person: str) -> Concat:
    first, last = F(f"{person}__first_name"), F(f"{person}__last_name")
    return Concat(first, Value(" "), last, output_field=CharField())


def _deputy(told: dict[str, str]) -> Deputy:
    return Deputy(told["name"], told["email"], date.fromisoformat(told["until"]))


def kategorier() -> QuerySet[Stillingskategori]:
    return Stillingskategori.objects.order_by("name")
