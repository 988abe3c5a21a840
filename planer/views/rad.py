"""A measure followed up in its place in the list: status, deadline, responsible and amounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanse import clock, radnummer
from kompetanse.errors import StaleError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from planer.actions import opplaring as actions
from planer.forms.rad import RowForm
from planer.models import Tiltak
from planer.queries import gruppe
from planer.queries import opplaring as queries
from planer.queries.linje import Line
from planer.queries.opplaring import TrainingPlan
from planer.views import adresse

SEARCH = "sok"


def asked_for(request: ActorRequest, lines: Iterable[Line]) -> RowForm | None:
    """Return the form of the row that the address asks to edit, if the person may."""
    wanted = radnummer.read(request.GET.get("rad", ""))
    found = (line for line in lines if line.id == wanted and line.may_edit and not line.into)
    line = next(found, None)
    return _form(line) if line else None


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def follow_measure(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the row as a form, or save it; with htmx the row alone, else the plan's page.

    When others have changed it meanwhile, the row comes back as it is now (409).
    """
    search = QueryDict(request.POST.get(SEARCH, "") or request.GET.urlencode())
    shown = _found(request, pk, search)
    if request.method == "GET":
        return _read(request, shown)
    form = _form(shown.line, data=request.POST)
    if not form.is_valid():
        return _row(request, shown, form=form, status=UNPROCESSABLE)
    answers = actions.FollowUp(**form.answers())
    try:
        actions.follow_up(Tiltak(pk=pk), answers, version=form.seen_version, by=request.actor)
    except StaleError as error:
        form.catch_up(error)
        return _row(request, shown, form=form, status=CONFLICT)
    told = _("«%(theme)s» er lagret.") % {"theme": shown.line.theme}
    if not request.htmx:
        messages.success(request, told)
        return redirect(_page_of(shown))
    return _row(request, _found(request, pk, search), told=told)


@dataclass(frozen=True, slots=True)
class Shown:
    """A measure as its page shows it: the plan it is a line of, and what the address asked."""

    plan: TrainingPlan
    line: Line
    search: QueryDict


def _found(request: ActorRequest, pk: int, search: QueryDict) -> Shown:
    """Return the plan as the page shows it, with the measure among its lines."""
    year = Tiltak.objects.filter(pk=pk).values_list("year", flat=True).first()
    if year is None:
        raise Http404
    filters = adresse.filters(search)
    plan = queries.training_plan(year, filters=filters, actor=request.actor)
    line = next((each for each in plan.lines if each.id == pk), None)
    if line is None:
        # What was just changed may have left the filter; it is shown all the same.
        line = queries.one_line(pk, actor=request.actor)
    if not line.may_edit:
        raise PermissionDenied
    return Shown(plan, line, search)


def _read(request: ActorRequest, shown: Shown) -> HttpResponse:
    if not request.htmx:
        return redirect(_page_of(shown, editing=True))
    form = None if "les" in request.GET else _form(shown.line)
    return _row(request, shown, form=form)


def _row(
    request: ActorRequest,
    shown: Shown,
    *,
    form: RowForm | None = None,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer with the row and the sums it is part of; without htmx on a page of its own."""
    groups = gruppe.grouped(shown.plan.lines, adresse.grouping(shown.search))
    context = {
        "plan": shown.plan,
        "line": shown.line,
        "group": next((group for group in groups if shown.line in group.lines), None),
        "layout": adresse.layout(request, shown.search)[0],
        "row_form": form,
        "search": _plain(shown.search).urlencode(),
        "told": told,
        "on": clock.today(),
    }
    template = "planer/_row_answer.html" if request.htmx else "planer/follow_measure.html"
    response = render(request, template, context, status=status)
    if status == CONFLICT:
        response["HX-Reswap"] = "outerHTML"
    return response


def _form(line: Line, *, data: Any = None) -> RowForm:
    initial: dict[str, Any] = {each.kind: each.amount for each in line.amounts}
    initial |= {name: getattr(line, name) for name in ("status", "deadline", "responsible")}
    kinds = [each.kind for each in line.amounts]
    return RowForm(data, line_id=line.id, version=line.version, initial=initial, kinds=kinds)


def _page_of(shown: Shown, *, editing: bool = False) -> str:
    line, query = shown.line, _plain(shown.search)
    if editing:
        query["rad"] = str(line.id)
    told = f"?{query.urlencode()}" if query else ""
    return f"{reverse('planer:read_training', args=[line.year])}{told}#tiltak-{line.id}"


def _plain(search: QueryDict) -> QueryDict:
    """Return the search without what only says how a row is shown."""
    query = search.copy()
    for name in ("rad", "les"):
        query.pop(name, None)
    return query
