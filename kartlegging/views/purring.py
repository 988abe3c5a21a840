"""«Purr»: ask the leaders whose needs form is missing, after a look at who and what."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kartlegging import emails, rules
from kartlegging.actions import behov as actions
from kartlegging.forms.behov import TokenForm
from kartlegging.queries import behov as queries
from kartlegging.queries import levering
from kompetanse.kommuner import once
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.varsler import queries as varsler


@page(Act.FOLLOW_NEEDS)
@require_http_methods(["GET", "POST"])
def remind(request: ActorRequest, year: int) -> HttpResponse:
    """Show who would be asked and the mail; then ask."""
    rules.require(rules.may_remind(request.actor))
    address = varsler.address(request.kommune)
    if request.method == "POST":
        return _send(request, year, address=address)
    due = queries.deadline(year)
    missing = levering.mangler(request.actor, year=year, due=due)
    reachable = [each for each in missing if each.leaders]
    example = reachable[0].enhet if reachable else ""
    context = {
        "year": year,
        "missing": missing,
        "reachable": reachable,
        "message": emails.needs_reminder(example, year=year, due=due, address=address),
        "token": once.new_token(),
    }
    return render(request, "kartlegging/needs_remind.html", context)


def _send(request: ActorRequest, year: int, *, address: str) -> HttpResponse:
    form = TokenForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    token = form.cleaned_data["engangsnokkel"]
    to = reverse("kartlegging:needs_of_year", args=[year])
    if once.claim(token, kommune_id=request.kommune.pk):
        told = actions.remind(year=year, by=request.actor, address=address)
        once.remember(token, to)
        messages.success(
            request,
            ngettext(
                "Påminnelsen er sendt til %(n)d leder.",
                "Påminnelsen er sendt til %(n)d ledere.",
                told,
            )
            % {"n": told},
        )
    return redirect(to)
