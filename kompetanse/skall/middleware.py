"""The language of the page, the idle session, broken rules, and looking through other eyes."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from psycopg.errors import DeadlockDetected, UniqueViolation

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.skall import language
from kompetanse.skall.views import errors, looking

Respond = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger(__name__)

NOT_ALLOWED = 405
OVERTAKEN = gettext_noop(
    "Noen endret det samme akkurat nå, kanskje du selv med et dobbeltklikk. "
    "Ingenting er skrevet over. Gå tilbake, og se hvordan det står."
)
SEEN = "skall_seen"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ONES_OWN = frozenset({"account_logout", "skall:stay"})
# How often the session is written to remember that someone is there, in seconds.
GRAIN = 60


class LanguageMiddleware:
    """Show the page in the person's choice, else the Kommune's målform, else bokmål."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = language.choose(
            actor=getattr(request, "actor", None),
            kommune=getattr(request, "kommune", None),
            cookie=request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
        )
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        patch_vary_headers(response, ["Cookie"])
        return response


class IdleMiddleware:
    """Log out someone who has not been seen for SESSION_IDLE_SECONDS of real time.

    The browser warns two minutes before (static/js/session.js); drafts are saved by then.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "actor", None) is None:
            return self.get_response(request)
        now = int(timezone.now().timestamp())
        idle = now - request.session.get(SEEN, now)
        if idle > settings.SESSION_IDLE_SECONDS:
            logout(request)
            return redirect_to_login(_return_to(request))
        if idle >= GRAIN or SEEN not in request.session:
            request.session[SEEN] = now
        return self.get_response(request)


class DomainErrorMiddleware:
    """Tell a broken rule of the domain as a sentence (409), and a too large sending (413).

    So too when two sent the same at once, and the second found the row gone or made already.

    A button's address that is opened as a page, for instance after logging in again, gets a page
    that says so instead of an empty one (405).
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == NOT_ALLOWED and request.method == "GET":
            return errors.not_allowed(request, response["Allow"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DomainError):
            return errors.conflict(request, str(exception))
        if isinstance(exception, RequestDataTooBig):
            return errors.too_large(request)
        if request.method not in SAFE and _is_overtaken(exception):
            logger.warning("overtaken at %s", request.path, exc_info=exception)
            return errors.conflict(request, _(OVERTAKEN))
        return None


def _is_overtaken(exception: Exception) -> bool:
    """Return whether another request took the row away, or made the same one, just before.

    The verb's own savepoint has put back what it did, so that the page can be drawn.
    """
    if connection.needs_rollback:
        return False
    raced = (UniqueViolation, DeadlockDetected)
    return isinstance(exception, ObjectDoesNotExist) or isinstance(exception.__cause__, raced)


class LookingMiddleware:
    """While someone looks through other eyes: refuse every sending, and record every page.

    What a page writes when it is shown is undone: a letter must not be marked as read by the one
    it is for. Source: docs/adr/0015-deputies-and-other-eyes.md.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        look = getattr(request, "looking", None)
        match = resolve(request.path_info) if look else None
        if look is None or match is None or _is_ones_own(request, match.view_name):
            return self.get_response(request)
        if look.until <= clock.now():
            return looking.over(request)
        if request.method not in SAFE:
            return looking.refused(request)
        look.opened(match.view_name, match.kwargs)
        with transaction.atomic():
            response = self.get_response(request)
            transaction.set_rollback(True)
        return response


def _is_ones_own(request: Any, name: str) -> bool:
    """Return whether it is done for oneself: log out, stay logged in, end the looking."""
    return name in ONES_OWN or request.path == request.looking.end_url


def _return_to(request: HttpRequest) -> str:
    """Return where to go after the new log-in: the page itself, unless it was a sending."""
    return request.get_full_path() if request.method == "GET" else reverse("skall:home")
