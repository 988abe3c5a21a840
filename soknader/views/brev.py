"""Letters: the advisor makes them, the employee reads and answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.responses import stored
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.actions import apning
from soknader.actions import brev as actions
from soknader.queries import brev as queries
from soknader.queries import soknad as soknader
from soknader.queries import utsending


@page(Act.SEND_LETTERS)
@require_GET
def letters(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Show how many letters are made and sent for each outcome, with one to read."""
    runde = get_object_or_404(queries.rounds_of(request.actor), pk=runde_id)
    overview = utsending.overview(runde)
    context = {
        "runde": runde,
        "overview": overview,
        "sending": overview.sending(clock.now()),
        "undelivered": list(utsending.undelivered(runde)),
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


@page(Act.USE)
@require_GET
def read(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the letter as it was made."""
    brev = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    actions.open_own(brev, by=request.actor)
    apning.opened("svarbrev.open", brev, by=request.actor)
    return stored(brev.fil)


@page(Act.USE)
@require_POST
def reply(request: ActorRequest, pk: int) -> HttpResponse:
    """Say yes or no to the support."""
    soknad = get_object_or_404(soknader.own(request.actor), pk=pk)
    answer = request.POST.get("svar", "")
    if answer == "ja":
        actions.accept(soknad, by=request.actor, received_at=request.received_at)
        messages.success(request, _("Du har takket ja. Lykke til med studiet!"))
    elif answer == "nei":
        actions.decline(soknad, by=request.actor)
        messages.success(request, _("Du har takket nei. Støtten kan gå til en annen."))
    else:
        raise DomainError(_("Velg om du takker ja eller nei til støtten."))
    return redirect("soknader:own", soknad.pk)
