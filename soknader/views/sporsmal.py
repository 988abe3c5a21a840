"""The leader's question on an application, and the applicant's answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.forms import refusal_in
from soknader.actions import sporsmal as actions
from soknader.forms.sporsmal import SvarForm
from soknader.models import Soknad, Sporsmal
from soknader.queries import soknad as soknader
from soknader.queries import sporsmal as queries
from soknader.queries import uttalelse as uttalelser
from soknader.views import uttalelse
from soknader.views.request import posted


@page(Act.RECOMMEND)
@require_POST
def ask(request: ActorRequest, pk: int) -> HttpResponse:
    """Put the application back to the employee with a question."""
    soknad = get_object_or_404(uttalelser.to_state_on(request.actor), pk=pk)
    form = uttalelse.question(soknad, request.POST)
    if form.is_valid():
        with refusal_in(form):
            asked = actions.ask(soknad, by=request.actor, **form.cleaned_data)
            told = _("Spørsmålet er sendt til %(name)s. Søknaden kommer tilbake når det er svart.")
            messages.success(request, told % {"name": asked.soknad.ansatt.full_name})
            return redirect("soknader:to_recommend")
    return uttalelse.case_page(request, soknad, question_form=form, status=UNPROCESSABLE)


@page(Act.APPLY)
@require_http_methods(["GET", "POST"])
def answer(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the question that waits, and take the answer."""
    soknad: Soknad = get_object_or_404(soknader.written_by(request.actor), pk=pk)
    question = queries.open_on(soknad)
    form = SvarForm(posted(request)[0])
    if question is None:
        return _too_late(request, soknad, form)
    question.soknad = soknad
    if form.is_valid():
        actions.answer(question, text=form.cleaned_data["answer"], by=request.actor)
        messages.success(request, _("Svaret er sendt til lederen."))
        return redirect("soknader:own", soknad.pk)
    return _answer_page(request, soknad, question, form, UNPROCESSABLE if form.is_bound else 200)


def _too_late(request: ActorRequest, soknad: Soknad, form: SvarForm) -> HttpResponse:
    """Show what was written when the question no longer waits; a page without it leads home."""
    if not form.is_bound:
        return redirect("soknader:own", soknad.pk)
    return _answer_page(request, soknad, None, form, CONFLICT)


def _answer_page(
    request: ActorRequest, soknad: Soknad, question: Sporsmal | None, form: SvarForm, status: int
) -> HttpResponse:
    context = {
        "soknad": soknad,
        "question": question,
        "form": form,
        "written": form.data.get("answer", ""),
    }
    return render(request, "soknader/answer_question.html", context, status=status)
