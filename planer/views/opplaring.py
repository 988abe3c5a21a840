"""The training plan of a year, its measures, the joint plan and the notice-board page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, XLSX, LateFile
from kompetanse.organisasjon.access import Act, page
from kompetanse.organisasjon.models import Enhet
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import documents, rules
from planer.actions import opplaring as actions
from planer.forms.opplaring import (
    AddMeasureForm,
    CarryForm,
    MeasureFilterForm,
    MeasureForm,
    StatusForm,
    initial_of,
)
from planer.models import Tiltak
from planer.queries import evaluering, strategi
from planer.queries import opplaring as queries
from planer.queries.opplaring import Filters

# No id of a row has more (a bigint has nineteen).
MOST_DIGITS = 18
# Four columns (Modum) or seven (Nittedal); domain.md, «Tiltak».
FOUR, SEVEN = "fire", "sju"
# Answers that a gap, a need or another page may give the form of a new measure in the address.
PREFILLED = ("theme", "need", "fokusomrade", "kompetanse", "enhet", "half", "kind", "participants")


@dataclass(frozen=True, slots=True)
class Columns:
    """One of the two tables to choose between."""

    key: str
    label: str
    is_current: bool


@require_GET
@page(Act.SEE_PLAN)
def open_training(request: Any) -> HttpResponse:  # noqa: ARG001
    """Go to the plan that is worked on: this year's, or the newest when this year has none."""
    years, now = queries.years(), clock.today().year
    year = now if now in years or not years else max(years)
    return redirect("planer:read_training", year)


@require_GET
@page(Act.SEE_PLAN)
def read_training(request: Any, year: int) -> HttpResponse:
    """Show the year's measures, narrowed by the filters, in four or seven columns."""
    actor = request.actor
    form = _filter_form(request)
    plan = queries.training_plan(year, filters=_filters(request.GET), actor=actor)
    context = {
        "plan": plan,
        "filter_form": form,
        "is_narrowed": _filters(request.GET).is_used,
        "columns": _columns(request),
        "is_seven": _table(request) == SEVEN,
        "statuses": Tiltak.Status.choices,
        "may_add": bool(rules.measure_scopes(actor)),
        "years": _years_beside(year),
    }
    return render(request, "planer/training.html", context)


@require_GET
@page(Act.SEE_PLAN)
def print_training(request: Any, year: int) -> HttpResponse:
    """The plan as PDF, narrowed as the page is."""
    return _training_file(request, year, documents.training_pdf, "pdf")


@require_GET
@page(Act.SEE_PLAN)
def export_training(request: Any, year: int) -> HttpResponse:
    """The plan as a workbook, narrowed as the page is."""
    plan = queries.training_plan(year, filters=_filters(request.GET))
    title = _("Opplæringsplan %(year)d") % {"year": year}
    return LateFile(
        lambda: documents.training_xlsx(plan, title=title),
        filename=f"opplaringsplan-{year}.xlsx",
        content_type=XLSX,
    )


@require_GET
@page(Act.SEE_PLAN)
def read_joint(request: Any, year: int) -> HttpResponse:
    """Show the joint training plan: what all units put in, and the education that is granted."""
    context = {
        "document": queries.joint_plan(year),
        "head": documents.letterhead(request.kommune, on=clock.today()),
        "pdf_url": reverse("planer:print_joint", args=[year]),
        "xlsx_url": reverse("planer:export_joint", args=[year]),
    }
    return render(request, "planer/joint.html", context)


@require_GET
@page(Act.SEE_PLAN)
def print_joint(request: Any, year: int) -> HttpResponse:
    plan = queries.joint_plan(year)
    head = documents.letterhead(request.kommune, on=clock.today())
    return LateFile(
        lambda: documents.joint_pdf(plan, head=head),
        filename=f"felles-opplaringsplan-{year}.pdf",
        content_type=PDF,
    )


@require_GET
@page(Act.SEE_PLAN)
def export_joint(request: Any, year: int) -> HttpResponse:  # noqa: ARG001
    plan = queries.joint_plan(year)
    title = _("Felles opplæringsplan %(year)d") % {"year": year}
    return LateFile(
        lambda: documents.training_xlsx(plan, title=title),
        filename=f"felles-opplaringsplan-{year}.xlsx",
        content_type=XLSX,
    )


@require_GET
@page(Act.SEE_PLAN)
def read_poster(request: Any, year: int) -> HttpResponse:
    """Show the page for the notice board, one unit and one half-year."""
    poster = _poster(request, year)
    query = request.GET.urlencode()
    context = {
        "document": poster,
        "head": documents.letterhead(request.kommune, on=clock.today(), unit=poster.enhet),
        "enheter": queries.unit_choices(),
        "halves": Tiltak.Halvar.choices,
        "pdf_url": f"{reverse('planer:print_poster', args=[year])}?{query}",
        "a3_url": f"{reverse('planer:print_poster', args=[year])}?{query}&ark=a3",
    }
    return render(request, "planer/poster.html", context)


@require_GET
@page(Act.SEE_PLAN)
def print_poster(request: Any, year: int) -> HttpResponse:
    """The page for the notice board as PDF, A4 or (`?ark=a3`) A3."""
    poster = _poster(request, year)
    head = documents.letterhead(request.kommune, on=clock.today(), unit=poster.enhet)
    is_a3 = request.GET.get("ark") == "a3"
    return LateFile(
        lambda: documents.poster_pdf(poster, head=head, is_a3=is_a3),
        filename=f"oppslag-{year}-{poster.half}.pdf",
        content_type=PDF,
    )


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def add_measure(request: Any, year: int) -> HttpResponse:
    """Ask for a new measure; what is known already comes in the address."""
    paths = _paths_or_403(request)
    form = AddMeasureForm(
        request.POST or None, initial=_prefilled(request.GET), **_offered(request, paths, year)
    )
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            tiltak = actions.add(form.measure(year=year), by=request.actor)
            return _row_url(tiltak)

        return make_once(request, form, make, told=_("Tiltaket er lagt i opplæringsplanen."))
    return form_page(request, "planer/add_measure.html", form, year=year)


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def edit_measure(request: Any, pk: int) -> HttpResponse:
    paths = _paths_or_403(request)
    tiltak = get_object_or_404(queries.tiltak_by_id(), pk=pk)
    if not rules.may_edit_tiltak(request.actor, tiltak):
        raise PermissionDenied
    form = MeasureForm(
        request.POST or None,
        version=tiltak.version,
        initial=initial_of(tiltak, queries.amounts_of(tiltak)),
        **_offered(request, paths, tiltak.year),
    )

    def save() -> str:
        measure = form.measure(year=tiltak.year)
        actions.change(tiltak, measure, version=form.seen_version, by=request.actor)
        return _row_url(tiltak)

    return change_page(
        request,
        "planer/edit_measure.html",
        form,
        save,
        told=_("Tiltaket er lagret."),
        tiltak=tiltak,
        changes=evaluering.changes_of(tiltak),
    )


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def carry_measures(request: Any, year: int) -> HttpResponse:
    """Plan last year's measures anew: all that were not carried already can be ticked."""
    _paths_or_403(request)
    offered = queries.to_carry(request.actor, to=year)
    form = CarryForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            actions.carry(form.cleaned_data["tiltak"], year=year, by=request.actor)
            return reverse("planer:read_training", args=[year])

        return make_once(request, form, make, told=_("Tiltakene er med i planen."))
    context = {"year": year, "is_empty": not offered.exists()}
    return form_page(request, "planer/carry_measures.html", form, **context)


@require_POST
@page(Act.SEE_PLAN)
def move_measure(request: Any, pk: int) -> HttpResponse:
    """Change the state of a measure from the list, and come back to the same row."""
    tiltak = get_object_or_404(queries.tiltak_by_id(), pk=pk)
    form = StatusForm(request.POST)
    if form.is_valid():
        moved = actions.move(
            tiltak, status=Tiltak.Status(form.cleaned_data["status"]), by=request.actor
        )
        told = {"theme": moved.theme, "status": moved.get_status_display().lower()}
        messages.success(request, _("«%(theme)s» er nå %(status)s.") % told)
    return redirect(_row_url(tiltak, query=QueryDict(request.POST.get("sok", "")).urlencode()))


def _training_file(
    request: Any, year: int, make: Callable[..., bytes], ending: str
) -> HttpResponse:
    plan = queries.training_plan(year, filters=_filters(request.GET))
    head = documents.letterhead(request.kommune, on=clock.today())
    return LateFile(
        lambda: make(plan, head=head), filename=f"opplaringsplan-{year}.{ending}", content_type=PDF
    )


def _filters(query: QueryDict) -> Filters:
    """Return the filters of the address; what is unknown keeps everything."""
    status = query.get("status", "")
    return Filters(
        enhet=_enhet(query),
        fokusomrade_id=_number(query.get("fokus", "")),
        status=status if status in Tiltak.Status.values else "",
    )


def _enhet(query: QueryDict) -> Enhet | None:
    wanted = _number(query.get("enhet", ""))
    return Enhet.objects.filter(pk=wanted).first() if wanted else None


def _number(text: str) -> int | None:
    """Return the id that the address names; None for what cannot be one."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def _filter_form(request: Any) -> MeasureFilterForm:
    names = ("enhet", "fokus", "status")
    return MeasureFilterForm(
        enheter=queries.unit_choices(),
        areas=strategi.area_choices(),
        initial={name: request.GET.get(name, "") for name in names} | {"vis": _table(request)},
    )


def _table(request: Any) -> str:
    """Return which table to show: the asked one, else seven columns for the one who edits."""
    asked = request.GET.get("vis")
    if asked in {FOUR, SEVEN}:
        return str(asked)
    return SEVEN if rules.may_edit_plans(request.actor) else FOUR


def _columns(request: Any) -> list[Columns]:
    now = _table(request)
    labels = {FOUR: _("Fire kolonner"), SEVEN: _("Sju kolonner")}
    return [Columns(key, label, key == now) for key, label in labels.items()]


def _poster(request: Any, year: int) -> queries.Poster:
    wanted, on = request.GET.get("halvar", ""), clock.today()
    now = Tiltak.Halvar.SPRING if on.month <= 6 else Tiltak.Halvar.AUTUMN  # noqa: PLR2004
    half = Tiltak.Halvar(wanted) if wanted in Tiltak.Halvar.values else now
    return queries.poster(year, half=half, enhet=_enhet(request.GET))


def _paths_or_403(request: Any) -> list[str]:
    paths = rules.measure_scopes(request.actor)
    if not paths:
        raise PermissionDenied
    return paths


def _offered(request: Any, paths: list[str], year: int) -> dict[str, Any]:
    return {
        "paths": paths,
        "is_common": rules.may_edit_plans(request.actor),
        "back_url": reverse("planer:read_training", args=[year]),
    }


def _prefilled(query: QueryDict) -> dict[str, Any]:
    given = {name: query[name] for name in PREFILLED if query.get(name)}
    return {"half": Tiltak.Halvar.SPRING} | given


def _row_url(tiltak: Tiltak, *, query: str = "") -> str:
    url = reverse("planer:read_training", args=[tiltak.year])
    return f"{url}{'?' if query else ''}{query}#tiltak-{tiltak.pk}"


def _years_beside(year: int) -> list[int]:
    """Return the years to choose among: those with measures, this one and the next."""
    return sorted({*queries.years(), year, clock.today().year, clock.today().year + 1})
