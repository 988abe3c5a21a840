"""What a leader decides on competence from courses: all of one course, or one person."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kartlegging.actions import forslag as actions
from kartlegging.models import Kompetanseforslag
from kartlegging.queries import forslag as queries
from kompetanse import radnummer
from kompetanse.organisasjon.access import Act, ActorRequest, page


@page(Act.FILL_NEEDS)
@require_POST
def confirm_proposal(request: ActorRequest, pk: int) -> HttpResponse:
    forslag = _decidable(request, pk)
    actions.confirm(forslag, by=request.actor)
    told = _("%(name)s har fått kompetansen bekreftet.") % {"name": forslag.ansatt.full_name}
    messages.success(request, told)
    return redirect("kartlegging:waiting")


@page(Act.FILL_NEEDS)
@require_POST
def decline_proposal(request: ActorRequest, pk: int) -> HttpResponse:
    forslag = _decidable(request, pk)
    actions.decline(forslag, by=request.actor)
    messages.success(request, _("Forslaget er lagt bort."))
    return redirect("kartlegging:waiting")


@page(Act.FILL_NEEDS)
@require_POST
def confirm_course(request: ActorRequest) -> HttpResponse:
    """Confirm for all those of one course whom the leader saw; others wait."""
    seen = radnummer.read_all(request.POST.getlist("forslag"))
    rows = list(queries.awaiting(request.actor).filter(pk__in=seen))
    if not rows:
        raise Http404
    count = actions.confirm_all(rows, by=request.actor)
    told = ngettext("%(n)d kompetanse er bekreftet.", "%(n)d kompetanser er bekreftet.", count)
    messages.success(request, told % {"n": count})
    return redirect("kartlegging:waiting")


def _decidable(request: ActorRequest, pk: int) -> Kompetanseforslag:
    forslag: Kompetanseforslag = get_object_or_404(queries.decidable(request.actor), pk=pk)
    return forslag
