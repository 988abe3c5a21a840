"""The next edition of a long plan: what becomes of each goal."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.templatetags.designsystemet import summary_lines
from kompetanse.skall.versjon import OnceForm
from kompetanse.skall.views.svar import form_page, make_once
from planer.actions import langplan as actions
from planer.actions.langplan import GoalDecision
from planer.forms import langrullering as forms
from planer.models import Langplan
from planer.queries import langplan as queries
from planer.workflow import langplan as workflow


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def roll_long(request: ActorRequest, pk: int) -> HttpResponse:
    """Say what becomes of each goal, and make the next edition, a year later, as a draft."""
    plan: Langplan = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    workflow.check("roll", plan, by=request.actor)
    form = OnceForm(request.POST or None)
    rows = forms.rows(request.POST or None, plan=plan)
    if request.method == "POST" and all([form.is_valid(), *(row.is_valid() for row in rows)]):
        decisions = {row.mal.pk: GoalDecision(**row.cleaned_data) for row in rows}

        def make() -> str:
            edition = actions.roll(plan, decisions=decisions, by=request.actor)
            return reverse("planer:read_long", args=[edition.pk])

        return make_once(request, form, make, told=_("Neste utgave er et utkast."))
    return form_page(
        request,
        "planer/roll_long.html",
        form,
        plan=plan,
        rows=rows,
        lines=summary_lines(form, *rows),
    )
