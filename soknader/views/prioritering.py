"""The ranked list: read, narrowed, moved about, undone and taken out as a spreadsheet."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kompetanse.errors import StaleError
from kompetanse.kommuner.responses import CONFLICT, XLSX, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from soknader.actions import endring as endringer
from soknader.actions import prioritering as actions
from soknader.actions import vedtak as vedtak_actions
from soknader.documents import prioritering as documents
from soknader.forms import prioritering as forms
from soknader.models import Endring, Soknadsrunde
from soknader.queries import ordning
from soknader.queries import prioritering as queries
from soknader.queries.prioritering import Narrowing, Sak
from soknader.rules import prioritering as rules
from soknader.workflow import runde as workflow


@page(Act.SEE_PRIORITIES)
@require_GET
def rounds(request: ActorRequest) -> HttpResponse:
    """List the rounds whose priorities the reader may open."""
    runder = queries.rounds_for(request.actor)
    return render(request, "soknader/prioritering_runder.html", {"runder": runder})


@page(Act.SEE_PRIORITIES)
@require_GET
def rank(request: ActorRequest, runde_id: int) -> HttpResponse:
    rounds = ordning.with_frames(queries.rounds_for(request.actor))
    runde = get_object_or_404(rounds, pk=runde_id)
    return _list_page(request, runde)


@page(Act.RUN_ROUND)
@require_POST
def start(request: ActorRequest, runde_id: int) -> HttpResponse:
    runde = get_object_or_404(queries.rounds_for(request.actor), pk=runde_id)
    actions.start(runde, by=request.actor)
    messages.success(request, _("Prioriteringen er startet."))
    return redirect("soknader:rank", runde_id)


@page(Act.PRIORITISE)
@require_POST
def move(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Move one application; who asks from an old page gets the new list and what has changed."""
    runde = get_object_or_404(queries.rounds_for(request.actor), pk=runde_id)
    form = forms.MoveForm(request.POST, _saker(request, runde))
    asked = form.move()
    if asked is None:
        messages.info(request, _("Skriv en ny plass for én sak, og trykk Flytt."))
        return redirect(_list_url(request, runde))
    soknad = get_object_or_404(queries.cases(runde), pk=asked.soknad_id)
    try:
        actions.move(soknad, place=asked.place, version=form.version, by=request.actor)
    except StaleError as stale:
        return _list_page(request, runde, fault=str(stale))
    return redirect(f"{_list_url(request, runde)}#sak-{soknad.pk}")


@page(Act.PRIORITISE)
@require_POST
def suggest_order(request: ActorRequest, runde_id: int) -> HttpResponse:
    runde = get_object_or_404(queries.rounds_for(request.actor), pk=runde_id)
    version = forms.version_in(request.POST)
    try:
        actions.suggest_order(runde, version=version, by=request.actor)
    except StaleError as stale:
        return _list_page(request, runde, fault=str(stale))
    return redirect(_list_url(request, runde))


@page(Act.PRIORITISE)
@require_POST
def suggest_drafts(request: ActorRequest, runde_id: int) -> HttpResponse:
    runde = get_object_or_404(queries.rounds_for(request.actor), pk=runde_id)
    number = vedtak_actions.suggest(runde, by=request.actor)
    told = ngettext(
        "Laget utkast til %(number)d sak.", "Laget utkast til %(number)d saker.", number
    )
    messages.success(request, told % {"number": number})
    return redirect(_list_url(request, runde))


@page(Act.PRIORITISE)
@require_POST
def undo(request: ActorRequest, runde_id: int, endring_id: int) -> HttpResponse:
    runde = get_object_or_404(queries.rounds_for(request.actor), pk=runde_id)
    endring = get_object_or_404(Endring.objects.filter(runde=runde), pk=endring_id)
    try:
        endringer.undo(endring, by=request.actor)
    except StaleError as stale:
        return _list_page(request, runde, fault=str(stale))
    messages.success(request, _("Angret: %(what)s") % {"what": endring.text})
    if endring.kind != Endring.Kind.ORDER:
        return redirect("soknader:weigh", runde_id, endring.soknad_id)
    return redirect(_list_url(request, runde))


@page(Act.SEE_PRIORITIES)
@require_GET
def export(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Give the list as a spreadsheet with what the reader may see, and no more."""
    runde = get_object_or_404(queries.rounds_for(request.actor), pk=runde_id)
    reader = rules.reader(request.actor)
    listed = queries.ranked(runde, reader=reader)
    reasons = queries.reasons(runde)
    return LateFile(
        lambda: documents.as_xlsx(runde, listed, reader=reader, reasons=reasons),
        filename=f"prioritering-{runde.year}-{runde.kind}.xlsx",
        content_type=XLSX,
    )


def _list_page(request: ActorRequest, runde: Soknadsrunde, *, fault: str = "") -> HttpResponse:
    actor, reader = request.actor, rules.reader(request.actor)
    if fault:
        runde.refresh_from_db()
    listed = queries.ranked(runde, reader=reader)
    chosen = forms.narrowing(request.GET)
    may_move = reader.is_group and rules.is_prioritising(runde)
    undoable = queries.latest_change(runde, by=actor) if may_move else None
    shown = chosen.of(listed.saker)
    context = {
        "runde": runde,
        "ramme": listed.ramme,
        "delrammer": ordning.delrammer(runde),
        "saker": shown,
        "total": len(listed.saker),
        "without_statement": sum(1 for sak in listed.saker if not sak.verdict),
        "columns": _columns(is_named=bool(reader.lines), may_move=may_move),
        "chosen": chosen,
        "choices": _choices(listed.saker, chosen),
        "is_narrowed": chosen != Narrowing(),
        "may_move": may_move,
        "steps": workflow.open_to(actor, runde),
        "may_decide": reader.is_decider,
        "undoable": undoable,
        "moved": undoable.soknad_id if undoable and not fault else None,
        "fault": fault,
    }
    status = CONFLICT if fault else 200
    return render(request, "soknader/prioritering.html", context, status=status)


def _columns(*, is_named: bool, may_move: bool) -> tuple[str, ...]:
    wished = {"name": is_named, "move": may_move}
    every = (
        "place", "case", "study", "name", "unit", "verdict",
        "points", "cost", "running", "outcome", "move",
    )  # fmt: skip
    return tuple(column for column in every if wished.get(column, True))


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to narrow the list: the name in the address, its options and the chosen one."""

    name: str
    label: str
    options: list[tuple[int, str]]
    chosen: int | None


def _choices(saker: Iterable[Sak], chosen: Narrowing) -> list[Choice]:
    """Return what the list can be narrowed by: only what the reader sees on it."""
    lines = list(saker)
    enheter = _options((sak.enhet_id, sak.unit) for sak in lines)
    areas = _options((sak.fokusomrade_id, sak.area) for sak in lines)
    categories = _options((sak.kategori_id, sak.category) for sak in lines)
    return [
        Choice("enhet", _("Enhet"), enheter, chosen.enhet),
        Choice("fokus", _("Fokusområde"), areas, chosen.fokusomrade),
        Choice("kategori", _("Stilling"), categories, chosen.kategori),
    ]


def _options(pairs: Iterable[tuple[int | None, str]]) -> list[tuple[int, str]]:
    known = {pk: text for pk, text in pairs if pk is not None}
    return sorted(known.items(), key=lambda pair: pair[1])


def _saker(request: ActorRequest, runde: Soknadsrunde) -> tuple[Sak, ...]:
    return queries.ranked(runde, reader=rules.reader(request.actor)).saker


def _list_url(request: ActorRequest, runde: Soknadsrunde) -> str:
    """Return the list's address, narrowed as the page that the request came from."""
    url = reverse("soknader:rank", args=[runde.pk])
    query = request.GET.urlencode()
    return f"{url}?{query}" if query else url
