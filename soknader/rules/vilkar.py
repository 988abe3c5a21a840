"""Who may apply in a round: its conditions as parameters, in words, and held against a person.

Pure. What the HR system does not say is never held against anyone: the leader sees to it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.clock import MONTHS_IN_YEAR, add_months
from kompetanse.skall import norsk
from soknader.models import Soknadsrunde


@dataclass(frozen=True, slots=True)
class Ansettelse:
    """How someone is employed: per cent of a full position, in all and permanent; None: unknown."""

    position: Decimal | None = None
    permanent: Decimal | None = None
    since: date | None = None


def told(runde: Soknadsrunde) -> list[str]:
    """Return the conditions as sentences to the one who applies; none when all may."""
    conditions = []
    if runde.permanent_only:
        conditions.append(_("Du må være fast ansatt."))
    if runde.least_position:
        share = norsk.prosent(runde.least_position)
        conditions.append(_("Du må ha minst %(share)s stilling.") % {"share": share})
    if runde.least_years:
        years = _years(runde.least_years)
        day = norsk.langdato(runde.deadline)
        text = _("Du må ha vært ansatt i minst %(years)s når fristen går ut %(day)s.")
        conditions.append(text % {"years": years, "day": day})
    return conditions


def faults(runde: Soknadsrunde, ansettelse: Ansettelse) -> list[str]:
    """Return the conditions that the person does not meet, each with what is known of them."""
    found = [
        _permanence(runde, ansettelse),
        _position(runde, ansettelse),
        _time(runde, ansettelse),
    ]
    return [each for each in found if each]


def _permanence(runde: Soknadsrunde, ansettelse: Ansettelse) -> str:
    if not runde.permanent_only or ansettelse.permanent is None or ansettelse.permanent > 0:
        return ""
    return _("Runden er for fast ansatte. Du står uten fast stilling i lønnssystemet.")


def _position(runde: Soknadsrunde, ansettelse: Ansettelse) -> str:
    """Count the permanent positions alone where the round is for permanent staff."""
    has = ansettelse.permanent if runde.permanent_only else ansettelse.position
    if has is None or has >= runde.least_position or (runde.permanent_only and has == 0):
        return ""
    values = {"least": norsk.prosent(runde.least_position), "has": _percent(has)}
    if runde.permanent_only:
        return _("Runden er for dem som har minst %(least)s fast stilling. Du har %(has)s.") % (
            values
        )
    return _("Runden er for dem som har minst %(least)s stilling. Du har %(has)s.") % values


def _time(runde: Soknadsrunde, ansettelse: Ansettelse) -> str:
    since = ansettelse.since
    if not runde.least_years or since is None:
        return ""
    reached = add_months(since, runde.least_years * MONTHS_IN_YEAR)
    if reached <= runde.deadline:
        return ""
    values = {"years": _years(runde.least_years), "since": norsk.langdato(since)}
    text = _("Runden er for dem som har vært ansatt i minst %(years)s. Du begynte %(since)s.")
    return text % values


def _percent(share: Decimal) -> str:
    is_whole = share == share.to_integral_value()
    return norsk.prosent(share, decimals=0 if is_whole else 1)


def _years(number: int) -> str:
    return ngettext("%(n)d år", "%(n)d år", number) % {"n": number}
