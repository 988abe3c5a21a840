"""Common needs: introduction, what every leader must know, and the systems with their training."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kartlegging.forms import fellesbehov as forms
from kartlegging.queries import fellesbehov as queries
from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import rules
from planer.actions import fellesbehov as actions
from planer.models import Fagsystem

FIELDS = ("name", "purpose", "upgrade", "is_active")
CHOICES = ("enhet", "owner", "responsible")


@require_GET
@page(Act.SEE_PLAN)
def common(request: ActorRequest) -> HttpResponse:
    """Show the common needs; how many lack what, to those who see the gap."""
    sees_gap = access.may(request.actor, Act.SEE_GAP)
    asked = list(queries.requirements())
    gaps = queries.gaps(asked, request.actor, on=clock.today()) if sees_gap else []
    lacks: dict[int | None, int] = {}
    for gap in gaps:
        lacks[gap.krav.fagsystem_id] = lacks.get(gap.krav.fagsystem_id, 0) + gap.lacks
    context = {
        "laws": [gap for gap in gaps if gap.krav.fagsystem_id is None],
        "named_laws": [row for row in asked if row.fagsystem_id is None],
        "systems": [(row, asks, lacks.get(row.pk, 0)) for row, asks in queries.listed()],
        "sees_gap": sees_gap,
        "may_edit": rules.may_edit_common(request.actor),
        "follows_new": access.may(request.actor, Act.FOLLOW_INTRODUCTION),
    }
    return render(request, "kartlegging/common.html", context)


@require_GET
@page(Act.SEE_PLAN)
def read_system(request: ActorRequest, pk: int) -> HttpResponse:
    """Show one system: who answers for it, the training it asks for, and who lacks it."""
    asked = list(queries.requirements().filter(fagsystem=pk))
    # What asks for training carries its system with it.
    system = asked[0].fagsystem if asked else _system(pk)
    sees_gap = access.may(request.actor, Act.SEE_GAP)
    on = clock.today()
    measures, courses = queries.remedies(asked, since=on)
    context = {
        "system": system,
        "asked": asked,
        "gaps": queries.gaps(asked, request.actor, on=on) if sees_gap and asked else [],
        "measures": measures,
        "courses": courses,
        "may_edit": rules.may_edit_system(request.actor, system),
        "may_arrange": bool(rules.measure_scopes(request.actor)),
    }
    return render(request, "kartlegging/system.html", context)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_COMMON)
def make_system(request: ActorRequest) -> HttpResponse:
    form = forms.MakeSystemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            return _url(actions.make(by=request.actor, **form.answers()))

        return make_once(request, form, make, told=_("Fagsystemet er registrert."))
    return form_page(request, "kartlegging/edit_system.html", form)


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def edit_system(request: ActorRequest, pk: int) -> HttpResponse:
    """Change a system; its owner and responsible may too."""
    system = _system(pk)
    if not rules.may_edit_system(request.actor, system):
        raise PermissionDenied
    initial: dict[str, Any] = {name: getattr(system, name) for name in FIELDS}
    initial |= {name: getattr(system, f"{name}_id") for name in CHOICES}
    form = forms.SystemForm(
        request.POST or None, system=system, version=system.version, initial=initial
    )

    def save() -> str:
        actions.change(system, version=form.seen_version, by=request.actor, **form.answers())
        return _url(system)

    told = _("Fagsystemet er lagret.")
    return change_page(
        request, "kartlegging/edit_system.html", form, save, told=told, system=system
    )


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def add_training(request: ActorRequest, pk: int | None = None) -> HttpResponse:
    """Say what a system, or a law, asks of a group of people."""
    system = _system(pk) if pk is not None else None
    may = rules.may_edit_system(request.actor, system) if system else False
    if not may and not rules.may_edit_common(request.actor):
        raise PermissionDenied
    form = forms.TrainingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            actions.ask(by=request.actor, fagsystem=system, **form.answers())
            return _url(system) if system else reverse("kartlegging:common")

        return make_once(request, form, make, told=_("Kravet er lagt til."))
    return form_page(request, "kartlegging/add_training.html", form, system=system)


@require_POST
@page(Act.SEE_PLAN)
def drop_training(request: ActorRequest, pk: int) -> HttpResponse:
    krav = get_object_or_404(queries.requirements(), pk=pk)
    system = krav.fagsystem
    actions.drop(krav, by=request.actor)
    messages.success(request, _("Kravet er slettet."))
    return redirect(_url(system) if system else reverse("kartlegging:common"))


@require_GET
@page(Act.SEE_GAP)
def read_training(request: ActorRequest, pk: int) -> HttpResponse:
    """Show who lacks one kind of training, among those whom the reader sees."""
    krav = get_object_or_404(queries.requirements(), pk=pk)
    gap = queries.gaps([krav], request.actor, on=clock.today())[0]
    measures, courses = queries.remedies([krav], since=clock.today())
    context = {
        "gap": gap,
        "krav": krav,
        "measures": measures,
        "courses": courses,
        "may_arrange": bool(rules.measure_scopes(request.actor)),
    }
    return render(request, "kartlegging/training.html", context)


def _system(pk: int) -> Fagsystem:
    system: Fagsystem = get_object_or_404(queries.systems(), pk=pk)
    return system


def _url(system: Fagsystem) -> str:
    return reverse("kartlegging:read_system", args=[system.pk])
