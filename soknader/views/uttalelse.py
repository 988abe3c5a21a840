"""The leader's list of applications, the statement on each, and stepping aside."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.errors import StaleError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.actions import apning
from soknader.actions import uttalelse as actions
from soknader.forms.prioritering import InhabilForm
from soknader.forms.sporsmal import SporsmalForm
from soknader.forms.uttalelse import UttalelseForm
from soknader.models import Inhabilitet, Soknad, Uttalelse
from soknader.queries import bemanning, sporsmal, svar
from soknader.queries import uttalelse as uttalelser
from soknader.rules import frist


@page(Act.RECOMMEND)
@require_GET
def to_recommend(request: ActorRequest) -> HttpResponse:
    """List what the leader has before them: without statement first, the oldest first."""
    rows = uttalelser.leader_rows(request.actor)
    waiting = [row for row in rows if row.waits]
    deadline = min((row.leader_deadline for row in waiting), default=None)
    context = {
        "waiting": waiting,
        "asked": [row for row in rows if row.answer_by],
        "done": [row for row in rows if row.verdict],
        "deadline": deadline,
        "may_register": access.may(request.actor, Act.SEE_PRIVATE),
    }
    return render(request, "soknader/to_recommend.html", context)


@page(Act.RECOMMEND, is_own=True)
@require_http_methods(["GET", "POST"])
def recommend(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the application and take the statement; the next one that waits opens after it."""
    soknad = get_object_or_404(uttalelser.to_state_on(request.actor), pk=pk)
    if request.method == "GET":
        apning.opened("soknad.open", soknad, by=request.actor)
        return case_page(request, soknad)
    form = UttalelseForm(request.POST)
    if not form.is_valid():
        return case_page(request, soknad, form=form, status=UNPROCESSABLE)
    try:
        actions.recommend(soknad, by=request.actor, **form.statement())
    except StaleError as stale:
        newest = get_object_or_404(uttalelser.to_state_on(request.actor), pk=pk)
        form.show_edition(newest.version)
        return case_page(request, newest, form=form, status=CONFLICT, stale=str(stale))
    return _next(request, soknad)


@page(Act.RECOMMEND)
@require_GET
def skip(request: ActorRequest, pk: int) -> HttpResponse:
    """Go to the next that waits, and leave this one waiting."""
    soknad = get_object_or_404(uttalelser.led_by(request.actor), pk=pk)
    following = uttalelser.following(request.actor, after=soknad)
    if following is None:
        messages.info(request, _("Ingen andre søknader venter på deg."))
        return redirect("soknader:to_recommend")
    return redirect("soknader:recommend", following.pk)


@page(Act.RECOMMEND)
@require_POST
def recuse(request: ActorRequest, pk: int) -> HttpResponse:
    """Step aside in the case; the next level states instead."""
    soknad = get_object_or_404(uttalelser.to_state_on(request.actor), pk=pk)
    form = stepping_aside(soknad, request.POST)
    if not form.is_valid():
        return case_page(request, soknad, recuse_form=form, status=UNPROCESSABLE)
    ground = Inhabilitet.Ground(form.cleaned_data["ground"])
    following = actions.recuse(soknad, ground=ground, by=request.actor)
    told = _("Du er meldt inhabil. %(name)s gir uttalelse i stedet for deg.")
    nobody = _(
        "Du er meldt inhabil. Ingen andre ledere kan gi uttalelse, så fagrådgiveren tar det."
    )
    messages.success(request, told % {"name": following.full_name} if following else nobody)
    return redirect("soknader:to_recommend")


def case_page(
    request: ActorRequest, soknad: Any, *, status: int = 200, stale: str = "", **bound: Any
) -> HttpResponse:
    """Show the application with the leader's forms; `bound` is one that comes back."""
    before = uttalelser.statement_on(soknad)
    asked = sporsmal.of(soknad)
    context = {
        "soknad": soknad,
        "form": UttalelseForm(initial=_initial(soknad, before)),
        "before": before,
        "stale": stale,
        "may_state": uttalelser.may_state(request.actor, soknad),
        "asked": asked,
        "question": sporsmal.waiting(asked),
        "question_form": question(soknad),
        "recuse_form": stepping_aside(soknad),
        "staffing": bemanning.of(soknad, reader=request.actor),
        "groups": svar.groups(soknad),
        "attachments": soknad.attached,
    }
    return render(request, "soknader/recommend.html", context | bound, status=status)


def question(soknad: Soknad, data: object = None) -> SporsmalForm:
    """Return the form of a question, with a day proposed."""
    on = clock.today()
    form = SporsmalForm(
        data, last=frist.last_answer(soknad.runde, on=on), auto_id="sporsmal_%s",
        initial={"answer_by": frist.proposed_answer(soknad.runde, on=on)},
    )  # fmt: skip
    form.helper.form_action = reverse("soknader:ask", args=[soknad.pk])
    return form


def stepping_aside(soknad: Soknad, data: object = None) -> InhabilForm:
    form = InhabilForm(data, auto_id="inhabil_%s")
    form.helper.form_action = reverse("soknader:recuse_leader", args=[soknad.pk])
    return form


def _initial(soknad: Soknad, before: Uttalelse | None) -> dict[str, object]:
    known: dict[str, object] = {"version": soknad.version}
    if before is None:
        return known
    names = ("verdict", "text", "condition", "staffing", "substitutes")
    return known | {name: getattr(before, name) for name in names}


def _next(request: ActorRequest, soknad: Soknad) -> HttpResponse:
    following = uttalelser.following(request.actor, after=soknad)
    if following is None:
        messages.success(request, _("Uttalelsen er lagret. Ingen flere søknader venter på deg."))
        return redirect("soknader:to_recommend")
    left = uttalelser.awaiting_statement(request.actor).count()
    told = ngettext(
        "Uttalelsen er lagret. Her er den neste. %(n)d søknad venter.",
        "Uttalelsen er lagret. Her er den neste. %(n)d søknader venter.",
        left,
    )
    messages.success(request, told % {"n": left})
    return redirect("soknader:recommend", following.pk)
