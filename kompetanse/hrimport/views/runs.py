"""What has been imported: the list, the receipt, undo and discard."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse.errors import DomainError
from kompetanse.hrimport import actions, queries
from kompetanse.hrimport.forms import LeaversForm
from kompetanse.hrimport.views.request import RECEIPT, found, open_url, steps
from kompetanse.hrimport.words import sentences
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.hr import afterwards, angre
from kompetanse.organisasjon.models import Hrimport

S = Hrimport.Status
PER_PAGE = 30


@require_GET
@page(Act.IMPORT_HR)
def list_runs(request: ActorRequest) -> HttpResponse:
    side = Paginator(queries.runs(), PER_PAGE).get_page(request.GET.get("side"))
    return render(request, "hrimport/list.html", {"side": side})


@page(Act.IMPORT_HR)
@require_http_methods(["GET", "POST"])
def receipt(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what was written; let those who were missing have left, also afterwards."""
    hrimport = found(pk)
    if hrimport.status not in {S.WRITTEN, S.UNDONE, S.DISCARDED}:
        return redirect("hrimport:open", pk)
    form = _leavers_form(request, hrimport)
    if form is None or request.method == "GET" or not form.is_valid():
        status = UNPROCESSABLE if form is not None and form.is_bound else 200
        context = {"run": hrimport, "form": form, "told": sentences(hrimport)}
        return render(request, "hrimport/receipt.html", context | steps(RECEIPT), status=status)
    count = afterwards.leave(hrimport, form.ticked, by=request.actor)
    told = ngettext(
        "%(count)s person er registrert som sluttet.",
        "%(count)s personer er registrert som sluttet.",
        count,
    )
    messages.success(request, told % {"count": count})
    return redirect("hrimport:receipt", pk)


def _leavers_form(request: ActorRequest, hrimport: Hrimport) -> LeaversForm | None:
    """Return the form of those who are missing, while this is the run to answer for them."""
    if hrimport.status != S.WRITTEN or hrimport.forgotten_at or not hrimport.figures.get("missing"):
        return None
    if not afterwards.is_latest(hrimport):
        return None
    limit = organisasjon.oppsett().hr_leavers_limit
    form = LeaversForm(request.POST or None, hrimport=hrimport, limit=limit)
    return form if form.missing else None


@page(Act.IMPORT_HR)
@require_http_methods(["GET", "POST"])
def undo(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, with what hinders; then let a worker undo the run."""
    hrimport = found(pk)
    if hrimport.status != S.WRITTEN or hrimport.forgotten_at:
        return redirect("hrimport:open", pk)
    hindrances = angre.hindrances(hrimport)
    if request.method == "GET" or hindrances:
        context = {"run": hrimport, "hindrances": hindrances, "told": sentences(hrimport)}
        status = CONFLICT if request.method == "POST" else 200
        return render(request, "hrimport/undo.html", context, status=status)
    kjoring = actions.undo(hrimport, by=request.actor, return_url=open_url(hrimport))
    return redirect("varsler:progress", kjoring.pk)


@page(Act.IMPORT_HR)
@require_http_methods(["GET", "POST"])
def discard(request: ActorRequest, pk: int) -> HttpResponse:
    hrimport = found(pk)
    if request.method == "GET":
        return render(request, "hrimport/discard.html", {"run": hrimport})
    try:
        afterwards.discard(hrimport, by=request.actor)
    except DomainError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Filen er forkastet. Ingenting ble skrevet inn."))
    return redirect("hrimport:list")
