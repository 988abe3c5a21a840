"""A strategy plan while it is written: its head, its units and its parts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.versjon import VersionedForm
from kompetanse.skall.views.svar import change_page
from planer.actions import strategi as actions
from planer.forms import strategi as forms
from planer.models import Fokusomrade, Henvisning, Hovedmal, Kapittel, Strategiplan
from planer.queries import strategi as queries
from planer.views.strategi import visible
from planer.workflow import strategi as workflow


@dataclass(frozen=True, slots=True)
class PartKind:
    """A kind of row in the plan: its model, its form, and what it is called."""

    model: type[actions.Row]
    form: type[VersionedForm]
    name: str | Promise
    new: str | Promise


PARTS = {
    "hovedmal": PartKind(
        Hovedmal, forms.GoalForm, gettext_lazy("Hovedmål"), gettext_lazy("Nytt hovedmål")
    ),
    "fokusomrade": PartKind(
        Fokusomrade, forms.AreaForm, gettext_lazy("Fokusområde"), gettext_lazy("Nytt fokusområde")
    ),
    "kapittel": PartKind(
        Kapittel, forms.ChapterForm, gettext_lazy("Kapittel"), gettext_lazy("Nytt kapittel")
    ),
    "henvisning": PartKind(
        Henvisning, forms.ReferenceForm, gettext_lazy("Henvisning"), gettext_lazy("Ny henvisning")
    ),
}


@require_GET
@page(Act.EDIT_PLAN)
def edit_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Show all parts of the plan with what can be added, changed and deleted."""
    plan = visible(request, pk)
    workflow.check("edit", plan, by=request.actor)
    context = {"plan": plan, "document": queries.document(plan)}
    return render(request, "planer/edit_plan.html", context)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def edit_head(request: ActorRequest, pk: int) -> HttpResponse:
    """Change the plan's own fields."""
    plan = _open(request, pk)
    names = ("name", "first_year", "last_year", "vision", "summary", "owner", "responsible")
    initial = {name: getattr(plan, name) for name in names}
    form = forms.PlanForm(request.POST or None, version=plan.version, initial=initial)

    def save() -> str:
        actions.change(plan, version=form.seen_version, by=request.actor, **form.answers())
        return _edit_url(plan)

    return _part_page(request, plan, form, save, heading=_("Visjon, periode og eier"))


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def cover_units(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose which units the plan holds for."""
    plan = _open(request, pk)
    form = forms.CoverForm(
        request.POST or None,
        version=plan.version,
        paths=access.scopes(request.actor, Act.EDIT_PLAN),
        initial={"enheter": list(plan.omfang.values_list("enhet", flat=True))},
    )

    def save() -> str:
        actions.cover(plan, version=form.seen_version, by=request.actor, **form.answers())
        return _edit_url(plan)

    return _part_page(request, plan, form, save, heading=_("Hvem planen gjelder for"))


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def add_part(request: ActorRequest, pk: int, part: str) -> HttpResponse:
    """Add a goal, an area, a chapter or a reference."""
    plan, kind = _open(request, pk), _kind(part)
    form = _part_form(kind, plan, request.POST or None)

    def save() -> str:
        actions.add(plan, kind.model, version=form.seen_version, by=request.actor, **form.answers())
        return _edit_url(plan, part)

    return _part_page(request, plan, form, save, heading=str(kind.new))


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def edit_part(request: ActorRequest, pk: int, part: str, row_id: int) -> HttpResponse:
    plan, kind = _open(request, pk), _kind(part)
    row = _row(kind, plan, row_id)
    form = _part_form(kind, plan, request.POST or None, row=row)

    def save() -> str:
        actions.amend(row, version=form.seen_version, by=request.actor, **form.answers())
        return _edit_url(plan, part)

    return _part_page(request, plan, form, save, heading=str(row))


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def remove_part(request: ActorRequest, pk: int, part: str, row_id: int) -> HttpResponse:
    """Ask, then delete the row."""
    plan, kind = _open(request, pk), _kind(part)
    row = _row(kind, plan, row_id)
    if request.method == "POST":
        actions.remove(row, version=plan.version, by=request.actor)
        messages.success(request, _("«%(name)s» er slettet.") % {"name": row})
        return redirect(_edit_url(plan, part))
    context = {"plan": plan, "row": row, "back_url": _edit_url(plan, part)}
    return render(request, "planer/remove_part.html", context)


def _open(request: ActorRequest, pk: int) -> Strategiplan:
    plan = visible(request, pk)
    workflow.check("edit", plan, by=request.actor)
    return plan


def _row(kind: PartKind, plan: Strategiplan, row_id: int) -> actions.Row:
    row: actions.Row = get_object_or_404(kind.model, plan=plan, pk=row_id)  # type: ignore[assignment]
    return row


def _kind(part: str) -> PartKind:
    if part not in PARTS:
        raise Http404
    return PARTS[part]


def _part_form(
    kind: PartKind, plan: Strategiplan, data: Any, *, row: actions.Row | None = None
) -> VersionedForm:
    extra = {"plan": plan, "row": row} if kind.form is forms.AreaForm else {}
    names = [name for name in kind.form.declared_fields if name != "versjon"]
    initial = {name: getattr(row, name) for name in names} if row else {}
    return kind.form(data, version=plan.version, initial=initial, **extra)


def _part_page(
    request: ActorRequest,
    plan: Strategiplan,
    form: VersionedForm,
    save: Callable[[], str],
    *,
    heading: str,
) -> HttpResponse:
    told, context = _("Lagret."), {"plan": plan, "heading": heading}
    return change_page(request, "planer/plan_part.html", form, save, told=told, **context)


def _edit_url(plan: Strategiplan, anchor: str = "") -> str:
    url = reverse("planer:edit_plan", args=[plan.pk])
    return f"{url}#{anchor}" if anchor else url
