"""What the operator's acts are called. `{% load plattform %}`."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()

ACTS: dict[str, str | Promise] = {
    "kommune.found": _("Opprettet kommunen"),
    "kommune.pause": _("Satte kommunen på pause"),
    "kommune.resume": _("Åpnet kommunen igjen"),
    "kommune.welcome_again": _("Laget ny engangsadresse til en systemansvarlig"),
    "operator.accept": _("Tok kontoen i bruk"),
    "operator.log_in": _("Logget inn"),
    "operator.log_out": _("Logget ut"),
    "operator.refuse": _("Ble avvist ved innlogging"),
    "operator.welcome": _("Opprettet en operatør, eller lot en begynne på nytt"),
    "stotte.ask": _("Ba om innsyn"),
    "stotte.enter": _("Gikk inn"),
}


@register.filter
def in_words(action: str) -> str:
    return str(ACTS.get(action, action))
