"""Yearly rolling: what of last year's plan is carried on, done, dropped and new."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, UNPROCESSABLE, XLSX, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.models import Ansatt, Enhet
from kompetanse.skall.templatetags.designsystemet import summary_lines
from kompetanse.skall.versjon import OnceForm
from kompetanse.skall.views.svar import make_once
from planer import documents, rules
from planer.actions import rullering as actions
from planer.actions.rullering import Decision
from planer.documents import rullering as files
from planer.forms import rullering as forms
from planer.models import Tiltak
from planer.queries import rullering as queries
from planer.queries.linje import Line
from planer.views import adresse

# No more at a time: the form is still read at a glance, and those left come on the next page.
AT_A_TIME = 25


@require_GET
@page(Act.SEE_PLAN)
def read_rolling(request: ActorRequest, year: int) -> HttpResponse:
    """Show the year beside the year before; `?enhet=` is one unit's plan."""
    enhet = adresse.enhet(request.GET)
    context = {
        "document": queries.rolling(year, enhet=enhet),
        "head": _head(request, enhet),
        "may_roll": _may_roll(request.actor, enhet),
        "may_regret": rules.may_plan_for(request.actor, enhet),
        "enhet": enhet,
    }
    return render(request, "planer/rolling.html", context)


@require_GET
@page(Act.SEE_PLAN)
def print_rolling(request: ActorRequest, year: int) -> HttpResponse:
    enhet = adresse.enhet(request.GET)
    with translation.override(request.kommune.maalform):
        found = queries.rolling(year, enhet=enhet)
    head = _head(request, enhet)
    return LateFile(
        lambda: files.rolling_pdf(found, head=head),
        filename=f"rullering-{year}.pdf",
        content_type=PDF,
    )


@require_GET
@page(Act.SEE_PLAN)
def export_rolling(request: ActorRequest, year: int) -> HttpResponse:
    found = queries.rolling(year, enhet=adresse.enhet(request.GET))
    return LateFile(
        lambda: files.rolling_xlsx(found),
        filename=f"rullering-{year}.xlsx",
        content_type=XLSX,
    )


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def roll_measures(request: ActorRequest, year: int) -> HttpResponse:
    """Say of each of last year's measures whether it is carried on, done or dropped."""
    enhet = adresse.enhet(request.GET)
    if not _may_roll(request.actor, enhet):
        raise PermissionDenied
    left = queries.undecided(year, enhet=enhet, actor=request.actor)
    form = OnceForm(request.POST or None)
    rows = forms.rows(request.POST or None, lines=_asked(request, left), year=year)
    if request.method == "POST" and all([form.is_valid(), *(row.is_valid() for row in rows)]):

        def make() -> str:
            actions.roll(_decisions(rows), year=year, by=request.actor)
            return _address(year, enhet)

        return make_once(request, form, make, told=_("Rulleringen er lagret."))
    context = {
        "form": form,
        "rows": rows,
        "lines": summary_lines(form, *rows),
        "year": year,
        "enhet": enhet,
        "left": len(left) - len(rows),
        "back_url": _address(year, enhet),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "planer/roll_measures.html", context, status=status)


@require_POST
@page(Act.SEE_PLAN)
def regret_measure(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back that the measure is not carried on."""
    tiltak: Tiltak = get_object_or_404(Tiltak, pk=pk)
    actions.regret(tiltak, by=request.actor)
    messages.success(request, _("«%(theme)s» kan avgjøres på nytt.") % {"theme": tiltak.theme})
    return redirect("planer:read_rolling", tiltak.year + 1)


def _asked(request: ActorRequest, left: Sequence[Line]) -> Sequence[Line]:
    """Return the measures to ask about: those the form had, or the first ones."""
    if request.method == "POST":
        return [line for line in left if f"t{line.id}-outcome" in request.POST]
    return left[:AT_A_TIME]


def _decisions(rows: list[forms.RollRowForm]) -> list[Decision]:
    measures = Tiltak.objects.in_bulk([row.line.id for row in rows])
    return [Decision(tiltak=measures[row.line.id], **row.cleaned_data) for row in rows]


def _may_roll(actor: Ansatt, enhet: Enhet | None) -> bool:
    """The advisor rolls all; a leader the own units', seen alone or among the others."""
    if enhet is None:
        return bool(rules.measure_scopes(actor))
    return rules.may_plan_for(actor, enhet)


def _address(year: int, enhet: Enhet | None) -> str:
    address = reverse("planer:read_rolling", args=[year])
    return f"{address}?enhet={enhet.pk}" if enhet else address


def _head(request: ActorRequest, enhet: Enhet | None) -> Any:
    return documents.letterhead(request.kommune, on=clock.today(), unit=enhet.name if enhet else "")
