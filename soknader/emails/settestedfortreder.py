"""What stands in messages on who decides a case that nobody in the line is impartial in."""

from django.utils.translation import gettext as _

from soknader.emails.message import Message
from soknader.emails.runde import ending
from soknader.models import Soknad


def asked(soknad: Soknad) -> Message:
    """Ask for someone to be named."""
    told = {"reference": soknad.reference}
    body = _(
        "Hei, {navn}!\n\n"
        "Alle som kan vedta sak %(reference)s, er inhabile. "
        "Pek ut en settestedfortreder. Oppgaven står på forsiden når du har logget inn.\n"
    )
    subject = _("Pek ut hvem som avgjør sak %(reference)s") % told
    return Message(subject, body % told + ending(soknad.kommune))


def named(soknad: Soknad) -> Message:
    """Tell the one who is named."""
    told = {"reference": soknad.reference}
    body = _(
        "Hei, {navn}!\n\n"
        "Du er settestedfortreder i sak %(reference)s, fordi de som ellers vedtar, er inhabile. "
        "Les saken og vedta når du har logget inn.\n"
    )
    subject = _("Du er pekt ut til å avgjøre sak %(reference)s") % told
    return Message(subject, body % told + ending(soknad.kommune))
