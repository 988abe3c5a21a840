"""The page «Tall for søknader», and the same as a workbook."""

from dataclasses import dataclass
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from kompetanse.kommuner.responses import XLSX, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall import norsk
from soknader.documents import tall as documents
from soknader.forms.tall import TallFilter
from soknader.queries import tall as queries
from soknader.queries.tall import Deling, Tall
from soknader.rules.tall import Rad, Utfall

HIDDEN = "–"


@page(Act.SEE_FIGURES)
@require_GET
def figures(request: ActorRequest) -> HttpResponse:
    tall = _asked(request)
    years = [row.label for row in tall.years]
    context = {
        "form": TallFilter({"ar": tall.year or "", "etter": tall.deling}, years=years),
        "tall": tall,
        "headings": [utfall.label for utfall in Utfall],
        "tiles": _tiles(tall.latest),
        "years": [_line(row) for row in tall.years],
        "groups": [_line(row) for row in tall.groups],
        "total": _line(tall.total) if tall.total else None,
        "money_chart": documents.granted_by_year(tall.years),
        "share_chart": documents.share_by_group(tall),
        "workbook_query": request.GET.urlencode(),
    }
    return render(request, "soknader/figures.html", context)


@page(Act.SEE_FIGURES)
@require_GET
def workbook(request: ActorRequest) -> HttpResponse:
    """Give the figures of the page as xlsx."""
    tall = _asked(request)
    filename = f"tall-soknader-{tall.year or ''}.xlsx"
    return LateFile(partial(documents.workbook, tall), filename=filename, content_type=XLSX)


def _asked(request: ActorRequest) -> Tall:
    """Read what the address asks for; what it cannot mean gives the newest year by sector."""
    year, deling = request.GET.get("ar", ""), request.GET.get("etter", "")
    return queries.figures(
        request.actor,
        year=int(year) if year.isdecimal() and year.isascii() else None,
        deling=Deling(deling) if deling in queries.DELINGER else Deling.SEKTOR,
    )


@dataclass(frozen=True, slots=True)
class Linje:
    """A line of a table, ready to be shown."""

    label: str
    applied: str
    counts: tuple[tuple[str, str], ...]
    asked: str
    granted: str
    paid: str
    days: str
    in_time: str


def _line(row: Rad) -> Linje:
    return Linje(
        label=row.label,
        applied=_count(row.applied),
        counts=tuple((utfall.label, _count(row.outcomes[utfall])) for utfall in Utfall),
        asked=_money(row.asked),
        granted=_money(row.granted),
        paid=_money(row.paid),
        days=_count(row.days),
        in_time=HIDDEN if row.in_time is None else norsk.prosent(row.in_time),
    )


def _count(figure: int | None) -> str:
    return HIDDEN if figure is None else norsk.tall(figure)


def _money(figure: int | None) -> str:
    return HIDDEN if figure is None else norsk.kroner(figure)


@dataclass(frozen=True, slots=True)
class Tile:
    value: str
    label: str
    note: str = ""


def _tiles(row: Rad | None) -> list[Tile]:
    """Return the newest year in a few figures; those that are hidden are left out."""
    if row is None or row.applied is None:
        return []
    found = [Tile(norsk.tall(row.applied), _("søknader i %(year)s") % {"year": row.label})]
    if row.supported is not None:
        found.append(Tile(norsk.tall(row.supported), _("fikk støtte")))
    if row.granted is not None:
        note = _("av %(asked)s søkt om") % {"asked": _money(row.asked)}
        found.append(Tile(norsk.kroner(row.granted), _("er innvilget"), note))
    if row.days is not None:
        words = ngettext("dag fra fristen til svar", "dager fra fristen til svar", row.days)
        note = _("%(share)s svart innen datoen i runden") % {
            "share": norsk.prosent(row.in_time or 0)
        }
        found.append(Tile(norsk.tall(row.days), words, note))
    return found
