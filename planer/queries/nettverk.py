"""Networks and working groups, read: the list, and one with its people and activity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Max, Q, QuerySet

from kompetanse import clock
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt
from planer.models import Nettverk, Nettverksaktivitet, Nettverksmedlem


@dataclass(frozen=True, slots=True)
class Listed:
    """A network in the list: whom to ask, how many are in it, and when it last did something."""

    id: int
    name: str
    kind: str
    status: str
    mandate: str
    enhet: str
    contacts: tuple[str, ...]
    members: int
    units: int
    last: date | None
    is_mine: bool

    @property
    def kind_label(self) -> str:
        return str(Nettverk.Kind(self.kind).label)

    @property
    def status_label(self) -> str:
        return str(Nettverk.Status(self.status).label)


@dataclass(frozen=True, slots=True)
class Unit:
    """The members of one unit."""

    name: str
    members: tuple[Nettverksmedlem, ...]


def listed_to(actor: Ansatt, *, words: str = "", kind: str = "") -> list[Listed]:
    """Return the networks whose name or mandate has the words; those that are alive first."""
    found = Nettverk.objects.all()
    if words:
        found = found.filter(Q(name__icontains=words) | Q(mandate__icontains=words))
    if kind in Nettverk.Kind.values:
        found = found.filter(kind=kind)
    on = clock.today()
    rows = found.annotate(
        members=Count("medlemmer", distinct=True),
        units=Count("medlemmer__ansatt__enhet", distinct=True),
        last=Max("aktiviteter__on", filter=Q(aktiviteter__on__lte=on)),
        mine=Count("medlemmer", filter=Q(medlemmer__ansatt=actor), distinct=True),
    ).order_by("status", "name")
    values = list(
        rows.values_list(
            "pk", "name", "kind", "status", "mandate", "enhet__name", "members", "units", "last",
            "mine",
        )
    )  # fmt: skip
    contacts = _contacts([row[0] for row in values])
    return [
        Listed(
            id=pk, name=name, kind=kind_, status=status, mandate=mandate, enhet=enhet or "",
            contacts=contacts.get(pk, ()), members=members, units=units, last=last,
            is_mine=bool(mine),
        )
        for pk, name, kind_, status, mandate, enhet, members, units, last, mine in values
    ]  # fmt: skip


def visible() -> QuerySet[Nettverk]:
    """Return all networks: every employee may find them."""
    return Nettverk.objects.select_related("enhet")


def by_unit(nettverk: Nettverk) -> list[Unit]:
    """Return the members, grouped by their unit; one query."""
    rows = sorted(_members(nettverk), key=_unit)
    return [Unit(name, tuple(members)) for (name, _pk), members in groupby(rows, key=_unit)]


def activity(nettverk: Nettverk) -> QuerySet[Nettverksaktivitet]:
    return Nettverksaktivitet.objects.filter(nettverk=nettverk)


def candidates(nettverk: Nettverk) -> QuerySet[Ansatt]:
    """Return those who can be added."""
    members = Nettverksmedlem.objects.filter(nettverk=nettverk).values("ansatt")
    return organisasjon.current().exclude(pk__in=members).order_by("last_name", "first_name")


def _unit(medlem: Nettverksmedlem) -> tuple[str, int]:
    return medlem.ansatt.enhet.name, medlem.ansatt.enhet_id


def _members(nettverk: Nettverk) -> QuerySet[Nettverksmedlem]:
    return (
        Nettverksmedlem.objects.filter(nettverk=nettverk, ansatt__in=organisasjon.current())
        .select_related("ansatt__enhet")
        .order_by("ansatt__last_name", "ansatt__first_name")
    )


def _contacts(ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    rows = Nettverksmedlem.objects.filter(
        nettverk__in=ids, is_contact=True, ansatt__in=organisasjon.current()
    ).order_by("ansatt__last_name", "ansatt__first_name")
    found: dict[int, tuple[str, ...]] = {}
    for pk, first, last in rows.values_list(
        "nettverk_id", "ansatt__first_name", "ansatt__last_name"
    ):
        found[pk] = (*found.get(pk, ()), f"{first} {last}")
    return found
