"""An employee's page, which is logged when it is another's, and the forms on leave."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.actions import permisjon as actions
from kompetanse.organisasjon.forms.permisjon import PermisjonForm
from kompetanse.organisasjon.models import Ansatt, Permisjon
from kompetanse.organisasjon.queries import person as queries


@page(Act.USE)
@require_GET
def person(request: ActorRequest, pk: int) -> HttpResponse:
    """Show positions and leave; opening another's page leaves a line that the other can see."""
    ansatt: Ansatt = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    is_own = ansatt.pk == request.actor.pk
    if not is_own:
        audit.record("ansatt.open", ansatt, by=request.actor)
    on = clock.today()
    context = {
        "ansatt": ansatt,
        "is_own": is_own,
        "on": on,
        "positions": queries.positions_of(ansatt),
        "leave": queries.leave_of(ansatt),
        "may_manage": access.may(request.actor, Act.MANAGE_LEAVE, ansatt.enhet),
        "sees_units": access.may(request.actor, Act.SEE_UNITS),
        "sees_unit": access.may(request.actor, Act.SEE_UNITS, ansatt.enhet),
    }
    return render(request, "organisasjon/person.html", context)


@page(Act.MANAGE_LEAVE)
@require_http_methods(["GET", "POST"])
def register_leave(request: ActorRequest, pk: int) -> HttpResponse:
    ansatt: Ansatt = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    if not access.may(request.actor, Act.MANAGE_LEAVE, ansatt.enhet):
        raise PermissionDenied
    form = PermisjonForm(request.POST or None, initial={"percentage": 100})
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, form, ansatt)
    try:
        actions.register(ansatt, by=request.actor, **form.answers)
    except DomainError as error:
        form.add_error(None, str(error))
        return _form_page(request, form, ansatt)
    messages.success(request, _("Permisjonen er lagret."))
    return redirect("organisasjon:person", ansatt.pk)


@page(Act.MANAGE_LEAVE)
@require_http_methods(["GET", "POST"])
def change_leave(request: ActorRequest, permisjon_id: int) -> HttpResponse:
    permisjon = _leave(request, permisjon_id)
    initial = vars(permisjon) | {"versjon": permisjon.version}
    form = PermisjonForm(request.POST or None, initial=initial)
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, form, permisjon.ansatt, permisjon=permisjon)
    version = form.cleaned_data["versjon"]
    try:
        actions.change(permisjon, version=version, by=request.actor, **form.answers)
    except StaleError as error:
        form = PermisjonForm(request.POST.dict() | {"versjon": permisjon.version})
        return _form_page(
            request, form, permisjon.ansatt, CONFLICT, permisjon=permisjon, stale=str(error)
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return _form_page(request, form, permisjon.ansatt, permisjon=permisjon)
    messages.success(request, _("Permisjonen er lagret."))
    return redirect("organisasjon:person", permisjon.ansatt_id)


@page(Act.MANAGE_LEAVE)
@require_http_methods(["GET", "POST"])
def delete_leave(request: ActorRequest, permisjon_id: int) -> HttpResponse:
    permisjon = _leave(request, permisjon_id)
    if request.method == "GET":
        return render(request, "organisasjon/leave_delete.html", {"permisjon": permisjon})
    actions.delete(permisjon, by=request.actor)
    messages.success(request, _("Permisjonen er slettet."))
    return redirect("organisasjon:person", permisjon.ansatt_id)


def _leave(request: ActorRequest, permisjon_id: int) -> Permisjon:
    permisjon: Permisjon = get_object_or_404(queries.leave(request.actor), pk=permisjon_id)
    return permisjon


def _form_page(
    request: ActorRequest, form: PermisjonForm, ansatt: Ansatt, status: int = 0, **context: object
) -> HttpResponse:
    status = status or (UNPROCESSABLE if form.is_bound else 200)
    context |= {"form": form, "ansatt": ansatt}
    return render(request, "organisasjon/leave_form.html", context, status=status)
