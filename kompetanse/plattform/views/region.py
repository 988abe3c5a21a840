"""The region: its members, how to reach them, and what they have published."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.models import Rolle
from kompetanse.plattform import queries
from kompetanse.plattform.actions import region as actions
from kompetanse.plattform.forms import ContactForm
from kompetanse.skall.views.svar import form_page


@page(Act.SEE_REGION)
@require_GET
def region(request: ActorRequest) -> HttpResponse:
    context = {
        "together": queries.region.together(request.kommune),
        "may_publish": access.may(request.actor, Act.PUBLISH_REGION),
        "may_coordinate": access.has_role(request.actor, Rolle.Kode.REGIONKOORDINATOR),
    }
    return render(request, "plattform/region.html", context)


@page(Act.PUBLISH_REGION)
@require_POST
def publish(request: ActorRequest) -> HttpResponse:
    count = actions.publish(request.kommune, by=request.actor)
    told = ngettext("%(count)d oppslag er publisert.", "%(count)d oppslag er publisert.", count) % {
        "count": count
    }
    messages.success(request, told)
    return redirect("plattform:region")


@page(Act.SEE_REGION)
@require_http_methods(["GET", "POST"])
def contact(request: ActorRequest) -> HttpResponse:
    """Write how the Kommune is reached; with `?for=koordinator` how the coordinator is."""
    is_coordinator = request.GET.get("for") == "koordinator"
    may_write = (
        access.has_role(request.actor, Rolle.Kode.REGIONKOORDINATOR)
        if is_coordinator
        else access.may(request.actor, Act.PUBLISH_REGION)
    )
    if not may_write:
        raise PermissionDenied
    known = queries.region.contact(is_coordinator=is_coordinator)
    initial = {name: getattr(known, name, "") for name in ("function", "email", "phone")}
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_contact(**form.cleaned_data, is_coordinator=is_coordinator, by=request.actor)
        messages.success(request, _("Kontakten er lagret."))
        return redirect("plattform:region")
    return form_page(request, "plattform/contact.html", form, is_coordinator=is_coordinator)
