"""How figures, money, dates and deadlines are written in Norwegian.

Plain functions for pages, documents, mail and spreadsheets alike; the template filters of the
same names call them. Words follow the active language (bokmål or nynorsk).

Source: Språkrådet's rules for dates, times and numbers (space between groups of three digits,
comma before decimals, 24-hour clock with a full stop, the per cent sign after a space).
"""

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kompetanse import clock

NBSP = "\u00a0"
MINUS = "\u2212"
NOTHING = "–"
# A deadline is near, on every page and drawing, from this many days before it.
NEAR = 7

MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
WEEKDAYS_NB = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
WEEKDAYS_NN = ("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag")

# What most studies are called by, bokmål and nynorsk.
COMMON_NOUNS = (
    "utdanning", "studium", "studie", "kurs", "fagbrev", "master", "grad", "bachelor", "fagskole",
    "veiledning", "rettleiing", "ledelse", "leiing", "spesialisering", "sertifisering", "opplæring",
)  # fmt: skip

Number = int | float | Decimal
Moment = date | datetime


def tall(number: Number | None, *, decimals: int = 0) -> str:
    """Return «1 250 000» or «7,5»; an en dash for nothing.

    Decimals that are all zero are left out, so that 10.0 becomes «10».
    """
    if number is None:
        return NOTHING
    text = f"{abs(number):,.{decimals}f}"
    whole, _dot, rest = text.partition(".")
    fraction = rest.rstrip("0")
    sign = MINUS if number < 0 and (whole.strip("0,") or fraction) else ""
    grouped = whole.replace(",", NBSP)
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def kroner(amount: Number | None) -> str:
    """Return whole NOK as «12 500 kr»."""
    return NOTHING if amount is None else f"{tall(amount)}{NBSP}kr"


def prosent(value: Number | None, *, decimals: int = 0) -> str:
    """Return per cent 0–100 as «75 %»."""
    return NOTHING if value is None else f"{tall(value, decimals=decimals)}{NBSP}%"


def dato(moment: Moment | None) -> str:
    """Return «15.10.2026», for tables and fields."""
    if moment is None:
        return NOTHING
    day = _day(moment)
    return f"{day.day:02}.{day.month:02}.{day.year}"


def langdato(moment: Moment | None) -> str:
    """Return «15. oktober 2026», for running text and letters."""
    if moment is None:
        return NOTHING
    day = _day(moment)
    return f"{day.day}.{NBSP}{MONTHS[day.month - 1]} {day.year}"


def klokkeslett(moment: datetime) -> str:
    """Return the wall time in Norway, «09.14»."""
    local = moment.astimezone(clock.OSLO)
    return f"{local.hour:02}.{local.minute:02}"


def tidspunkt(moment: datetime | None) -> str:
    """Return «12. oktober 2026 kl. 09.14»."""
    if moment is None:
        return NOTHING
    return f"{langdato(moment)} kl.{NBSP}{klokkeslett(moment)}"


def ukedag(moment: Moment) -> str:
    """Return «torsdag»."""
    names = WEEKDAYS_NN if get_language() == "nn" else WEEKDAYS_NB
    return names[_day(moment).weekday()]


def uke(moment: Moment) -> str:
    """Return the ISO week, «uke 42»."""
    return _("uke %(number)d") % {"number": _day(moment).isocalendar().week}


def frist(moment: Moment | None, *, on: date | None = None) -> str:
    """Return a deadline with weekday and clock, «torsdag 15. oktober kl. 23.59».

    A plain date is the end of that day. The year is written when it is another than that of
    `on` (today).
    """
    if moment is None:
        return NOTHING
    day = _day(moment)
    hour = klokkeslett(moment) if isinstance(moment, datetime) else "23.59"
    year = "" if day.year == (on or clock.today()).year else f" {day.year}"
    return f"{ukedag(day)} {day.day}.{NBSP}{MONTHS[day.month - 1]}{year} kl.{NBSP}{hour}"


def om_dager(moment: Moment, *, on: date | None = None) -> str:
    """Return how far away a deadline is, in words: «Det er 3 dager igjen»."""
    days = days_until(moment, on=on)
    if days == 0:
        return _("Fristen går ut i dag")
    if days == 1:
        return _("Fristen går ut i morgen")
    if days == -1:
        return _("Fristen gikk ut i går")
    if days < 0:
        return _passed(-days)
    return ngettext("Det er %(days)d dag igjen", "Det er %(days)d dager igjen", days) % {
        "days": days
    }


def days_until(moment: Moment, *, on: date | None = None) -> int:
    """Return whole days from `on` (today) to the day of `moment`; negative when it is passed."""
    return (_day(moment) - (on or clock.today())).days


def is_near(moment: Moment, *, on: date | None = None) -> bool:
    """Return whether the deadline is ahead and at most a week away."""
    return 0 <= days_until(moment, on=on) <= NEAR


def oppramsing(words: list[str]) -> str:
    """Return «eple, pære og banan»."""
    *first, last = words or [""]
    if not first:
        return last
    return _("%(first)s og %(last)s") % {"first": ", ".join(first), "last": last}


def inni(name: str) -> str:
    """Return the name of a study as it stands inside a sentence: «videreutdanning i geriatri».

    Only a common noun loses its capital; «Excel for ledere» and «ABC i demens» keep theirs.
    """
    first, space, rest = name.partition(" ")
    is_common = first.lower().endswith(COMMON_NOUNS) and first[1:].islower()
    return f"{first.lower()}{space}{rest}" if is_common else name


def _passed(days: int) -> str:
    return ngettext(
        "Fristen gikk ut for %(days)d dag siden", "Fristen gikk ut for %(days)d dager siden", days
    ) % {"days": days}


def _day(moment: Moment) -> date:
    return moment.astimezone(clock.OSLO).date() if isinstance(moment, datetime) else moment
