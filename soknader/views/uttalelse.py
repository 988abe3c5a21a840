"""The leader's list of applications, and the statement on each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse.errors import StaleError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.actions import apning
from soknader.actions import uttalelse as actions
from soknader.forms.uttalelse import UttalelseForm
from soknader.models import Soknad, Uttalelse
from soknader.queries import soknad as queries
from soknader.queries import svar
from soknader.workflow import soknad as workflow


@page(Act.RECOMMEND)
@require_GET
def to_recommend(request: ActorRequest) -> HttpResponse:
    """List what the leader has before them: without statement first, the oldest first."""
    rows = queries.leader_rows(request.actor)
    waiting = [row for row in rows if row.waits]
    done = [row for row in rows if not row.waits]
    deadline = min((row.leader_deadline for row in waiting), default=None)
    context = {"waiting": waiting, "done": done, "deadline": deadline}
    return render(request, "soknader/to_recommend.html", context)


@page(Act.RECOMMEND, is_own=True)
@require_http_methods(["GET", "POST"])
def recommend(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the application and take the statement; the next one that waits opens after it."""
    soknad = get_object_or_404(queries.led_by(request.actor), pk=pk)
    before = queries.statement_on(soknad)
    form = UttalelseForm(request.POST or None, initial=_initial(soknad, before))
    if request.method == "GET":
        apning.opened("soknad.open", soknad, by=request.actor)
        return _page(request, soknad, form, before)
    if not form.is_valid():
        return _page(request, soknad, form, before, status=UNPROCESSABLE)
    try:
        actions.recommend(soknad, by=request.actor, **form.statement())
    except StaleError as stale:
        newest = get_object_or_404(queries.led_by(request.actor), pk=pk)
        form.show_edition(newest.version)
        return _page(request, newest, form, before, status=CONFLICT, told=str(stale))
    return _next(request)


def _initial(soknad: Soknad, before: Uttalelse | None) -> dict[str, object]:
    known: dict[str, object] = {"version": soknad.version}
    if before is None:
        return known
    return known | {"verdict": before.verdict, "text": before.text, "staffing": before.staffing}


def _page(
    request: ActorRequest,
    soknad: Soknad,
    form: UttalelseForm,
    before: Uttalelse | None,
    *,
    status: int = 200,
    told: str = "",
) -> HttpResponse:
    context = {
        "soknad": soknad,
        "form": form,
        "before": before,
        "stale": told,
        "may_state": workflow.is_open("recommend", request.actor, soknad),
        "groups": svar.groups(soknad),
        "attachments": queries.attachments_of(soknad),
    }
    return render(request, "soknader/recommend.html", context, status=status)


def _next(request: ActorRequest) -> HttpResponse:
    following = queries.awaiting_statement(request.actor).first()
    if following is None:
        messages.success(request, _("Uttalelsen er lagret. Ingen flere søknader venter på deg."))
        return redirect("soknader:to_recommend")
    messages.success(request, _("Uttalelsen er lagret. Her er den neste søknaden."))
    return redirect("soknader:recommend", following.pk)
