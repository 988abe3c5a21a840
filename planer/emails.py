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
