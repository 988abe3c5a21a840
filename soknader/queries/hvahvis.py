"""«Hva hvis»: the list with another frame, other amounts or another order. Nothing is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from soknader.queries.rangering import Ramme, Rangering, Sak
from soknader.rules import rekkefolge

# Ways to put the list in another order, by the word in the address. What is hidden from the
# reader is not sorted by either.
ORDERS: Mapping[str, tuple[str | Promise, Callable[[Sak], Any]]] = {
    "poeng": (
        _("Etter poeng"),
        lambda sak: (-(sak.points or 0), not sak.is_prioritised, sak.number),
    ),
    "lavest": (_("Lavest kostnad først"), lambda sak: (sak.cost, sak.number)),
    "prioritert": (
        _("Prioritert utdanning først, ellers som nå"),
        lambda sak: (not sak.is_prioritised, sak.place),
    ),
    "ikke-stottet": (
        _("De som ikke er støttet før, først"),
        lambda sak: (bool(sak.earlier), sak.place),
    ),
}


@dataclass(frozen=True, slots=True)
class Tanke:
    """What is tried: NOK for the frame and for cases, the order, and new places; by number.

    `places` are moves one after the other, as one would make them on the list.
    """

    frame: int | None = None
    amounts: Mapping[int, int] = field(default_factory=dict)
    places: Sequence[tuple[int, int]] = ()
    order: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Tanke()


@dataclass(frozen=True, slots=True)
class Linje:
    """A case as it would be: `sak` has its new place and sums, `was` is the place it has now.

    `is_within` says that the frame would reach down to it, `was_within` that it does now.
    """

    sak: Sak
    was: int
    amount: int
    is_within: bool
    was_within: bool

    @property
    def change(self) -> str:
        """«inn», «ut», or nothing: whether the line would pass it."""
        if self.is_within == self.was_within:
            return ""
        return "inn" if self.is_within else "ut"


@dataclass(frozen=True, slots=True)
class Bilde:
    """The list as it would be. `ramme` has the frame tried; `above` is how many it reaches."""

    ramme: Ramme
    lines: tuple[Linje, ...]

    @property
    def within(self) -> int:
        return sum(line.is_within for line in self.lines)

    @property
    def was_within(self) -> int:
        return sum(line.was_within for line in self.lines)

    @property
    def total(self) -> int:
        """What all of it would cost, NOK."""
        return self.lines[-1].sak.running if self.lines else 0

    @property
    def entering(self) -> tuple[Linje, ...]:
        return tuple(line for line in self.lines if line.change == "inn")

    @property
    def leaving(self) -> tuple[Linje, ...]:
        return tuple(line for line in self.lines if line.change == "ut")


def imagine(listed: Rangering, tanke: Tanke) -> Bilde:
    """Return the list as it would be; who reads it sees no more than on the list itself."""
    ramme = listed.ramme if tanke.frame is None else replace(listed.ramme, budget=tanke.frame)
    lines, running = [], 0
    for place, sak in enumerate(_in_order(listed.saker, tanke), start=1):
        amount = tanke.amounts.get(sak.number, sak.planned)
        running += amount
        imagined = replace(sak, place=place, planned=amount, running=running)
        lines.append(
            Linje(
                sak=imagined,
                was=sak.place,
                amount=amount,
                is_within=running <= ramme.budget,
                was_within=sak.running <= listed.ramme.budget,
            )
        )
    return Bilde(ramme, tuple(lines))


def _in_order(saker: Sequence[Sak], tanke: Tanke) -> list[Sak]:
    by_number = {sak.number: sak for sak in saker}
    known = ORDERS.get(tanke.order)
    order = [sak.number for sak in (sorted(saker, key=known[1]) if known else saker)]
    for number, place in tanke.places:
        if number in by_number:
            order = rekkefolge.placed(order, number, place)
    return [by_number[number] for number in order]
