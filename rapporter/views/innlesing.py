"""A file from the ledger, step by step: upload, columns, preview, write."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse import tables
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import turns
from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from rapporter.actions import innlesing as actions
from rapporter.forms.forbruk import LedgerColumnsForm, LedgerForm
from rapporter.models import Regnskapsinnlesing
from rapporter.queries import forbruk
from rapporter.queries import innlesing as queries
from rapporter.views.forbruk import answer, form_page
from rapporter.views.innsending import version


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def upload(request: ActorRequest, pk: int) -> HttpResponse:
    """Read a file from the ledger."""
    svar = answer(request, pk)
    form = LedgerForm(request.POST, request.FILES) if request.method == "POST" else LedgerForm()
    if request.method == "POST" and form.is_valid():
        content, name = form.cleaned_data["file"].read(), form.file_name
        try:
            turns.take()
            # Read before anything is locked; the child that reads has its own limits.
            table = tables.read(content, filename=name, max_rows=queries.MOST_ROWS)
            innlesing = actions.receive(svar, table, file_name=name, by=request.actor)
        except TransitionError:
            raise
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            return redirect("rapporter:ledger", pk, innlesing.pk)
    intro = _("Vi viser hva som blir ført før noe lagres. Bilag som er ført før, hoppes over.")
    context = {"title": _("Les inn fra regnskapet"), "intro": intro}
    return form_page(request, form, svar, files=forbruk.files_in(svar), **context)


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def ledger(request: ActorRequest, pk: int, innlesing_pk: int) -> HttpResponse:
    """Choose the columns, and see what the file would do."""
    innlesing = _innlesing(request, pk, innlesing_pk)
    if innlesing.status not in {innlesing.Status.MAPPING, innlesing.Status.CHECKED}:
        return redirect("rapporter:spending", pk)
    form = LedgerColumnsForm(
        request.POST or None,
        headings=innlesing.headings,
        columns=innlesing.columns,
        initial={"version": innlesing.version},
    )
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        try:
            actions.choose(innlesing, form.values(), version=seen, by=request.actor)
        except TransitionError:
            raise
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("rapporter:ledger", pk, innlesing_pk)
    is_checked = innlesing.status == innlesing.Status.CHECKED
    context = {
        "innlesing": innlesing,
        "soknad": innlesing.svar.soknad,
        "form": form,
        "preview": queries.preview(innlesing) if is_checked else None,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "rapporter/ledger.html", context, status=status)


@require_POST
@page(Act.PREPARE_GRANT)
def write(request: ActorRequest, pk: int, innlesing_pk: int) -> HttpResponse:
    """Post the new rows."""
    innlesing = _innlesing(request, pk, innlesing_pk)
    rest_is_own = request.POST.get("rest") == "egenandel"
    written = actions.write(
        innlesing, rest_is_own=rest_is_own, version=version(request), by=request.actor
    )
    messages.success(request, _("%(n)s rader er ført.") % {"n": written.figures["new"]})
    return redirect("rapporter:spending", pk)


@require_POST
@page(Act.PREPARE_GRANT)
def discard(request: ActorRequest, pk: int, innlesing_pk: int) -> HttpResponse:
    innlesing = _innlesing(request, pk, innlesing_pk)
    actions.discard(innlesing, version=version(request), by=request.actor)
    messages.success(request, _("Filen er forkastet. Ingenting er ført."))
    return redirect("rapporter:spending", pk)


def _innlesing(request: ActorRequest, pk: int, innlesing_pk: int) -> Regnskapsinnlesing:
    found = queries.visible_to(request.actor).select_related("svar__soknad__ordning")
    return get_object_or_404(found, pk=innlesing_pk, svar__soknad=pk)
