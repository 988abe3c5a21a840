"""Sessions as their owners see them, and what the Kommune asks of them."""

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from kompetanse.innlogging import actions, queries, rules
from kompetanse.innlogging.rules import Demand

Respond = Callable[[HttpRequest], HttpResponse]

SEEN = "innlogging_seen"
# How often a session's row is written, in seconds: «sist brukt» need not be finer.
GRAIN = 300
# Pages that are open while something is missing: those where it can be given, and the way out.
OPEN = ("account_", "mfa_", "skall:stay", "innlogging:openid_", "innlogging:sessions")
NEXT = {
    Demand.OWN_PASSWORD: "account_change_password",
    Demand.OPENID: "innlogging:openid_required",
    Demand.FACTOR: "mfa_index",
}


class SessionMiddleware:
    """Keep the row that shows the owner where they are logged in, at most every five minutes."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "kommune", None) is not None and request.user.is_authenticated:
            _remember(request)
        return self.get_response(request)


class DemandMiddleware:
    """Lead who lacks what the Kommune asks for to where it is given, before any other page."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Ask before every page that is for someone; public pages stay open."""
        if getattr(request, "kommune", None) is None or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        if getattr(view, "act", None) is None or (match and match.view_name.startswith(OPEN)):
            return None
        missing = rules.demand(request)
        return _lead(request, missing) if missing else None


def _lead(request: Any, missing: Demand) -> HttpResponse:
    name = NEXT[missing]
    if missing is Demand.FACTOR and queries.has_factor(request.user.pk):
        name = "mfa_reauthenticate"
    path = request.get_full_path() if request.method == "GET" else reverse("skall:home")
    return redirect(f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: path})}")


def _remember(request: Any) -> None:
    now, key = int(time.time()), request.session.session_key
    known, at = request.session.get(SEEN, ("", 0))
    if key is None or (known == key and now - at < GRAIN):
        return
    actions.see(
        request.user,
        session_key=key,
        before=known,
        agent=request.headers.get("User-Agent", ""),
        method=rules.method_of(request),
    )
    request.session[SEEN] = (key, now)
