"""What the two are told of a question. Neither the question nor the answer is in the mail."""

from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from soknader.emails.message import Message
from soknader.emails.runde import ending
from soknader.models import Sporsmal


def asked(sporsmal: Sporsmal) -> Message:
    """Tell the applicant that the leader has a question, and until when it can be answered."""
    told = _told(sporsmal)
    body = _(
        "Hei, {navn}!\n\n"
        "Lederen har et spørsmål om søknad %(number)s. "
        "Logg inn, les spørsmålet og svar innen %(deadline)s. "
        "Du kan også endre søknaden til da.\n"
    )
    subject = _("Frist %(day)s: du har fått et spørsmål om søknad %(number)s") % told
    return Message(subject, body % told + ending(sporsmal.soknad.kommune))


def reminder(sporsmal: Sporsmal) -> Message:
    told = _told(sporsmal)
    body = _(
        "Hei, {navn}!\n\n"
        "Lederen venter på svar på et spørsmål om søknad %(number)s. "
        "Logg inn og svar innen %(deadline)s.\n"
    )
    subject = _("Husk å svare innen %(day)s: spørsmål om søknad %(number)s") % told
    return Message(subject, body % told + ending(sporsmal.soknad.kommune))


def answered(sporsmal: Sporsmal) -> Message:
    """Tell the leader that the answer has come, and that the application waits again."""
    told = _told(sporsmal)
    body = _(
        "Hei, {navn}!\n\n"
        "Spørsmålet om søknad %(number)s er besvart. "
        "Søknaden venter på uttalelsen din. Fristen er %(leader_by)s.\n"
    )
    subject = _("Spørsmålet om søknad %(number)s er besvart") % told
    return Message(subject, body % told + ending(sporsmal.soknad.kommune))


def _told(sporsmal: Sporsmal) -> dict[str, str]:
    runde = sporsmal.soknad.runde
    return {
        "number": sporsmal.soknad.reference,
        "deadline": norsk.frist(sporsmal.answer_by),
        "day": norsk.langdato(sporsmal.answer_by),
        "leader_by": norsk.frist(runde.leader_deadline),
    }
