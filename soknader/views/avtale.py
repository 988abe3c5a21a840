"""A contract: the employee's own, read and signed on a phone, and its PDF."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.kommuner import once
from kompetanse.kommuner.responses import PDF, UNPROCESSABLE, LateFile, stored
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.forms import refusal_in
from soknader.actions import avtale as actions
from soknader.documents import avtale as documents
from soknader.forms.avtale import DayForm, SignForm
from soknader.models import Avtale
from soknader.queries import avtale as queries
from soknader.queries import avtaleside
from soknader.workflow import avtale as workflow


@page(Act.USE)
@require_GET
def mine(request: ActorRequest) -> HttpResponse:
    """List the own contracts; the only one is shown at once."""
    avtaler = list(queries.own(request.actor))
    if len(avtaler) == 1:
        return redirect("soknader:contract", avtaler[0].pk)
    return render(request, "soknader/avtaler_mine.html", {"avtaler": avtaler})


@page(Act.USE)
@require_GET
def contract(request: ActorRequest, avtale_id: int) -> HttpResponse:
    """Show the contract, where it stands, and what would be owed on a day."""
    avtale = get_object_or_404(queries.visible_to(request.actor), pk=avtale_id)
    form = DayForm(request.GET if "dato" in request.GET else None)
    on = form.cleaned_data["dato"] if form.is_valid() else None
    context = {
        "avtale": avtale,
        "side": avtaleside.side(avtale, actor=request.actor, on=on or clock.today()),
        "day_form": form,
        "open_steps": workflow.open_to(request.actor, avtale),
        "role": documents.role(avtale),
        "follows": access.may(request.actor, Act.FOLLOW_CONTRACTS),
    }
    return render(request, "soknader/avtale.html", context)


@page(Act.USE)
@require_GET
def pdf(request: ActorRequest, avtale_id: int) -> HttpResponse:
    """Give the signed contract as it was kept; before that, as it stands."""
    avtale = get_object_or_404(queries.visible_to(request.actor), pk=avtale_id)
    name = f"avtale-{avtale.soknad.reference}.pdf"
    if avtale.fil:
        return stored(avtale.fil, name=name)
    render_it = partial(documents.as_file, avtale, kommune=request.kommune)
    return LateFile(render_it, filename=name, content_type=PDF)


@page(Act.USE)
@require_http_methods(["GET", "POST"])
def sign(request: ActorRequest, avtale_id: int) -> HttpResponse:
    """Show the whole text and take the signature; two clicks sign once."""
    avtale = get_object_or_404(queries.visible_to(request.actor), pk=avtale_id)
    step = "sign" if avtale.soknad.ansatt_id == request.actor.pk else "countersign"
    name = request.actor.full_name
    if request.method == "GET":
        workflow.check(step, avtale, by=request.actor)
        form = SignForm(full_name=name, initial={"engangsnokkel": once.new_token()})
        return _sign_page(request, avtale, form)
    form = SignForm(request.POST, full_name=name)
    if not form.is_valid():
        return _sign_again(request, avtale, form)
    where = reverse("soknader:contract", args=[avtale.pk])
    token: UUID = form.cleaned_data["engangsnokkel"]
    if not once.claim(token, kommune_id=request.kommune.pk):
        return redirect(once.result_of(token) or where)
    with refusal_in(form, "name"):
        _sign(request, avtale, step, name=form.cleaned_data["name"])
        once.remember(token, where)
        return redirect(where)
    return _sign_again(request, avtale, form)


def _sign(request: ActorRequest, avtale: Avtale, step: str, *, name: str) -> None:
    if step == "sign":
        actions.sign(avtale, name=name, by=request.actor)
        messages.success(request, _("Du har signert. Nå signerer kommunen, og du får en e-post."))
    else:
        actions.countersign(avtale, name=name, by=request.actor)
        messages.success(request, _("Avtalen er signert av begge."))


def _sign_again(request: ActorRequest, avtale: Avtale, form: SignForm) -> HttpResponse:
    form.renew()
    return _sign_page(request, avtale, form, status=UNPROCESSABLE)


def _sign_page(
    request: ActorRequest, avtale: Avtale, form: SignForm, *, status: int = 200
) -> HttpResponse:
    context = {"avtale": avtale, "form": form, "today": clock.today()}
    return render(request, "soknader/avtale_signer.html", context, status=status)
