"""Getting in and out as an operator."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.plattform import cookies, totp
from kompetanse.plattform.access import anyone, operators_only
from kompetanse.plattform.actions import operator as actions
from kompetanse.plattform.actions.operator import RefusedError
from kompetanse.plattform.forms import AcceptForm, LoginForm
from kompetanse.skall.views.svar import form_page


@anyone
@require_http_methods(["GET", "POST"])
def log_in(request: Any) -> HttpResponse:
    """Ask for e-mail, password and code at once; what was wrong is not said."""
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            key = actions.log_in(**form.cleaned_data, address=get_adapter().get_client_ip(request))
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            response = HttpResponseRedirect(_return_to(request))
            cookies.of_operator(key).put_on(response)
            return response
    return form_page(request, "plattform/log_in.html", form)


@operators_only
@require_POST
def log_out(request: Any) -> HttpResponse:
    actions.log_out(request.operator)
    response = redirect("operator:log_in")
    response.delete_cookie(cookies.OPERATOR, path=cookies.OPERATOR_PATH, samesite="Strict")
    messages.success(request, _("Du er logget ut overalt."))
    return response


@anyone
@require_http_methods(["GET", "POST"])
def accept(request: Any, token: str) -> HttpResponse:
    """Let a new operator choose a password and set up the second factor; works once."""
    operator = actions.awaited(token)
    if operator is None:
        return render(request, "plattform/used.html", status=404)
    form = AcceptForm(request.POST or None, user=operator)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.accept(token, password=told["password"], code=told["code"])
        except RefusedError as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, _("Kontoen er klar. Logg inn med en ny kode."))
            return redirect("operator:log_in")
    key = totp.secret(operator.totp_sealed)
    context = {
        "form": form,
        "secret": totp.readable(key),
        "address_of_app": totp.address(key, account=operator.email),
        "picture": totp.picture(key, account=operator.email),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "plattform/accept.html", context, status=status)


def _return_to(request: Any) -> str:
    asked = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    is_here = is_ours and asked.startswith(cookies.OPERATOR_PATH)
    return asked if is_here else reverse("operator:tenants")
