"""Attendance: ticked on a screen, told from phones in the room, or from a signed list on paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import turns
from kompetanse.kommuner.responses import PDF, UNPROCESSABLE, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.language import on_paper
from kompetanse.skall.views.svar import form_page
from planer import documents, rules
from planer.actions import arrangement as actions
from planer.actions import oppmote, oppmoteark
from planer.documents import deltakerliste
from planer.documents.qr import qr
from planer.forms.arrangement import AbsentForm, CodeForm, ScanForm
from planer.models import Arrangement, Pamelding
from planer.queries import arrangement as queries
from planer.queries import papirliste
from planer.workflow import arrangement as workflow


@require_http_methods(["GET", "POST"])
@page(Act.USE)
def attend_event(request: ActorRequest, pk: int) -> HttpResponse:
    """Tick who is there, on a screen in the room or from the list on paper."""
    arrangement = _visible(request, pk)
    workflow.check("attend", arrangement, by=request.actor)
    listed = papirliste.attendance(arrangement)
    is_by_number = "unntatt" in request.POST
    form = AbsentForm(request.POST if is_by_number else None, most=len(listed.rows))
    if request.method == "POST" and (not is_by_number or form.is_valid()):
        present = _present(request, listed, form if is_by_number else None)
        is_paper = is_by_number or "papir" in request.POST
        how = Pamelding.How.PAPER if is_paper else Pamelding.How.ORGANISER
        actions.attend(arrangement, present, by=request.actor, how=how)
        messages.success(request, _("Oppmøtet er lagret."))
        return redirect(_url(arrangement))
    return form_page(
        request, "planer/attend_event.html", form, arrangement=arrangement, listed=listed
    )


@require_GET
@page(Act.USE)
@on_paper
def print_list_event(request: ActorRequest, pk: int) -> HttpResponse:
    """The list to sign in the room."""
    arrangement = _visible(request, pk)
    workflow.check("attend", arrangement, by=request.actor)
    listed = papirliste.attendance(arrangement)
    head = documents.letterhead(request.kommune, on=clock.today())
    return LateFile(
        lambda: deltakerliste.pdf(listed, head=head),
        filename=f"deltakerliste-{arrangement.on}.pdf",
        content_type=PDF,
    )


@require_http_methods(["GET", "POST"])
@page(Act.USE)
def scan_list_event(request: ActorRequest, pk: int) -> HttpResponse:
    """Read the signed list from a scan or a photograph, and show the ticks to be looked over.

    The picture is not kept; nothing is written down until the ticks are saved.
    """
    arrangement = _visible(request, pk)
    workflow.check("attend", arrangement, by=request.actor)
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        listed = papirliste.attendance(arrangement)
        try:
            turns.take()
            reading = oppmoteark.read(listed, form.cleaned_data["file"].read())
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            ticked = {"arrangement": arrangement, "listed": reading.listed, "reading": reading}
            return render(request, "planer/attend_event.html", ticked)
    return form_page(request, "planer/scan_list_event.html", form, arrangement=arrangement)


@require_GET
@page(Act.USE)
def show_code_event(request: ActorRequest, pk: int) -> HttpResponse:
    """The code for the wall; it changes each minute and fetches itself anew."""
    arrangement, at = _visible(request, pk), clock.now()
    if not rules.may_arrange(request.actor, arrangement):
        raise PermissionDenied
    code = oppmote.code(arrangement, at=at)
    address = request.build_absolute_uri(reverse("planer:meet_event", args=[arrangement.pk]))
    is_open = rules.is_meeting_now(arrangement, at=at)
    context = {
        "arrangement": arrangement,
        "code": f"{code[:3]} {code[3:]}",
        "address": address,
        "picture": qr(
            f"{address}?kode={code}", label=_("QR-kode til siden der du melder at du er her")
        )
        if is_open
        else "",
        "is_open": is_open,
        "there": queries.there(arrangement),
        "taken": queries.taken(arrangement),
    }
    template = "planer/_event_code.html" if request.htmx else "planer/event_code.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@page(Act.USE)
def meet_event(request: ActorRequest, pk: int) -> HttpResponse:
    """Say from one's own phone that one is in the room; the code may come with the address."""
    arrangement, at = _visible(request, pk), clock.now()
    form = CodeForm(request.POST or None, initial={"kode": request.GET.get("kode", "")})
    if request.method == "POST" and form.is_valid():
        try:
            actions.meet(arrangement, code=form.cleaned_data["kode"], by=request.actor, at=at)
        except DomainError as error:
            form.add_error("kode", str(error))
        else:
            messages.success(request, _("Takk, du er registrert som til stede."))
            return redirect(_url(arrangement))
    context = {
        "arrangement": arrangement,
        "form": form,
        "is_open": rules.is_meeting_now(arrangement, at=at),
        "is_for_me": rules.is_for(request.actor, arrangement),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "planer/meet_event.html", context, status=status)


def _present(
    request: ActorRequest, listed: papirliste.AttendanceList, form: AbsentForm | None
) -> set[int]:
    """Return the ids of those who were there: ticked, or all but the numbers written."""
    if form is not None:
        absent = form.cleaned_data["unntatt"]
        return {row.ansatt_id for row in listed.rows if row.number not in absent}
    ticked = set(request.POST.getlist("mott"))
    return {row.ansatt_id for row in listed.rows if str(row.ansatt_id) in ticked}


def _visible(request: ActorRequest, pk: int) -> Arrangement:
    arrangement: Arrangement = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    return arrangement


def _url(arrangement: Arrangement) -> str:
    return reverse("planer:read_event", args=[arrangement.pk])
