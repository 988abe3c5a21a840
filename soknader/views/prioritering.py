"""The ranked list: read, narrowed, moved about, undone and taken out as PDF or spreadsheet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner.responses import CONFLICT, PDF, XLSX, LateFile
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.language import on_paper
from planer.documents import letterhead
from soknader.actions import poeng as poeng_actions
from soknader.actions import prioritering as actions
from soknader.actions import vedtak as vedtak_actions
from soknader.documents import prioritering as documents
from soknader.documents.prioritering import PriorityList
from soknader.forms import prioritering as forms
from soknader.models import Endring, Soknadsrunde
from soknader.queries import endring, innsnevring, ordning, poeng
from soknader.queries import prioritering as queries
from soknader.queries.prioritering import Narrowing, Rangering, Sak
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
    return list_page(request, runde)


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
        return redirect(list_url(request, runde))
    soknad = get_object_or_404(queries.cases(runde), pk=asked.soknad_id)
    try:
        actions.move(soknad, place=asked.place, version=form.version, by=request.actor)
    except StaleError as stale:
        return list_page(request, runde, fault=stale)
    return redirect(f"{list_url(request, runde)}#sak-{soknad.pk}")


@page(Act.PRIORITISE)
@require_POST
def suggest_order(request: ActorRequest, runde_id: int) -> HttpResponse:
    runde = get_object_or_404(queries.rounds_for(request.actor), pk=runde_id)
    version = forms.version_in(request.POST)
    try:
        actions.suggest_order(runde, version=version, by=request.actor)
    except DomainError as refusal:
        return list_page(request, runde, fault=refusal)
    return redirect(list_url(request, runde))


@page(Act.RUN_ROUND)
@require_POST
def open_points(request: ActorRequest, runde_id: int) -> HttpResponse:
    runde = get_object_or_404(queries.rounds_for(request.actor), pk=runde_id)
    poeng_actions.open_points(runde, by=request.actor)
    messages.success(request, _("Poengene er åpne for hele gruppa."))
    return redirect(list_url(request, runde))


@page(Act.PRIORITISE)
@require_POST
def suggest_drafts(request: ActorRequest, runde_id: int) -> HttpResponse:
    runde = get_object_or_404(queries.rounds_for(request.actor), pk=runde_id)
    number = vedtak_actions.suggest(runde, by=request.actor)
    told = ngettext(
        "Laget utkast til %(number)d sak.", "Laget utkast til %(number)d saker.", number
    )
    messages.success(request, told % {"number": number})
    return redirect(list_url(request, runde))


@page(Act.SEE_PRIORITIES)
@require_GET
def export(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Give the list as a spreadsheet with what the reader may see, and no more."""
    document = _document(request, runde_id)
    return LateFile(
        lambda: documents.priorities_xlsx(document),
        filename=f"{_file_name(document.runde)}.xlsx",
        content_type=XLSX,
    )


@page(Act.SEE_PRIORITIES)
@require_GET
@on_paper
def print_priorities(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Give the list on paper, with what the reader may see, and no more."""
    document = _document(request, runde_id)
    head = letterhead(request.kommune, on=clock.today())
    return LateFile(
        lambda: documents.priorities_pdf(document, head=head),
        filename=f"{_file_name(document.runde)}.pdf",
        content_type=PDF,
    )


def _document(request: ActorRequest, runde_id: int) -> PriorityList:
    runde = get_object_or_404(queries.rounds_for(request.actor), pk=runde_id)
    reader = rules.reader(request.actor)
    return PriorityList(
        runde=runde,
        listed=queries.ranked(runde, reader=reader),
        reasons=queries.reasons(runde),
        is_named=bool(reader.lines),
    )


def _file_name(runde: Soknadsrunde) -> str:
    return f"prioritering-{runde.year}-{runde.kind}"


def list_page(
    request: ActorRequest, runde: Soknadsrunde, *, fault: DomainError | None = None
) -> HttpResponse:
    """Show the list; `fault` is why nothing was changed, such as what others have done since."""
    actor, reader = request.actor, rules.reader(request.actor)
    if fault:
        runde.refresh_from_db()
    listed = queries.ranked(runde, reader=reader)
    chosen = forms.narrowing(request.GET)
    may_move = reader.is_group and rules.is_prioritising(runde)
    undoable = endring.undoable(runde, by=actor) if may_move else None
    moved = _moved(listed, undoable) if not fault else None
    is_named = bool(reader.lines)
    context = {
        "runde": runde,
        "ramme": listed.ramme,
        "delrammer": ordning.delrammer(runde, reader_id=actor.pk),
        "saker": chosen.of(listed.saker),
        "total": len(listed.saker),
        "without_statement": sum(1 for sak in listed.saker if not sak.verdict),
        "without_reason": sum(1 for sak in listed.saker if sak.lacks_rank_reason),
        "columns": _columns(is_named=is_named, may_move=may_move),
        "chosen": chosen,
        "choices": innsnevring.choices(
            listed.saker, chosen, is_member=reader.is_group, is_named=is_named
        ),
        "is_narrowed": chosen != Narrowing(),
        "may_move": may_move,
        "steps": workflow.open_to(actor, runde),
        "may_decide": reader.is_decider,
        "points_hidden": reader.is_group and poeng.are_hidden(runde),
        "may_open_points": may_move and access.may(actor, Act.RUN_ROUND),
        "undoable": undoable,
        "moved": moved,
        "case_version": _case_version(moved),
        "fault": fault,
    }
    status = CONFLICT if fault else 200
    return render(request, "soknader/prioritering.html", context, status=status)


def _moved(listed: Rangering, undoable: Endring | None) -> Sak | None:
    """Return the case that the last change moved: its row has «Angre», its reason is asked for."""
    if undoable is None or undoable.kind != Endring.Kind.ORDER or undoable.soknad_id is None:
        return None
    return listed.find(undoable.soknad_id)


def _case_version(moved: Sak | None) -> int:
    """Return what a reason for the place has to have seen; no query when none is asked for."""
    if moved is None or not moved.lacks_rank_reason:
        return 0
    return endring.version(moved.pk)


def _columns(*, is_named: bool, may_move: bool) -> tuple[str, ...]:
    wished = {"name": is_named, "move": may_move}
    every = (
        "place", "case", "study", "name", "unit", "verdict",
        "points", "cost", "running", "outcome", "move",
    )  # fmt: skip
    return tuple(column for column in every if wished.get(column, True))


def _saker(request: ActorRequest, runde: Soknadsrunde) -> tuple[Sak, ...]:
    return queries.ranked(runde, reader=rules.reader(request.actor)).saker


def list_url(request: ActorRequest, runde: Soknadsrunde) -> str:
    """Return the list's address, narrowed as the page that the request came from."""
    url = reverse("soknader:rank", args=[runde.pk])
    query = request.GET.urlencode()
    return f"{url}?{query}" if query else url
