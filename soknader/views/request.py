"""What a view knows of its request behind `@page`."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon.models import Ansatt

UNPROCESSABLE = 422
CONFLICT = 409


class ActorRequest(HttpRequest):
    """A request behind `@page`: one Kommune is active, and the Ansatt is known."""

    actor: Ansatt
    kommune: Kommune
    received_at: datetime


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """Return what a form is bound to: the posted fields and files, also when all are empty."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
