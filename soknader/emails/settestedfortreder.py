"""What stands in messages on who decides a case that nobody in the line is impartial in."""

from django.utils.translation import gettext as _

from soknader.emails.message import Message
from soknader.models import Soknad


def asked(soknad: Soknad) -> Message:
    told = {"reference": soknad.reference}
    return Message(
        _("Pek ut hvem som avgjør sak %(reference)s") % told,
        _(
            "Hei {navn}!\n\nAlle som kan vedta sak %(reference)s, er inhabile. Logg inn og pek ut"
            " en settestedfortreder. Oppgaven står på forsiden din.\n"
        )
        % told,
    )


def named(soknad: Soknad) -> Message:
    told = {"reference": soknad.reference}
    return Message(
        _("Du er pekt ut til å avgjøre sak %(reference)s") % told,
        _(
            "Hei {navn}!\n\nDu er settestedfortreder i sak %(reference)s, fordi de som ellers"
            " vedtar, er inhabile. Logg inn for å lese saken og vedta.\n"
        )
        % told,
    )
