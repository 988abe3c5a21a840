"""The guard of the platform's own pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse


def operators_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Guard a view: logged in as an operator, else to the operators' log-in."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.operator is None:
            query = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('operator:log_in')}?{query}")
        return view(request, *args, **kwargs)

    guarded.is_for_operators = True  # type: ignore[attr-defined]
    return guarded


def anyone(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a page of the platform that is seen before one has logged in."""
    view.is_for_operators = False  # type: ignore[attr-defined]
    return view
