"""What a view knows of its request behind `@page`."""

from typing import Any

from django.http import HttpRequest

LONGEST_COUNT = 6


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """Return what a form is bound to: the posted fields and files, also when all are empty."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def confirmed(request: HttpRequest) -> int:
    """Return the count that was confirmed; 0, which is never right, if it is no number."""
    told = request.POST.get("antall", "")
    return int(told) if told.isdecimal() and len(told) < LONGEST_COUNT else 0
