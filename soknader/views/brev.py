"""Letters: the advisor makes and sends them, the employee reads and answers."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.kommuner import files
from kompetanse.kommuner.responses import PDF, LateFile
from kompetanse.organisasjon.access import Act, page
from kompetanse.organisasjon.actions import apning
from soknader.actions import brev as actions
from soknader.queries import brev as queries
from soknader.queries import soknad as soknader
from soknader.views.request import ActorRequest

LONGEST_COUNT = 6


@page(Act.SEND_LETTERS)
@require_GET
def letters(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Show how many letters are made and sent for each outcome, with one to read."""
    runde = get_object_or_404(queries.rounds_of(request.actor), pk=runde_id)
    context = {
        "runde": runde,
        "overview": queries.overview(runde),
        "declined": list(queries.declined(runde)),
    }
    return render(request, "soknader/letters.html", context)


@page(Act.SEND_LETTERS)
@require_POST
def make(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Start the making, and show how far it has come."""
    runde = get_object_or_404(queries.rounds_of(request.actor), pk=runde_id)
    return_url = reverse("soknader:letters", args=[runde.pk])
    kjoring = actions.make(runde, return_url=return_url, by=request.actor)
    return redirect("varsler:progress", kjoring.pk)


@page(Act.SEND_LETTERS)
@require_http_methods(["GET", "POST"])
def send(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Ask with the count repeated, then send all."""
    runde = get_object_or_404(queries.rounds_of(request.actor), pk=runde_id)
    overview = queries.overview(runde)
    if request.method == "GET":
        return render(request, "soknader/send_letters.html", {"runde": runde, "overview": overview})
    confirmed = request.POST.get("antall", "")
    count = int(confirmed) if confirmed.isdecimal() and len(confirmed) < LONGEST_COUNT else 0
    sent = actions.send(runde, count=count, by=request.actor)
    told = ngettext("%(n)s brev er sendt.", "%(n)s brev er sendt.", sent) % {"n": sent}
    messages.success(request, told)
    return redirect("soknader:letters", runde.pk)


@page(Act.USE)
@require_GET
def read(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the letter as it was made."""
    brev = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    actions.open_own(brev, by=request.actor)
    apning.opened("svarbrev.open", brev, by=request.actor)
    return LateFile(partial(files.read, brev.fil), filename=brev.fil.name, content_type=PDF)


@page(Act.USE)
@require_POST
def reply(request: ActorRequest, pk: int) -> HttpResponse:
    """Say yes or no to the support."""
    soknad = get_object_or_404(soknader.own(request.actor), pk=pk)
    if request.POST.get("svar") == "ja":
        actions.accept(soknad, by=request.actor)
        messages.success(request, _("Du har takket ja. Lykke til med studiet!"))
    else:
        actions.decline(soknad, by=request.actor)
        messages.success(request, _("Du har takket nei. Støtten kan gå til en annen."))
    return redirect("soknader:own", soknad.pk)
