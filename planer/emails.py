"""What the reminders of the wheel say."""

from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from planer.models import Aktivitet


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
