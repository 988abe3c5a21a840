"""How much may change without a person, and the keys of the HR system."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse.errors import StaleError
from kompetanse.hrimport import actions, queries
from kompetanse.hrimport.forms import KeyForm, LimitForm
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon import access
from kompetanse.organisasjon import actions as organisasjon
from kompetanse.organisasjon import queries as settings_of
from kompetanse.organisasjon.access import Act, ActorRequest, page


@page(Act.IMPORT_HR)
@require_http_methods(["GET", "POST"])
def setup(request: ActorRequest) -> HttpResponse:
    form = LimitForm(request.POST or None, initial=vars(settings_of.oppsett()))
    if request.method == "GET" or not form.is_valid():
        return _page(request, limit=form, status=UNPROCESSABLE if form.is_bound else 200)
    told = form.cleaned_data
    try:
        organisasjon.set_up(
            version=told["version"], by=request.actor, hr_leavers_limit=told["hr_leavers_limit"]
        )
    except StaleError as error:
        messages.warning(request, str(error))
        return _page(request, status=CONFLICT)
    messages.success(request, _("Grensen er lagret."))
    return redirect("hrimport:setup")


@require_POST
@page(Act.IMPORT_HR)
def make_key(request: ActorRequest) -> HttpResponse:
    """Make a key and show it, once."""
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _page(request, key=form, status=UNPROCESSABLE)
    _nokkel, token = actions.make_key(form.cleaned_data["name"], by=request.actor)
    return _page(request, token=token)


@require_POST
@page(Act.IMPORT_HR)
def revoke_key(request: ActorRequest, key_pk: int) -> HttpResponse:
    nokkel = get_object_or_404(queries.keys(), pk=key_pk)
    actions.revoke_key(nokkel, by=request.actor)
    messages.success(request, _("Nøkkelen «%(name)s» virker ikke lenger.") % {"name": nokkel.name})
    return redirect("hrimport:setup")


def _page(
    request: ActorRequest,
    *,
    limit: LimitForm | None = None,
    key: KeyForm | None = None,
    token: str = "",
    status: int = 200,
) -> HttpResponse:
    may_limit = access.may(request.actor, Act.EDIT_SETTINGS)
    oppsett = settings_of.oppsett()
    context = {
        "limit": (limit or LimitForm(initial=vars(oppsett))) if may_limit else None,
        "percent": oppsett.hr_leavers_limit,
        "key": key or KeyForm(),
        "keys": queries.keys(),
        "token": token,
        "has_folder": bool(settings.HR_IMPORT_ROOT),
        "folder": f"{request.kommune.slug}/",
        "address": request.build_absolute_uri(reverse("hrimport:deliver")),
    }
    return render(request, "hrimport/setup.html", context, status=status)
