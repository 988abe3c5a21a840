"""The first way in: set a password at an address that works once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanse.organisasjon.access import public
from kompetanse.plattform.actions import velkomst as actions
from kompetanse.plattform.forms import PasswordForm
from kompetanse.skall.views.svar import form_page


@require_http_methods(["GET", "POST"])
@public
def accept(request: Any, token: str) -> HttpResponse:
    velkomst = actions.awaited(token)
    if velkomst is None:
        return render(request, "plattform/used.html", status=404)
    form = PasswordForm(request.POST or None, user=velkomst.ansatt.bruker)
    if request.method == "POST" and form.is_valid():
        actions.accept(token, password=form.cleaned_data["password"])
        messages.success(request, _("Passordet er lagret. Logg inn med det."))
        return redirect("account_login")
    return form_page(
        request, "plattform/welcome.html", form, username=velkomst.ansatt.bruker.username
    )
