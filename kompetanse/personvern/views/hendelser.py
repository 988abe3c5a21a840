"""The audit trail for the administrator."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import UNPROCESSABLE, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.personvern import documents
from kompetanse.personvern.actions import uttrekk as actions
from kompetanse.personvern.forms.hendelser import HendelseForm
from kompetanse.personvern.queries import hendelser as queries
from kompetanse.personvern.queries.hendelser import Cursor, Side

# More than this is made by a worker.
MOST_AT_ONCE = 5000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@page(Act.SEE_AUDIT)
@require_GET
def events(request: ActorRequest) -> HttpResponse:
    """Show what matches the filter in the address, newest first."""
    form = HendelseForm(request.GET)
    if not form.is_valid():
        context = {"form": form, "side": Side([])}
        return render(request, "personvern/events.html", context, status=UNPROCESSABLE)
    after = Cursor.parse(request.GET.get("etter", ""))
    context = {"form": form, "side": queries.side(form.wanted, after=after), "is_later": after}
    return render(request, "personvern/events.html", context)


@page(Act.SEE_AUDIT)
@require_POST
def export(request: ActorRequest, form: str) -> HttpResponse:
    """Give what matches as a file; a long one is made by a worker."""
    if form not in documents.WRITERS:
        raise Http404
    asked = HendelseForm(request.GET)
    if not asked.is_valid():
        messages.error(request, _("Rett opp utvalget før du henter fila."))
        return redirect(f"{reverse('personvern:events')}?{request.GET.urlencode()}")
    wanted = asked.wanted
    count = queries.count(wanted, most=MOST_AT_ONCE + 1)
    if count > MOST_AT_ONCE:
        return_url = reverse("personvern:files")
        kjoring = actions.ask_for_events(wanted, form=form, return_url=return_url, by=request.actor)
        return redirect("varsler:progress", kjoring.pk)
    lines = list(queries.stream(queries.matching(wanted)))
    actions.tell_of_events(form, len(lines), by=request.actor)
    return LateFile(
        lambda: documents.events(lines, form=form),
        filename=f"hendelser-{clock.today()}.{form}",
        content_type=TYPES[form],
    )
