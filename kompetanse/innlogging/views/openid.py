"""Logging in at the Kommune's own log-in service: out, back, and what can go wrong."""

import logging
from dataclasses import asdict, dataclass
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kompetanse.innlogging import known, provider, queries, rules
from kompetanse.innlogging.attempt import Attempt
from kompetanse.innlogging.models import Tilbyder
from kompetanse.innlogging.refusals import CancelledError, MismatchError, ProviderError
from kompetanse.organisasjon.access import Act, page, public
from kompetanse.skall.views.errors import throttled

logger = logging.getLogger(__name__)

ATTEMPTS = "innlogging_openid"
# How many tabs may be on their way to a provider at once.
MOST = 5


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page that tells why the log-in stopped: a heading, what happened, what one can do."""

    status: int
    heading: str | Promise
    happened: str | Promise
    remedy: str | Promise


TRY_AGAIN = _("Gå til innloggingssiden og prøv en gang til.")
REFUSALS: dict[str, Refusal] = {
    "down": Refusal(
        424,
        _("Innloggingstjenesten svarer ikke"),
        _("Vi fikk ikke kontakt med tjenesten som kommunen logger inn med."),
        _("Vent noen minutter, og prøv en gang til. Gjelder det flere, så si fra til IKT."),
    ),
    "cancelled": Refusal(
        403,
        _("Innloggingen ble avbrutt"),
        _("Du avbrøt innloggingen, eller tjenesten slapp deg ikke inn."),
        TRY_AGAIN,
    ),
    "mismatch": Refusal(
        400,
        _("Innloggingen kan ikke brukes"),
        _("Svaret fra innloggingstjenesten hører ikke til denne nettleseren, eller er brukt før."),
        TRY_AGAIN,
    ),
    "expired": Refusal(
        400,
        _("Innloggingen tok for lang tid"),
        _("Det gikk mer enn ti minutter fra du begynte å logge inn."),
        TRY_AGAIN,
    ),
    "wrong_answer": Refusal(
        403,
        _("Vi kunne ikke stole på svaret"),
        _("Svaret fra innloggingstjenesten var ikke slik det skal være, så vi slapp ingen inn."),
        _("Prøv en gang til. Skjer det igjen, så si fra til systemansvarlig i kommunen."),
    ),
    "wrong_level": Refusal(
        403,
        _("Du må logge inn på et høyere sikkerhetsnivå"),
        _("Kommunen krever en sterkere innlogging enn den du brukte."),
        _("Prøv en gang til, og velg for eksempel BankID eller Buypass."),
    ),
    "wrong_directory": Refusal(
        403,
        _("Kontoen hører til en annen virksomhet"),
        _("Du er logget inn hos Microsoft med en konto som ikke er kommunens."),
        _("Logg ut der, eller velg jobbkontoen din i kommunen, og prøv en gang til."),
    ),
    "unlinked": Refusal(
        403,
        _("Vi finner deg ikke blant de ansatte"),
        _("Innloggingen gikk bra, men personalsystemet har ikke koblet kontoen til en ansatt her."),
        _("Be systemansvarlig i kommunen om å legge inn kjennetegnet ditt."),
    ),
    "left": Refusal(
        403,
        _("Du er ikke registrert som ansatt nå"),
        _("Personalsystemet sier at du ikke er ansatt i kommunen i dag."),
        _("Er det feil, så snakk med lederen din."),
    ),
    "contradicted": Refusal(
        403,
        _("Kontoen er koblet til en annen"),
        _("Kontoen du brukte og opplysningene fra personalsystemet peker på hver sin ansatte."),
        _("Be systemansvarlig i kommunen om å rette koblingen."),
    ),
}


@require_GET
@never_cache
@public
def start(request: Any, pk: int) -> HttpResponse:
    """Send the person to the log-in service; a link, since a form may not lead elsewhere."""
    if not _within_limit(request):
        return throttled(request)
    tilbyder = get_object_or_404(queries.providers(), pk=pk)
    try:
        address, attempt = provider.begin(
            tilbyder, redirect_uri=_redirect_uri(request, tilbyder), to=_wanted(request)
        )
    except ProviderError as error:
        return _refused(request, tilbyder, error)
    _keep(request, attempt)
    return HttpResponse(status=302, headers={"Location": address})


@require_GET
@never_cache
@public
def finish(request: Any, pk: int) -> HttpResponse:
    """Take the person back: check the answer, find who they are, and let them in."""
    if not _within_limit(request):
        return throttled(request)
    tilbyder = get_object_or_404(queries.providers(), pk=pk)
    attempt = _take(request)
    try:
        bruker = _user(request, tilbyder, attempt)
    except ProviderError as error:
        return _refused(request, tilbyder, error)
    record_authentication(
        request,
        bruker,
        rules.OPENID,
        provider=tilbyder.pk,
        second_factor=tilbyder.is_second_factor or None,
    )
    to = attempt.to if attempt else ""
    response: HttpResponse = perform_login(request, Login(user=bruker, redirect_url=to or None))
    return response


@require_GET
@never_cache
@public
def logged_out(request: Any, pk: int) -> HttpResponse:
    """Lead on to log out at the service too; it is a page, since a form may not lead elsewhere."""
    tilbyder = get_object_or_404(queries.providers(), pk=pk)
    start_page = reverse("skall:start")
    try:
        address = provider.leave(tilbyder, return_uri=request.build_absolute_uri(start_page))
    except ProviderError:
        address = ""
    if not address:
        return redirect(start_page)
    context = {"tilbyder": tilbyder, "address": address}
    return render(request, "innlogging/logged_out.html", context)


@page(Act.USE)
@require_GET
def required(request: Any) -> HttpResponse:
    """Tell who logged in by password that the Kommune asks for its own log-in service."""
    context = {"providers": queries.providers(), "redirect_to": _wanted(request)}
    return render(request, "innlogging/required.html", context)


def _user(request: Any, tilbyder: Tilbyder, attempt: Attempt | None) -> Any:
    """Return the user whom the answer is of.

    Raises:
        ProviderError: nobody may log in by it.
    """
    if attempt is None:
        raise MismatchError
    claims = provider.finish(
        tilbyder, attempt, request.GET.dict(), redirect_uri=_redirect_uri(request, tilbyder)
    )
    return known.user_of(claims, tilbyder)


def _refused(request: HttpRequest, tilbyder: Tilbyder, error: ProviderError) -> HttpResponse:
    """Show why, and write to the log what was wrong, without a word of who it was."""
    level = logging.INFO if isinstance(error, CancelledError) else logging.WARNING
    logger.log(level, "openid log-in refused: %s %s, service %s", error.code, error, tilbyder.pk)
    refusal = REFUSALS[error.code]
    context = {"refusal": refusal, "tilbyder": tilbyder}
    return render(request, "innlogging/refused.html", context, status=refusal.status)


def _keep(request: Any, attempt: Attempt) -> None:
    waiting = request.session.get(ATTEMPTS, {})
    newest = dict(list(waiting.items())[-(MOST - 1) :])
    request.session[ATTEMPTS] = newest | {attempt.state: asdict(attempt)}


def _take(request: Any) -> Attempt | None:
    """Return the attempt that the answer names, which can be taken once."""
    waiting = request.session.get(ATTEMPTS, {})
    found = waiting.pop(request.GET.get("state", ""), None)
    if found is not None:
        request.session[ATTEMPTS] = waiting
    return Attempt(**found) if found else None


def _redirect_uri(request: HttpRequest, tilbyder: Tilbyder) -> str:
    path = reverse("innlogging:openid_finish", args=[tilbyder.pk])
    return str(request.build_absolute_uri(path))


def _wanted(request: HttpRequest) -> str:
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""


def _within_limit(request: HttpRequest) -> bool:
    usage = ratelimit.consume(request, app="allauth.account", action=rules.OPENID, limit_get=True)
    return bool(usage)
