"""Support schemes, read: those in use, those that a round applies, and its frames as they stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, JSONObject

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Enhet
from soknader.enums import MONEY, Slag
from soknader.models import (
    Enhetsramme,
    Rundeordning,
    Soknad,
    Soknadsrunde,
    Stotteordning,
    Vedtak,
)

Row = dict[str, Any]
_UNDECIDED = (Soknad.Status.SUBMITTED, Soknad.Status.RECOMMENDED)
ORDER = {str(kind): place for place, kind in enumerate(Slag.values)}


@dataclass(frozen=True, slots=True)
class Delramme:
    """A frame inside the round's: of a scheme, or of a unit. NOK, or days where `is_days`."""

    name: str
    frame: int
    decided: int
    drafted: int
    is_days: bool = False
    kind: str = ""
    path: str = ""

    def takes(self, parts: Mapping[str, int], *, path: str) -> int:
        """Return what a grant takes of it: `parts` by kind, days for leave; NOK in the unit."""
        if self.kind:
            return parts.get(self.kind, 0)
        money = sum(amount for kind, amount in parts.items() if kind != Slag.LEAVE)
        return money if path.startswith(self.path) else 0

    @property
    def left(self) -> int:
        return self.frame - self.decided - self.drafted

    @property
    def over(self) -> int:
        return max(0, -self.left)


def latest(*, on: date) -> list[Stotteordning]:
    """Return the version of each scheme that is in use on the day, one query."""
    begun = Stotteordning.objects.filter(in_use_from__lte=on).order_by("name", "-version")
    newest = begun.distinct("name").select_related("regel")
    return sorted((each for each in newest if each.is_active), key=_place)


def newest() -> list[Stotteordning]:
    """Return the newest version of each scheme, also those not begun or ended; one query."""
    rows = Stotteordning.objects.order_by("name", "-version").distinct("name")
    return sorted(rows.select_related("regel"), key=lambda each: (not each.is_active, _place(each)))


def versions(name: str) -> QuerySet[Stotteordning]:
    return Stotteordning.objects.filter(name=name).order_by("-version").select_related("regel")


def in_runde(runde: Soknadsrunde) -> dict[str, Stotteordning]:
    """Return the schemes that the round applies, by kind and in their order; one query."""
    return {each.kind: each.ordning for each in applied(runde)}


def applied(runde: Soknadsrunde) -> list[Rundeordning]:
    """Return the round's schemes with their frames, in order; one query."""
    rows = Rundeordning.objects.filter(runde=runde).select_related("ordning__regel")
    return sorted(rows, key=lambda each: ORDER[each.kind])


def offered_to(
    runde: Soknadsrunde, applied: Sequence[Rundeordning], *, on: date
) -> list[Stotteordning]:
    """Return what can be chosen: the versions in use when it opens, and those it has already."""
    found = {each.pk: each for each in latest(on=max(on, runde.opens))}
    found |= {each.ordning_id: each.ordning for each in applied}
    return sorted(found.values(), key=_place)


def units_for(runde: Soknadsrunde) -> QuerySet[Enhet]:
    """Return the sectors that can have a frame of their own in the round."""
    sectors = organisasjon.open_units().filter(kind=Enhet.Kind.SEKTOR)
    if runde.enhet is None:
        return sectors
    services = organisasjon.open_units().filter(kind=Enhet.Kind.VIRKSOMHET)
    return services.filter(path__startswith=runde.enhet.path).exclude(pk=runde.enhet.pk)


def unit_frames(runde: Soknadsrunde) -> list[Enhetsramme]:
    rows = Enhetsramme.objects.filter(runde=runde).select_related("enhet")
    return list(rows.order_by("enhet__name"))


def with_unit_frames(rounds: QuerySet[Soknadsrunde]) -> QuerySet[Soknadsrunde]:
    """Return the rounds with `unit_frames`: name, frame and granted (NOK) of each, in order."""
    mine = Enhetsramme.objects.filter(runde=OuterRef("pk")).order_by("enhet__name")
    told = JSONObject(
        pk=F("pk"), name=F("enhet__name"), path=F("enhet__path"),
        frame=F("frame"), granted=F("granted"),
    )  # fmt: skip
    return rounds.annotate(unit_frames=ArraySubquery(mine.values(told=told)))


def asked() -> Coalesce:
    """Return what an application of the query asks for, NOK: as Soknad.amount."""
    cost = sum((Coalesce(F(str(kind.value)), 0) for kind in MONEY), Value(0))
    return Coalesce(F("covered"), cost)


def frame_sums(runde: Soknadsrunde) -> tuple[int, int]:
    """Return what the schemes' frames, and the units' frames, are together, NOK.

    A frame of leave is days, and is not counted.
    """
    schemes = Rundeordning.objects.filter(runde=runde).exclude(kind=Slag.LEAVE)
    units = Enhetsramme.objects.filter(runde=runde)
    total = Sum("frame", default=0)
    return schemes.aggregate(sum=total)["sum"], units.aggregate(sum=total)["sum"]


def frames_of(ansatt: Ansatt, frames: Iterable[Enhetsramme]) -> list[int]:
    """Return the ids of the units' frames that a grant to the employee counts against."""
    return [each.pk for each in frames if ansatt.enhet.is_within(each.enhet.path)]


def delrammer(runde: Soknadsrunde, *, reader_id: int | None = None) -> list[Delramme]:
    """Return each frame inside the round's, with what is decided and drafted; two queries.

    One less when the round was read by `with_frames`, and no more when it has no such frames.
    What the case of the one who reads (`reader_id`) is to get is in none of the figures: the
    letter alone tells it.
    """
    is_read = hasattr(runde, "scheme_frames")
    found = runde if is_read else with_frames(Soknadsrunde.objects.filter(pk=runde.pk)).get()
    schemes, units = found.scheme_frames, found.unit_frames  # type: ignore[attr-defined]
    if not schemes and not units:
        return []
    drafts, own = _taken(runde, reader_id=reader_id)
    return [
        *(
            Delramme(
                each["name"],
                each["frame"],
                each["granted"] - sum(held[each["kind"]] for held in own),
                sum(draft[each["kind"]] for draft in drafts),
                each["kind"] == Slag.LEAVE,
                kind=each["kind"],
            )
            for each in sorted(schemes, key=lambda each: ORDER[each["kind"]])
        ),
        *(
            Delramme(
                each["name"],
                each["frame"],
                each["granted"] - sum(h["amount"] for h in own if each["pk"] in h["frames"]),
                sum(d["amount"] for d in drafts if d["path"].startswith(each["path"])),
                path=each["path"],
            )
            for each in units
        ),
    ]


def narrowest(soknad: Soknad) -> Delramme | None:
    """Return the unit's frame that holds less than the round's own, for a grant in this case."""
    path = soknad.ansatt.enhet.path
    frames = [each for each in delrammer(soknad.runde) if each.path and path.startswith(each.path)]
    narrow = min(frames, key=lambda each: each.left, default=None)
    return narrow if narrow and narrow.left < soknad.runde.left else None


def with_frames(rounds: QuerySet[Soknadsrunde]) -> QuerySet[Soknadsrunde]:
    """Return the rounds with `unit_frames` and `scheme_frames`, as `delrammer` reads them."""
    mine = Rundeordning.objects.filter(runde=OuterRef("pk"), frame__isnull=False)
    told = JSONObject(
        name=F("ordning__name"), kind=F("kind"), frame=F("frame"), granted=F("granted")
    )
    return with_unit_frames(rounds).annotate(scheme_frames=ArraySubquery(mine.values(told=told)))


def _taken(runde: Soknadsrunde, *, reader_id: int | None) -> tuple[list[Row], list[Row]]:
    """Return what others' drafts propose, and what the reader's own decision holds; one query.

    Each by kind, in all, in which unit, and the units' frames that it counts against.
    """
    is_draft = Q(status=Vedtak.Status.DRAFT, soknad__status__in=_UNDECIDED)
    own = Q(soknad__ansatt=reader_id)
    held = Q(status=Vedtak.Status.DECIDED, released=0, released_days=0)
    names = [str(kind.value) for kind in MONEY]
    rows = Vedtak.objects.filter((is_draft & ~own) | (held & own), soknad__runde=runde).values(
        "status", "amount", "leave_days", "frames", *names, path=F("soknad__ansatt__enhet__path")
    )
    every = [{**row, Slag.LEAVE.value: row["leave_days"]} for row in rows]
    drafts = [row for row in every if row["status"] == Vedtak.Status.DRAFT]
    return drafts, [row for row in every if row["status"] == Vedtak.Status.DECIDED]


def _place(ordning: Stotteordning) -> tuple[int, str]:
    return ORDER[ordning.kind], ordning.name
