"""Meetings, read, and who speaks for the employees."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import translation

from kompetanse import clock
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.skall import norsk
from planer import rules
from planer.models import Mote, Motedeltaker

FORUM, STEWARD = Rolle.Kode.TILLITSVALGT, Rolle.Kode.KOMPETANSETILLITSVALGT


@dataclass(frozen=True, slots=True)
class Representative:
    """Someone whom employees and the employer meet: name, for whom, where."""

    name: str
    union: str
    enhet: str
    email: str


@dataclass(frozen=True, slots=True)
class Spokespeople:
    """Who takes part in the meetings for the unions, and whom every employee may ask."""

    forum: tuple[Representative, ...]
    stewards: tuple[Representative, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting in the list; how many took part, and how many of them for the unions."""

    id: int
    title: str
    held_on: date
    place: str
    participants: int
    from_unions: int
    has_minutes: bool
    is_held: bool


def visible_to(actor: Ansatt) -> QuerySet[Mote]:
    """Return all meetings to those who take part in the work; to others those they were in."""
    moter = Mote.objects.order_by("-held_on", "-pk")
    if rules.sees_all_moter(actor):
        return moter
    return moter.filter(pk__in=Motedeltaker.objects.filter(ansatt=actor).values("mote"))


def listed_to(actor: Ansatt) -> list[Listed]:
    """Return the meetings that the actor may open, newest first, each with who was there."""
    rows = visible_to(actor).annotate(
        participants=Count("deltakere"),
        from_unions=Count("deltakere", filter=Q(deltakere__ansatt__in=_union_people())),
        has_minutes=~Q(minutes=""),
    )
    on = clock.today()
    return [
        Listed(*row, is_held=row[2] <= on)
        for row in rows.values_list(
            "pk", "title", "held_on", "place", "participants", "from_unions", "has_minutes"
        )
    ]


def participants(mote: Mote) -> QuerySet[Motedeltaker]:
    return (
        Motedeltaker.objects.filter(mote=mote)
        .select_related("ansatt__enhet")
        .order_by("ansatt__last_name", "ansatt__first_name")
    )


def spokespeople() -> Spokespeople:
    """Return the unions' representatives and the stewards for competence; one query."""
    roller = (
        organisasjon.roles_in_force()
        .filter(kode__in=(FORUM, STEWARD), ansatt__in=organisasjon.current())
        .order_by("ansatt__last_name", "ansatt__first_name")
    )
    rows = roller.values_list(
        "kode", "ansatt__first_name", "ansatt__last_name", "union", "enhet__name", "ansatt__email"
    )
    people = [(kode, Representative(f"{first} {last}", *rest)) for kode, first, last, *rest in rows]
    return Spokespeople(
        forum=tuple(person for kode, person in people if kode == FORUM),
        stewards=tuple(person for kode, person in people if kode == STEWARD),
    )


def capacity_of(ansatt: Ansatt) -> str:
    """Return what the person takes part as when nobody says: «Tillitsvalgt Fagforbundet»."""
    roller = organisasjon.roles_in_force().filter(ansatt=ansatt).order_by("pk")
    with translation.override(ansatt.kommune.maalform):
        words = [f"{rolle.get_kode_display()} {rolle.union}".strip() for rolle in roller]
    return norsk.oppramsing(words)[:80]


def _union_people() -> QuerySet[Ansatt]:
    return organisasjon.holders(Rolle.Kode.TILLITSVALGT, Rolle.Kode.VERNEOMBUD)


def candidates() -> QuerySet[Ansatt]:
    """Return those who can be put down as participants: everyone with a role beyond employee."""
    with_role = organisasjon.roles_in_force().values("ansatt")
    return organisasjon.current().filter(pk__in=with_role).order_by("last_name", "first_name")
