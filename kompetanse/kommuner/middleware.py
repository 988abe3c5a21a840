"""Which Kommune a request is for, its transaction, its clock, and who is asking."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.validators import slug_re
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import set_script_prefix

from kompetanse import clock
from kompetanse.kommuner import queries
from kompetanse.kommuner.arrival import arrived
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.responses import LateFile
from kompetanse.kommuner.tenancy import as_kommune

Respond = Callable[[HttpRequest], HttpResponse]

BAD_REQUEST, UNPROCESSABLE = 400, 422


class TenantMiddleware:
    """Take the Kommune off the path (or the host name), and give the request one transaction.

    `/modum/soknad/` becomes script prefix `/modum/` and path `/soknad/`, so that URLconfs and
    `reverse()` know nothing of tenants. A path without a Kommune is the platform's own.
    The transaction is rolled back when the answer is an error; a form sent back with its
    mistakes (422) is not one, since the draft may have been saved. Files are rendered after it.
    `request.received_at` is when the request came, before it waited for anything (arrival.py):
    deadlines are judged by it.

    Source: docs/adr/0002-row-level-security.md, docs/adr/0003-tenant-in-the-path.md.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        came = arrived(_told_by_proxy(request), at=clock.real_now())
        request.actor = None  # type: ignore[attr-defined]
        kommune = _take_kommune(request)
        request.kommune = kommune  # type: ignore[attr-defined]
        if settings.KOMPETANSE_DEMO:
            _set_clock(kommune)
        request.received_at = clock.told(came)  # type: ignore[attr-defined]
        if kommune is None:
            request.urlconf = "kompetanse.urls_platform"
            return self.get_response(request)
        if kommune.paused_at is not None:
            return self._paused(kommune, request)

        response = self._within(kommune, request)
        if isinstance(response, LateFile):
            response.finish(request)
        return response

    def _paused(self, kommune: Kommune, request: HttpRequest) -> HttpResponse:
        """Answer every address with why it is closed; none of the Kommune's rows are opened."""
        request.kommune = None  # type: ignore[attr-defined]
        request.paused = kommune  # type: ignore[attr-defined]
        request.urlconf = "kompetanse.urls_paused"
        set_script_prefix("/")
        return self.get_response(request)

    def _within(self, kommune: Kommune, request: HttpRequest) -> HttpResponse:
        with as_kommune(kommune.pk):
            response = self.get_response(request)
            if response.status_code >= BAD_REQUEST and response.status_code != UNPROCESSABLE:
                transaction.set_rollback(True)
        return response


def _told_by_proxy(request: HttpRequest) -> str:
    """Return the header that the proxy in front writes over whatever the caller sent."""
    return request.headers.get(settings.ARRIVAL_HEADER, "") if settings.ARRIVAL_HEADER else ""


def _set_clock(kommune: Kommune | None) -> None:
    """Let the request follow the demonstration's clock; it came with the Kommune."""
    known = getattr(kommune, "clock_offset", None) if kommune else queries.clock_offset()
    clock.move(timedelta(seconds=known or 0))


def _take_kommune(request: HttpRequest) -> Kommune | None:
    by_host = queries.kommune_by_host(request.get_host().partition(":")[0])
    if by_host is not None:
        set_script_prefix("/")
        return by_host
    first, _, rest = request.path_info.lstrip("/").partition("/")
    kommune = queries.kommune_by_slug(first) if slug_re.fullmatch(first) else None
    if kommune is not None:
        _set_prefix(request, f"/{first}", f"/{rest}")
    else:
        set_script_prefix("/")
    return kommune


def _set_prefix(request: HttpRequest, prefix: str, path_info: str) -> None:
    set_script_prefix(f"{prefix}/")
    request.META["SCRIPT_NAME"] = prefix
    request.META["PATH_INFO"] = path_info
    request.path_info = path_info


# What a browser can do that no page of ours asks for; a passkey is asked for by its own page.
FEATURES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class PrivatePagesMiddleware:
    """Pages made for a person are not kept by browsers or proxies, and use nothing around them."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        response.headers.setdefault("Permissions-Policy", FEATURES)
        return response
