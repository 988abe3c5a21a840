"""Answers that several views give: a form with mistakes, a thing made once, a stale edit."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kompetanse.errors import StaleError
from kompetanse.kommuner import once
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.skall.versjon import OnceForm, VersionedForm


def form_page(
    request: Any, template: str, form: Any, *, status: int = 0, **context: Any
) -> HttpResponse:
    """Show the form: 422 when it has mistakes, so that nothing looks saved."""
    status = status or (UNPROCESSABLE if form.is_bound else 200)
    return render(request, template, {"form": form, **context}, status=status)


def make_once(request: Any, form: OnceForm, make: Callable[[], str], *, told: str) -> HttpResponse:
    """Make the thing, and go to the address that `make` returns; a second click goes there too.

    What `make` refuses has used nothing up: the form can be mended and sent again.
    """
    token = form.cleaned_data["engangsnokkel"]
    with transaction.atomic():
        if not once.claim(token, kommune_id=request.kommune.pk):
            return redirect(once.result_of(token) or "skall:home")
        url = make()
        once.remember(token, url)
    messages.success(request, told)
    return redirect(url)


def change_page(
    request: Any,
    template: str,
    form: VersionedForm,
    save: Callable[[], str],
    *,
    told: str,
    **context: Any,
) -> HttpResponse:
    """Show the form; when it is sent, save it and go to the address that `save` returns.

    When others have changed the thing meanwhile, the form comes back (409) and tells what they
    did; sent once more, it is saved.
    """
    if request.method != "POST" or not form.is_valid():
        return form_page(request, template, form, **context)
    try:
        url = save()
    except StaleError as error:
        form.catch_up(error)
        return form_page(request, template, form, status=CONFLICT, **context)
    messages.success(request, told)
    return redirect(url)
