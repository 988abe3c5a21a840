"""An application written in four steps, read over, sent, and kept as a copy."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.errors import StaleError
from kompetanse.kommuner import once
from kompetanse.kommuner.responses import CONFLICT, PDF, UNPROCESSABLE, LateFile
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.models import Rolle
from kompetanse.skall import norsk
from soknader.actions import soknad as actions
from soknader.documents import soknad as documents
from soknader.forms.soknad import FORMS, StepForm, SubmitForm
from soknader.models import Soknad
from soknader.queries import dekning, permisjon, sporsmal, status, svar, vilkar
from soknader.queries import ordning as ordninger
from soknader.queries import runde as runder
from soknader.queries import soknad as queries
from soknader.rules import frist, utfylling
from soknader.workflow import soknad as workflow

# The steps beside which it is shown what the schemes cover.
COUNTED = (utfylling.TIME, utfylling.MONEY)


@page(Act.APPLY)
@require_http_methods(["GET", "POST"])
def step(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Ask the questions of one step. «Neste» keeps all that can be kept, also with mistakes."""
    soknad = _writable(request, pk)
    form = _form(soknad, number, data=request.POST or None)
    if request.method == "GET":
        return _step_page(request, form, number)
    is_whole = form.is_valid()
    if not is_whole and not soknad.is_draft:
        return _step_page(request, form, number, status=UNPROCESSABLE)
    try:
        soknad = _keep(request, form, number)
    except StaleError as stale:
        return _stale_page(request, form, number, told=str(stale))
    if "later" in request.POST:
        messages.success(request, _("Kladden er lagret. Den er ikke sendt ennå."))
        return redirect("soknader:mine")
    if not is_whole:
        form.show_edition(soknad.version)
        return _step_page(request, form, number, status=UNPROCESSABLE)
    return _onwards(request, soknad, number)


@page(Act.APPLY)
@require_POST
def autosave(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Keep what can be read of a step while it is written; another window's text is never lost."""
    soknad = _writable(request, pk)
    form = _form(soknad, number, data=request.POST)
    form.is_valid()
    try:
        soknad = _keep(request, form, number)
    except StaleError as stale:
        now = get_object_or_404(queries.written_by(request.actor), pk=pk)
        message: dict[str, Any] = {"message": str(stale), "changed": form.differing(now)}
        return JsonResponse(message, status=CONFLICT)
    told = {"version": soknad.version, "saved_at": norsk.klokkeslett(soknad.saved_at)}
    return JsonResponse(told | {"unread": form.unreadable()})


@page(Act.APPLY)
@require_http_methods(["GET", "POST"])
def summary(request: ActorRequest, pk: int) -> HttpResponse:
    """Show all answers and what is missing; send the application."""
    received_at = request.received_at
    soknad = get_object_or_404(queries.with_answers(request.actor), pk=pk)
    if not soknad.is_draft:
        return redirect("soknader:receipt" if soknad.number else "soknader:mine", *_args(soknad))
    lacks = _missing(soknad)
    is_late = frist.is_late(soknad.runde, at=received_at)
    form = SubmitForm(request.POST or None, is_late=is_late, initial=_first_showing(soknad))
    if request.method == "GET":
        return _summary_page(request, soknad, form, lacks)
    actions.check_takes(soknad.runde, at=received_at)
    if not form.is_valid() or lacks or _unmet(soknad):
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
        "happens": status.what_happens(soknad, leader=queries.leader_of(soknad)),
        "can_change": sporsmal.may_change(soknad, at=clock.now()),
    }
    return render(request, "soknader/receipt.html", context)


@page(Act.APPLY)
@require_GET
def copy(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the sent application as a PDF to keep."""
    soknad = _numbered(request, pk)
    happens = status.what_happens(soknad, leader=queries.leader_of(soknad))
    document = svar.copy(soknad, happens=happens)
    on = (soknad.submitted_at or clock.now()).astimezone(clock.OSLO).date()
    head = documents.head(request.kommune, on=on, reference=soknad.reference)
    return LateFile(
        lambda: documents.copy(document, head=head),
        filename=f"soknad-{soknad.reference}.pdf",
        content_type=PDF,
    )


@page(Act.APPLY)
@require_http_methods(["GET", "POST"])
def discard(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then delete a draft; it cannot be undone."""
    soknad = get_object_or_404(queries.written_by(request.actor), pk=pk)
    if not soknad.is_draft:
        raise Http404
    if request.method == "GET":
        return render(request, "soknader/discard.html", {"soknad": soknad})
    actions.discard(soknad, by=request.actor)
    messages.success(request, _("Kladden er slettet."))
    return redirect("soknader:mine")


# --- the steps --------------------------------------------------------------------------------


def _writable(request: ActorRequest, pk: int) -> Soknad:
    """Return the application if the actor may write in it now; what is sent, to the deadline."""
    soknad: Soknad = get_object_or_404(queries.written_by(request.actor), pk=pk)
    if not soknad.is_draft:
        actions.check_may_change(soknad, by=request.actor)
    return soknad


def _form(soknad: Soknad, number: int, *, data: Any) -> StepForm:
    if number not in FORMS:
        raise Http404
    lists: dict[str, Any] = {}
    if number == utfylling.STUDY:
        lists["educations"] = list(runder.educations(soknad.runde))
    elif number == utfylling.WHY:
        lists["areas"] = runder.focus_areas()
    else:
        lists["ordninger"] = ordninger.in_runde(soknad.runde)
    url = reverse("soknader:autosave", args=[soknad.pk, number])
    return FORMS[number](data, soknad=soknad, autosave_url=url, **lists)


def _keep(request: ActorRequest, form: StepForm, number: int) -> Soknad:
    return actions.save(
        form.soknad,
        by=request.actor,
        version=form.cleaned_data.get("version") or 0,
        values=form.storable(),
        step=number,
    )


def _onwards(request: ActorRequest, soknad: Soknad, number: int) -> HttpResponse:
    if not soknad.is_draft:
        messages.success(request, _("Endringen er lagret. Søknaden er fortsatt sendt."))
        return redirect("soknader:own", soknad.pk)
    if "summary" in request.GET:
        return redirect("soknader:summary", soknad.pk)
    if number < len(FORMS):
        return redirect("soknader:step", soknad.pk, number + 1)
    return redirect("soknader:attach", soknad.pk)


def _step_page(
    request: ActorRequest,
    form: StepForm,
    number: int,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    soknad = form.soknad
    context = {
        "form": form,
        "soknad": soknad,
        "number": number,
        "heading": utfylling.STEP_NAMES[number],
        "steps": _steps(soknad),
        "previous": reverse("soknader:step", args=[soknad.pk, number - 1]) if number > 1 else "",
        "deadline": runder.deadline_moment(soknad.runde),
        "shown_saved_at": soknad.saved_at if soknad.version > 1 else None,
        "helpers": _helpers() if number == utfylling.WHY else (),
        "cover": dekning.of_soknad(soknad) if number in COUNTED else None,
        "right": permisjon.right(soknad, on=clock.today()) if number == utfylling.TIME else None,
        "can_take_over": workflow.is_open("take_over", request.actor, soknad),
    }
    return render(request, "soknader/step.html", context | more, status=status)


def _stale_page(request: ActorRequest, form: StepForm, number: int, *, told: str) -> HttpResponse:
    """Show what was typed, what the other window saved, and let the person choose."""
    now = get_object_or_404(queries.written_by(request.actor), pk=form.soknad.pk)
    differing = form.differing(now)
    form.soknad = now
    form.show_edition(now.version)
    stored = [fact for group in svar.groups(now) if group.step == number for fact in group.facts]
    return _step_page(
        request, form, number, status=CONFLICT, stale=told, stored=stored, differing=differing
    )


def _steps(soknad: Soknad) -> list[tuple[str, str]]:
    return [
        (str(name), reverse("soknader:step", args=[soknad.pk, number]))
        for number, name in utfylling.STEP_NAMES.items()
    ]


def _helpers() -> list[str]:
    """Return the names of those who help employees with their applications."""
    helpers = organisasjon.holders(Rolle.Kode.KOMPETANSETILLITSVALGT)
    return [each.full_name for each in helpers]


# --- the summary ------------------------------------------------------------------------------


def _missing(soknad: Soknad) -> list[dict[str, str]]:
    lacks = utfylling.missing(
        soknad,
        has_list=runder.has_list(soknad.runde),
        schemes=ordninger.in_runde(soknad.runde),
    )
    return [{"text": str(lack.text), "url": _question(soknad, lack)} for lack in lacks]


def _unmet(soknad: Soknad) -> list[str]:
    """Return the conditions of the round that the applicant does not meet today."""
    return vilkar.faults(soknad.runde, soknad.ansatt, on=clock.today())


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
        "unmet": _unmet(soknad),
        "cover": dekning.of_soknad(soknad),
        "is_refused": request.method == "POST" and bool(lacks),
        "groups": svar.groups(soknad),
        "attachments": queries.attachments_of(soknad),
        "deadline": runder.deadline_moment(soknad.runde),
        "is_late": form.is_late,
        "takes": frist.takes(soknad.runde, at=clock.now()),
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
    actions.submit(
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


def _args(soknad: Soknad) -> list[int]:
    return [soknad.pk] if soknad.number else []
