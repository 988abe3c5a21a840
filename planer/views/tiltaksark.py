"""Many measures at once: a prepared workbook, filled in, looked over, and taken in whole."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import tables
from kompetanse.errors import DomainError
from kompetanse.kommuner import turns
from kompetanse.kommuner.responses import XLSX, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import form_page
from kompetanse.tables import Table, TableError
from planer import rules
from planer.actions import tiltaksark as actions
from planer.documents import tiltaksark as documents
from planer.forms.tiltaksark import Checked, SheetForm, checked
from planer.models import Tiltaksimport
from planer.queries import tiltaksark as queries
from planer.queries import valg
from planer.views.tiltak import paths_or_403


@require_GET
@page(Act.SEE_PLAN)
def prepare_sheet(request: ActorRequest, year: int) -> HttpResponse:
    """Give the prepared workbook, with the units and names this person may use."""
    offered = valg.of_measure(paths_or_403(request))
    return LateFile(
        lambda: documents.workbook(offered, year=year),
        filename=f"tiltak-{year}.xlsx",
        content_type=XLSX,
    )


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def read_sheet(request: ActorRequest, year: int) -> HttpResponse:
    """Read a workbook that is filled in, and go on to look it over."""
    paths_or_403(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = queries.rows(_table(file))
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            kept = actions.keep(rows, year=year, file_name=file.name, by=request.actor)
            return redirect("planer:check_sheet", kept.pk)
    return form_page(request, "planer/read_sheet.html", form, year=year)


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def check_sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """Show each row as it would be, with what is wrong; take all in when nothing is."""
    paths = paths_or_403(request)
    kept = get_object_or_404(Tiltaksimport, pk=pk, by=request.actor)
    if request.method == "POST" and "forkast" in request.POST:
        actions.discard(kept)
        messages.success(request, _("Regnearket er forkastet. Ingen tiltak er lagt til."))
        return redirect("planer:read_training", kept.year)
    rows = _checked(request, kept, paths)
    wrong = [row for row in rows if row.measure is None]
    measures = [row.measure for row in rows if row.measure is not None]
    if request.method == "POST" and measures and not wrong:
        made = actions.take_in(kept, measures, by=request.actor)
        told = ngettext(
            "%(n)d tiltak er lagt i planen.", "%(n)d tiltak er lagt i planen.", len(made)
        )
        messages.success(request, told % {"n": len(made)})
        return redirect("planer:read_training", kept.year)
    context = {"kept": kept, "year": kept.year, "rows": rows, "wrong": wrong, "right": measures}
    status = 422 if request.method == "POST" else 200
    return render(request, "planer/check_sheet.html", context, status=status)


def _table(file: Any) -> Table:
    """Return the sheet of measures.

    Raises:
        TableError: it cannot be read, or the headings that must be there are not.
        BusyError: others are having a file read.
    """
    turns.take()
    table = tables.read(file.read(), filename=file.name, max_rows=queries.MOST_ROWS)
    lacking = queries.missing(table)
    if lacking:
        raise TableError(
            _("Arket mangler kolonnen «%(heading)s». Bruk det ferdige regnearket.")
            % {"heading": lacking[0]}
        )
    if not any(any(row.cells) for row in table.rows):
        raise TableError(_("Arket har ingen tiltak. Skriv ett i hver rad under overskriftene."))
    return table


def _checked(request: ActorRequest, kept: Tiltaksimport, paths: list[str]) -> list[Checked]:
    offered, is_common = valg.of_measure(paths), rules.may_edit_plans(request.actor)
    rows = [queries.SheetRow(number, cells) for number, cells in kept.rows]
    return [checked(row, year=kept.year, offered=offered, is_common=is_common) for row in rows]
