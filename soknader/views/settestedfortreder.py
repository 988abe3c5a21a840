"""Asking for someone to decide a case that nobody in the line is impartial in, and naming one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse.errors import DomainError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from soknader.actions import settestedfortreder as actions
from soknader.actions import vedtak as decide
from soknader.forms.settestedfortreder import UtpekForm
from soknader.queries import prioritering as ranking
from soknader.queries import settestedfortreder as queries
from soknader.queries import vedtak as decisions
from soknader.rules import habilitet


@page(Act.RUN_ROUND)
@require_POST
def ask_decider(request: ActorRequest, runde_id: int, soknad_id: int) -> HttpResponse:
    runde = get_object_or_404(ranking.rounds_for(request.actor), pk=runde_id)
    soknad = get_object_or_404(ranking.cases(runde).select_related("ansatt__enhet"), pk=soknad_id)
    actions.ask(soknad, by=request.actor)
    messages.success(request, _("Kommunedirektøren er bedt om å peke ut hvem som avgjør saken."))
    return redirect("soknader:decisions", runde_id)


@page(Act.USE, is_own=True)
@require_http_methods(["GET", "POST"])
def decide_named(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the case and its draft to the one who is named, and decide it."""
    row = get_object_or_404(queries.named(request.actor), pk=pk)
    if request.method == "GET":
        drafts = decisions.drafts(row.soknad.runde)
        context = {"row": row, "vedtak": drafts.filter(soknad=row.soknad).first()}
        return render(request, "soknader/decide_named.html", context)
    vedtak = decide.decide_named(row.soknad, by=request.actor)
    told = {"reference": row.soknad.reference, "outcome": vedtak.get_outcome_display().lower()}
    messages.success(request, _("Sak %(reference)s er vedtatt: %(outcome)s.") % told)
    return redirect("skall:home")


@page(Act.NAME_DECIDER)
@require_http_methods(["GET", "POST"])
def name_decider(request: ActorRequest, pk: int) -> HttpResponse:
    """Show who could decide the case, and name one."""
    row = get_object_or_404(queries.asked(), pk=pk)
    people = queries.candidates(row.soknad)
    form = UtpekForm(request.POST or None, people=people)
    context = {
        "form": form,
        "row": row,
        "people": people,
        "is_barred": habilitet.is_barred(request.actor, row.soknad),
    }
    if request.method == "GET" or not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "soknader/name_decider.html", context, status=status)
    ansatt = get_object_or_404(organisasjon.current(), pk=form.cleaned_data["ansatt"])
    reference = form.cleaned_data["reference"]
    try:
        actions.name(row, ansatt, by=request.actor, reference=reference)
    except DomainError as refusal:
        context["fault"] = str(refusal)
        return render(request, "soknader/name_decider.html", context, status=CONFLICT)
    told = {"name": ansatt.full_name, "reference": row.soknad.reference}
    messages.success(request, _("%(name)s avgjør sak %(reference)s.") % told)
    return redirect("skall:home")
