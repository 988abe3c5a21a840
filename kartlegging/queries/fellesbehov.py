"""Common needs, read: systems and laws, who must be trained in what, and who lacks it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from kartlegging.models import Beholdning
from kartlegging.queries.beholdning import is_valid
from kompetanse.kommuner.persondata import FEWEST
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Fellesgruppe, Rolle
from kompetanse.organisasjon.queries.kategori import group_of
from planer.models import Arrangement, Fagsystem, Opplaringskrav, Tiltak


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who lacks the training."""

    id: int
    name: str
    enhet: str


@dataclass(frozen=True, slots=True)
class Mangel:
    """A requirement, how many of those it asks have not been trained, and who, when it is told."""

    krav: Opplaringskrav
    asked: int
    lacking: Sequence[Person]
    is_hidden: bool

    @property
    def lacks(self) -> int:
        return len(self.lacking)

    @property
    def whom(self) -> str:
        """Whom it asks, in words; empty for all."""
        if self.krav.role:
            return str(Rolle.Kode(self.krav.role).label)
        return str(Fellesgruppe(self.krav.group).label) if self.krav.group else ""


def systems() -> QuerySet[Fagsystem]:
    return Fagsystem.objects.select_related("owner", "responsible", "enhet").order_by("name")


def requirements() -> QuerySet[Opplaringskrav]:
    return Opplaringskrav.objects.select_related(
        "kompetanse", "enhet", "fagsystem__owner", "fagsystem__responsible", "fagsystem__enhet"
    ).order_by("fagsystem__name", "kompetanse__name", "pk")


def listed() -> list[tuple[Fagsystem, int]]:
    """Return the systems in use, each with how many requirements it has."""
    rows = systems().filter(is_active=True).annotate(asks=Count("krav"))
    return [(row, row.asks) for row in rows]


def gaps(krav: Iterable[Opplaringskrav], actor: Ansatt, *, on: date) -> list[Mangel]:
    """Return, for each requirement, who of the actor's units lacks the training; three queries.

    Leaders in line and the advisor see who; others a figure, and no figure of fewer than five.
    """
    rows = list(krav)
    people = _people(actor)
    holders = _holders({row.role for row in rows if row.role})
    stock = _stock({row.kompetanse_id for row in rows}, on=on)
    named = (*access.scopes(actor, Act.FILL_NEEDS), *access.scopes(actor, Act.SETTLE_GAP))
    return [_gap(row, people, holders, stock, named) for row in rows]


# id, name, unit, path, common group
Row = tuple[int, str, str, str, str]


def _gap(
    krav: Opplaringskrav,
    people: Sequence[Row],
    holders: dict[str, set[int]],
    stock: dict[tuple[int, int], int],
    named: tuple[str, ...],
) -> Mangel:
    asked = [row for row in people if _asks(krav, row, holders)]
    without = [row for row in asked if stock.get((row[0], krav.kompetanse_id), 0) < krav.level]
    told = tuple(
        Person(pk, name, enhet)
        for pk, name, enhet, path, _group in without
        if path.startswith(named)
    )
    is_whole = all(row[3].startswith(named) for row in asked) if named else not asked
    hidden = not is_whole and len(asked) < FEWEST
    lacking = told if is_whole else tuple(Person(row[0], "", "") for row in without)
    return Mangel(krav, len(asked), () if hidden else lacking, is_hidden=hidden)


def _asks(krav: Opplaringskrav, row: Row, holders: dict[str, set[int]]) -> bool:
    pk, _name, _enhet, path, group = row
    if krav.enhet is not None and not path.startswith(krav.enhet.path):
        return False
    if krav.role and krav.role != Rolle.Kode.ANSATT:
        return pk in holders.get(krav.role, set())
    return not krav.group or krav.group == group


def _people(actor: Ansatt) -> list[Row]:
    rows = (
        organisasjon.current()
        .filter(access.within(actor, Act.SEE_GAP, enhet="enhet"))
        .order_by("enhet__path", "last_name", "first_name", "pk")
        .values_list(
            "pk",
            "first_name",
            "last_name",
            "enhet__name",
            "enhet__path",
            "kategori__name",
            "kategori__group",
        )
    )
    return [
        (pk, f"{first} {last}", enhet, path, group_of(kategori or "", group or ""))
        for pk, first, last, enhet, path, kategori, group in rows
    ]


def _holders(koder: set[str]) -> dict[str, set[int]]:
    """Return who holds each role; what leaders must know, leaders of services must too."""
    found: dict[str, set[int]] = {}
    if Rolle.Kode.LEDER in koder:
        koder = koder | {str(kode) for kode in organisasjon.LEADING}
    rows = organisasjon.roles_in_force().filter(kode__in=koder).values_list("kode", "ansatt")
    for kode, ansatt in rows:
        found.setdefault(kode, set()).add(ansatt)
    for kode in organisasjon.LEADING:
        found.setdefault(Rolle.Kode.LEDER, set()).update(found.get(kode, ()))
    return found


def _stock(kompetanser: set[int], *, on: date) -> dict[tuple[int, int], int]:
    rows = Beholdning.objects.filter(
        is_valid(on), kompetanse__in=kompetanser, status=Beholdning.Status.CONFIRMED
    )
    return {
        (ansatt, kompetanse): level
        for ansatt, kompetanse, level in rows.values_list("ansatt", "kompetanse", "level")
    }


def remedies(
    krav: Iterable[Opplaringskrav], *, since: date
) -> tuple[list[Tiltak], list[Arrangement]]:
    """Return the measures and the coming courses that build what is asked for."""
    kompetanser = {row.kompetanse_id for row in krav}
    measures = (
        Tiltak.objects.filter(kompetanser__kompetanse__in=kompetanser, year__gte=since.year)
        .exclude(status=Tiltak.Status.CANCELLED)
        .distinct()
    )
    courses = Arrangement.objects.filter(
        kompetanse__in=kompetanser, on__gte=since, status=Arrangement.Status.PLANNED
    )
    return list(measures.order_by("year", "theme")), list(courses.order_by("on"))
