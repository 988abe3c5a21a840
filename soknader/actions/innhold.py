"""What a decision says: sound within what is applied for, and divided by kind of support."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.skall import norsk
from soknader.enums import MONEY, Slag
from soknader.models import Soknad, Soknadsrunde, Vedtak
from soknader.queries import ordning
from soknader.rules import ordning as satser
from soknader.rules import svarfrist

Outcome = Vedtak.Outcome
TOLD = ("outcome", "amount", "leave_days", "reason", "conditions")
NOT_PARTLY = gettext_lazy(
    "Dette er alt det er søkt om. Velg «Innvilget», eller skriv et mindre beløp eller færre dager."
)

NOTHING = gettext_lazy("Skriv beløp eller dager fri, eller velg et annet utfall.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a decision says. `amount` is NOK, `parts` the same by kind; without support all are 0.

    A sum without parts is divided in the order of the kinds, within what is applied for.
    `accept_by` is the last day for a yes, when it is not the round's.
    """

    outcome: str
    amount: int = 0
    leave_days: int = 0
    reason: str = ""
    conditions: str = ""
    parts: Mapping[str, int] | None = None
    accept_by: date | None = None

    def fields(self) -> dict[str, Any]:
        """Return it as the decision's own fields."""
        told = {name: getattr(self, name) for name in TOLD}
        own_day = {"accept_by": self.accept_by} if self.accept_by else {}
        return told | own_day | dict.fromkeys(MONEY, 0) | dict(self.parts or {})

    @property
    def is_nothing(self) -> bool:
        return self.amount == 0 and self.leave_days == 0

    def is_all(self, *, of: int, days: int) -> bool:
        """Return whether it gives all that is applied for: NOK, and days of leave."""
        return self.amount >= of and self.leave_days >= days


def sound(content: Content, soknad: Soknad) -> Content:
    """Return the content with 0 NOK and days where there is no support.

    Raises:
        DomainError: more than applied for, a support of nothing, or all of it called a part.
    """
    if content.outcome not in Vedtak.GIVES:
        return Content(
            outcome=content.outcome, reason=content.reason, conditions=content.conditions
        )
    must_be_within(content, most=soknad.amount, most_days=soknad.leave_days or 0)
    return _divided(content, soknad)


def must_be_within(content: Content, *, most: int, most_days: int) -> None:
    """Raise unless it gives something within what is applied for (NOK, days), and names it so.

    Raises:
        DomainError: more than applied for, nothing at all, or all of it called a part.
    """
    if content.amount > most or content.leave_days > most_days:
        raise DomainError(
            _("Det er søkt om %(amount)s og %(days)s dager fri. Støtten kan ikke være større.")
            % {"amount": norsk.kroner(most), "days": most_days}
        )
    if content.is_nothing:
        raise DomainError(str(NOTHING))
    if content.outcome == Outcome.PARTLY and content.is_all(of=most, days=most_days):
        raise DomainError(str(NOT_PARTLY))


def with_day(content: Content, runde: Soknadsrunde) -> Content:
    """Return the content with a day for a yes that has not passed.

    Raises:
        DomainError: the day that is chosen has passed.
    """
    today = clock.today()
    if content.outcome not in Vedtak.GIVES:
        return changed(content, accept_by=None)
    if content.accept_by is not None and content.accept_by < today:
        raise DomainError(_("Fristen for å takke ja må være i dag eller senere."))
    return changed(content, accept_by=content.accept_by or svarfrist.proposed(runde, on=today))


def _divided(content: Content, soknad: Soknad) -> Content:
    """Return the content with its sum by kind.

    Raises:
        DomainError: the parts are not the sum, or more than is applied for of a kind.
    """
    offered = satser.offered(ordning.in_runde(soknad.runde), soknad)
    if content.parts is None:
        return changed(content, parts=satser.split(content.amount, offered=offered))
    if sum(content.parts.values()) != content.amount:
        raise DomainError(_("Beløpene for hver ordning blir ikke summen. Regn over dem."))
    for kind, amount in content.parts.items():
        if amount > offered[kind]:
            told = {"kind": Slag(kind).label, "most": norsk.kroner(offered[kind])}
            raise DomainError(_("%(kind)s: det kan innvilges høyst %(most)s.") % told)
    return content


def kept(vedtak: Vedtak) -> dict[str, Any]:
    """Return what the decision says, as fields that an undoing can write again."""
    return {name: getattr(vedtak, name) for name in TOLD} | vedtak.parts
