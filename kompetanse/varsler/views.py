"""The progress of background work, and the log of notices."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kompetanse.organisasjon.access import Act, page
from kompetanse.varsler import actions, queries

PER_PAGE = 50


@require_GET
@page(Act.USE)
def progress(request: Any, pk: int) -> HttpResponse:
    """Show how far a piece of work has come; asks itself again until it has ended."""
    kjoring = get_object_or_404(queries.visible_runs(request.actor), pk=pk)
    template = "varsler/_progress.html" if request.htmx else "varsler/progress.html"
    return render(request, template, {"kjoring": kjoring})


@require_GET
@page(Act.SEE_MAIL)
def log(request: HttpRequest) -> HttpResponse:
    """Show what has been sent to whom, and what needs a person."""
    status = request.GET.get("status", "")
    varsler = queries.sent_log(status=status)
    side = Paginator(varsler, PER_PAGE).get_page(request.GET.get("side"))
    context = {"side": side, "counts": queries.counts(), "status": status}
    return render(request, "varsler/log.html", context)


@require_POST
@page(Act.SEE_MAIL)
def resend(request: Any, pk: int) -> HttpResponse:
    varsel = get_object_or_404(queries.sent_log(), pk=pk)
    actions.resend(varsel, by=request.actor)
    messages.success(request, _("Varselet sendes på nytt."))
    return redirect("varsler:log")
