"""The Kommune's own columns: which, in which order, under which headings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import form_page
from planer.actions import kolonne as actions
from planer.forms.kolonne import ColumnsForm
from planer.queries import kolonne as queries


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def edit_columns(request: ActorRequest) -> HttpResponse:
    """Choose columns and headings; those of the seven are where a Kommune begins."""
    own = queries.own()
    if request.method == "POST" and "standard" in request.POST:
        actions.choose([], by=request.actor)
        messages.success(request, _("Planen har de sju vanlige kolonnene igjen."))
        return redirect("planer:open_training")
    shown = own or queries.layouts(own)[queries.SEVEN].columns
    form = ColumnsForm(request.POST or None, columns=shown)
    if request.method == "POST" and form.is_valid():
        actions.choose(form.columns(), by=request.actor)
        told = _("Kolonnene er lagret. De gjelder på siden, i PDF og i regneark.")
        messages.success(request, told)
        return redirect("planer:open_training")
    return form_page(request, "planer/edit_columns.html", form, has_own=bool(own))
