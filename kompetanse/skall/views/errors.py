"""Pages for what went wrong: what happened, whose fault it is, what to do now.

400–429 are drawn in the ordinary shell. 500 and 503 are drawn without the request's context, so
that they need neither database nor session.
"""

import logging
import secrets
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.responses import FileGoneError
from kompetanse.organisasjon.access import OwnPage

logger = logging.getLogger(__name__)

TEMPLATE = "skall/error.html"


@dataclass(frozen=True, slots=True)
class Fault:
    """What a page of error says: a heading, what happened, and what the reader can do."""

    status: int
    heading: str | Promise
    happened: str | Promise
    remedy: str | Promise


BAD_REQUEST = Fault(
    400,
    _("Vi forstod ikke forespørselen"),
    _("Noe i det nettleseren sendte, var ikke slik vi ventet. Det er trolig ikke noe du gjorde."),
    _("Gå tilbake og prøv en gang til."),
)
FORBIDDEN = Fault(
    403,
    _("Du har ikke tilgang til denne siden"),
    _("Siden finnes, men rollen din gir deg ikke tilgang til den."),
    _("Mener du at du skal ha tilgang, så snakk med lederen din eller den som er systemansvarlig."),
)
OWN_PAGE = Fault(
    403,
    _("Denne siden vises ikke i innsyn"),
    _(
        "Siden er bare for den det gjelder. Egne søknader, kladder, begrunnelser og vedlegg vises"
        " ikke for andre som ser med deres øyne."
    ),
    _("Gå tilbake, eller avslutt innsynet øverst på siden."),
)
LOOKING = Fault(
    403,
    _("Du kan bare se, ikke gjøre noe"),
    _("Du ser tjenesten slik en annen ser den. Da kan du ikke lagre, sende eller endre noe."),
    _("Ingenting er endret. Avslutt innsynet øverst på siden når du er ferdig."),
)
EXPIRED = Fault(
    403,
    _("Siden har stått åpen for lenge"),
    _("Av hensyn til sikkerheten godtar vi ikke skjemaer fra en side som er utløpt."),
    _("Gå tilbake, last siden på nytt og send en gang til."),
)
NOT_FOUND = Fault(
    404,
    _("Vi finner ikke siden"),
    _("Siden kan være flyttet eller slettet, eller så er adressen skrevet feil."),
    _("Sjekk adressen, eller gå til forsiden og let derfra."),
)
FILE_GONE = Fault(
    404,
    _("Vi finner ikke filen"),
    _("Filen skulle ligget her, men er borte fra lageret vårt. Det skyldes ikke noe du gjorde."),
    _(
        "Ta kontakt og si hvilken side du kom fra og når du prøvde. De som drifter tjenesten, kan"
        " hente filen fra sikkerhetskopien hvis den ikke er slettet med vilje."
    ),
)
NOT_ALLOWED = Fault(
    405,
    _("Siden kan ikke åpnes slik"),
    _("Adressen hører til en knapp på en annen side."),
    _("Gå til forsiden og finn fram derfra. Ble du logget ut midt i noe, så gjør det en gang til."),
)
CONFLICT = Fault(
    409,
    _("Det går ikke akkurat nå"),
    _("Noe er endret siden du åpnet siden."),
    _("Gå tilbake, last siden på nytt og se hva som gjelder nå."),
)
TOO_LARGE = Fault(
    413,
    _("Det du sendte, er for stort"),
    _("Filen eller skjemaet er større enn vi kan ta imot. En fil kan være på 10 MB."),
    _(
        "Gå tilbake, velg en mindre fil og send en gang til."
        " Ingenting er lagret av det du sendte nå."
    ),
)
TOO_MANY = Fault(
    413,
    _("Skjemaet har for mange felter"),
    _("Vi tar imot høyst %(most)d felter om gangen. Ingenting er lagret av det du sendte nå."),
    _("Gå tilbake, del opp det du vil lagre, og send én del om gangen."),
)
THROTTLED = Fault(
    429,
    _("Det ble for mange forsøk"),
    _("For å beskytte kontoene tar vi en pause når det kommer mange forsøk på kort tid."),
    _("Vent noen minutter og prøv en gang til."),
)
PAUSED = Fault(
    503,
    _("Tjenesten er satt på pause"),
    _("Alt som er lagret, ligger trygt, men ingen kommer inn akkurat nå."),
    _("Spør den som er systemansvarlig i kommunen, om når den åpner igjen."),
)
SERVER_ERROR = Fault(
    500,
    _("Beklager, noe gikk galt hos oss"),
    _("Det skyldes ikke noe du gjorde. Feilen er registrert."),
    _("Prøv en gang til om litt. Går det fortsatt ikke, så ta kontakt og oppgi feilnummeret."),
)
UNAVAILABLE = Fault(
    503,
    _("Tjenesten er ikke tilgjengelig akkurat nå"),
    _(
        "Vi holder på med vedlikehold, eller så er noe midlertidig nede."
        " Det du har lagret, er trygt."
    ),
    _("Prøv en gang til om noen minutter."),
)


def bad_request(
    request: HttpRequest, exception: Exception | None = None, *_: Any, **__: Any
) -> HttpResponse:
    """Say what was too much of it, when it is refused before any page has looked at it."""
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        told = TOO_MANY.happened % {"most": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}
        return _page(request, TOO_MANY, happened=told)
    return _page(request, TOO_LARGE if isinstance(exception, RequestDataTooBig) else BAD_REQUEST)


def forbidden(
    request: HttpRequest, exception: Exception | None = None, *_: Any, **__: Any
) -> HttpResponse:
    """Say that the page is not for this role; the exception's own words are not shown."""
    return _page(request, OWN_PAGE if isinstance(exception, OwnPage) else FORBIDDEN)


def looking(request: HttpRequest, sentence: str) -> HttpResponse:
    """Say to who looks through other eyes that nothing is sent."""
    return _page(request, LOOKING, happened=sentence)


def csrf_failure(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    return _page(request, EXPIRED)


def not_found(
    request: HttpRequest, exception: Exception | None = None, *_: Any, **__: Any
) -> HttpResponse:
    return _page(request, FILE_GONE if isinstance(exception, FileGoneError) else NOT_FOUND)


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Say where to go to someone who opened the address of a button (405)."""
    response = _page(request, NOT_ALLOWED)
    response["Allow"] = allowed
    return response


def conflict(request: HttpRequest, sentence: str) -> HttpResponse:
    """Tell a broken rule of the domain (409); the sentence is Norwegian and meant for people."""
    return _page(request, CONFLICT, happened=sentence or CONFLICT.happened)


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(request, TOO_LARGE)


def throttled(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    return _page(request, THROTTLED)


def paused(request: HttpRequest, *_args: Any, **__: Any) -> HttpResponse:
    """Say that this Kommune is closed for now."""
    name = request.paused.name  # type: ignore[attr-defined]
    told = _("%(name)s kommune sin side er satt på pause av dem som drifter den.") % {"name": name}
    return _page(request, PAUSED, happened=f"{told} {PAUSED.happened}")


def server_error(request: HttpRequest) -> HttpResponse:
    """Say sorry with a number that the log knows too. A database that is away makes it a 503."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return unavailable(request)
    number = _number()
    logger.error("error %s at %s", number, request.path)
    return _bare_page(request, SERVER_ERROR, number=number)


def unavailable(request: HttpRequest) -> HttpResponse:
    number = _number()
    logger.error("unavailable %s at %s", number, request.path)
    response = _bare_page(request, UNAVAILABLE, number=number)
    response["Retry-After"] = "120"
    return response


def _page(request: HttpRequest, fault: Fault, **words: Any) -> HttpResponse:
    return render(request, TEMPLATE, {"fault": fault} | words, status=fault.status)


def _bare_page(request: HttpRequest, fault: Fault, *, number: str) -> HttpResponse:
    context = {"fault": fault, "number": number, "kommune": getattr(request, "kommune", None)}
    return HttpResponse(render_to_string(TEMPLATE, context), status=fault.status)


def _number() -> str:
    """Return an error number that can be read aloud, for instance 4F2-A9C."""
    digits = secrets.token_hex(3).upper()
    return f"{digits[:3]}-{digits[3:]}"
