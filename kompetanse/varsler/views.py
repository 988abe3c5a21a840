"""The progress of background work, the log of notices, and the personal calendar."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from kompetanse import clock
from kompetanse.kommuner.responses import ICS
from kompetanse.organisasjon.access import Act, page, public
from kompetanse.varsler import actions, kalender, queries

PER_PAGE = 50
BACK = timedelta(days=90)


@require_GET
@page(Act.USE)
def progress(request: Any, pk: int) -> HttpResponse:
    """Show how far a piece of work has come; asks itself again until it has ended."""
    kjoring = get_object_or_404(queries.visible_runs(request.actor), pk=pk)
    template = "varsler/_progress.html" if request.htmx else "varsler/progress.html"
    return render(request, template, {"kjoring": kjoring})


@require_GET
@page(Act.SEE_MAIL)
def log(request: Any) -> HttpResponse:
    """Show what has been sent to whom, and what needs a person."""
    status = request.GET.get("status", "")
    varsler = queries.sent_log(request.actor, status=status)
    side = Paginator(varsler, PER_PAGE).get_page(request.GET.get("side"))
    context = {"side": side, "counts": queries.counts(request.actor), "status": status}
    return render(request, "varsler/log.html", context)


@require_POST
@page(Act.SEE_MAIL)
def resend(request: Any, pk: int) -> HttpResponse:
    varsel = get_object_or_404(queries.sent_log(request.actor), pk=pk)
    actions.resend(varsel, by=request.actor)
    messages.success(request, _("Varselet sendes på nytt."))
    return redirect("varsler:log")


@require_GET
@page(Act.USE)
def own_calendar(request: Any) -> HttpResponse:
    """Tell what the personal calendar is, and whether one has an address for it."""
    context = {"key": queries.calendar_key(request.actor)}
    return render(request, "varsler/calendar.html", context)


@require_POST
@page(Act.USE)
def open_calendar(request: Any) -> HttpResponse:
    """Make the address, and show it this once."""
    token = actions.open_calendar(by=request.actor)
    path = reverse("varsler:read_calendar", args=[token])
    context = {
        "key": queries.calendar_key(request.actor),
        "address": request.build_absolute_uri(path),
    }
    return render(request, "varsler/calendar.html", context)


@require_POST
@page(Act.USE)
def close_calendar(request: Any) -> HttpResponse:
    actions.close_calendar(by=request.actor)
    messages.success(request, _("Adressen er slettet, og kalenderen får ikke lenger noe fra oss."))
    return redirect("varsler:own_calendar")


@require_safe
@public
def read_calendar(request: Any, token: str) -> HttpResponse:
    """Give the calendar to whoever has the secret address: no name stands in it."""
    mark = actions.calendar_mark(token, request.kommune.pk)
    owner = queries.owner_of_calendar(mark)
    if owner is None:
        raise Http404
    at, host = clock.now(), request.get_host().partition(":")[0]
    hendelser = kalender.of(owner, since=clock.today() - BACK)
    name = _("Kompetanse i %(kommune)s") % {"kommune": request.kommune.name}
    response = HttpResponse(kalender.ics(hendelser, name=name, host=host, at=at), content_type=ICS)
    response["Cache-Control"] = "private, no-store"
    return response
