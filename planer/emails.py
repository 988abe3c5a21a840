"""What notices on the wheel and on events say."""

from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from planer.models import (
    Aktivitet,
    Arrangement,
    Handlingsplan,
    Introduksjon,
    Introduksjonssteg,
    Mote,
)


def reminder_subject(aktivitet: Aktivitet) -> str:
    return _("Frist %(date)s: %(title)s") % {
        "date": norsk.langdato(aktivitet.ends),
        "title": aktivitet.title,
    }


def reminder_body(aktivitet: Aktivitet, *, address: str) -> str:
    """Return the text of the mail; `{navn}` is filled in for each recipient."""
    return _(
        "Hei, {navn}!\n\n"
        "Årshjulet sier at du har ansvar for dette:\n"
        "%(title)s\n\n"
        "Fristen er %(deadline)s.\n\n"
        "Gå til %(address)s og logg inn. Kvitter ut aktiviteten i årshjulet når den er gjort. "
        "Vi sender deg aldri lenke for å logge inn.\n"
    ) % {
        "title": aktivitet.title,
        "deadline": norsk.frist(aktivitet.ends),
        "address": address,
    }


def cancelled(arrangement: Arrangement, ansatt: Ansatt) -> tuple[str, str]:  # noqa: ARG001
    """Return subject and body to someone whose event is cancelled."""
    subject = _("Avlyst: %(title)s") % {"title": arrangement.title}
    body = _(
        "Hei, {navn}!\n\n"
        "%(title)s %(day)s er avlyst. Du trenger ikke å gjøre noe.\n\n"
        "Spør lederen din om det kommer et nytt tilbud.\n"
    ) % {"title": arrangement.title, "day": norsk.langdato(arrangement.on)}
    return subject, body


def let_in(arrangement: Arrangement, ansatt: Ansatt) -> tuple[str, str]:  # noqa: ARG001
    """Return subject and body to someone who has got a place from the queue."""
    subject = _("Du har fått plass: %(title)s") % {"title": arrangement.title}
    body = _(
        "Hei, {navn}!\n\n"
        "Det ble ledig plass, og nå er du påmeldt %(title)s %(day)s kl. %(begins)s.\n\n"
        "Kan du ikke likevel? Logg inn og meld deg av, så får neste plassen.\n"
    ) % {
        "title": arrangement.title,
        "day": norsk.langdato(arrangement.on),
        "begins": f"{arrangement.begins:%H.%M}",
    }
    return subject, body


def reminder_of_event(arrangement: Arrangement) -> tuple[str, str]:
    """Return subject and body the day before; `{navn}` is filled in for each recipient."""
    subject = _("I morgen: %(title)s") % {"title": arrangement.title}
    place = f" ({arrangement.place})" if arrangement.place else ""
    body = _(
        "Hei, {navn}!\n\n"
        "Du er påmeldt %(title)s %(day)s kl. %(begins)s%(place)s.\n\n"
        "Kan du ikke likevel? Logg inn og meld deg av, så får neste plassen.\n"
    ) % {
        "title": arrangement.title,
        "day": norsk.langdato(arrangement.on),
        "begins": f"{arrangement.begins:%H.%M}",
        "place": place,
    }
    return subject, body


def sponsor(introduksjon: Introduksjon) -> tuple[str, str]:
    """Return subject and body to someone who has become sponsor for a new employee."""
    body = _(
        "Hei, {navn}!\n\n"
        "Du er fadder for %(new)s, som begynner %(day)s i %(unit)s.\n\n"
        "Logg inn for å se hva du skal gjøre, og når. Stegene ligger på forsiden din.\n"
    ) % {
        "new": introduksjon.ansatt.full_name,
        "day": norsk.langdato(introduksjon.starts_on),
        "unit": introduksjon.ansatt.enhet.name,
    }
    return _("Du er fadder for en ny kollega"), body


def step_reminder(steg: Introduksjonssteg) -> tuple[str, str]:
    """Return subject and body three days before a step; it names no one."""
    subject = _("Frist %(date)s: %(title)s") % {
        "date": norsk.langdato(steg.due_on),
        "title": steg.title,
    }
    body = _(
        "Hei, {navn}!\n\n"
        "Et steg i introduksjonen av en ny ansatt er ditt:\n"
        "%(title)s\n\n"
        "Fristen er %(day)s. Logg inn og kryss av når det er gjort.\n"
    ) % {"title": steg.title, "day": norsk.frist(steg.due_on)}
    return subject, body


def actions_decided(plan: Handlingsplan, *, amount: int) -> tuple[str, str]:
    """Return subject and body to who proposed the action plan; `amount` is NOK approved."""
    subject = _("Handlingsplanen for %(year)d er vedtatt") % {"year": plan.year}
    body = _(
        "Hei, {navn}!\n\n"
        "Ledergruppa har vedtatt handlingsplanen for %(year)d. Godkjent til sammen: %(amount)s.\n\n"
        "Logg inn for å se hvert tiltak og hente budsjettlinjene.\n"
    ) % {"year": plan.year, "amount": norsk.kroner(amount)}
    return subject, body


def called(mote: Mote, *, address: str) -> tuple[str, str]:
    """Return subject and body to those who are called to the meeting."""
    subject = _("Innkalling: %(title)s") % {"title": mote.title}
    body = _(
        "Hei, {navn}!\n\n"
        "Du er kalt inn til %(title)s %(when)s.\n\n"
        "Sakslisten og papirene finner du i tjenesten. Gå til %(address)s og logg inn. "
        "Kan du ikke komme? Meld forfall der, og si hvem som er vara. "
        "Vi sender deg aldri lenke for å logge inn.\n\n"
        "Kalenderfilen som ligger ved, legger møtet i kalenderen din.\n"
    ) % {"title": mote.title, "when": _when(mote), "address": address}
    return subject, body


def moved(mote: Mote, *, address: str) -> tuple[str, str]:
    """Return subject and body when time, place or name is another."""
    subject = _("Endret møte: %(title)s") % {"title": mote.title}
    body = _(
        "Hei, {navn}!\n\n"
        "Møtet er endret. Nå er det slik: %(title)s %(when)s.\n\n"
        "Kalenderfilen som ligger ved, flytter møtet i kalenderen din. "
        "Sakslisten finner du når du logger inn på %(address)s.\n"
    ) % {"title": mote.title, "when": _when(mote), "address": address}
    return subject, body


def called_off(mote: Mote) -> tuple[str, str]:
    """Return subject and body when the meeting is not to be."""
    subject = _("Avlyst: %(title)s") % {"title": mote.title}
    body = _(
        "Hei, {navn}!\n\n"
        "%(title)s %(when)s er avlyst. Du trenger ikke å gjøre noe.\n\n"
        "Kalenderfilen som ligger ved, tar møtet ut av kalenderen din.\n"
    ) % {"title": mote.title, "when": _when(mote)}
    return subject, body


def struck(mote: Mote) -> tuple[str, str]:
    """Return subject and body to someone who shall not come after all."""
    subject = _("Du er tatt ut av et møte: %(title)s") % {"title": mote.title}
    body = _(
        "Hei, {navn}!\n\n"
        "Du er ikke lenger kalt inn til %(title)s %(when)s.\n\n"
        "Kalenderfilen som ligger ved, tar møtet ut av kalenderen din.\n"
    ) % {"title": mote.title, "when": _when(mote)}
    return subject, body


def minutes_to_read(mote: Mote, *, by: str, address: str) -> tuple[str, str]:
    """Return subject and body when a draft of the minutes waits for remarks."""
    subject = _("Les referatet: %(title)s") % {"title": mote.title}
    body = _(
        "Hei, {navn}!\n\n"
        "Referatet fra %(title)s ligger klart. Godkjenn det, eller skriv en merknad, innen "
        "%(by)s.\n\n"
        "Gå til %(address)s og logg inn. Vi sender deg aldri lenke for å logge inn.\n"
    ) % {"title": mote.title, "by": by, "address": address}
    return subject, body


def minutes_approved(mote: Mote, *, address: str) -> tuple[str, str]:
    """Return subject and body when the minutes are approved."""
    subject = _("Godkjent referat: %(title)s") % {"title": mote.title}
    body = _(
        "Hei, {navn}!\n\n"
        "Referatet fra %(title)s er godkjent. Du finner det under «Dokumenter» når du logger inn "
        "på %(address)s.\n"
    ) % {"title": mote.title, "address": address}
    return subject, body


def _when(mote: Mote) -> str:
    """Return «16. september 2026 kl. 09.00–11.30, Furumo»."""
    words = norsk.langdato(mote.held_on)
    if mote.begins:
        words += _(" kl. %(begins)s") % {"begins": f"{mote.begins:%H.%M}"}
    if mote.ends:
        words += f"–{mote.ends:%H.%M}"
    return f"{words}, {mote.place}" if mote.place else words
