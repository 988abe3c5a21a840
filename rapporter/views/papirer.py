"""The documents that can be put among a meeting's papers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import get_script_prefix
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from planer.actions import motepapir
from planer.models import Mote, Motepapir
from planer.queries import mote as moter
from rapporter.queries import dokumenter
from rapporter.queries.dokumentslag import Listed


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def choose_papers(request: ActorRequest, mote_id: int) -> HttpResponse:
    """List the documents, and put those that are ticked off among the meeting's papers.

    The page behind each asks its own reader again, so nobody sees more because of the meeting.
    """
    mote = get_object_or_404(moter.visible_to(request.actor), pk=mote_id)
    groups = dokumenter.visible_to(request.actor)
    if request.method == "POST" and (chosen := _chosen(request, groups)):
        for listed in chosen:
            _put(mote, listed, request)
        n = len(chosen)
        told = ngettext("%(n)d dokument er lagt ved.", "%(n)d dokumenter er lagt ved.", n)
        messages.success(request, told % {"n": n})
        return redirect("planer:read_meeting", mote.pk)
    is_empty = request.method == "POST"
    context = {"mote": mote, "groups": groups, "is_empty": is_empty, "readers": Motepapir.Readers}
    status = UNPROCESSABLE if is_empty else 200
    return render(request, "rapporter/choose_papers.html", context, status=status)


def _chosen(request: ActorRequest, groups: Any) -> list[Listed]:
    wanted = set(request.POST.getlist("dokument"))
    return [each for listed in groups.values() for each in listed if each.page in wanted]


def _put(mote: Mote, listed: Listed, request: ActorRequest) -> None:
    readers = request.POST.get("readers")
    if readers not in Motepapir.Readers.values:
        readers = Motepapir.Readers.ALL
    address = listed.page.removeprefix(get_script_prefix())
    motepapir.point_to(mote, name=listed.name, address=address, readers=readers, by=request.actor)
