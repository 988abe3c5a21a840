"""What the advisor is told when the day of the answers comes near."""

from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from soknader.emails.message import Message
from soknader.emails.runde import ending
from soknader.models import Soknadsrunde


def decisions_missing(runde: Soknadsrunde) -> Message:
    told = {"deadline": norsk.frist(runde.answer_by), "day": norsk.langdato(runde.answer_by)}
    body = _(
        "Hei, {navn}!\n\n"
        "Noen av søknadene om støtte til utdanning er ikke vedtatt ennå. "
        "Søkerne skal ha svar innen %(deadline)s.\n"
    )
    subject = _("Frist %(day)s: søknader mangler vedtak") % told
    return Message(subject, body % told + ending(runde.kommune))
