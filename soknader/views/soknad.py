"""An application written in four steps, kept while it is written, and thrown away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse import clock
from kompetanse.errors import StaleError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.models import Rolle
from kompetanse.skall import norsk
from soknader.actions import soknad as actions
from soknader.forms.soknad import FORMS
from soknader.forms.steg import StepForm
from soknader.models import Soknad
from soknader.queries import dekning, permisjon, svar
from soknader.queries import ordning as ordninger
from soknader.queries import runde as runder
from soknader.queries import soknad as queries
from soknader.rules import utfylling
from soknader.workflow import soknad as workflow

# The steps beside which it is shown what the schemes cover.
COUNTED = (utfylling.TIME, utfylling.MONEY)


@page(Act.APPLY)
@require_http_methods(["GET", "POST"])
def step(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Ask the questions of one step. «Neste» keeps all that can be kept, also with mistakes."""
    soknad = _writable(request, pk)
    form = _form(soknad, number, data=request.POST or None)
    if request.method == "GET":
        return _step_page(request, form, number)
    is_whole = form.is_valid()
    if not is_whole and not soknad.is_draft:
        return _step_page(request, form, number, status=UNPROCESSABLE)
    try:
        soknad = _keep(request, form, number)
    except StaleError as stale:
        return _stale_page(request, form, number, told=str(stale))
    if "later" in request.POST:
        messages.success(request, _("Kladden er lagret. Den er ikke sendt ennå."))
        return redirect("soknader:mine")
    if not is_whole:
        form.show_edition(soknad.version)
        return _step_page(request, form, number, status=UNPROCESSABLE)
    return _onwards(request, soknad, number)


@page(Act.APPLY)
@require_POST
def autosave(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Keep what can be read of a step while it is written; another window's text is never lost."""
    soknad = _writable(request, pk)
    form = _form(soknad, number, data=request.POST)
    form.is_valid()
    try:
        soknad = _keep(request, form, number)
    except StaleError as stale:
        now = get_object_or_404(queries.written_by(request.actor), pk=pk)
        message: dict[str, Any] = {"message": str(stale), "changed": form.differing(now)}
        return JsonResponse(message, status=CONFLICT)
    told = {"version": soknad.version, "saved_at": norsk.klokkeslett(soknad.saved_at)}
    return JsonResponse(told | {"unread": form.unreadable()})


@page(Act.APPLY)
@require_http_methods(["GET", "POST"])
def discard(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then delete a draft; it cannot be undone."""
    soknad = get_object_or_404(queries.written_by(request.actor), pk=pk)
    if not soknad.is_draft:
        raise Http404
    if request.method == "GET":
        return render(request, "soknader/discard.html", {"soknad": soknad})
    actions.discard(soknad, by=request.actor)
    messages.success(request, _("Kladden er slettet."))
    return redirect("soknader:mine")


def _writable(request: ActorRequest, pk: int) -> Soknad:
    """Return the application if the actor may write in it now; what is sent, to the deadline."""
    soknad: Soknad = get_object_or_404(queries.written_by(request.actor), pk=pk)
    if not soknad.is_draft:
        actions.check_may_change(soknad, by=request.actor, at=request.received_at)
    return soknad


def _form(soknad: Soknad, number: int, *, data: Any) -> StepForm:
    if number not in FORMS:
        raise Http404
    lists: dict[str, Any] = {}
    if number == utfylling.STUDY:
        lists["educations"] = list(runder.educations(soknad.runde))
    elif number == utfylling.WHY:
        lists["areas"] = runder.focus_areas()
    else:
        lists["ordninger"] = ordninger.in_runde(soknad.runde)
    url = reverse("soknader:autosave", args=[soknad.pk, number])
    return FORMS[number](data, soknad=soknad, autosave_url=url, **lists)


def _keep(request: ActorRequest, form: StepForm, number: int) -> Soknad:
    return actions.save(
        form.soknad,
        by=request.actor,
        version=form.cleaned_data.get("version") or 0,
        values=form.storable(),
        step=number,
        received_at=request.received_at,
    )


def _onwards(request: ActorRequest, soknad: Soknad, number: int) -> HttpResponse:
    if not soknad.is_draft:
        messages.success(request, _("Endringen er lagret. Søknaden er fortsatt sendt."))
        return redirect("soknader:own", soknad.pk)
    if "summary" in request.GET:
        return redirect("soknader:summary", soknad.pk)
    if number < len(FORMS):
        return redirect("soknader:step", soknad.pk, number + 1)
    return redirect("soknader:attach", soknad.pk)


def _step_page(
    request: ActorRequest,
    form: StepForm,
    number: int,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    soknad = form.soknad
    context = {
        "form": form,
        "soknad": soknad,
        "number": number,
        "heading": utfylling.STEP_NAMES[number],
        "steps": _steps(soknad),
        "previous": reverse("soknader:step", args=[soknad.pk, number - 1]) if number > 1 else "",
        "deadline": runder.deadline_moment(soknad.runde),
        "shown_saved_at": soknad.saved_at if soknad.version > 1 else None,
        "helpers": _helpers() if number == utfylling.WHY else (),
        "cover": dekning.of_soknad(soknad) if number in COUNTED else None,
        "right": permisjon.right(soknad, on=clock.today()) if number == utfylling.TIME else None,
        "can_take_over": workflow.is_open("take_over", request.actor, soknad),
    }
    return render(request, "soknader/step.html", context | more, status=status)


def _stale_page(request: ActorRequest, form: StepForm, number: int, *, told: str) -> HttpResponse:
    """Show what was typed, what the other window saved, and let the person choose."""
    now = get_object_or_404(queries.written_by(request.actor), pk=form.soknad.pk)
    differing = form.differing(now)
    form.soknad = now
    form.show_edition(now.version)
    stored = [fact for group in svar.groups(now) if group.step == number for fact in group.facts]
    return _step_page(
        request, form, number, status=CONFLICT, stale=told, stored=stored, differing=differing
    )


def _steps(soknad: Soknad) -> list[tuple[str, str]]:
    return [
        (str(name), reverse("soknader:step", args=[soknad.pk, number]))
        for number, name in utfylling.STEP_NAMES.items()
    ]


def _helpers() -> list[str]:
    """Return the names of those who help employees with their applications."""
    helpers = organisasjon.holders(Rolle.Kode.KOMPETANSETILLITSVALGT)
    return [each.full_name for each in helpers]
