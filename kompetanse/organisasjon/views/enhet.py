"""Units: the table of a day, one unit, and the forms that change one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import once
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon import access, closing
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.actions import enhet as actions
from kompetanse.organisasjon.forms import enhet as forms
from kompetanse.organisasjon.models import Ansatt, Enhet
from kompetanse.organisasjon.queries import Plass
from kompetanse.organisasjon.queries import organisasjon as queries

ROWS_ON_PAGE = 300


@page(Act.SEE_UNITS)
@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Show the tree of today, or of the day in the address, narrowed by its words."""
    today = clock.today()
    form = forms.OrganisasjonFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    on = asked.get("dato") or today
    rows = queries.rows(request.actor, on=on)
    hits = queries.found(rows, text=asked.get("q", ""), kind=asked.get("slag", ""))
    context = {
        "form": form,
        "on": on,
        "is_today": on == today,
        "rows": Paginator(hits, ROWS_ON_PAGE).get_page(request.GET.get("side")),
        "count": len(hits),
        "total": len(rows),
        "is_narrowed": bool(asked.get("q") or asked.get("slag")),
        "may_manage": access.may(request.actor, Act.MANAGE_UNITS),
    }
    status = UNPROCESSABLE if form.is_bound and not form.is_valid() else 200
    return render(request, "organisasjon/units.html", context, status=status)


@page(Act.SEE_UNITS)
@require_GET
def unit(request: ActorRequest, enhet_id: int) -> HttpResponse:
    """Show a unit: its leaders, people, units below, and what it has been."""
    enhet = get_object_or_404(queries.visible_to(request.actor), pk=enhet_id)
    on = clock.today()
    sees_people = access.may(request.actor, Act.SEE_PERSON, enhet)
    context = {
        "enhet": enhet,
        "leaders": queries.leaders_on(on).get(enhet.pk, []),
        "positions": list(queries.positions_in(enhet, on=on)) if sees_people else [],
        "sees_people": sees_people,
        "below": list(organisasjon.open_units().filter(parent=enhet).order_by("name")),
        "versions": queries.history_of(enhet),
        "on": on,
        "may_manage": access.may(request.actor, Act.MANAGE_UNITS, enhet),
        "is_top": enhet.parent_id is None,
        "sees_above": _sees_above(request.actor, enhet),
    }
    return render(request, "organisasjon/unit.html", context)


def _sees_above(actor: Ansatt, enhet: Enhet | None) -> bool:
    """Whether the unit above has a page for the actor, so that the crumbs may lead there."""
    parent = enhet.parent if enhet else None
    return parent is not None and access.may(actor, Act.SEE_UNITS, parent)


@page(Act.MANAGE_UNITS)
@require_http_methods(["GET", "POST"])
def create(request: ActorRequest) -> HttpResponse:
    """Make a unit; a second click leads to the one that the first made."""
    initial = {"engangsnokkel": once.new_token(), "parent": request.GET.get("under", "")}
    form = forms.CreateForm(
        request.POST or None, initial=forms.today() | initial, places=_places(request)
    )
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, form, heading=_("Ny enhet"))
    answers = dict(form.cleaned_data)
    token = answers.pop("engangsnokkel")
    parent = Enhet.objects.get(pk=answers.pop("parent"))
    if not once.claim(token, kommune_id=request.kommune.pk):
        return redirect(once.result_of(token) or "organisasjon:units")
    try:
        enhet = actions.create(parent=parent, by=request.actor, **answers)
    except DomainError as error:
        form = _again(request, error)
        return _form_page(request, form, heading=_("Ny enhet"))
    where = reverse("organisasjon:unit", args=[enhet.pk])
    once.remember(token, where)
    messages.success(request, _("Enheten er opprettet."))
    return redirect(where)


def _again(request: ActorRequest, error: DomainError) -> forms.CreateForm:
    """Return the form with what was typed, the error, and a token that is not used."""
    typed = request.POST.dict() | {"engangsnokkel": once.new_token()}
    form = forms.CreateForm(typed, places=_places(request))
    form.add_error(None, str(error))
    return form


@page(Act.MANAGE_UNITS)
@require_http_methods(["GET", "POST"])
def rename(request: ActorRequest, enhet_id: int) -> HttpResponse:
    enhet = _managed(request, enhet_id)
    initial = {"name": enhet.name, "kind": enhet.kind}

    def form(data: Any, start: dict[str, Any]) -> forms.EnhetForm:
        return forms.RenameForm(data, initial=start, enhet=enhet)

    return _change(request, enhet, form, initial, actions.rename, _("Endre navn eller slag"))


@page(Act.MANAGE_UNITS)
@require_http_methods(["GET", "POST"])
def move(request: ActorRequest, enhet_id: int) -> HttpResponse:
    enhet = _managed(request, enhet_id)
    places = [plass for plass in _places(request) if not plass.path.startswith(enhet.path)]

    def form(data: Any, start: dict[str, Any]) -> forms.EnhetForm:
        return forms.MoveForm(data, initial=start, places=places)

    def verb(enhet: Enhet, *, parent: int, **answers: Any) -> Enhet:
        return actions.move(enhet, parent=Enhet.objects.get(pk=parent), **answers)

    return _change(request, enhet, form, {}, verb, _("Flytt enheten"))


@page(Act.MANAGE_UNITS)
@require_http_methods(["GET", "POST"])
def close(request: ActorRequest, enhet_id: int) -> HttpResponse:
    enhet = _managed(request, enhet_id)

    def form(data: Any, start: dict[str, Any]) -> forms.EnhetForm:
        return forms.CloseForm(data, initial=start)

    hindrances = list(closing.hindrances(enhet, last_day=clock.today()))
    return _change(
        request, enhet, form, {}, actions.close, _("Avslutt enheten"), hindrances=hindrances
    )


@page(Act.MANAGE_UNITS)
@require_http_methods(["GET", "POST"])
def reopen(request: ActorRequest, enhet_id: int) -> HttpResponse:
    enhet = _managed(request, enhet_id)

    def form(data: Any, start: dict[str, Any]) -> forms.EnhetForm:
        return forms.ReopenForm(data, initial=start)

    return _change(request, enhet, form, {}, actions.reopen, _("Gjenåpne enheten"))


# --- what the pages are made of ----------------------------------------------------------------

_SAVED: Promise = gettext_lazy("Endringen er lagret. Historikken står nederst på siden.")


def _managed(request: ActorRequest, enhet_id: int) -> Enhet:
    enhet: Enhet = get_object_or_404(organisasjon.tree().select_related("parent"), pk=enhet_id)
    if not access.may(request.actor, Act.MANAGE_UNITS, enhet):
        raise PermissionDenied
    return enhet


def _places(request: ActorRequest) -> list[Plass]:
    """Return the units of today that the actor administers."""
    paths = tuple(access.scopes(request.actor, Act.MANAGE_UNITS))
    return [plass for plass in organisasjon.tree_on(clock.today()) if plass.path.startswith(paths)]


def _change(
    request: ActorRequest,
    enhet: Enhet,
    make: Callable[[Any, dict[str, Any]], forms.EnhetForm],
    initial: dict[str, Any],
    verb: Callable[..., Enhet],
    heading: str,
    **context: Any,
) -> HttpResponse:
    """See, check, ask, do, tell, go: the same for each change of one unit."""
    context |= {"enhet": enhet, "heading": heading}
    start = forms.today() | initial | {"versjon": enhet.version}
    form = make(request.POST or None, start)
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, form, **context)
    try:
        verb(enhet, by=request.actor, **form.answers)
    except StaleError as error:
        form = make(request.POST.dict() | {"versjon": enhet.version}, start)
        return _form_page(request, form, status=CONFLICT, stale=str(error), **context)
    except DomainError as error:
        form.add_error(None, str(error))
        return _form_page(request, form, **context)
    messages.success(request, str(_SAVED))
    return redirect("organisasjon:unit", enhet.pk)


def _form_page(
    request: ActorRequest, form: Any, *, heading: str, status: int = 0, **context: Any
) -> HttpResponse:
    status = status or (UNPROCESSABLE if form.is_bound else 200)
    above = _sees_above(request.actor, context.get("enhet"))
    context |= {"form": form, "heading": heading, "sees_above": above}
    return render(request, "organisasjon/unit_form.html", context, status=status)
