"""What a view knows of its request behind `@page`."""

from typing import Any

from django.http import HttpRequest


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """Return what a form is bound to: the posted fields and files, also when all are empty."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
