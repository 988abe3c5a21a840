"""From a file to the register: upload, columns, check, confirm."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.errors import StaleError
from kompetanse.hrimport import actions, example, queries
from kompetanse.hrimport.forms import ColumnsForm, ConfirmForm, UploadForm
from kompetanse.hrimport.views.request import (
    CHECK,
    COLUMNS,
    CONFIRM,
    UPLOAD,
    found,
    open_url,
    steps,
)
from kompetanse.hrimport.words import button, sentences
from kompetanse.kommuner.responses import UNPROCESSABLE, XLSX, LateFile
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.hr.report import is_unchanged
from kompetanse.organisasjon.models import Hrimport
from kompetanse.tables import write_csv, write_xlsx

S = Hrimport.Status
PER_PAGE = 50
CSV = "text/csv; charset=utf-8"

# The page where a run in this state is worked on.
PLACES = {
    S.MAPPING: "hrimport:columns",
    S.CHECKED: "hrimport:check",
    S.WRITTEN: "hrimport:receipt",
    S.UNDONE: "hrimport:receipt",
    S.DISCARDED: "hrimport:receipt",
}


@page(Act.IMPORT_HR)
@require_http_methods(["GET", "POST"])
def upload(request: ActorRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(
            request, "hrimport/upload.html", {"form": form} | steps(UPLOAD), status=status
        )
    hrimport = actions.upload(
        form.cleaned_data["file"].read(),
        file_name=form.file_name,
        is_partial=form.is_partial,
        by=request.actor,
    )
    kjoring = actions.read(hrimport, by=request.actor, return_url=open_url(hrimport))
    return redirect("varsler:progress", kjoring.pk)


@require_GET
@page(Act.IMPORT_HR)
def example_file(_request: ActorRequest) -> HttpResponse:
    """Give a small messy file to try the wizard with."""
    return LateFile(example.content, filename=_("eksempel-hr.csv"), content_type=CSV)


@require_GET
@page(Act.IMPORT_HR)
def open_run(request: ActorRequest, pk: int) -> HttpResponse:
    """Lead to where the run stands; while a worker has it, say so."""
    hrimport = found(pk)
    place = PLACES.get(S(hrimport.status))
    if place is None and hrimport.status == S.REFUSED and hrimport.headings:
        place = "hrimport:columns"
    if place:
        return redirect(place, pk)
    return render(request, "hrimport/stopped.html", {"run": hrimport})


@page(Act.IMPORT_HR)
@require_http_methods(["GET", "POST"])
def columns(request: ActorRequest, pk: int) -> HttpResponse:
    hrimport = found(pk)
    if not hrimport.headings or not hrimport.is_open:
        return redirect("hrimport:open", pk)
    discard = reverse("hrimport:discard", args=[pk])
    form = ColumnsForm(request.POST or None, hrimport=hrimport, discard_url=discard)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "run": hrimport} | steps(COLUMNS)
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "hrimport/columns.html", context, status=status)
    return _check(request, hrimport, form.chosen)


@require_POST
@page(Act.IMPORT_HR)
def check_again(request: ActorRequest, pk: int) -> HttpResponse:
    hrimport = found(pk)
    return _check(request, hrimport, hrimport.columns)


def _check(request: ActorRequest, hrimport: Hrimport, chosen: dict[str, str]) -> HttpResponse:
    kjoring = actions.check(hrimport, chosen, by=request.actor, return_url=open_url(hrimport))
    return redirect("varsler:progress", kjoring.pk)


@require_GET
@page(Act.IMPORT_HR)
def check(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what will happen, kind by kind, and the rows with faults."""
    hrimport = found(pk)
    if hrimport.status != S.CHECKED:
        return redirect("hrimport:open", pk)
    parts = queries.parts(hrimport)
    asked = request.GET.get("vis", "")
    kind = asked if asked in {part.kind for part in parts} else ""
    kind = kind or (parts[0].kind if parts else "")
    side = request.GET.get("side")
    context: dict[str, Any] = {
        "run": hrimport,
        "parts": parts,
        "kind": kind,
        "told": sentences(hrimport),
        "lines": Paginator(queries.lines(hrimport, kind), PER_PAGE).get_page(side),
        "faults": queries.lines(hrimport, "fault")[:PER_PAGE],
        "is_unchanged": is_unchanged(hrimport.figures),
    }
    return render(request, "hrimport/check.html", context | steps(CHECK))


@require_GET
@page(Act.IMPORT_HR)
def faulty_rows(_request: ActorRequest, pk: int, form: str) -> HttpResponse:
    """Give the rows with faults back, with the reasons, to correct and upload."""
    sheet = queries.faulty_rows(found(pk))
    if form == "csv":
        return LateFile(
            lambda: write_csv(sheet), filename=_("rader-med-feil.csv"), content_type=CSV
        )
    return LateFile(
        lambda: write_xlsx([sheet]), filename=_("rader-med-feil.xlsx"), content_type=XLSX
    )


@page(Act.IMPORT_HR)
@require_http_methods(["GET", "POST"])
def confirm(request: ActorRequest, pk: int) -> HttpResponse:
    hrimport = found(pk)
    if hrimport.status != S.CHECKED:
        return redirect("hrimport:open", pk)
    form = ConfirmForm(
        request.POST or None,
        hrimport=hrimport,
        limit=organisasjon.oppsett().hr_leavers_limit,
        label=button(hrimport),
        back_url=reverse("hrimport:check", args=[pk]),
        initial={"check_number": hrimport.check_number},
    )
    if request.method == "GET" or not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return _confirm_page(request, hrimport, form, status=status)
    try:
        kjoring = actions.confirm(
            hrimport,
            check_number=form.cleaned_data["check_number"],
            leavers=form.ticked,
            by=request.actor,
            return_url=open_url(hrimport),
        )
    except StaleError as error:
        messages.warning(request, str(error))
        return redirect("hrimport:check", pk)
    return redirect("varsler:progress", kjoring.pk)


def _confirm_page(
    request: ActorRequest, hrimport: Hrimport, form: ConfirmForm, *, status: int
) -> HttpResponse:
    context = {"form": form, "run": hrimport, "told": sentences(hrimport)}
    return render(request, "hrimport/confirm.html", context | steps(CONFIRM), status=status)
