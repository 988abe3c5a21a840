"""Adopted plans for anyone, without logging in: nothing of a person, an address for good."""

from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from kompetanse.kommuner.responses import PDF, LateFile
from kompetanse.organisasjon.access import public
from kompetanse.skall.language import on_paper
from planer import documents
from planer.models import Offentligplan
from planer.queries import offentlig as queries

# A page changes only when a new edition replaces it: an hour is soon enough to tell.
KEPT_SECONDS = 3600


@public
@require_safe
def list_published(request: Any) -> HttpResponse:
    """List the plans that are in force, then those that are replaced."""
    plans = list(queries.published())
    context = {
        "plans": [plan for plan in plans if plan.replaced_by is None],
        "replaced": [plan for plan in plans if plan.replaced_by is not None],
    }
    with translation.override(request.kommune.maalform):
        return _kept(request, render(request, "planer/published_list.html", context))


@public
@require_safe
def read_published(request: Any, pk: int) -> HttpResponse:
    page = get_object_or_404(queries.published(), pk=pk)
    etag = _etag(page)
    if request.actor is None and request.headers.get("If-None-Match") == etag:
        return _kept(request, HttpResponseNotModified(), etag=etag)
    context = {
        "page": page,
        "document": queries.thaw(page.content),
        "head": documents.letterhead(request.kommune, on=page.adopted_on),
    }
    with translation.override(request.kommune.maalform):
        return _kept(request, render(request, "planer/published.html", context), etag=etag)


@public
@require_safe
@on_paper
def print_published(request: Any, pk: int) -> HttpResponse:
    """The same as PDF."""
    page = get_object_or_404(queries.published(), pk=pk)
    plan = queries.thaw(page.content)
    head = documents.letterhead(request.kommune, on=page.adopted_on)
    response = LateFile(
        lambda: documents.public_pdf(plan, head=head),
        filename=f"vedtatt-plan-{page.pk}.pdf",
        content_type=PDF,
        inline=True,
    )
    return _kept(request, response, etag=_etag(page))


def _kept(request: Any, response: HttpResponse, *, etag: str = "") -> HttpResponse:
    """Let browsers and proxies keep it: it is the same for all who are not logged in."""
    if request.actor is None:
        patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
        if etag:
            response["ETag"] = etag
    return response


def _etag(page: Offentligplan) -> str:
    return quote_etag(f"{page.pk}-{page.published_at.timestamp():.0f}-{page.replaced_by_id or 0}")
