"""The application read over, sent, and kept as a copy."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.kommuner import once
from kompetanse.kommuner.responses import PDF, UNPROCESSABLE, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.language import on_paper
from soknader.actions import innsending, krav
from soknader.documents import soknad as documents
from soknader.forms.innsending import SubmitForm
from soknader.models import Soknad
from soknader.queries import dekning, sporsmal, status, svar, vilkar
from soknader.queries import ordning as ordninger
from soknader.queries import runde as runder
from soknader.queries import soknad as queries
from soknader.queries import uttalelse as uttalelser
from soknader.rules import frist, utfylling
from soknader.workflow import soknad as workflow


@page(Act.APPLY)
@require_http_methods(["GET", "POST"])
def summary(request: ActorRequest, pk: int) -> HttpResponse:
    """Show all answers and what is missing; send the application."""
    received_at = request.received_at
    soknad = get_object_or_404(queries.with_answers(request.actor), pk=pk)
    if not soknad.is_draft:
        return redirect(*(("soknader:receipt", pk) if soknad.number else ("soknader:mine",)))
    lacks = _missing(soknad)
    is_late = frist.is_late(soknad.runde, at=received_at)
    form = SubmitForm(request.POST or None, is_late=is_late, initial=_first_showing(soknad))
    if request.method == "GET":
        return _summary_page(request, soknad, form, lacks)
    krav.check_takes(soknad.runde, at=received_at)
    if not form.is_valid() or lacks or _unmet(soknad, request):
        form.renew(once.new_token())
        return _summary_page(request, soknad, form, lacks, status=UNPROCESSABLE)
    return _submit(request, soknad, form, received_at)


@page(Act.APPLY)
@require_GET
def receipt(request: ActorRequest, pk: int) -> HttpResponse:
    """Show number, time and what happens next."""
    soknad = _numbered(request, pk)
    context = {
        "soknad": soknad,
        "happens": status.what_happens(soknad, leader=uttalelser.leader_of(soknad)),
        "can_change": sporsmal.may_change(soknad, at=clock.now()),
    }
    return render(request, "soknader/receipt.html", context)


@page(Act.APPLY)
@require_GET
@on_paper
def copy(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the sent application as a PDF to keep."""
    soknad = _numbered(request, pk)
    happens = status.what_happens(soknad, leader=uttalelser.leader_of(soknad))
    document = svar.copy(soknad, happens=happens)
    on = clock.local_date(soknad.submitted_at or clock.now())
    head = documents.head(request.kommune, on=on, reference=soknad.reference)
    return LateFile(
        lambda: documents.copy(document, head=head),
        filename=f"soknad-{soknad.reference}.pdf",
        content_type=PDF,
    )


def _missing(soknad: Soknad) -> list[dict[str, str]]:
    lacks = utfylling.missing(
        soknad,
        has_list=runder.has_list(soknad.runde),
        schemes=ordninger.in_runde(soknad.runde),
    )
    return [{"text": str(lack.text), "url": _question(soknad, lack)} for lack in lacks]


def _unmet(soknad: Soknad, request: ActorRequest) -> list[str]:
    """Return the conditions of the round that the applicant does not meet, as the verb asks."""
    on = clock.local_date(request.received_at)
    return vilkar.faults(soknad.runde, soknad.ansatt, on=on)


def _question(soknad: Soknad, lack: utfylling.Missing) -> str:
    """Return the address of the question; after the answer the summary is shown again."""
    step_url = reverse("soknader:step", args=[soknad.pk, lack.step])
    return f"{step_url}?summary#id_{lack.field}"


def _first_showing(soknad: Soknad) -> dict[str, Any]:
    return {"version": soknad.version, "engangsnokkel": once.new_token()}


def _summary_page(
    request: ActorRequest,
    soknad: Soknad,
    form: SubmitForm,
    lacks: list[dict[str, str]],
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "soknad": soknad,
        "form": form,
        "lacks": lacks,
        "unmet": _unmet(soknad, request),
        "cover": dekning.of_soknad(soknad),
        "is_refused": request.method == "POST" and bool(lacks),
        "groups": svar.groups(soknad),
        "attachments": queries.attachments_of(soknad),
        "deadline": runder.deadline_moment(soknad.runde),
        "is_late": form.is_late,
        "takes": frist.takes(soknad.runde, at=request.received_at),
        "can_take_over": workflow.is_open("take_over", request.actor, soknad),
    }
    return render(request, "soknader/summary.html", context, status=status)


def _submit(
    request: ActorRequest, soknad: Soknad, form: SubmitForm, received_at: datetime
) -> HttpResponse:
    """Send once: the second click with the same token is shown the first one's receipt."""
    told = form.cleaned_data
    token, where = told["engangsnokkel"], reverse("soknader:receipt", args=[soknad.pk])
    if not once.claim(token, kommune_id=request.kommune.pk):
        return redirect(once.result_of(token) or where)
    innsending.submit(
        soknad,
        by=request.actor,
        version=told["version"],
        received_at=received_at,
        late_reason=told.get("late_reason", ""),
    )
    once.remember(token, where)
    return redirect(where)


def _numbered(request: ActorRequest, pk: int) -> Soknad:
    """Return an application that has been sent; a draft has neither receipt nor copy."""
    soknad: Soknad = get_object_or_404(
        queries.with_answers(request.actor).filter(number__isnull=False), pk=pk
    )
    return queries.opened_by(request.actor, soknad)
