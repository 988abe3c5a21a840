"""The page «Habilitet»: whom one is not impartial towards, said once and good for every case."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon import queries
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.actions import habilitet as actions
from kompetanse.organisasjon.forms.habilitet import ErklaringForm
from kompetanse.organisasjon.forms.stedfortreder import NavnForm
from kompetanse.organisasjon.models import Habilitetserklaring
from kompetanse.organisasjon.queries import folk
from kompetanse.organisasjon.queries import habilitet as erklaringer
from kompetanse.skall.views.svar import form_page


@page(Act.USE)
@require_GET
def declarations(request: ActorRequest) -> HttpResponse:
    """List what one has declared, and find the next by name."""
    form = NavnForm(request.GET or None)
    name = form.cleaned_data["navn"] if form.is_bound and form.is_valid() else ""
    context = {
        "form": form,
        "rows": erklaringer.declared_by(request.actor),
        "people": folk.named(name, but=request.actor),
        "searched": bool(name),
    }
    status = UNPROCESSABLE if form.is_bound and not form.is_valid() else 200
    return render(request, "organisasjon/habilitet.html", context, status=status)


@page(Act.USE)
@require_http_methods(["GET", "POST"])
def declare(request: ActorRequest, pk: int) -> HttpResponse:
    other = get_object_or_404(queries.current().select_related("enhet"), pk=pk)
    form = ErklaringForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return form_page(request, "organisasjon/declare.html", form, other=other)
    ground = Habilitetserklaring.Ground(form.cleaned_data["ground"])
    actions.declare(other, ground=ground, by=request.actor)
    told = {"name": other.full_name}
    messages.success(request, _("Du deltar ikke i saker om %(name)s.") % told)
    return redirect("organisasjon:habilitet")


@page(Act.USE)
@require_POST
def withdraw_declaration(request: ActorRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(erklaringer.declared_by(request.actor), pk=pk)
    actions.withdraw(row, by=request.actor)
    messages.success(request, _("Erklæringen er trukket."))
    return redirect("organisasjon:habilitet")
