"""The county's prefilled workbook: taken in, filled, given back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import tables
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import turns
from kompetanse.kommuner.responses import stored
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.templatetags.skall import full_name
from kompetanse.skall.views.svar import form_page
from rapporter.actions import rapport as actions
from rapporter.actions.rapport import Book
from rapporter.forms.rapport import WorkbookForm
from rapporter.queries import rapport as queries
from rapporter.workflow import innsending as workflow


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def workbook(request: ActorRequest, pk: int) -> HttpResponse:
    """Fill the county's workbook with our figures, and tell what could not be placed."""
    rapport = get_object_or_404(queries.visible_to(request.actor), svar__soknad=pk)
    workflow.check("attach", rapport, by=request.actor)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    found = None
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            turns.take()
            # Read before anything is locked; the child that reads has its own limits.
            sheets = tables.read_form(content, filename=form.file_name)
            book = Book(form.file_name, content, sheets)
            applicant = full_name(request.kommune)
            found = actions.fill_workbook(rapport, book, applicant=applicant, by=request.actor)
        except TransitionError:
            raise
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("Arbeidsboka er fylt ut. Last den ned og se over den."))
            rapport = get_object_or_404(queries.visible_to(request.actor), pk=rapport.pk)
            form = WorkbookForm()
    context = {"paper": rapport, "soknad": rapport.svar.soknad, "found": found}
    return form_page(request, "rapporter/workbook.html", form, **context)


@require_GET
@page(Act.SEE_GRANT)
def filled(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the workbook with our figures in it."""
    rapport = get_object_or_404(queries.visible_to(request.actor), svar__soknad=pk)
    return stored(rapport.filled)
