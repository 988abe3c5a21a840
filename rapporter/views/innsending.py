"""What the pages of the application and the report do alike: put forward, approve, send, files."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kompetanse import clock, radnummer
from kompetanse.kommuner.responses import PDF, LateFile, stored
from kompetanse.organisasjon.access import ActorRequest
from kompetanse.skall.documents import Letterhead
from kompetanse.skall.templatetags.skall import full_name
from rapporter import documents
from rapporter.actions import innsending as actions
from rapporter.models import Innsending


def propose(request: ActorRequest, paper: Innsending, page: str) -> HttpResponse:
    applicant = full_name(request.kommune)
    actions.propose(paper, applicant=applicant, version=version(request), by=request.actor)
    messages.success(request, _("Lagt fram til godkjenning. Innholdet er låst så lenge."))
    return redirect(page)


def take_back(request: ActorRequest, paper: Innsending, page: str) -> HttpResponse:
    actions.take_back(paper, version=version(request), by=request.actor)
    messages.success(request, _("Tatt tilbake. Nå kan du endre igjen."))
    return redirect(page)


def send_back(request: ActorRequest, paper: Innsending, page: str) -> HttpResponse:
    reason = request.POST.get("grunn", "")[:500]
    if not reason.strip():
        messages.error(request, _("Skriv hva som må endres."))
        return redirect(page)
    actions.send_back(paper, reason=reason, version=version(request), by=request.actor)
    messages.success(request, _("Sendt tilbake til fagrådgiver."))
    return redirect(page)


def approve(request: ActorRequest, paper: Innsending, page: str) -> HttpResponse:
    actions.approve(paper, version=version(request), by=request.actor)
    messages.success(request, _("Godkjent. Fagrådgiver kan nå sende den."))
    return redirect(page)


def kept_or_made(
    paper: Innsending, make: Callable[[Letterhead], bytes], document: Any, *, lang: str
) -> HttpResponse:
    """Return the PDF that was kept when it was sent; before that, one made of what it is now."""
    name = f"{paper._meta.model_name}-{document.year}.pdf"
    if paper.fil is not None:
        return stored(paper.fil)
    on = clock.local_date(paper.sent_at or clock.now())
    head = documents.letterhead(document, on=on, lang=lang, reference=paper.case_number)
    return LateFile(lambda: make(head), filename=name, content_type=PDF)


def version(request: HttpRequest) -> int:
    """Return the version that the page was drawn with; 0, which is always stale, without one."""
    return radnummer.read(request.POST.get("versjon", "")) or 0
