"""The account string of the budget, as the municipality maps it, and the economic plan."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import form_page, make_once
from planer.actions import konto as actions
from planer.forms import handlingsplan as forms
from planer.queries import budsjett, okonomiplan


@require_GET
@page(Act.PROPOSE_ACTIONS)
def list_accounts(request: ActorRequest) -> HttpResponse:
    return render(request, "planer/accounts.html", {"rows": budsjett.parts()})


@require_http_methods(["GET", "POST"])
@page(Act.PROPOSE_ACTIONS)
def add_account(request: ActorRequest) -> HttpResponse:
    form = forms.PartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            part = actions.add_part(by=request.actor, **form.answers())
            return reverse("planer:edit_account", args=[part.pk])

        return make_once(request, form, make, told=_("Delen er lagt til. Skriv kodene."))
    return form_page(request, "planer/edit_account.html", form)


@require_http_methods(["GET", "POST"])
@page(Act.PROPOSE_ACTIONS)
def edit_account(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the codes of one part."""
    part = get_object_or_404(budsjett.parts(), pk=pk)
    form = forms.CodesForm(
        request.POST or None,
        keys=budsjett.part_keys(part.source),
        codes=budsjett.codes_of(part),
        initial={"default": part.default},
    )
    if request.method == "POST" and form.is_valid():
        default = form.cleaned_data["default"].strip()
        actions.change_part(part, codes=form.codes(), default=default, by=request.actor)
        messages.success(request, _("Kodene er lagret."))
        return redirect("planer:list_accounts")
    return form_page(request, "planer/edit_account.html", form, part=part)


@require_http_methods(["GET", "POST"])
@page(Act.PROPOSE_ACTIONS)
def remove_account(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then take the part out of the string."""
    part = get_object_or_404(budsjett.parts(), pk=pk)
    if request.method == "POST":
        actions.remove_part(part, by=request.actor)
        messages.success(request, _("«%(name)s» er slettet.") % {"name": part.name})
        return redirect("planer:list_accounts")
    return render(request, "planer/remove_account.html", {"part": part})


@require_http_methods(["GET", "POST"])
@page(Act.PROPOSE_ACTIONS)
def set_economic_plan(request: ActorRequest) -> HttpResponse:
    """Write which years the economic plan covers."""
    now = okonomiplan.economic_plan(clock.today().year + 1)
    names = ("name", "first_year", "last_year", "case_number")
    initial = {name: getattr(now, name) for name in names} if now else {}
    form = forms.EconomicPlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            actions.set_economic_plan(by=request.actor, **form.answers())
            return reverse("planer:set_economic_plan")

        return make_once(request, form, make, told=_("Økonomiplanen er lagret."))
    return form_page(request, "planer/economic_plan.html", form)
