"""The minutes: read, written, sent round, answered, approved and corrected."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, LateFile, stored
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.language import on_paper
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import documents
from planer.actions import protokoll as actions
from planer.documents.mote import minutes_pdf, printed
from planer.forms.protokoll import CorrectForm, RemarkForm, SendForm, WriteForm
from planer.models import Protokoll
from planer.queries import protokoll as queries
from planer.views.mote import visible
from planer.workflow import protokoll as workflow


@require_POST
@page(Act.EDIT_PLAN)
def draft_minutes(request: ActorRequest, pk: int) -> HttpResponse:
    """Draft the minutes from what happened, and go to write them."""
    mote = visible(request, pk)
    if queries.is_closed(mote, request.actor):
        raise Http404
    protokoll = actions.draft(mote, by=request.actor)
    return redirect("planer:write_minutes", protokoll.pk)


@require_GET
@page(Act.SEE_PLAN)
def read_minutes(request: ActorRequest, pk: int) -> HttpResponse:
    protokoll = _visible(request, pk)
    steps = workflow.open_to(request.actor, protokoll)
    return _page(request, protokoll, _remark_form(protokoll) if "remark" in steps else None, steps)


@require_GET
@page(Act.SEE_PLAN)
@on_paper
def print_minutes(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the PDF as it was frozen; of a draft, as it stands."""
    protokoll = _visible(request, pk)
    name = f"referat-{protokoll.mote.held_on}-utgave-{protokoll.edition}.pdf"
    if protokoll.fil is not None:
        return stored(protokoll.fil, name=name)
    if protokoll.printed:
        kept = protokoll.printed
        return LateFile(lambda: printed(kept), filename=name, content_type=PDF)
    document = queries.document(protokoll)
    head = documents.letterhead(request.kommune, on=clock.today())
    return LateFile(lambda: minutes_pdf(document, head=head), filename=name, content_type=PDF)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def write_minutes(request: ActorRequest, pk: int) -> HttpResponse:
    protokoll = _visible(request, pk)
    workflow.check("write", protokoll, by=request.actor)
    form = WriteForm(request.POST or None, protokoll=protokoll)

    def save() -> str:
        actions.write(
            protokoll,
            opening=form.cleaned_data["opening"],
            conclusions=form.conclusions(),
            version=form.seen_version,
            by=request.actor,
        )
        return _url(protokoll)

    return change_page(
        request,
        "planer/write_minutes.html",
        form,
        save,
        told=_("Referatet er lagret."),
        protokoll=protokoll,
    )


@require_POST
@page(Act.EDIT_PLAN)
def refresh_minutes(request: ActorRequest, pk: int) -> HttpResponse:
    """Read presence, the list and what was said once more; what is written stays."""
    protokoll = actions.refresh(_visible(request, pk), by=request.actor)
    messages.success(request, _("Oppmøte, lister og innspill er hentet på nytt."))
    return redirect(_url(protokoll))


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def send_minutes(request: ActorRequest, pk: int) -> HttpResponse:
    protokoll = _visible(request, pk)
    workflow.check("send", protokoll, by=request.actor)
    form = SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.send(protokoll, remarks_by=form.cleaned_data["remarks_by"], by=request.actor)
        messages.success(request, _("Referatet er sendt til deltakerne."))
        return redirect(_url(protokoll))
    return form_page(request, "planer/send_minutes.html", form, protokoll=protokoll)


@require_POST
@page(Act.SEE_PLAN)
def remark_minutes(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a participant's «godkjent» or remark."""
    protokoll = _visible(request, pk)
    workflow.check("remark", protokoll, by=request.actor)
    form = _remark_form(protokoll, request.POST)
    if not form.is_valid():
        steps = workflow.open_to(request.actor, protokoll)
        return _page(request, protokoll, form, steps)

    def make() -> str:
        actions.remark(protokoll, by=request.actor, **form.answers())
        return _url(protokoll)

    return make_once(request, form, make, told=_("Takk. Svaret ditt er lagret."))


@require_POST
@page(Act.EDIT_PLAN)
def approve_minutes(request: ActorRequest, pk: int) -> HttpResponse:
    protokoll = actions.approve(_visible(request, pk), by=request.actor)
    messages.success(request, _("Referatet er godkjent. Det kan ikke endres, bare rettes."))
    return redirect(_url(protokoll))


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def correct_minutes(request: ActorRequest, pk: int) -> HttpResponse:
    """Begin the next edition, which says what it corrects."""
    protokoll = _visible(request, pk)
    workflow.check("correct", protokoll, by=request.actor)
    form = CorrectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            reason = form.cleaned_data["reason"]
            edition = actions.correct(protokoll, reason=reason, by=request.actor)
            return reverse("planer:write_minutes", args=[edition.pk])

        return make_once(request, form, make, told=_("Den nye utgaven er et utkast."))
    return form_page(request, "planer/correct_minutes.html", form, protokoll=protokoll)


def _page(
    request: ActorRequest, protokoll: Protokoll, form: RemarkForm | None, steps: list[str]
) -> HttpResponse:
    document = queries.document(protokoll)
    context: dict[str, Any] = {
        "protokoll": protokoll,
        "document": document,
        "head": documents.letterhead(request.kommune, on=document.approved_on or clock.today()),
        "steps": steps,
    }
    if form is None:
        return render(request, "planer/minutes.html", context)
    return form_page(request, "planer/minutes.html", form, **context)


def _remark_form(protokoll: Protokoll, answers: Any = None) -> RemarkForm:
    return RemarkForm(answers, action=reverse("planer:remark_minutes", args=[protokoll.pk]))


def _visible(request: ActorRequest, pk: int) -> Protokoll:
    found = queries.visible_to(request.actor).select_related("mote", "fil", "approved_by")
    protokoll: Protokoll = get_object_or_404(found, pk=pk)
    return protokoll


def _url(protokoll: Protokoll) -> str:
    return reverse("planer:read_minutes", args=[protokoll.pk])
