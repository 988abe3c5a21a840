"""The administrator's pages on the Kommune's log-in services, and what is asked of whom."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse.errors import StaleError
from kompetanse.innlogging import actions, provider
from kompetanse.innlogging.forms.providers import DemandForm, TilbyderForm
from kompetanse.innlogging.models import Tilbyder
from kompetanse.innlogging.refusals import ProviderError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.actions import set_up
from kompetanse.organisasjon.queries import oppsett


@page(Act.MANAGE_LOGIN)
@require_http_methods(["GET", "POST"])
def providers(request: ActorRequest) -> HttpResponse:
    """List the services, and let the Kommune choose of whom it asks more than a password."""
    form = DemandForm(request.POST or None, initial=vars(oppsett()))
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                set_up(by=request.actor, **form.cleaned_data)
            except StaleError as error:
                form.add_error(None, str(error))
                status = CONFLICT
            else:
                messages.success(request, _("Kravene er lagret. De gjelder fra neste side."))
                return redirect("innlogging:providers")
    context = {"form": form, "tilbydere": Tilbyder.objects.all()}
    return render(request, "innlogging/providers.html", context, status=status)


@page(Act.MANAGE_LOGIN)
@require_http_methods(["GET", "POST"])
def add(request: ActorRequest) -> HttpResponse:
    return _edit(request, Tilbyder())


@page(Act.MANAGE_LOGIN)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Tilbyder.objects.all(), pk=pk))


@page(Act.MANAGE_LOGIN)
@require_http_methods(["GET", "POST"])
def delete(request: ActorRequest, pk: int) -> HttpResponse:
    tilbyder = get_object_or_404(Tilbyder.objects.all(), pk=pk)
    if request.method == "POST":
        actions.delete_provider(tilbyder, by=request.actor)
        messages.success(request, _("Innloggingstjenesten er slettet."))
        return redirect("innlogging:providers")
    return render(request, "innlogging/delete_provider.html", {"tilbyder": tilbyder})


@page(Act.MANAGE_LOGIN)
@require_POST
def try_out(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask the service to describe itself, and say whether it did."""
    tilbyder = get_object_or_404(Tilbyder.objects.all(), pk=pk)
    try:
        provider.describe(tilbyder.issuer)
    except ProviderError:
        messages.error(request, _("Tjenesten svarte ikke slik den skal. Sjekk utstederen."))
    else:
        messages.success(request, _("Tjenesten svarer. Logg inn med den i et privat vindu."))
    return redirect("innlogging:provider", pk=pk)


def _edit(request: ActorRequest, tilbyder: Tilbyder) -> HttpResponse:
    form = TilbyderForm(request.POST or None, tilbyder=tilbyder)
    if request.method == "POST" and form.is_valid():
        saved = actions.save_provider(tilbyder, by=request.actor, **form.answers())
        messages.success(request, _("Innloggingstjenesten er lagret."))
        return redirect("innlogging:provider", pk=saved.pk)
    start_page = request.build_absolute_uri(reverse("skall:start"))
    context = {"form": form, "tilbyder": tilbyder, "redirect_uri": "", "return_uri": start_page}
    if tilbyder.pk:
        path = reverse("innlogging:openid_finish", args=[tilbyder.pk])
        context["redirect_uri"] = request.build_absolute_uri(path)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "innlogging/provider.html", context, status=status)
