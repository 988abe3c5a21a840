"""The sending of letters: ask with the count repeated, order, stop, or send without waiting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall import norsk
from kompetanse.varsler import actions as varsler
from soknader.actions import utsending as actions
from soknader.queries import utsending as queries
from soknader.queries.brev import rounds_of
from soknader.views.request import confirmed


@page(Act.SEND_LETTERS)
@require_http_methods(["GET", "POST"])
def send(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Ask with the count repeated, then let all go out in fifteen minutes."""
    runde = get_object_or_404(rounds_of(request.actor), pk=runde_id)
    if request.method == "GET":
        context = {"runde": runde, "overview": queries.overview(runde)}
        return render(request, "soknader/send_letters.html", context)
    count = confirmed(request)
    due_at = actions.send(runde, count=count, by=request.actor)
    told = ngettext("%(n)s brev sendes kl. %(at)s.", "%(n)s brev sendes kl. %(at)s.", count)
    messages.success(request, told % {"n": count, "at": norsk.klokkeslett(due_at)})
    return redirect("soknader:letters", runde.pk)


@page(Act.SEND_LETTERS)
@require_POST
def stop(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Take back those that wait."""
    runde = get_object_or_404(rounds_of(request.actor), pk=runde_id)
    stopped = actions.stop(runde, by=request.actor)
    told = _("Utsendingen er stoppet. Ingen av de %(n)s brevene er sendt.") % {"n": stopped}
    messages.success(request, told)
    return redirect("soknader:letters", runde.pk)


@page(Act.SEND_LETTERS)
@require_http_methods(["GET", "POST"])
def send_now(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Ask once more, then send those that wait at once."""
    runde = get_object_or_404(rounds_of(request.actor), pk=runde_id)
    if request.method == "GET":
        context = {"runde": runde, "overview": queries.overview(runde)}
        return render(request, "soknader/send_letters_now.html", context)
    sent = actions.send_now(runde, count=confirmed(request), by=request.actor)
    messages.success(
        request, ngettext("%(n)s brev er sendt.", "%(n)s brev er sendt.", sent) % {"n": sent}
    )
    return redirect("soknader:letters", runde.pk)


@page(Act.SEND_LETTERS)
@require_GET
def progress(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Show how long it is until those that wait go out; when they have gone, the page is new."""
    runde = get_object_or_404(rounds_of(request.actor), pk=runde_id)
    sending = queries.overview(runde).sending(clock.now())
    if sending is None:
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    return render(request, "soknader/_sending.html", {"runde": runde, "sending": sending})


@page(Act.SEND_LETTERS)
@require_POST
def resend(request: ActorRequest, runde_id: int, pk: int) -> HttpResponse:
    """Send the notice of one letter again, to the address that the employee has now."""
    runde = get_object_or_404(rounds_of(request.actor), pk=runde_id)
    varsel = get_object_or_404(queries.undelivered(runde), pk=pk)
    varsler.resend(varsel, by=request.actor)
    messages.success(request, _("Varselet sendes på nytt."))
    return redirect("soknader:letters", runde.pk)
