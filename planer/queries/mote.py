"""Meetings, read, and who speaks for the employees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import translation

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.skall import norsk
from planer import rules
from planer.models import (
    Aktivitet,
    Innspill,
    Mote,
    Motedeltaker,
    Motepapir,
    Protokoll,
    Visning,
)

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
    """A meeting in the list; how many are called, and how many of them for the unions."""

    id: int
    title: str
    held_on: date
    place: str
    status: str
    participants: int
    from_unions: int
    has_minutes: bool
    is_over: bool

    @property
    def state(self) -> str:
        return str(Mote.Status(self.status).label)


def visible_to(actor: Ansatt) -> QuerySet[Mote]:
    """Return all meetings to those who take part in the work; to others those they are called to.

    Who comes instead of someone sees the meeting too.
    """
    moter = Mote.objects.order_by("-held_on", "-pk")
    if rules.sees_all_moter(actor):
        return moter
    called = Motedeltaker.objects.filter(Q(ansatt=actor) | Q(deputy=actor))
    return moter.filter(pk__in=called.values("mote"))


def listed_to(actor: Ansatt) -> list[Listed]:
    """Return the meetings that the actor may open, newest first, each with who is called."""
    approved = Protokoll.objects.filter(mote=OuterRef("pk"), status=Protokoll.Status.APPROVED)
    rows = visible_to(actor).annotate(
        participants=Count("deltakere"),
        from_unions=Count("deltakere", filter=Q(deltakere__ansatt__in=_union_people())),
        has_minutes=Exists(approved),
    )
    on = clock.today()
    return [
        Listed(*row, is_over=row[4] == Mote.Status.HELD or row[2] < on)
        for row in rows.values_list(
            "pk", "title", "held_on", "place", "status", "participants", "from_unions",
            "has_minutes",
        )
    ]  # fmt: skip


def participants(mote: Mote) -> QuerySet[Motedeltaker]:
    return (
        Motedeltaker.objects.filter(mote=mote)
        .select_related("ansatt__enhet", "deputy")
        .order_by("ansatt__last_name", "ansatt__first_name")
    )


def papers_for(actor: Ansatt, mote: Mote) -> QuerySet[Motepapir]:
    """Return the meeting's papers that the actor may see."""
    papirer = Motepapir.objects.filter(mote=mote).select_related("fil")
    if access.may(actor, Act.PRIORITISE):
        return papirer
    return papirer.filter(readers=Motepapir.Readers.ALL)


def voices(mote: Mote) -> QuerySet[Innspill]:
    """Return what has been said to the points, in the order it was said."""
    return Innspill.objects.filter(mote=mote).select_related("by", "punkt")


def with_wall(actor: Ansatt) -> QuerySet[Mote]:
    """Return the meetings visible to the actor, each with what `on_wall` and `is_called` tell."""
    called = Motedeltaker.objects.filter(mote=OuterRef("pk"))
    return visible_to(actor).annotate(
        wall_punkt=F("visninger__punkt"),
        wall_case=F("visninger__case"),
        wall_page=F("visninger__page"),
        is_called=Exists(called.filter(Q(ansatt=actor) | Q(deputy=actor))),
    )


def on_wall(mote: Mote) -> Visning | None:
    """Return what is on the wall of a meeting that was read `with_wall`; no query."""
    told: Any = mote
    if told.wall_punkt is None:
        return None
    return Visning(
        mote=mote, punkt_id=told.wall_punkt, case=told.wall_case, page=told.wall_page or 1
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
    return capacities([ansatt]).get(ansatt.pk, "")


def capacities(ansatte: Sequence[Ansatt]) -> dict[int, str]:
    """Return what each takes part as, by id; one query."""
    roller = organisasjon.roles_in_force().filter(ansatt__in=[each.pk for each in ansatte])
    words: dict[int, list[str]] = {}
    maalform = ansatte[0].kommune.maalform if ansatte else ""
    with translation.override(maalform):
        for rolle in roller.order_by("pk"):
            word = f"{rolle.get_kode_display()} {rolle.union}".strip()
            words.setdefault(rolle.ansatt_id, []).append(word)
        return {pk: norsk.oppramsing(each)[:80] for pk, each in words.items()}


def called_by(aktivitet: Aktivitet) -> QuerySet[Ansatt]:
    """Return those whom the wheel makes responsible for the meeting: its roles' holders."""
    koder = [Rolle.Kode(rolle.kode) for rolle in aktivitet.roller.all()]
    return organisasjon.holders(*(kode for kode in koder if kode != Rolle.Kode.ANSATT))


def meetings_of_wheel(on: date) -> QuerySet[Aktivitet]:
    """Return the wheel's meetings of this year and the next that nobody has arranged yet."""
    live = Mote.objects.exclude(status=Mote.Status.CANCELLED).filter(aktivitet=OuterRef("pk"))
    return Aktivitet.objects.filter(
        ~Exists(live), is_meeting=True, done_at__isnull=True, year__in=(on.year, on.year + 1)
    ).order_by("ends")


def _union_people() -> QuerySet[Ansatt]:
    return organisasjon.holders(Rolle.Kode.TILLITSVALGT, Rolle.Kode.VERNEOMBUD)


def candidates() -> QuerySet[Ansatt]:
    """Return those who can be put down as participants: everyone with a role beyond employee."""
    with_role = organisasjon.roles_in_force().values("ansatt")
    return organisasjon.current().filter(pk__in=with_role).order_by("last_name", "first_name")
