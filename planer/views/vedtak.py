"""The decision on a plan, recorded: the same page for every kind of plan."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.organisasjon.access import ActorRequest
from kompetanse.skall.views.svar import form_page, make_once
from planer.forms.strategi import AdoptForm
from planer.queries import drofting
from planer.queries.drofting import Plan


def adopt_page(
    request: ActorRequest, template: str, plan: Plan, adopt: Callable[..., Any], *, leads_to: str
) -> HttpResponse:
    """Ask who decided, when, and under which case number; then adopt, and show the plan.

    `leads_to`: the URL name of the plan's page.
    """
    form = AdoptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            adopt(plan, by=request.actor, **form.answers())
            return reverse(leads_to, args=[plan.pk])

        return make_once(request, form, make, told=_("Vedtaket er registrert."))
    return form_page(request, template, form, plan=plan, lacks_discussion=drofting.lacks(plan))
