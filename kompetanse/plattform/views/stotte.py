"""What the Kommune sees of looks from those who run the platform, and how it stops them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kompetanse import clock
from kompetanse.organisasjon.access import Act, page, public
from kompetanse.plattform import cookies, queries
from kompetanse.plattform.actions import stotte as actions
from kompetanse.plattform.stotte import running


@page(Act.SEE_SUPPORT)
@require_GET
def support(request: Any) -> HttpResponse:
    """Show who has looked, why, when, and what can be stopped or answered now."""
    at = clock.now()
    context = {
        "okter": [(okt, okt.state(at)) for okt in queries.stotte.all_of_us()[:100]],
        "asks_first": queries.stotte.asks_first(),
    }
    return render(request, "plattform/support.html", context)


@page(Act.SEE_SUPPORT)
@require_POST
def allow(request: Any, pk: int) -> HttpResponse:
    actions.allow(_okt(pk), by=request.actor)
    messages.success(request, _("Innsynet er godkjent."))
    return redirect("plattform:support")


@page(Act.SEE_SUPPORT)
@require_POST
def refuse(request: Any, pk: int) -> HttpResponse:
    actions.refuse(_okt(pk), by=request.actor)
    messages.success(request, _("Innsynet er avvist."))
    return redirect("plattform:support")


@page(Act.SEE_SUPPORT)
@require_POST
def stop(request: Any, pk: int) -> HttpResponse:
    actions.stop(_okt(pk), by=request.actor)
    messages.success(request, _("Innsynet er stoppet. Driften ser ikke mer."))
    return redirect("plattform:support")


@page(Act.SEE_SUPPORT)
@require_POST
def choose(request: Any) -> HttpResponse:
    """Store whether the Kommune wants to be asked before an operator looks."""
    actions.choose(asks_first=request.POST.get("spor") == "ja", by=request.actor)
    messages.success(request, _("Valget er lagret."))
    return redirect("plattform:support")


@require_POST
@public
def leave(request: Any) -> HttpResponse:
    """Let the operator out; the key is thrown away in any case."""
    okt = running(request)
    if okt is not None:
        actions.leave(okt)
    response = redirect(f"{cookies.OPERATOR_PATH}kommune/{request.kommune.slug}/")
    response.delete_cookie(
        cookies.SUPPORT, path=cookies.support_path(request.kommune.slug), samesite="Strict"
    )
    return response


def _okt(pk: int) -> Any:
    return get_object_or_404(queries.stotte.all_of_us(), pk=pk)
