"""What is told of a place that nobody took, and that the day for a yes comes near."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.skall import norsk
from soknader.emails.message import Message
from soknader.emails.runde import ending
from soknader.models import Soknad


@dataclass(frozen=True, slots=True)
class Freed:
    """What a place gives back to the frames: NOK, and days of leave with pay."""

    amount: int = 0
    days: int = 0

    def __str__(self) -> str:
        days = ngettext("%(number)d dag fri", "%(number)d dager fri", self.days)
        told = [norsk.kroner(self.amount)] if self.amount else []
        return norsk.oppramsing([*told, *([days % {"number": self.days}] if self.days else [])])


def answer_due(soknad: Soknad, *, day: date) -> Message:
    """Remind the employee to say yes or no."""
    told = {
        "number": soknad.reference, "deadline": norsk.frist(day), "day": norsk.langdato(day)
    }  # fmt: skip
    body = _(
        "Hei, {navn}!\n\n"
        "Du har fått svar på søknad %(number)s, men har ikke takket ja eller nei. "
        "Logg inn og svar innen %(deadline)s. "
        "Etter det faller støtten bort, og plassen kan gå til en annen.\n"
    )
    subject = _("Frist %(day)s: takk ja eller nei til støtten") % told
    return Message(subject, body % told + ending(soknad.kommune))


def lapsed(soknad: Soknad, *, day: date) -> Message:
    """Tell the employee that the support has fallen away."""
    told = {"number": soknad.reference, "day": norsk.langdato(day)}
    body = _(
        "Hei, {navn}!\n\n"
        "Fristen for å takke ja til støtten i søknad %(number)s gikk ut %(day)s. "
        "Vi fikk ikke noe svar, og støtten er falt bort. "
        "Ta kontakt med fagrådgiveren hvis det er feil.\n"
    )
    subject = _("Støtten i søknad %(number)s er falt bort") % told
    return Message(subject, body % told + ending(soknad.kommune))


def free(soknad: Soknad, *, freed: Freed, next_in_line: str, has_lapsed: bool) -> Message:
    """Tell the advisor that a place is free; `next_in_line` is the waiting case's reference."""
    told = {
        "number": soknad.reference, "freed": freed, "next": next_in_line
    }  # fmt: skip
    why = (
        _("Søkeren i søknad %(number)s svarte ikke innen fristen. ")
        if has_lapsed
        else _("Søkeren i søknad %(number)s har takket nei til støtten. ")
    )
    money = (
        _("%(freed)s er ført tilbake til rammen.\n")
        if freed != Freed()
        else _("Noe er betalt ut. Gjør om vedtaket for å frigi resten.\n")
    )
    onwards = _("Først på ventelista står søknad %(next)s.\n") if next_in_line else ""
    body = "Hei, {navn}!\n\n" + (why + money + onwards) % told
    return Message(_("En plass er ledig") % told, body + ending(soknad.kommune))
