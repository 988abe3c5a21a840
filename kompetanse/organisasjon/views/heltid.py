"""The page «Heltidskultur»: position size against the goal, and the same as a workbook."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kompetanse import clock
from kompetanse.kommuner.responses import XLSX, LateFile
from kompetanse.organisasjon import access, documents
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.forms.heltid import ALL, PERMANENT, SELECTIONS, HeltidFilter
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.queries import heltid as queries
from kompetanse.organisasjon.queries.heltid import Enhetstall, Tall
from kompetanse.skall import norsk

# More units than this are read level by level; the workbook has all.
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Bilde:
    """What page and workbook show: the unit chosen, its development, and the units."""

    unit: Enhetstall | None
    series: dict[date, Tall]
    rows: list[Enhetstall]
    goal: int
    on: date
    selection: str

    @property
    def name(self) -> str:
        return self.unit.name if self.unit else ""


@page(Act.SEE_FULLTIME)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    bilde = _bilde(request)
    below = [row for row in bilde.rows if bilde.unit and row.path.startswith(bilde.unit.path)]
    shown = upper_levels(below)
    options = [(row.pk, "\N{NO-BREAK SPACE}" * 3 * row.indent + row.name) for row in bilde.rows]
    context = {
        "form": HeltidFilter(
            {"enhet": request.GET.get("enhet", ""), "utvalg": bilde.selection}, units=options
        ),
        "unit": bilde.unit,
        "tiles": _tiles(bilde),
        "chart": documents.development(bilde.series, name=bilde.name, goal=bilde.goal),
        "rows": [_row(row, goal=bilde.goal) for row in shown],
        "left_out": len(below) - len(shown),
        "on": bilde.on,
        "goal": bilde.goal,
        "may_set_goal": access.may(request.actor, Act.EDIT_SETTINGS),
        "workbook_query": request.GET.urlencode(),
    }
    return render(request, "organisasjon/fulltime.html", context)


def upper_levels(rows: list[Enhetstall]) -> list[Enhetstall]:
    """Return as many whole levels from the top as a page can show: at least two, if there are."""
    if len(rows) <= MOST_ROWS:
        return rows
    levels = sorted({row.indent for row in rows})
    shown = levels[:2]
    for level in levels[2:]:
        if sum(row.indent <= level for row in rows) > MOST_ROWS:
            break
        shown.append(level)
    return [row for row in rows if row.indent in shown]


@page(Act.SEE_FULLTIME)
@require_GET
def workbook(request: ActorRequest) -> HttpResponse:
    """Give the figures of the page as xlsx."""
    bilde = _bilde(request)
    rows = [row for row in bilde.rows if bilde.unit and row.path.startswith(bilde.unit.path)]
    render_late = partial(
        documents.workbook,
        rows,
        bilde.series,
        name=bilde.name,
        goal=bilde.goal,
        on=bilde.on,
        selection=str(dict(SELECTIONS)[bilde.selection]).lower(),
    )
    filename = f"heltidskultur-{bilde.on.isoformat()}.xlsx"
    return LateFile(render_late, filename=filename, content_type=XLSX)


def _bilde(request: ActorRequest) -> Bilde:
    """Read the figures that the address asks for.

    Raises:
        Http404: the unit is not one that the reader follows.
    """
    on, asked = clock.today(), request.GET.get("enhet", "")
    selection = ALL if request.GET.get("utvalg") == ALL else PERMANENT
    rows = queries.units(request.actor, on=on, permanent=selection == PERMANENT)
    unit = queries.chosen(rows, int(asked) if asked.isdecimal() else None)
    if unit is None and asked:
        raise Http404
    series = _series(request.actor, unit, on=on, permanent=selection == PERMANENT)
    goal = organisasjon.oppsett().fulltime_goal
    return Bilde(unit, series, rows, goal, on, selection)


def _series(
    actor: Ansatt, unit: Enhetstall | None, *, on: date, permanent: bool
) -> dict[date, Tall]:
    if unit is None or unit.tall.is_hidden:
        return {}
    led = queries.led(actor)
    is_led = bool(led) and unit.path.startswith(led)
    read = queries.series(unit.pk, on=queries.days(on), permanent=permanent)
    return {day: queries.shown(tall, is_led=is_led) for day, tall in read.items()}


@dataclass(frozen=True, slots=True)
class Tile:
    value: str
    label: str
    note: str = ""


def _tiles(bilde: Bilde) -> list[Tile]:
    if bilde.unit is None or bilde.unit.tall.is_hidden or not bilde.unit.tall.employees:
        return []
    tall = bilde.unit.tall
    return [
        Tile(
            norsk.prosent(tall.average, decimals=1),
            _("gjennomsnittlig stilling"),
            _against(tall.average, bilde.goal),
        ),
        Tile(
            norsk.prosent(round(tall.full_time_share)),
            _("har hel stilling"),
            _("%(full)s av %(all)s")
            % {"full": norsk.tall(tall.full_time), "all": norsk.tall(tall.employees)},
        ),
        Tile(norsk.prosent(bilde.goal), _("er kommunens mål")),
    ]


def _against(average: float, goal: int) -> str:
    """Say how far from the goal, in percentage points."""
    points = round(average - goal, 1)
    if points >= 0:
        return _("Målet er nådd")
    return _("%(points)s prosentpoeng under målet") % {"points": norsk.tall(-points, decimals=1)}


@dataclass(frozen=True, slots=True)
class Linje:
    """A line of the table, ready to be shown."""

    pk: int
    name: str
    indent: int
    employees: str
    average: str
    full_time: str
    status: str


def _row(row: Enhetstall, *, goal: int) -> Linje:
    tall = row.tall
    if tall.is_hidden:
        return Linje(row.pk, row.name, row.indent, _("færre enn 5"), "–", "–", "")
    if not tall.employees:
        return Linje(row.pk, row.name, row.indent, "0", "–", "–", "")
    return Linje(
        row.pk,
        row.name,
        row.indent,
        norsk.tall(tall.employees),
        norsk.prosent(tall.average, decimals=1),
        norsk.prosent(round(tall.full_time_share)),
        "reached" if tall.average >= goal else "under",
    )
