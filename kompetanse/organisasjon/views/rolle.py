"""Who holds which role: the list, a role that is given, and one that ends."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon import actions, queries
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.forms.rolle import RolleFilterForm, RolleForm
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.queries import rolle as roller

PER_PAGE = 50


@page(Act.GIVE_ROLES)
@require_GET
def roles(request: ActorRequest) -> HttpResponse:
    """List who holds which role on a day, for whom, and who gave it."""
    form = RolleFilterForm(request.GET or None, enheter=list(queries.tree()))
    asked = form.asked(today=clock.today())
    rows = Paginator(roller.asked_for(asked), PER_PAGE).get_page(request.GET.get("side"))
    context = {"form": form, "pages": rows, "asked": asked, "is_today": asked.on == clock.today()}
    status = UNPROCESSABLE if form.is_bound and not form.is_valid() else 200
    return render(request, "organisasjon/roles.html", context, status=status)


@page(Act.GIVE_ROLES)
@require_http_methods(["GET", "POST"])
def give_role(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask which role, where and when, and give it."""
    ansatt: Ansatt = get_object_or_404(queries.current().select_related("enhet"), pk=pk)
    first = {"enhet": ansatt.enhet_id, "starts": clock.today()}
    form = RolleForm(request.POST or None, initial=first, enheter=list(queries.tree()))
    context = {"form": form, "ansatt": ansatt}
    if request.method == "GET" or not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "organisasjon/give_role.html", context, status=status)
    try:
        rolle = actions.entrust(ansatt=ansatt, by=request.actor, **form.answers())
    except DomainError as refusal:
        context["fault"] = str(refusal)
        return render(request, "organisasjon/give_role.html", context, status=CONFLICT)
    told = {"name": ansatt.full_name, "role": rolle.get_kode_display(), "unit": rolle.enhet.name}
    messages.success(request, _("%(name)s er %(role)s for %(unit)s.") % told)
    return redirect("organisasjon:roles")


@page(Act.GIVE_ROLES)
@require_http_methods(["GET", "POST"])
def end_role(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then end the role; it is gone at the holder's next request."""
    rolle = get_object_or_404(roller.listed(), pk=pk)
    if request.method == "GET":
        return render(request, "organisasjon/end_role.html", {"rolle": rolle})
    actions.take(rolle, by=request.actor)
    told = {"name": rolle.ansatt.full_name, "role": rolle.get_kode_display()}
    messages.success(request, _("Rollen %(role)s er avsluttet for %(name)s.") % told)
    return redirect("organisasjon:roles")
