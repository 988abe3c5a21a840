"""The joint plan while it is gathered: units send in, the advisor makes one of several."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse.kommuner import once
from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import form_page, make_once
from planer import rules
from planer.actions import samling as actions
from planer.forms.samling import MergeForm, SubmitForm
from planer.models import Tiltak
from planer.queries import opplaring
from planer.queries import samling as queries


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def submit_joint(request: ActorRequest, year: int) -> HttpResponse:
    """Send the unit's measures in to the joint plan."""
    if not rules.measure_scopes(request.actor):
        raise PermissionDenied
    offered = queries.own_services(request.actor)
    initial = {"enhet": request.GET.get("enhet", "")}
    form = SubmitForm(request.POST or None, offered=offered, initial=initial)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            actions.submit(year=year, by=request.actor, **form.answers())
            return reverse("planer:read_joint", args=[year])

        return make_once(request, form, make, told=_("Tiltakene er sendt inn til felles plan."))
    ready_by = opplaring.joint_plan_ready_by(year)
    return form_page(
        request, "planer/submit_joint.html", form, year=year, ready_by=ready_by, offered=offered
    )


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def gather_joint(request: ActorRequest, year: int) -> HttpResponse:
    """Show who has sent in and what several need, and make one of the ticked measures."""
    form = MergeForm(request.POST or None, offered=queries.of_units(year))
    if request.method == "POST" and form.is_valid():
        answers = form.answers()

        def make() -> str:
            actions.merge(list(answers["tiltak"]), theme=answers["theme"], by=request.actor)
            return reverse("planer:gather_joint", args=[year])

        told = _("«%(theme)s» er nå ett felles tiltak.") % {"theme": answers["theme"]}
        return make_once(request, form, make, told=told)
    plan = opplaring.joint_plan(year)
    joined = queries.joined(year)
    alike = queries.alike(plan.lines, common={each.line.id for each in joined})
    context = {
        "year": year,
        "plan": plan,
        "units": queries.units(year, plan.lines),
        "alike": [(group, once.new_token()) for group in alike],
        "joined": joined,
        "form": form if form.is_bound else None,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "planer/gather_joint.html", context, status=status)


@require_POST
@page(Act.EDIT_PLAN)
def split_measure(request: ActorRequest, pk: int) -> HttpResponse:
    """Undo the merge: the units have their own measures again."""
    common = get_object_or_404(Tiltak, pk=pk)
    year, theme = common.year, common.theme
    rows = actions.split(common, by=request.actor)
    told = _("«%(theme)s» er delt igjen i %(number)d tiltak.")
    messages.success(request, told % {"theme": theme, "number": len(rows)})
    return redirect("planer:gather_joint", year)
