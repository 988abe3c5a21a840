"""The page «Innstillinger»."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanse.errors import StaleError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon import actions, queries
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.forms.oppsett import OppsettForm


@page(Act.EDIT_SETTINGS)
@require_http_methods(["GET", "POST"])
def settings(request: ActorRequest) -> HttpResponse:
    form = OppsettForm(request.POST or None, initial=vars(queries.oppsett()))
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE if form.is_bound else 200)
    try:
        actions.set_up(version=form.cleaned_data["version"], by=request.actor, **form.answers)
    except StaleError as error:
        now = queries.oppsett()
        form = OppsettForm(request.POST.dict() | {"version": now.version})
        return _page(request, form, status=CONFLICT, stale=str(error), now=now)
    messages.success(request, _("Innstillingene er lagret."))
    return redirect("organisasjon:settings")


def _page(
    request: ActorRequest, form: OppsettForm, *, status: int, **context: object
) -> HttpResponse:
    return render(request, "organisasjon/settings.html", {"form": form} | context, status=status)
