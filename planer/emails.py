"""What notices on the wheel and on events say."""

from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from planer.models import Aktivitet, Arrangement


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
