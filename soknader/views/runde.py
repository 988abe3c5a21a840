"""The advisor's rounds: prepared, edited and opened."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.forms import refusal_in
from kompetanse.skall.views.svar import form_page
from soknader.actions import runde as actions
from soknader.forms import runde as forms
from soknader.forms import rundelister
from soknader.models import Soknadsrunde
from soknader.queries import framdrift as studier
from soknader.queries import ordning, utlysning
from soknader.queries import runde as queries
from soknader.rules import frist, maalform, ordningstekst, vilkar


@page(Act.RUN_ROUND)
@require_GET
def rounds(request: ActorRequest) -> HttpResponse:
    return render(request, "soknader/rounds.html", {"rounds": list(queries.rounds())})


@page(Act.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def prepare(request: ActorRequest) -> HttpResponse:
    """Make a new round, filled in from last year's."""
    kind = request.GET.get("slag", Soknadsrunde.Kind.AUTUMN)
    kind = kind if kind in Soknadsrunde.Kind.values else Soknadsrunde.Kind.AUTUMN
    before = _copied(request)
    last = before or queries.previous(kind=kind)
    initial = forms.first_values(kind=kind, on=clock.today(), before=last)
    lang = queries.language(last, request.kommune)
    form = forms.NewRundeForm(request.POST or None, initial=initial, lang=lang)
    if form.is_valid():
        with refusal_in(form):
            runde = actions.prepare(by=request.actor, after=before, **form.cleaned_data)
            messages.success(request, _("Runden er laget. Den er ikke åpnet ennå."))
            return redirect("soknader:round", runde.pk)
    return form_page(request, "soknader/prepare_round.html", form, before=last)


def _copied(request: ActorRequest) -> Soknadsrunde | None:
    """Return the round that the new one is to be like, when the address names one."""
    number = request.GET.get("fra", "")
    if not number:
        return None
    return get_object_or_404(queries.rounds(), pk=int(number) if number.isdecimal() else 0)


@page(Act.RUN_ROUND)
@require_GET
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    runde = get_object_or_404(ordning.with_frames(queries.rounds()), pk=pk)
    inside = ordning.delrammer(runde, reader_id=request.actor.pk)
    frames = {each.kind: each for each in inside if each.kind}
    context = {
        "runde": runde,
        "maalformer": maalform.names(runde.lang),
        "figures": queries.figures(runde),
        "educations": list(queries.educations(runde)),
        "criteria": list(queries.criteria(runde)),
        "schemes": [
            (each, ordningstekst.told(each.ordning), frames.get(each.kind))
            for each in ordning.applied(runde)
        ],
        "unit_frames": [each for each in inside if each.path],
        "conditions": vilkar.told(runde),
        "may_edit": frist.may_edit(runde),
        "may_open": frist.may_open(runde, on=clock.today()),
        "deadline": queries.deadline_moment(runde),
    } | _next_step(runde)
    return render(request, "soknader/round.html", context)


# Where the round's work goes on: label and page.
_NEXT: dict[str, tuple[Promise, str]] = {
    Soknadsrunde.Status.PRIORITISING: (gettext_lazy("Til prioriteringen"), "soknader:rank"),
    Soknadsrunde.Status.DECIDED: (gettext_lazy("Til svarbrevene"), "soknader:letters"),
    Soknadsrunde.Status.ANSWERED: (gettext_lazy("Til svarbrevene"), "soknader:letters"),
}


def _next_step(runde: Soknadsrunde) -> dict[str, Promise | str]:
    """Return the button that leads on from the round; none while it is prepared or open."""
    label, name = _NEXT.get(runde.status, ("", ""))
    return {"next_label": label, "next_url": reverse(name, args=[runde.pk])} if name else {}


@page(Act.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    runde = get_object_or_404(queries.rounds(), pk=pk)
    initial = {name: getattr(runde, name) for name in forms.COPIED}
    form = forms.RundeForm(request.POST or None, runde=runde, initial=initial, lang=runde.lang)
    if form.is_valid():
        actions.edit(runde, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Runden er lagret."))
        return redirect("soknader:round", runde.pk)
    return form_page(request, "soknader/edit_round.html", form, runde=runde)


@page(Act.RUN_ROUND)
@require_POST
def open_round(request: ActorRequest, pk: int) -> HttpResponse:
    runde = get_object_or_404(queries.rounds(), pk=pk)
    actions.open(runde, by=request.actor)
    messages.success(request, _("Runden er åpen. De ansatte får beskjed på e-post."))
    return redirect("soknader:round", runde.pk)


@page(Act.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def set_educations(request: ActorRequest, pk: int) -> HttpResponse:
    """Edit the prioritised education as rows; «Legg til rad» works without JavaScript."""
    runde = get_object_or_404(utlysning.with_analysis(queries.rounds()), pk=pk)
    stored = rundelister.education_values(list(queries.educations(runde)))
    more = {
        "form_kwargs": {
            "lang": runde.lang,
            "areas": queries.focus_areas(),
            "competences": utlysning.with_lack(
                studier.competences(), runde=runde, actor=request.actor
            ),
            "levels": organisasjon.levels(),
        }
    }
    rows = _rows(request, rundelister.EducationFormSet, stored, **more)
    if _is_saved(request, rows):
        with refusal_in(rows):
            actions.set_educations(runde, rows.rows(), by=request.actor)
            return _saved(request, runde)
    return _rows_page(request, runde, rows, "soknader/set_educations.html")


@page(Act.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def set_criteria(request: ActorRequest, pk: int) -> HttpResponse:
    """Edit the criteria as rows: weight, and what the points mean."""
    runde = get_object_or_404(queries.rounds(), pk=pk)
    stored = rundelister.criterion_values(list(queries.criteria(runde)))
    named = {"form_kwargs": {"lang": runde.lang}}
    rows = _rows(request, rundelister.CriterionFormSet, stored, **named)
    if _is_saved(request, rows):
        with refusal_in(rows):
            actions.set_criteria(runde, rows.rows(), by=request.actor)
            return _saved(request, runde)
    return _rows_page(request, runde, rows, "soknader/set_criteria.html")


def _rows(request: ActorRequest, formset: Any, stored: list[dict[str, Any]], **more: Any) -> Any:
    """Return the rows as posted, with one more when that was asked for; else as stored."""
    if request.method != "POST":
        return formset(initial=stored or [{}], prefix="rad", **more)
    posted = request.POST.copy()
    if "legg_til" in posted:
        total = posted.get("rad-TOTAL_FORMS", "")
        posted["rad-TOTAL_FORMS"] = str(int(total[:4]) + 1 if total.isdecimal() else 1)
    return formset(posted, prefix="rad", **more)


def _is_saved(request: ActorRequest, rows: Any) -> bool:
    return request.method == "POST" and "legg_til" not in request.POST and rows.is_valid()


def _saved(request: ActorRequest, runde: Soknadsrunde) -> HttpResponse:
    messages.success(request, _("Runden er lagret."))
    return redirect("soknader:round", runde.pk)


def _rows_page(
    request: ActorRequest, runde: Soknadsrunde, rows: Any, template: str
) -> HttpResponse:
    has_fault = request.method == "POST" and "legg_til" not in request.POST
    context = {"runde": runde, "rows": rows, "shows_faults": has_fault}
    status = UNPROCESSABLE if has_fault else 200
    return render(request, template, context, status=status)
