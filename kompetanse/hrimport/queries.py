"""Runs of the import and their lines, as the pages read them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import IntegerField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Hrimport, Hrlinje, Hrnokkel
from kompetanse.tables import Cell, Column, Sheet

S = Hrimport.Status
Kind = Hrlinje.Kind

UNATTENDED = (Hrimport.Source.TOKEN, Hrimport.Source.FOLDER)
# The kinds that the page of the check can show, in order.
SHOWN = (
    Kind.NEW, Kind.RETURNED, Kind.MOVED, Kind.CHANGED, Kind.LEFT, Kind.MISSING, Kind.UNIT_NEW,
    Kind.UNIT_CHANGED, Kind.REOPENED, Kind.CATEGORY_NEW, Kind.LEADER_NEW, Kind.DOUBTFUL,
    Kind.REMARK,
)  # fmt: skip
# Where the figure of a kind stands, when it is not named as the kind.
_FIGURE = {
    Kind.UNIT_NEW: "units_new",
    Kind.UNIT_CHANGED: "units_changed",
    Kind.REOPENED: "units_reopened",
    Kind.CATEGORY_NEW: "categories_new",
    Kind.LEADER_NEW: "leaders_new",
    Kind.REMARK: "remarks",
}
MOST_LEAVERS = 300


def runs() -> QuerySet[Hrimport]:
    """Return the runs, newest first, with who started them."""
    return Hrimport.objects.select_related("by").order_by("-pk")


def waiting_unattended() -> QuerySet[Hrimport]:
    """Return the nightly runs that wait for a person."""
    return Hrimport.objects.filter(
        source__in=UNATTENDED, status__in=(S.MAPPING, S.CHECKED, S.REFUSED)
    )


def unsettled() -> QuerySet[Hrimport]:
    """Return the latest written whole file, when it came by itself and lacked people."""
    latest = Hrimport.objects.filter(status=S.WRITTEN, is_partial=False).order_by("-pk")[:1]
    return (
        Hrimport.objects.filter(
            pk__in=latest.values("pk"), source__in=UNATTENDED, forgotten_at=None
        )
        .annotate(missing=Cast(KT("figures__missing"), IntegerField()))
        .filter(missing__gt=0, figures__leavers=0)
    )


def keys() -> QuerySet[Hrnokkel]:
    """Return the keys of the Kommune, those in use first."""
    return Hrnokkel.objects.select_related("created_by").order_by("revoked_at", "-created_at")


# --- the page of a check -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of line: what it is called, how many, and whether it is the one on the page."""

    kind: str
    label: str
    count: int


def parts(hrimport: Hrimport) -> list[Part]:
    """Return the kinds that the check found any of, in order."""
    found = ((kind, hrimport.figures.get(_FIGURE.get(kind, str(kind)), 0)) for kind in SHOWN)
    return [Part(str(kind), str(kind.label), count) for kind, count in found if count]


def lines(hrimport: Hrimport, kind: str) -> QuerySet[Hrlinje]:
    return hrimport.linjer.filter(kind=kind).order_by("place")


def leavers(hrimport: Hrimport) -> list[tuple[str, str]]:
    """Return number and words of the first who are missing in the file and not yet settled."""
    missing = lines(hrimport, Kind.MISSING).exclude(content__has_key="leaves")
    rows = missing.order_by("name", "place").values_list("number", "name", "unit")
    return [(number, f"{name}, {unit} ({number})") for number, name, unit in rows[:MOST_LEAVERS]]


# --- the faulty rows, given back ---------------------------------------------------------------


def faulty_rows(hrimport: Hrimport) -> Sheet:
    """Return the rows that are left out as they came, with what is wrong in two more columns.

    Rows without a fault of the same person come along, so that the corrected file is whole.
    """
    headings = [heading["name"] for heading in hrimport.headings]
    found = hrimport.linjer.filter(kind__in=(Kind.FAULT, Kind.COMPANION)).order_by("row", "place")
    rows = found.values_list("row", "column", "text", "suggestion", "content")
    return Sheet(
        title=_("Rader med feil"),
        columns=[*(Column(name) for name in headings), Column(_("Feil")), Column(_("Forslag"))],
        rows=list(_given_back(rows, len(headings))),
    )


def _given_back(rows: Iterable[tuple[Any, ...]], width: int) -> Iterator[list[Cell]]:
    for _row, group in groupby(rows, key=lambda row: row[0]):
        same = list(group)
        cells = next((content["cells"] for *_, content in same if "cells" in content), None)
        if cells is None:
            continue  # A fault in the sheet of units.
        padded = [*cells, *[None] * width][:width]
        yield [*padded, _reasons(same), "; ".join(each[3] for each in same if each[3])]


def _reasons(same: list[tuple[Any, ...]]) -> str:
    told = [f"{column}: {text}" for _row, column, text, *_ in same if text]
    return " ".join(told) or _("Ingen feil her, men en annen rad for personen har feil.")
