"""The list as a worksheet that goes out to Excel and comes back: what it holds, and what differs.

Each row carries a mark of what it was when it was taken out: the versions that a change of it must
have seen, its place, and a digest of what can be written in it. So a row that nobody has touched
in Excel is left alone, whatever others have done with the case meanwhile.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import JSONObject

from kompetanse.organisasjon.models import Ansatt
from soknader.enums import MONEY
from soknader.models import Endring, Kriterium, Poeng, Soknad, Soknadsrunde, Vedtak
from soknader.queries import endring, prioritering
from soknader.queries.prioritering import Sak
from soknader.rules.prioritering import Reader

Kind = Endring.Kind
_DIGEST = 10


class Utkast(NamedTuple):
    """What can be written of the decision, and why the case stands where it does; NOK and days."""

    outcome: str = ""
    amount: int = 0
    leave_days: int = 0
    reason: str = ""
    rank_reason: str = ""


Points = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Merke:
    """What a row was when it was taken out."""

    runde: int
    place: int
    version: int
    points_version: int
    draft: str
    points: str

    def __str__(self) -> str:
        numbers = (self.runde, self.place, self.version, self.points_version)
        return ".".join([*map(str, numbers), self.draft, self.points])

    @classmethod
    def read(cls, text: str) -> "Merke | None":
        """Return the mark that a cell holds, or None when it has been changed."""
        parts = text.split(".")
        if len(parts) != len(cls.__dataclass_fields__):
            return None
        *numbers, draft, points = parts
        if not all(each.isascii() and each.isdigit() and len(each) < 12 for each in numbers):  # noqa: PLR2004
            return None
        runde, place, version, points_version = map(int, numbers)
        return cls(runde, place, version, points_version, draft, points)


@dataclass(frozen=True, slots=True)
class Arkrad:
    """A case of the worksheet as it is now. `can_change` is the reader's, and before a decision.

    `points` is the reader's own, by criterion. `most_days` is the leave applied for, `parts` the
    amount by kind.
    """

    sak: Sak
    can_change: bool
    version: int
    points_version: int
    utkast: Utkast
    points: Points
    conditions: str
    parts: Mapping[str, int] | None
    most_days: int

    def mark(self, runde: Soknadsrunde) -> Merke:
        return Merke(
            runde.version,
            self.sak.place,
            self.version,
            self.points_version,
            digest(self.utkast),
            digest(sorted(self.points.items())),
        )


@dataclass(frozen=True, slots=True)
class Ark:
    """The worksheet of a round as one member of the group has it."""

    runde: Soknadsrunde
    kriterier: tuple[Kriterium, ...]
    rows: tuple[Arkrad, ...]

    def by_number(self) -> dict[int, Arkrad]:
        return {row.sak.number: row for row in self.rows}


def digest(values: Sequence[Any]) -> str:
    """Return a short mark that is the same for the same values."""
    told = json.dumps(list(values), ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()[:_DIGEST]


def of(runde: Soknadsrunde, *, reader: Reader, actor: Ansatt) -> Ark:
    """Return the worksheet; three queries, and one more where small groups are hidden."""
    listed = prioritering.ranked(runde, reader=reader)
    more = {row["pk"]: row for row in _more(runde, actor)}
    rows = tuple(_row(sak, more[sak.pk]) for sak in listed.saker if sak.pk in more)
    return Ark(runde, tuple(Kriterium.objects.filter(runde=runde)), rows)


def versions(soknader: Sequence[int], *, by: Ansatt) -> dict[int, tuple[int, int]]:
    """Return (version of the case, version of `by`'s own points) of each; one query."""
    rows: Any = Soknad.objects.filter(pk__in=soknader).annotate(**_versions(by))
    return {
        pk: (version or 0, points or 0)
        for pk, version, points in rows.values_list("pk", "case_version", "points_version")
    }


def _more(runde: Soknadsrunde, actor: Ansatt) -> Any:
    draft = Vedtak.objects.filter(soknad=OuterRef("pk"), status=Vedtak.Status.DRAFT)
    kinds = [str(kind.value) for kind in MONEY]
    fields = ("outcome", "amount", "leave_days", "reason", "conditions", *kinds)
    told = JSONObject(**{name: name for name in fields})
    points = Poeng.objects.filter(soknad=OuterRef("pk"), by=actor)
    return (
        prioritering.cases(runde)
        .annotate(
            draft=Subquery(draft.values(told=told)),
            mine=ArraySubquery(points.values(told=JSONObject(of="kriterium_id", points="points"))),
            **_versions(actor),
        )
        .values(
            "pk",
            "status",
            "leave_days",
            "rank_reason",
            "draft",
            "mine",
            "case_version",
            "points_version",
        )
    )


def _versions(by: Ansatt) -> dict[str, Subquery]:
    live = Endring.objects.filter(endring.LIVE, soknad=OuterRef("pk")).order_by()
    last = live.values("soknad").annotate(last=Max("pk"))
    return {
        "case_version": Subquery(last.filter(kind__in=(Kind.DRAFT, Kind.REASON)).values("last")),
        "points_version": Subquery(last.filter(kind=Kind.POINTS, by=by).values("last")),
    }


def _row(sak: Sak, more: Mapping[str, Any]) -> Arkrad:
    """Return the row; nothing of the weighing in a case where the reader takes no part."""
    is_open = more["status"] in prioritering.UNDECIDED and not sak.is_barred
    draft = more["draft"] if more["draft"] and not sak.is_own else {}
    names = ("outcome", "amount", "leave_days", "reason")
    return Arkrad(
        sak=sak,
        can_change=is_open,
        version=more["case_version"] or 0,
        points_version=more["points_version"] or 0,
        utkast=Utkast(**{n: draft[n] for n in names if n in draft}, rank_reason=sak.rank_reason),
        points={row["of"]: row["points"] for row in more["mine"]},
        conditions=draft.get("conditions", ""),
        parts={str(k.value): draft[k.value] for k in MONEY} if draft else None,
        most_days=more["leave_days"] or 0,
    )
