"""Learning arenas: how much each is used, and the list itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall import charts
from kompetanse.skall.views.svar import form_page, make_once
from planer import rules
from planer.actions import arena as actions
from planer.forms.arena import ArenaForm, RenameArenaForm
from planer.queries import arena as queries


@require_GET
@page(Act.SEE_PLAN)
def list_arenas(request: ActorRequest) -> HttpResponse:
    """Show how many measures use each arena, this year and the one before."""
    year = clock.today().year
    rows = queries.counted(year)
    used = [charts.Bar(label=row.name, value=row.now) for row in queries.most_used(rows)]
    title = _("Tiltak i hver læringsarena %(year)d") % {"year": year}
    context = {
        "rows": rows,
        "year": year,
        "without": queries.without_arena(year),
        "chart": charts.bars(used, title=title) if used else None,
        "may_edit": rules.may_edit_plans(request.actor),
    }
    return render(request, "planer/arenas.html", context)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def add_arena(request: ActorRequest) -> HttpResponse:
    form = ArenaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            actions.add(by=request.actor, **form.answers())
            return reverse("planer:list_arenas")

        return make_once(request, form, make, told=_("Læringsarenaen er lagt til."))
    return form_page(request, "planer/edit_arena.html", form)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def edit_arena(request: ActorRequest, pk: int) -> HttpResponse:
    arena = get_object_or_404(queries.arenas(), pk=pk)
    initial = {"name": arena.name, "order": arena.order}
    form = RenameArenaForm(request.POST or None, arena=arena, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.rename(arena, by=request.actor, **form.answers())
        messages.success(request, _("Læringsarenaen er lagret."))
        return redirect("planer:list_arenas")
    return form_page(request, "planer/edit_arena.html", form, arena=arena)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def remove_arena(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then take the arena away; one that measures use stays."""
    arena = get_object_or_404(queries.arenas(), pk=pk)
    if request.method == "POST":
        actions.remove(arena, by=request.actor)
        messages.success(request, _("«%(name)s» er slettet.") % {"name": arena.name})
        return redirect("planer:list_arenas")
    return render(request, "planer/remove_arena.html", {"arena": arena})
