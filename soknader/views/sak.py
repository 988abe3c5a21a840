"""One case in the prioritising: read it, weigh it, comment on it, step aside."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kompetanse.errors import StaleError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.actions import apning
from soknader.actions import poeng as poeng_actions
from soknader.actions import prioritering as actions
from soknader.actions import vedtak as vedtak_actions
from soknader.forms.prioritering import GrunnForm, InhabilForm, KommentarForm, PoengForm
from soknader.forms.vedtak import VedtakForm
from soknader.models import Inhabilitet, Soknad, Soknadsrunde
from soknader.queries import endring, poeng
from soknader.queries import prioritering as ranking
from soknader.queries import sak as queries
from soknader.queries.sak import Case
from soknader.rules import prioritering as rules

_VERBS = {
    "points": "soknader:score",
    "draft": "soknader:draft",
    "reason": "soknader:explain",
    "comment": "soknader:comment",
    "recuse": "soknader:recuse",
}


@page(Act.SEE_PRIORITIES)
@require_GET
def weigh(request: ActorRequest, runde_id: int, soknad_id: int) -> HttpResponse:
    return _case_page(request, runde_id, soknad_id)


@page(Act.PRIORITISE)
@require_POST
def score(request: ActorRequest, runde_id: int, soknad_id: int) -> HttpResponse:
    soknad = _soknad(request, runde_id, soknad_id)
    form = PoengForm(request.POST, kriterier=queries.criteria(soknad.runde))
    if not form.is_valid():
        return _case_page(request, runde_id, soknad_id, points_form=form)
    version = form.cleaned_data["versjon"]
    try:
        poeng_actions.score(soknad, points=form.points(), version=version, by=request.actor)
    except StaleError as stale:
        now = poeng.version(soknad, by=request.actor)
        data = _renewed(request, now)
        again = PoengForm(data, kriterier=queries.criteria(soknad.runde))
        return _case_page(request, runde_id, soknad_id, fault=stale, points_form=again)
    return redirect("soknader:weigh", runde_id, soknad_id)


@page(Act.PRIORITISE)
@require_POST
def explain(request: ActorRequest, runde_id: int, soknad_id: int) -> HttpResponse:
    """Say why the case stands where it does; back to the list when that is where one was."""
    soknad = _soknad(request, runde_id, soknad_id)
    form = GrunnForm(request.POST)
    if not form.is_valid():
        return _case_page(request, runde_id, soknad_id, reason_form=form)
    version, reason = form.cleaned_data["versjon"], form.cleaned_data["rank_reason"]
    try:
        actions.explain(soknad, reason=reason, version=version, by=request.actor)
    except StaleError as stale:
        again = GrunnForm(_renewed(request, endring.version(soknad)))
        return _case_page(request, runde_id, soknad_id, fault=stale, reason_form=again)
    if "fra-listen" in request.POST:
        return redirect(f"{reverse('soknader:rank', args=[runde_id])}#sak-{soknad_id}")
    return redirect("soknader:weigh", runde_id, soknad_id)


@page(Act.PRIORITISE)
@require_POST
def draft(request: ActorRequest, runde_id: int, soknad_id: int) -> HttpResponse:
    soknad = _soknad(request, runde_id, soknad_id)
    form = VedtakForm(request.POST, soknad=soknad)
    if not form.is_valid():
        return _case_page(request, runde_id, soknad_id, draft_form=form)
    version = form.cleaned_data["versjon"] or 0
    try:
        vedtak_actions.draft(soknad, form.content(), version=version, by=request.actor)
    except StaleError as stale:
        again = VedtakForm(_renewed(request, endring.version(soknad)), soknad=soknad)
        return _case_page(request, runde_id, soknad_id, fault=stale, draft_form=again)
    return redirect("soknader:weigh", runde_id, soknad_id)


@page(Act.COMMENT)
@require_POST
def comment(request: ActorRequest, runde_id: int, soknad_id: int) -> HttpResponse:
    soknad = _soknad(request, runde_id, soknad_id)
    form = KommentarForm(request.POST, is_union=rules.is_union(request.actor))
    if not form.is_valid():
        return _case_page(request, runde_id, soknad_id, comment_form=form)
    actions.comment(soknad, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Kommentaren er lagret."))
    return redirect("soknader:weigh", runde_id, soknad_id)


@page(Act.SEE_PRIORITIES)
@require_POST
def recuse(request: ActorRequest, runde_id: int, soknad_id: int) -> HttpResponse:
    soknad = _soknad(request, runde_id, soknad_id)
    form = InhabilForm(request.POST)
    if not form.is_valid():
        return _case_page(request, runde_id, soknad_id, recuse_form=form)
    ground = Inhabilitet.Ground(form.cleaned_data["ground"])
    actions.recuse(soknad, ground=ground, by=request.actor)
    messages.success(request, _("Du er registrert som inhabil i saken."))
    return redirect("soknader:weigh", runde_id, soknad_id)


def _soknad(request: ActorRequest, runde_id: int, soknad_id: int) -> Soknad:
    runde = get_object_or_404(ranking.rounds_for(request.actor), pk=runde_id)
    soknad: Soknad = get_object_or_404(ranking.cases(runde), pk=soknad_id)
    soknad.runde = runde
    return soknad


def _renewed(request: ActorRequest, version: int) -> QueryDict:
    """Return what was typed with the version of now, so that it can be sent once more."""
    data = request.POST.copy()
    data["versjon"] = str(version)
    return data


def _case_page(
    request: ActorRequest,
    runde_id: int,
    soknad_id: int,
    *,
    fault: StaleError | None = None,
    **bound: Any,
) -> HttpResponse:
    """Show the case; `bound` is a form that comes back, `fault` what others have done since."""
    reader = rules.reader(request.actor)
    runder = ranking.rounds_for(request.actor).filter(pk=runde_id)
    found = queries.case(runder, soknad_id, reader=reader, actor=request.actor)
    if found is None:
        raise Http404
    case, listed = found
    runde = case.soknad.runde
    if case.private is not None and request.method == "GET":
        apning.opened("soknad.open", case.soknad, by=request.actor)
    context = {
        "runde": runde,
        "case": case,
        "sak": case.sak,
        "ramme": listed.ramme,
        "total": len(listed.saker),
        "undoable": case.undoable if rules.is_prioritising(runde) else None,
        "points_hidden": reader.is_group and poeng.are_hidden(runde),
        "fault": fault,
        **_placed(_forms(request, runde, case) | bound, case),
    }
    status = CONFLICT if fault else UNPROCESSABLE if bound else 200
    return render(request, "soknader/prioritering_sak.html", context, status=status)


def _forms(request: ActorRequest, runde: Soknadsrunde, case: Case) -> dict[str, Any]:
    """Return the forms that the actor may fill in now; the verbs ask the same rules."""
    actor, soknad = request.actor, case.soknad
    if not rules.is_prioritising(runde) or case.sak.is_barred:
        return {}
    made: dict[str, Any] = {}
    if access.may(actor, Act.PRIORITISE) and soknad.status in ranking.UNDECIDED:
        made["points_form"] = PoengForm(
            kriterier=[scored.kriterium for scored in case.scores], initial=_points(case)
        )
        made["reason_form"] = GrunnForm(
            initial={"rank_reason": soknad.rank_reason, "versjon": case.version}
        )
        made["draft_form"] = VedtakForm(soknad=soknad, initial=_draft(case))
    if access.may(actor, Act.COMMENT):
        made["comment_form"] = KommentarForm(is_union=rules.is_union(actor))
    if access.may(actor, Act.PRIORITISE) or access.may(actor, Act.DECIDE):
        made["recuse_form"] = InhabilForm()
    return made


def _placed(made: dict[str, Any], case: Case) -> dict[str, Any]:
    """Let each form know which verb it is for, and keep their ids apart."""
    for name, form in made.items():
        verb = name.removesuffix("_form")
        form.helper.form_action = reverse(_VERBS[verb], args=[case.soknad.runde_id, case.sak.pk])
        form.auto_id = f"{verb}_%s"
    return made


def _points(case: Case) -> dict[str, Any]:
    given = {
        f"kriterium_{scored.kriterium.pk}": "" if scored.own is None else str(scored.own)
        for scored in case.scores
    }
    return given | {"versjon": case.points_version}


def _draft(case: Case) -> dict[str, Any]:
    """Return the draft as it stands, or full support as a beginning."""
    soknad, vedtak = case.soknad, case.vedtak
    if vedtak is None:
        begun: dict[str, Any] = {"leave_days": soknad.leave_days or 0}
    else:
        names = ("outcome", "leave_days", "reason", "conditions")
        begun = {name: getattr(vedtak, name) for name in names} | vedtak.parts
    return begun | {"versjon": case.version}
