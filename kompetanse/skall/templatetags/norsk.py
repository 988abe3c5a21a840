"""Filters that write figures, money, dates and deadlines in Norwegian: `{% load norsk %}`."""

from datetime import date, datetime

from django import template

from kompetanse.skall import norsk

register = template.Library()


@register.filter
def kroner(amount: norsk.Number | None) -> str:
    """`{{ 12500|kroner }}` → 12 500 kr."""
    return norsk.kroner(_number(amount))


@register.filter
def tall(number: norsk.Number | None, decimals: int = 0) -> str:
    """`{{ 7.5|tall:1 }}` → 7,5."""
    return norsk.tall(_number(number), decimals=decimals)


@register.filter
def prosent(value: norsk.Number | None, decimals: int = 0) -> str:
    """`{{ 75|prosent }}` → 75 % (the value is 0–100)."""
    return norsk.prosent(_number(value), decimals=decimals)


@register.filter
def dato(moment: norsk.Moment | None) -> str:
    """Write 15.10.2026."""
    return norsk.dato(_moment(moment))


@register.filter
def langdato(moment: norsk.Moment | None) -> str:
    """Write 15. oktober 2026."""
    return norsk.langdato(_moment(moment))


@register.filter
def tidspunkt(moment: datetime | None) -> str:
    """Write 12. oktober 2026 kl. 09.14."""
    return norsk.tidspunkt(moment or None)


@register.filter
def klokkeslett(moment: datetime | None) -> str:
    """Write 09.14."""
    return norsk.klokkeslett(moment) if moment else norsk.NOTHING


@register.filter
def uke(moment: norsk.Moment | None) -> str:
    """Write uke 42."""
    return norsk.uke(moment) if moment else norsk.NOTHING


@register.filter
def frist(moment: norsk.Moment | None) -> str:
    """Write torsdag 15. oktober kl. 23.59."""
    return norsk.frist(_moment(moment))


@register.filter
def om_dager(moment: norsk.Moment | None, on: date | None = None) -> str:
    """Write Det er 3 dager igjen."""
    return norsk.om_dager(moment, on=on) if moment else ""


def _number(value: norsk.Number | str | None) -> norsk.Number | None:
    # A missing template variable arrives as the empty string.
    return None if value is None or isinstance(value, str) else value


def _moment(value: norsk.Moment | str | None) -> norsk.Moment | None:
    return None if value is None or isinstance(value, str) else value
