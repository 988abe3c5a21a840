"""What employees and leaders are told about a round. No token, no login link, nothing personal."""

from django.utils.translation import gettext as _

from kompetanse.kommuner.models import Kommune
from kompetanse.skall import norsk
from kompetanse.varsler import queries as varsler
from soknader.emails.message import Message
from soknader.models import Soknadsrunde


def opened(runde: Soknadsrunde) -> Message:
    """Tell everyone that they can apply."""
    told = _dates(runde)
    body = _(
        "Hei, {navn}!\n\n"
        "Du kan nå søke om støtte til utdanning. Fristen er %(deadline)s. "
        "Det tar omtrent 10 minutter.\n\n"
        "Før du begynner, finn navnet på studiet, når det starter og hva det koster.\n"
    )
    subject = _("Du kan nå søke om støtte til utdanning. Frist %(day)s") % told
    return Message(subject, body % told + ending(runde.kommune))


def deadline(runde: Soknadsrunde) -> Message:
    """Remind those who have not applied."""
    told = _dates(runde)
    body = _(
        "Hei, {navn}!\n\n"
        "Vil du søke om støtte til utdanning? Fristen er %(deadline)s. "
        "Det tar omtrent 10 minutter. Skal du ikke søke, kan du se bort fra denne e-posten.\n"
    )
    subject = _("Frist %(day)s: søk om støtte til utdanning") % told
    return Message(subject, body % told + ending(runde.kommune))


def draft_not_sent(runde: Soknadsrunde) -> Message:
    """Remind those who have begun."""
    told = _dates(runde)
    body = _(
        "Hei, {navn}!\n\n"
        "Du har begynt på en søknad om støtte til utdanning, men den er ikke sendt ennå. "
        "Fristen er %(deadline)s. Det du har skrevet, er lagret.\n"
    )
    subject = _("Frist %(day)s: søknaden din er ikke sendt") % told
    return Message(subject, body % told + ending(runde.kommune))


def statements_missing(runde: Soknadsrunde) -> Message:
    """Remind leaders that applications wait for their statement."""
    told = {
        "deadline": norsk.frist(runde.leader_deadline),
        "day": norsk.langdato(runde.leader_deadline),
    }
    body = _(
        "Hei, {navn}!\n\n"
        "En eller flere søknader om støtte til utdanning mangler uttalelsen din. "
        "Fristen er %(deadline)s.\n"
    )
    subject = _("Frist %(day)s: søknader mangler uttalelsen din") % told
    return Message(subject, body % told + ending(runde.kommune))


def ending(kommune: Kommune) -> str:
    """Return where to go, as words to type, and whom to ask."""
    told = {"address": varsler.address(kommune), "contact": kommune.contact}
    where = _("\nGå til %(address)s og logg inn. Vi sender deg aldri lenke for å logge inn.\n")
    who = _("Spørsmål? Kontakt %(contact)s.\n")
    return where % told + (who % told if kommune.contact else "")


def _dates(runde: Soknadsrunde) -> dict[str, str]:
    return {"deadline": norsk.frist(runde.deadline), "day": norsk.langdato(runde.deadline)}
