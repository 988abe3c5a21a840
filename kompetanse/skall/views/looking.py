"""What is answered to who looks through other eyes: nothing is sent, and the time is over."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kompetanse.skall.views import errors

FORBIDDEN = 403


def over(request: Any) -> HttpResponse:
    """End it, and go back to the own pages."""
    request.looking.end(request)
    messages.info(request, _("Tiden er ute. Du ser igjen tjenesten som deg selv."))
    return redirect("skall:home")


def refused(request: Any) -> HttpResponse:
    """Say why nothing is sent: as a page, or as a sentence to the script that asked."""
    told = _(
        "Du ser tjenesten slik %(name)s ser den. Da kan du ikke lagre, sende eller endre noe."
    ) % {"name": request.actor.full_name}
    if request.htmx or "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"message": told}, status=FORBIDDEN)
    return errors.looking(request, told)
