"""Attachments: put in, taken out, and given back to those who may read the application."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.kommuner.responses import UNPROCESSABLE, stored
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.actions import apning
from soknader.actions import soknad as soknad_actions
from soknader.actions import vedlegg as actions
from soknader.forms.vedlegg import VedleggForm
from soknader.queries import runde as runder
from soknader.queries import soknad as queries


@page(Act.APPLY)
@require_http_methods(["GET", "POST"])
def attach(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what is attached, and take one more file."""
    soknad = get_object_or_404(queries.written_by(request.actor), pk=pk)
    if not soknad.is_draft:
        soknad_actions.check_may_change(soknad, by=request.actor, at=request.received_at)
    form = VedleggForm(request.POST, request.FILES) if request.method == "POST" else VedleggForm()
    if form.is_valid():
        attachment = form.cleaned_data["file"]
        actions.attach(soknad, attachment, by=request.actor, received_at=request.received_at)
        messages.success(request, _("«%(name)s» er lagt ved.") % {"name": attachment.name})
        return redirect("soknader:attach", soknad.pk)
    context = {
        "soknad": soknad,
        "form": form,
        "attachments": queries.attachments_of(soknad),
        "deadline": runder.deadline_moment(soknad.runde),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "soknader/attach.html", context, status=status)


@page(Act.APPLY)
@require_POST
def detach(request: ActorRequest, pk: int, vedlegg_id: int) -> HttpResponse:
    soknad = get_object_or_404(queries.written_by(request.actor), pk=pk)
    readable = queries.attachments_visible_to(request.actor)
    vedlegg = get_object_or_404(readable, pk=vedlegg_id, soknad=soknad)
    actions.detach(vedlegg, by=request.actor, received_at=request.received_at)
    messages.success(request, _("Vedlegget er slettet."))
    return redirect("soknader:attach", soknad.pk)


@page(Act.USE)
@require_GET
def download(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the file to the applicant, the leaders in line and the advisor; to nobody else."""
    vedlegg = get_object_or_404(queries.attachments_visible_to(request.actor), pk=pk)
    apning.opened("vedlegg.open", vedlegg, by=request.actor)
    return stored(vedlegg.fil)
