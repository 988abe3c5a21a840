"""The GAP analysis: as it stands now, settled once a year, and as a workbook."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kartlegging import documents, rules
from kartlegging.actions import gap as actions
from kartlegging.forms.gap import SettleForm
from kartlegging.models import Gapanalyse
from kartlegging.queries import behov, katalog
from kartlegging.queries import gap as queries
from kartlegging.views.request import unit
from kompetanse import clock, radnummer
from kompetanse.kommuner import once
from kompetanse.kommuner.responses import XLSX, LateFile
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.models import Enhet
from kompetanse.skall.views.svar import form_page
from planer import rules as planer

ROWS_ON_PAGE = 100


@page(Act.SEE_GAP)
@require_GET
def index(request: ActorRequest, year: int | None = None) -> HttpResponse:
    """Show all that the reader sees; the menu narrows it to one unit."""
    year = year or behov.planning_year(clock.today())
    chosen = radnummer.read(request.GET.get("enhet", ""))
    if chosen is not None:
        return redirect("kartlegging:gap_of_unit", year, chosen)
    return _show(request, queries.scopes(request.actor), year=year)


@page(Act.SEE_GAP)
@require_GET
def of_unit(request: ActorRequest, year: int, enhet_id: int) -> HttpResponse:
    enhet = unit(enhet_id, actor=request.actor, rule=rules.may_see_gap)
    return _show(request, [enhet.path], year=year, enhet=enhet)


def _show(
    request: ActorRequest, paths: Sequence[str], *, year: int, enhet: Enhet | None = None
) -> HttpResponse:
    rows = queries.gap(paths, year=year, on=clock.today())
    units = access.units(request.actor, Act.SEE_GAP).filter(is_open=True).order_by("path")
    title = _("GAP %(year)d") % {"year": year}
    context = {
        "year": year,
        "enhet": enhet,
        "units": units,
        "rows": Paginator(rows, ROWS_ON_PAGE).get_page(request.GET.get("side")),
        "sums": queries.sums(rows),
        "chart": documents.heatmap(rows, title=title),
        "analyse": queries.current(year),
        "may_settle": enhet is None and access.may(request.actor, Act.SETTLE_GAP),
        "workbook_url": _workbook_url(year, enhet),
        "pdf_url": "" if enhet else reverse("kartlegging:gap_pdf", args=[year]),
        "may_plan": bool(planer.measure_scopes(request.actor)),
    }
    return render(request, "kartlegging/gap.html", context)


def _workbook_url(year: int, enhet: Enhet | None) -> str:
    if enhet is None:
        return reverse("kartlegging:gap_workbook", args=[year])
    return reverse("kartlegging:gap_workbook_of_unit", args=[year, enhet.pk])


@page(Act.SEE_GAP)
@require_GET
def workbook(request: ActorRequest, year: int, enhet_id: int | None = None) -> HttpResponse:
    """Give the same rows as the page, as xlsx."""
    paths, name = queries.scopes(request.actor), request.kommune.name
    if enhet_id is not None:
        enhet = unit(enhet_id, actor=request.actor, rule=rules.may_see_gap)
        paths, name = [enhet.path], enhet.name
    on = clock.today()
    rows = queries.gap(paths, year=year, on=on)
    render_late = partial(documents.workbook, rows, year=year, on=on, units=name)
    return LateFile(render_late, filename=f"gap-{year}.xlsx", content_type=XLSX)


@page(Act.SETTLE_GAP)
@require_http_methods(["GET", "POST"])
def settle(request: ActorRequest, year: int) -> HttpResponse:
    """Freeze the year's analysis with an assessment and focus areas in order."""
    last = queries.current(year)
    back = reverse("kartlegging:gap", args=[year])
    form = SettleForm(
        request.POST or None,
        areas=katalog.fokusomrader(),
        back=back,
        initial={"seen": last.pk if last else None, "engangsnokkel": once.new_token()},
    )
    if request.method == "POST" and form.is_valid():
        return _settled(request, form, year=year)
    rows = queries.gap(access.scopes(request.actor, Act.SETTLE_GAP), year=year, on=clock.today())
    context: dict[str, Any] = {
        "year": year,
        "last": last,
        "sums": queries.sums(rows),
        "worst": rows[:10],
    }
    return form_page(request, "kartlegging/gap_settle.html", form, **context)


def _settled(request: ActorRequest, form: SettleForm, *, year: int) -> HttpResponse:
    token = form.cleaned_data["engangsnokkel"]
    if once.claim(token, kommune_id=request.kommune.pk):
        analyse = actions.settle(
            year=year,
            comment=form.cleaned_data["comment"],
            priorities=form.priorities(),
            seen=form.cleaned_data["seen"],
            by=request.actor,
        )
        once.remember(token, reverse("kartlegging:gap_analysis", args=[analyse.pk]))
        messages.success(request, _("Analysen er låst."))
    return redirect(once.result_of(token) or reverse("kartlegging:gap", args=[year]))


@page(Act.SEE_GAP)
@require_GET
def analysis(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a settled analysis as it was."""
    analyse: Gapanalyse = get_object_or_404(queries.settled(), pk=pk)
    rows = visible_rows(request, analyse)
    title = _("GAP %(year)d, låst") % {"year": analyse.year}
    context: dict[str, Any] = {
        "analyse": analyse,
        "year": analyse.year,
        "rows": Paginator(rows, ROWS_ON_PAGE).get_page(request.GET.get("side")),
        "sums": queries.sums(rows),
        "chart": documents.heatmap(rows, title=title),
        "priorities": queries.priorities(analyse),
        "newer": queries.superseding(analyse),
        "may_settle": access.may(request.actor, Act.SETTLE_GAP),
    }
    return render(request, "kartlegging/gap_analysis.html", context)


@page(Act.SEE_GAP)
@require_GET
def analysis_workbook(request: ActorRequest, pk: int) -> HttpResponse:
    analyse: Gapanalyse = get_object_or_404(queries.settled(), pk=pk)
    conclusions = [f"{each.rank}. {each.fokusomrade.name}" for each in queries.priorities(analyse)]
    render_late = partial(
        documents.workbook,
        visible_rows(request, analyse),
        year=analyse.year,
        on=analyse.settled_at.astimezone(clock.OSLO).date(),
        units=request.kommune.name,
        conclusions=conclusions,
    )
    filename = f"gap-{analyse.year}-laast.xlsx"
    return LateFile(render_late, filename=filename, content_type=XLSX)


def visible_rows(request: ActorRequest, analyse: Gapanalyse) -> list[queries.GapRow]:
    """Return the frozen rows of the units whose GAP the reader sees."""
    units = access.units(request.actor, Act.SEE_GAP)
    seen = set(units.values_list("pk", flat=True))
    return [row for row in queries.frozen_rows(analyse) if row.enhet_id in seen]
