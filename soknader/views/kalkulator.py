"""«Hva kan jeg regne med?»: a calculator whose answer has an address of its own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kompetanse import clock
from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from soknader.forms.kalkulator import ORDINARY, KalkulatorForm
from soknader.queries import kalkulator as queries
from soknader.queries import vilkar


@page(Act.APPLY)
@require_GET
def calculator(request: ActorRequest) -> HttpResponse:
    """Show what the schemes would cover of a study, own share, binding time and debt by month."""
    runde, ordninger = queries.schemes_for(request.actor)
    form = KalkulatorForm(
        request.GET or None, ordninger=ordninger, initial={"arbeidsdager": list(ORDINARY)}
    )
    is_answered = form.is_bound and form.is_valid()
    context: dict[str, Any] = {
        "form": form,
        "runde": runde,
        "has_schemes": bool(ordninger),
        "unmet": vilkar.faults(runde, request.actor, on=clock.today()) if runde else [],
    }
    if is_answered:
        context["svar"] = queries.answer(
            ordninger,
            form.study(),
            exams=form.exams(),
            weekdays=form.weekdays(),
            ansatt=request.actor,
        )
        context["studium"] = form.cleaned_data["studium"]
    status = UNPROCESSABLE if form.is_bound and not is_answered else 200
    return render(request, "soknader/kalkulator.html", context, status=status)
