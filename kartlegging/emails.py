"""What is said to leaders by mail. No link, no token, nothing personal beyond the name."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kompetanse.skall import norsk


@dataclass(frozen=True, slots=True)
class Message:
    """`{navn}` in the body becomes the recipient's first name."""

    subject: str
    body: str


def needs_reminder(enhet: str, *, year: int, due: date, address: str) -> Message:
    """Return what a leader is told when the unit's needs form for the year is missing."""
    words = {
        "enhet": enhet,
        "year": year,
        "due": norsk.frist(due),
        "address": address,
    }
    return Message(
        _("Behovsskjema for %(year)d mangler: %(enhet)s") % words,
        _(
            "Hei, {navn}!\n\n"
            "Vi mangler behovsskjemaet for %(year)d fra %(enhet)s. Fristen er %(due)s.\n\n"
            "Skjemaet har fem deler og tar omtrent 20 minutter. Du kan hente svarene fra i fjor,"
            " stoppe og fortsette senere.\n\n"
            "Gå til %(address)s og logg inn. Velg «Behov».\n"
            "Vi sender deg aldri lenke for å logge inn."
        )
        % words,
    )
