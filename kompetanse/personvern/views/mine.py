"""«Mine data»: what is stored about oneself, as a page and as files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, LateFile, stored
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.personvern import documents
from kompetanse.personvern.actions import sletting
from kompetanse.personvern.actions import uttrekk as actions
from kompetanse.personvern.queries import sletting as slettinger
from kompetanse.personvern.queries import uttrekk
from kompetanse.personvern.queries.samlet import everything
from kompetanse.personvern.views import bestilling
from kompetanse.skall.language import on_paper


@page(Act.USE)
@require_GET
def mine(request: ActorRequest) -> HttpResponse:
    context = {
        "mine": everything(request.actor, at=clock.now()),
        "sletting": slettinger.of(request.actor),
    }
    return render(request, "personvern/mine.html", context)


@page(Act.USE)
@require_GET
def as_json(request: ActorRequest) -> HttpResponse:
    found = everything(request.actor, at=clock.now())
    actions.tell_of_own("json", by=request.actor)
    return LateFile(
        lambda: documents.as_json(found),
        filename="mine-data.json",
        content_type="application/json; charset=utf-8",
    )


@page(Act.USE)
@require_GET
@on_paper
def as_pdf(request: ActorRequest) -> HttpResponse:
    found = everything(request.actor, at=clock.now())
    head = documents.head(request.kommune, on=clock.today())
    actions.tell_of_own("pdf", by=request.actor)
    return LateFile(
        lambda: documents.as_document(found, head=head), filename="mine-data.pdf", content_type=PDF
    )


@page(Act.USE)
@require_POST
def pack(request: ActorRequest) -> HttpResponse:
    """Start the packing of everything with files, and show how far it has come."""
    kjoring = actions.ask_for_own(return_url=reverse("personvern:files"), by=request.actor)
    return redirect("varsler:progress", kjoring.pk)


@page(Act.USE)
@require_POST
def ask(request: ActorRequest) -> HttpResponse:
    """Ask to be erased."""
    sletting.ask(by=request.actor)
    messages.success(request, _("Ønsket er sendt. Systemansvarlig svarer deg her, innen 30 dager."))
    return redirect("personvern:mine")


@page(Act.USE)
@require_GET
def made(request: ActorRequest) -> HttpResponse:
    """List the files that the person has asked for."""
    return render(request, "personvern/files.html", {"rows": list(uttrekk.own(request.actor))})


@page(Act.USE)
@require_GET
def download(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the file to the one who asked for it, while they may see as much as when they did.

    A document is asked of its page, and who may see more or less since then has it made anew.
    The trail is for those who administer today.
    """
    mine = uttrekk.own(request.actor).filter(fil__isnull=False, expires_at__gt=clock.now())
    found = get_object_or_404(mine, pk=pk)
    if found.kind == found.Kind.EVENTS and not access.may(request.actor, Act.SEE_AUDIT):
        raise PermissionDenied
    if found.kind == found.Kind.DOCUMENT:
        bestilling.must_be_open(request, found)
        if not bestilling.is_same_reach(request.actor, found):
            return redirect(found.wanted["again"])
    return stored(found.fil)
