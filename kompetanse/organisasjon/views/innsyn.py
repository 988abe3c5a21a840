"""Seeing the service as another sees it: begin with a reason, end, and who has done it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.organisasjon import actions, innsyn, queries
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.forms.innsyn import InnsynForm
from kompetanse.skall.views.svar import form_page

PER_PAGE = 50


@page(Act.LOOK_THROUGH, is_own=True)
@require_GET
def sessions(request: ActorRequest) -> HttpResponse:
    """List who has looked through whose eyes, the newest first."""
    pages = Paginator(queries.innsyn(), PER_PAGE).get_page(request.GET.get("side"))
    return render(request, "organisasjon/innsyn.html", {"pages": pages})


@page(Act.LOOK_THROUGH, is_own=True)
@require_http_methods(["GET", "POST"])
def look(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask why and how long; then the person's own front page opens."""
    ansatt = get_object_or_404(queries.current().select_related("enhet"), pk=pk)
    form = InnsynForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return form_page(request, "organisasjon/look.html", form, ansatt=ansatt)
    innsyn.begin(request, actions.look(ansatt, by=request.actor, **form.cleaned_data))
    return redirect("skall:home")


@require_POST
@page(Act.USE, is_own=False)
def end_looking(request: Any) -> HttpResponse:
    """End it; the administrator is back among the own pages."""
    _end(request)
    messages.success(request, _("Innsynet er avsluttet. Du ser igjen tjenesten som deg selv."))
    return redirect("skall:home")


def _end(request: HttpRequest) -> None:
    look = getattr(request, "looking", None)
    if look is not None:
        look.end(request)
