"""What the round offers, and the beginning of an application."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.skall.views.svar import form_page
from soknader.actions import soknad as actions
from soknader.forms.innsending import BeginForm, BehalfForm
from soknader.models import Soknadsrunde
from soknader.queries import runde as queries
from soknader.queries import soknad as soknader
from soknader.queries import utlysning as utlysninger
from soknader.queries import vilkar
from soknader.rules import frist
from soknader.rules import soknad as rules
from soknader.views.offentlig import poster_of

# Whom employees can ask before they apply.
STEWARD = Rolle.Kode.KOMPETANSETILLITSVALGT


@page(Act.APPLY)
@require_http_methods(["GET", "POST"])
def announcement(request: ActorRequest) -> HttpResponse:
    """Show what is supported and what is needed; «Start søknad» begins or continues a draft."""
    now = request.received_at
    runde = queries.taking(now, ansatt=request.actor)
    if runde is None:
        return _closed(request)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        soknad = actions.start(runde, by=request.actor, received_at=now)
        return redirect("soknader:step", soknad.pk, soknad.step)
    return _open(request, runde, form)


def _open(request: ActorRequest, runde: Soknadsrunde, form: BeginForm) -> HttpResponse:
    leader, stewards = organisasjon.leader_and_holders(request.actor, STEWARD)
    draft, sent = soknader.standing_in(runde, request.actor)
    context = {
        "document": utlysninger.announcement(
            runde, contact=request.kommune.contact, stewards=_names(stewards)
        ),
        "unmet": vilkar.faults(runde, request.actor, on=clock.today()),
        "form": form,
        "draft": draft,
        "sent": sent,
        "is_late": frist.is_late(runde, at=clock.now()),
        "deadline": queries.deadline_moment(runde),
        "leader": leader,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "soknader/announcement.html", context, status=status)


def _names(people: Iterable[Ansatt]) -> tuple[str, ...]:
    return tuple(each.full_name for each in people)


def _closed(request: ActorRequest) -> HttpResponse:
    today = clock.today()
    upcoming = queries.upcoming(today, ansatt=request.actor)
    context = {
        "upcoming": upcoming,
        "is_ahead": upcoming is not None and upcoming.opens > today,
        "last": queries.latest_closed(),
    }
    return render(request, "soknader/announcement_closed.html", context)


@page(Act.APPLY)
@require_GET
def poster(request: ActorRequest) -> HttpResponse:
    """Give the announcement as a PDF for the notice board."""
    runde = queries.taking(clock.now(), ansatt=request.actor)
    if runde is None:
        return _closed(request)
    return poster_of(request, runde, stewards=_names(organisasjon.holders(STEWARD)))


@page(Act.SEE_PRIVATE)
@require_http_methods(["GET", "POST"])
def register(request: ActorRequest) -> HttpResponse:
    """Let a leader or the advisor begin an application for someone who cannot do it alone."""
    now = request.received_at
    if queries.taking(now) is None:
        return _closed(request)
    form = BehalfForm(request.POST or None)
    ansatt = _employee(request, form) if form.is_valid() else None
    runde = queries.taking(now, ansatt=ansatt) if ansatt else None
    if ansatt is not None and runde is None:
        told = _("Ingen runde tar imot søknader fra %(unit)s nå.")
        form.add_error("number", told % {"unit": ansatt.enhet.name})
    if ansatt is None or runde is None:
        return form_page(request, "soknader/register.html", form)
    soknad = actions.start(runde, by=request.actor, received_at=now, on_behalf_of=ansatt)
    told = _("Du registrerer nå på vegne av %(name)s.")
    messages.info(request, told % {"name": ansatt.full_name})
    return redirect("soknader:step", soknad.pk, soknad.step)


def _employee(request: ActorRequest, form: BehalfForm) -> Ansatt | None:
    """Return the employee with the number, among those the actor answers for."""
    number = form.cleaned_data["number"].strip()
    found = organisasjon.current().filter(number=number).select_related("enhet").first()
    if found is not None and rules.may_register_for(request.actor, found):
        return found
    form.add_error("number", _("Vi finner ingen med det nummeret blant dem du har ansvar for."))
    return None
