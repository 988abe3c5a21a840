"""The year's path from needs to budget on one page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from planer.queries import lop as queries


@require_GET
@page(Act.SEE_ACTIONS)
def open_path(request: ActorRequest) -> HttpResponse:  # noqa: ARG001
    """Go to the path of the year that is being planned: the next."""
    return redirect("planer:read_path", clock.today().year + 1)


@require_GET
@page(Act.SEE_ACTIONS)
def read_path(request: ActorRequest, year: int) -> HttpResponse:
    """Show where the year stands, and the list of each step."""
    now = clock.today().year
    context = {
        "path": queries.path(request.actor, year, on=clock.today()),
        "years": (now, now + 1),
        "may_propose": access.may(request.actor, Act.PROPOSE_ACTIONS),
    }
    return render(request, "planer/path.html", context)
