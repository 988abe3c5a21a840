"""What notices on the state grant say."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from soknader.emails.message import Message


def distributed(enhet: str, lines: Sequence[tuple[str, int]], *, scheme: str, year: int) -> Message:
    """Return what the leader of a unit is told when the distribution is approved; NOK by line."""
    told = "\n".join(f"– {theme}: {norsk.kroner(amount)}" for theme, amount in lines)
    words = {
        "enhet": enhet,
        "sum": norsk.kroner(sum(amount for _theme, amount in lines)),
        "scheme": scheme,
        "year": year,
        "lines": told,
    }
    subject = _("%(enhet)s får %(sum)s av statstilskuddet for %(year)s") % words
    body = _(
        "Hei, {navn}!\n\n"
        "%(scheme)s %(year)s er fordelt. %(enhet)s får %(sum)s:\n"
        "%(lines)s\n\n"
        "Pengene skal brukes til det som står på hver linje. Må noe endres, spør fagrådgiveren "
        "først: Statsforvalteren må samtykke.\n\n"
        "Hele fordelingen ligger under Dokumenter når du har logget inn.\n"
    )
    return Message(subject=subject, body=body % words)
