"""Where the person is logged in, and how to end it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kompetanse.innlogging import actions, queries
from kompetanse.innlogging.models import Okt
from kompetanse.organisasjon.access import Act, page, public


@page(Act.USE)
@require_GET
def sessions(request: Any) -> HttpResponse:
    here = request.session.session_key
    context = {"steder": queries.sessions_of(request.user, here=here)}
    return render(request, "innlogging/sessions.html", context)


@page(Act.USE)
@require_POST
def end(request: Any, pk: int) -> HttpResponse:
    okt = get_object_or_404(Okt.objects.filter(bruker=request.user), pk=pk)
    actions.end_session(okt, by=request.actor)
    messages.success(request, _("Du er logget ut der."))
    return redirect("innlogging:sessions")


@page(Act.USE)
@require_POST
def end_all(request: Any) -> HttpResponse:
    actions.end_all_sessions(request.user, by=request.actor)
    logout(request)
    messages.success(request, _("Du er logget ut alle steder, også her."))
    return redirect("account_login")


@public
@require_GET
def forgotten(request: Any) -> HttpResponse:
    """Tell whom to ask for a new password; none is sent by e-mail."""
    return render(request, "innlogging/forgotten.html")


@public
@require_GET
def expired(request: Any) -> HttpResponse:
    """Tell that the one-time password has gone out."""
    return render(request, "innlogging/expired.html")
