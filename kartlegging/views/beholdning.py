"""Competence: one's own page, the unit's matrix, what waits for confirmation, and the search."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kartlegging import rules
from kartlegging.actions import beholdning as actions
from kartlegging.forms.beholdning import BekreftForm, KompetanseForm, RegistrerForm, SokForm
from kartlegging.models import Beholdning
from kartlegging.queries import beholdning as queries
from kartlegging.queries import behov, forslag, katalog
from kartlegging.views.request import unit
from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import form_page


@page(Act.USE)
@require_GET
def mine(request: ActorRequest) -> HttpResponse:
    """«Min kompetanse»: what one has, what waits for the leader, what expires."""
    context = {
        "rows": queries.own(request.actor),
        "levels": dict(organisasjon.levels()),
        "on": clock.today(),
    }
    return render(request, "kartlegging/mine.html", context)


@page(Act.USE)
@require_http_methods(["GET", "POST"])
def declare(request: ActorRequest, pk: int | None = None) -> HttpResponse:
    """Add a competence of one's own, or change the one with id `pk`."""
    row = get_object_or_404(queries.own(request.actor), pk=pk) if pk else None
    form = KompetanseForm(request.POST or None, initial=_initial(row), **_catalogue())
    if request.method == "POST" and form.is_valid():
        actions.declare(by=request.actor, **form.cleaned_data)
        messages.success(request, _("Kompetansen er lagret. Lederen din kan nå bekrefte den."))
        return redirect("kartlegging:mine")
    return form_page(request, "kartlegging/declare.html", form, row=row)


@page(Act.USE)
@require_http_methods(["GET", "POST"])
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.own(request.actor), pk=pk)
    if request.method == "POST":
        actions.remove(row, by=request.actor)
        messages.success(request, _("Kompetansen er slettet."))
        return redirect("kartlegging:mine")
    return render(request, "kartlegging/remove.html", {"row": row})


@page(Act.SEE_GAP)
@require_GET
def units(request: ActorRequest) -> HttpResponse:
    """Show the units the reader follows, each with its matrix, requirements and GAP."""
    rows = access.units(request.actor, Act.SEE_GAP).filter(is_open=True).order_by("path")
    context = {
        "units": rows,
        "year": behov.planning_year(clock.today()),
        "sees_people": access.may(request.actor, Act.SEARCH_COMPETENCE)
        and any(rules.may_see_people(request.actor, enhet) for enhet in rows),
        "may_search": access.may(request.actor, Act.SEARCH_COMPETENCE),
        "waiting": queries.awaiting_confirmation(request.actor).count(),
    }
    return render(request, "kartlegging/units.html", context)


@page(Act.SEARCH_COMPETENCE)
@require_GET
def matrix(request: ActorRequest, enhet_id: int) -> HttpResponse:
    """Show people beside requirements; one requirement as a list when it is chosen."""
    enhet = unit(enhet_id, actor=request.actor, rule=rules.may_see_people)
    matrise = queries.matrise(enhet, on=clock.today())
    chosen = request.GET.get("kompetanse", "")
    place = next(
        (n for n, each in enumerate(matrise.columns) if str(each.kompetanse_id) == chosen), None
    )
    context = {
        "enhet": enhet,
        "matrise": matrise,
        "chosen": matrise.columns[place] if place is not None else None,
        "people": [(person, person.cells[place]) for person in matrise.people]
        if place is not None
        else [],
        "may_confirm": rules.may_fill(request.actor, enhet),
        "year": behov.planning_year(clock.today()),
    }
    return render(request, "kartlegging/matrix.html", context)


@page(Act.FILL_NEEDS)
@require_GET
def waiting(request: ActorRequest) -> HttpResponse:
    """Show what employees have declared and no leader has confirmed."""
    context = {
        "rows": queries.declared(request.actor),
        "courses": forslag.by_course(request.actor),
        "levels": dict(organisasjon.levels()),
    }
    return render(request, "kartlegging/waiting.html", context)


@page(Act.FILL_NEEDS)
@require_POST
def confirm(request: ActorRequest, pk: int) -> HttpResponse:
    row: Beholdning = get_object_or_404(queries.confirmable(request.actor), pk=pk)
    form = BekreftForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.confirm(row, version=form.cleaned_data["version"], by=request.actor)
    messages.success(request, _("Kompetansen er bekreftet."))
    return redirect("kartlegging:waiting")


@page(Act.FILL_NEEDS)
@require_http_methods(["GET", "POST"])
def register(request: ActorRequest, enhet_id: int) -> HttpResponse:
    """Let the leader register what an employee has."""
    enhet = unit(enhet_id, actor=request.actor, rule=rules.may_fill)
    people = [each for each in katalog.ansatte(enhet) if each[0] != request.actor.pk]
    initial = {name: request.GET.get(name) for name in ("ansatt", "kompetanse")}
    form = RegistrerForm(request.POST or None, initial=initial, people=people, **_catalogue())
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        ansatt = get_object_or_404(
            organisasjon.current().select_related("enhet"), pk=answers.pop("ansatt")
        )
        actions.register(ansatt, by=request.actor, **answers)
        messages.success(request, _("Kompetansen er registrert."))
        return redirect("kartlegging:matrix", enhet.pk)
    return form_page(request, "kartlegging/register.html", form, enhet=enhet)


@page(Act.SEARCH_COMPETENCE)
@require_GET
def search(request: ActorRequest) -> HttpResponse:
    """Find who has a competence, in all units. Each search is written down."""
    catalogue = _catalogue()
    form = SokForm(request.GET or None, initial={"level": 1}, **catalogue)
    context: dict[str, Any] = {"form": form, "levels": dict(catalogue["levels"])}
    if form.is_bound and form.is_valid():
        kompetanse, level = form.cleaned_data["kompetanse"], form.cleaned_data["level"]
        context["kompetanse"] = kompetanse
        context["hits"] = actions.search(kompetanse, level=level, by=request.actor)
    return render(request, "kartlegging/search.html", context)


def _catalogue() -> dict[str, Any]:
    return {"competences": katalog.kompetanser(), "levels": organisasjon.levels()}


def _initial(row: Beholdning | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        "kompetanse": row.kompetanse_id,
        "level": row.level,
        "valid_until": row.valid_until,
    }
