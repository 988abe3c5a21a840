"""One page that lists every document, each for those who may see it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kompetanse.organisasjon.access import Act, ActorRequest, page
from rapporter.queries import dokumenter


@require_GET
@page(Act.SEE_PLAN)
def list_documents(request: ActorRequest) -> HttpResponse:
    groups = dokumenter.visible_to(request.actor)
    return render(request, "rapporter/documents.html", {"groups": groups})
