"""The list and its cases as a room reads them: large, no names, no free text.

`project` shows a round by itself. In a meeting the advisor moves what is on the wall
(`present_meeting`), and those who take part follow it on their own screens (`follow_meeting`).
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import form_page
from planer import rules as mote_rules
from planer.actions import innspill
from planer.models import Mote
from planer.queries import mote as moter
from planer.workflow import mote as workflow
from soknader.actions import prioritering as actions
from soknader.forms.prioritering import KommentarForm, number_in
from soknader.models import Soknad, Soknadsrunde
from soknader.queries import prioritering as queries
from soknader.queries import vegg
from soknader.queries.prioritering import Rangering, Sak
from soknader.queries.vegg import ROWS, Wall
from soknader.rules import prioritering as rules

UNCHANGED = 204
UNPROCESSABLE = 422


@page(Act.SEE_PRIORITIES)
@require_GET
def project(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Show one case (`?sak=`) or a part of the list (`?side=`), for the whole room to read."""
    runde = get_object_or_404(queries.rounds_for(request.actor), pk=runde_id)
    listed = queries.ranked(runde, reader=rules.reader(request.actor, on_screen=True))
    soknad_id = number_in(request.GET, "sak")
    if soknad_id is None:
        return render(request, "soknader/mote_liste.html", _pages(request, runde, listed))
    sak = listed.find(soknad_id)
    if sak is None:
        raise Http404
    return render(request, "soknader/mote_sak.html", _case(runde, listed, sak))


@page(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def present_meeting(request: ActorRequest, mote_id: int) -> HttpResponse:
    """Show the wall with its buttons, and move it to what is asked for."""
    mote = _mote(request, mote_id)
    workflow.check("show", mote, by=request.actor)
    if request.method == "POST":
        _move(request, mote)
        return redirect("soknader:present_meeting", mote.pk)
    context = {"wall": _wall(request, mote), "mote": mote}
    return render(request, "soknader/vegg.html", context)


@page(Act.SEE_PLAN)
@require_GET
def follow_meeting(request: ActorRequest, mote_id: int) -> HttpResponse:
    """Show what is on the wall; asked by htmx, only when it is another than the reader has."""
    mote = _mote(request, mote_id)
    if not (rules.may_follow(request.actor) or mote.is_called):
        raise Http404
    context: dict[str, Any] = {
        "wall": _wall(request, mote),
        "mote": mote,
        "may_speak": mote.is_called and mote_rules.takes_words(mote),
    }
    shown = render_to_string("soknader/_vegg.html", context, request)
    mark = sha256(shown.encode()).hexdigest()[:16]
    if request.htmx and request.GET.get("har") == mark:
        return HttpResponse(status=UNCHANGED)
    context |= {"shown": shown, "mark": mark}
    template = "soknader/_folg.html" if request.htmx else "soknader/folg.html"
    return render(request, template, context)


@page(Act.COMMENT)
@require_http_methods(["GET", "POST"])
def say_of_case(request: ActorRequest, mote_id: int, soknad_id: int) -> HttpResponse:
    """Take what a participant says of the case on the wall; a union's dissent is entered."""
    mote = _mote(request, mote_id)
    soknad = _soknad_in(request, mote, soknad_id)
    if not rules.may_comment(request.actor, soknad):
        raise PermissionDenied
    form = _say_form(request)
    if request.method == "POST" and form.is_valid():
        actions.comment(soknad, by=request.actor, is_shared=True, **form.cleaned_data)
        messages.success(request, _("Innspillet er lagret."))
        return redirect("soknader:follow_meeting", mote.pk)
    return form_page(
        request,
        "soknader/vegg_innspill.html",
        form,
        mote=mote,
        number=soknad.number,
        study=soknad.study,
    )


def _mote(request: ActorRequest, mote_id: int) -> Any:
    """Return the meeting, with what is on its wall and whether the actor is called."""
    return get_object_or_404(moter.with_wall(request.actor), pk=mote_id)


def _wall(request: ActorRequest, mote: Mote) -> Wall:
    return vegg.wall(
        mote,
        moter.on_wall(mote),
        reader=rules.reader(request.actor, on_screen=True),
        sees_cases=rules.may_follow(request.actor),
    )


def _move(request: ActorRequest, mote: Mote) -> None:
    """Put on the wall what the pressed button names: `punkt`, and perhaps `sak` or `side`."""
    punkt = get_object_or_404(mote.punkter.all(), pk=number_in(request.POST, "punkt") or 0)
    innspill.show(
        mote,
        punkt=punkt,
        case=number_in(request.POST, "sak"),
        page=number_in(request.POST, "side") or 1,
        by=request.actor,
    )


def _soknad_in(request: ActorRequest, mote: Mote, soknad_id: int) -> Soknad:
    """Return the application when it is on the meeting's agenda and the actor reads the list."""
    runder = queries.rounds_for(request.actor).filter(motesaker__punkt__mote=mote)
    saker = Soknad.objects.filter(runde__in=runder.order_by().values("pk"))
    found: Soknad = get_object_or_404(
        saker.filter(status__in=queries.LISTED).select_related("runde"), pk=soknad_id
    )
    return found


def _say_form(request: ActorRequest) -> KommentarForm:
    form = KommentarForm(request.POST or None, is_union=True)
    if not rules.is_union(request.actor):
        del form.fields["is_dissent"]
    return form


def _pages(request: ActorRequest, runde: Soknadsrunde, listed: Rangering) -> dict[str, Any]:
    last = max(1, -(-len(listed.saker) // ROWS))
    above, told = queries.cut(listed.saker, listed.ramme)
    side = min(number_in(request.GET, "side") or 1, last)
    return {
        "runde": runde,
        "ramme": listed.ramme,
        "saker": listed.saker[(side - 1) * ROWS : side * ROWS],
        "cut_at": above + 1,
        "cut_says": told,
        "side": side,
        "last": last,
        "previous": side - 1 if side > 1 else None,
        "following": side + 1 if side < last else None,
    }


def _case(runde: Soknadsrunde, listed: Rangering, sak: Sak) -> dict[str, Any]:
    address = reverse("soknader:project", args=[runde.pk])
    return {
        "runde": runde,
        "ramme": listed.ramme,
        "sak": sak,
        "total": len(listed.saker),
        "is_over": sak.running > listed.ramme.budget,
        "previous": _at(listed.saker, sak.place - 2),
        "following": _at(listed.saker, sak.place),
        "list_url": f"{address}?side={-(-sak.place // ROWS)}",
    }


def _at(saker: Sequence[Sak], index: int) -> Sak | None:
    return saker[index] if 0 <= index < len(saker) else None
