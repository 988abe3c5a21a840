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
        "Brevet og hele fordelingen ligger under Dokumenter når du har logget inn.\n"
    )
    return Message(subject=subject, body=body % words)


def proposed(title: str, *, amount: int) -> Message:
    """Return what the one who signs is told when it is put forward; `amount` in NOK."""
    words = {"title": title, "amount": norsk.kroner(amount)}
    body = _(
        "Hei, {navn}!\n\n"
        "%(title)s er klar til godkjenning. Den gjelder %(amount)s.\n\n"
        "Logg inn og velg Tilskudd for å lese den, og godkjenn den eller send den tilbake.\n"
    )
    return Message(subject=_("%(title)s venter på deg") % words, body=body % words)


def sent_back(title: str) -> Message:
    """Return what the advisor is told when it must be changed; the reason stands on the page."""
    words = {"title": title}
    body = _(
        "Hei, {navn}!\n\n"
        "%(title)s er sendt tilbake. Logg inn og velg Tilskudd for å se hva som må endres.\n"
    )
    return Message(subject=_("%(title)s er sendt tilbake") % words, body=body % words)


def approved(title: str) -> Message:
    words = {"title": title}
    body = _(
        "Hei, {navn}!\n\n"
        "%(title)s er godkjent. Send den til Statsforvalteren, og merk den deretter som sendt.\n"
    )
    return Message(subject=_("%(title)s er godkjent") % words, body=body % words)


def moved(enhet: str, *, source: str, target: str, amount: int) -> Message:
    """Return what a unit's leader is told when money is moved between two lines; NOK."""
    words = {
        "enhet": enhet, "source": source, "target": target, "amount": norsk.kroner(amount),
    }  # fmt: skip
    body = _(
        "Hei, {navn}!\n\n"
        "Statsforvalteren har samtykket til å flytte %(amount)s av statstilskuddet fra"
        " «%(source)s» til «%(target)s». Det gjelder %(enhet)s.\n\n"
        "Spør fagrådgiveren hvis dere har planlagt etter det gamle beløpet.\n"
    )
    return Message(subject=_("%(amount)s av statstilskuddet er flyttet") % words, body=body % words)
