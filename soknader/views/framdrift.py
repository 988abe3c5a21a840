"""How studies go: told by the employee, confirmed by the leader, listed for those who follow."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.kommuner.responses import UNPROCESSABLE, stored
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.forms import refusal_in
from soknader.actions import framdrift as actions
from soknader.forms.framdrift import CONFIRM, BekreftForm, FramdriftForm
from soknader.models import Framdrift, Soknad
from soknader.queries import framdrift as queries
from soknader.queries import soknad as soknader
from soknader.rules import termin
from soknader.views.request import posted
from soknader.workflow import framdrift as workflow


@page(Act.USE)
@require_http_methods(["GET", "POST"])
def report(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask how the study goes, and show what has been told."""
    mine = soknader.own(request.actor).filter(ansatt=request.actor)
    soknad: Soknad = get_object_or_404(mine.select_related("utlysning"), pk=pk)
    on = clock.today()
    form = FramdriftForm(
        *posted(request),
        competences=queries.competences(), levels=organisasjon.levels(), on=on,
        initial=_proposed(soknad),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            told = actions.report(soknad, form.melding(), by=request.actor)
            messages.success(request, _said(told))
            return redirect("soknader:report_progress", soknad.pk)
    context = {
        "soknad": soknad,
        "form": form,
        "told": queries.reports_of(soknad),
        "is_open": soknad.status == Soknad.Status.ACCEPTED and queries.ended(soknad) is None,
        "term": termin.term_of(on, starts=soknad.starts or on),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "soknader/framdrift.html", context, status=status)


@page(Act.SEE_OVERVIEW)
@require_GET
def studies(request: ActorRequest) -> HttpResponse:
    """List those under education, and the completed studies that wait to be confirmed."""
    context = {
        "rows": queries.rows(request.actor, on=clock.today()),
        "waiting": list(queries.to_confirm(request.actor).select_related("soknad__ansatt")),
    }
    return render(request, "soknader/studier.html", context)


@page(Act.SEE_OVERVIEW)
@require_http_methods(["GET", "POST"])
def confirm(request: ActorRequest, framdrift_id: int) -> HttpResponse:
    """Show the evidence, and take the leader's answer."""
    framdrift = get_object_or_404(queries.visible_to(request.actor), pk=framdrift_id)
    initial = {"kompetanse": framdrift.kompetanse_id or "", "level": framdrift.level or ""}
    form = BekreftForm(
        request.POST or None, competences=queries.competences(), levels=organisasjon.levels(),
        initial=initial,
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        _answer(request, framdrift, form)
        return redirect("soknader:studies")
    context = {
        "framdrift": framdrift,
        "soknad": framdrift.soknad,
        "form": form,
        "can_answer": "confirm" in workflow.open_to(request.actor, framdrift),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "soknader/studium_bekreft.html", context, status=status)


@page(Act.USE)
@require_GET
def evidence(request: ActorRequest, framdrift_id: int) -> HttpResponse:
    """Give the evidence to the employee and those who lead or follow up."""
    return stored(get_object_or_404(queries.visible_to(request.actor), pk=framdrift_id).fil)


def _answer(request: ActorRequest, framdrift: Framdrift, form: BekreftForm) -> None:
    if form.cleaned_data["verdict"] == CONFIRM:
        kompetanse, level = form.competence()
        actions.confirm(framdrift, kompetanse=kompetanse, level=level, by=request.actor)
        messages.success(request, _("Studiet er bekreftet, og kompetansen er ført."))
    else:
        actions.send_back(framdrift, reason=form.cleaned_data["reason"], by=request.actor)
        messages.success(request, _("Meldingen er sendt tilbake til den ansatte."))


def _proposed(soknad: Soknad) -> dict[str, object]:
    """Return the competence that the round's education gives; the employee may change it."""
    if soknad.utlysning is None:
        return {}
    return {
        "kompetanse": soknad.utlysning.kompetanse_id or "",
        "level": soknad.utlysning.level or "",
    }


def _said(told: Framdrift) -> str:
    if told.kind == Framdrift.Kind.COMPLETED:
        return _("Gratulerer! Lederen din bekrefter, og da føres kompetansen på deg.")
    if told.kind == Framdrift.Kind.BROKEN_OFF:
        return _("Vi har fått meldingen. Fagrådgiveren tar kontakt om avtalen.")
    return _("Takk, vi har fått meldingen.")
