"""What the employee and the leader are told about an application.

The texts hold the service's written address, no link with a token, and nothing about what is
applied for or why.
"""

from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.emails.message import Message
from soknader.emails.runde import ending
from soknader.models import Soknad


def receipt(soknad: Soknad, *, leader: str) -> Message:
    """Tell the employee that the application has come in, and what happens next."""
    runde = soknad.runde
    told = {
        "number": soknad.reference,
        "when": norsk.tidspunkt(soknad.submitted_at),
        "leader_by": norsk.langdato(runde.leader_deadline),
        "answer_by": norsk.langdato(runde.answer_by),
        "leader": leader or _("Fagrådgiveren"),
    }
    body = _(
        "Hei, {navn}!\n\n"
        "Vi har fått søknaden din. Den har nummer %(number)s og kom inn %(when)s.\n\n"
        "Dette skjer nå:\n"
        "1. %(leader)s skriver en uttalelse innen %(leader_by)s.\n"
        "2. Søknadene blir prioritert i et møte der de tillitsvalgte er med.\n"
        "3. Du får svar innen %(answer_by)s.\n"
    )
    late = _("\nSøknaden kom etter fristen. Vi kan ikke love at den blir med i prioriteringen.\n")
    text = body % told + (late if soknad.is_late else "")
    subject = _("Vi har fått søknaden din: %(number)s") % told
    return Message(subject, text + ending(soknad.kommune))


def begun_for(soknad: Soknad, *, by: Ansatt) -> Message:
    """Tell the employee that someone has begun an application for them."""
    told = {"by": by.full_name, "deadline": norsk.frist(soknad.runde.deadline)}
    body = _(
        "Hei, {navn}!\n\n"
        "%(by)s har begynt på en søknad om støtte til utdanning for deg. "
        "Du finner den under «Mine søknader» når du har logget inn. "
        "Der kan du lese den, endre den eller overta den. Fristen er %(deadline)s.\n"
    )
    subject = _("%(by)s har begynt på en søknad for deg") % told
    return Message(subject, body % told + ending(soknad.kommune))


def taken_over(soknad: Soknad) -> Message:
    """Tell who registered it that the employee goes on alone."""
    told = {"name": soknad.ansatt.full_name}
    body = _(
        "Hei, {navn}!\n\n"
        "%(name)s har overtatt søknaden som du begynte på. Du trenger ikke gjøre noe mer med den.\n"
    )
    subject = _("%(name)s har overtatt søknaden") % told
    return Message(subject, body % told + ending(soknad.kommune))


def to_state_on(soknad: Soknad) -> Message:
    """Tell the leader that an application waits for a statement."""
    told = _for_leader(soknad)
    body = _(
        "Hei, {navn}!\n\n"
        "Søknad %(number)s fra %(unit)s venter på uttalelsen din. "
        "Fristen er %(deadline)s.\n"
    )
    subject = _("Frist %(day)s: en søknad venter på uttalelsen din") % told
    return Message(subject, body % told + ending(soknad.kommune))


def changed(soknad: Soknad) -> Message:
    """Tell the leader that an application was changed after the statement was given."""
    told = _for_leader(soknad)
    body = _(
        "Hei, {navn}!\n\n"
        "Søknad %(number)s fra %(unit)s er endret etter at du ga uttalelse. "
        "Les den på nytt, og bekreft eller endre uttalelsen innen %(deadline)s.\n"
    )
    subject = _("Søknad %(number)s er endret: se på uttalelsen igjen") % told
    return Message(subject, body % told + ending(soknad.kommune))


def withdrawn(soknad: Soknad) -> Message:
    """Confirm to the employee that the application is withdrawn."""
    told = {"number": soknad.reference}
    body = _(
        "Hei, {navn}!\n\n"
        "Søknad %(number)s er trukket og blir ikke behandlet. "
        "Du trenger ikke gjøre noe mer.\n"
    )
    return Message(_("Søknad %(number)s er trukket") % told, body % told + ending(soknad.kommune))


def withdrawn_for_leader(soknad: Soknad) -> Message:
    told = _for_leader(soknad)
    body = _(
        "Hei, {navn}!\n\n"
        "Søknad %(number)s fra %(unit)s er trukket. Du trenger ikke gi uttalelse til den.\n"
    )
    return Message(_("Søknad %(number)s er trukket") % told, body % told + ending(soknad.kommune))


def _for_leader(soknad: Soknad) -> dict[str, str]:
    deadline = soknad.runde.leader_deadline
    return {
        "number": soknad.reference,
        "unit": soknad.ansatt.enhet.name,
        "deadline": norsk.frist(deadline),
        "day": norsk.langdato(deadline),
    }
