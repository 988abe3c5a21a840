"""Who sees what: the table role × act × state, as anyone may read it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kompetanse.organisasjon.access import public
from kompetanse.organisasjon.queries import tilgang


@public
@require_GET
def who_may(request: Any) -> HttpResponse:
    """Tell what each role may do, where and when; the reader's own roles stand open."""
    return render(request, "organisasjon/who_may.html", {"parts": tilgang.parts(request.actor)})
