"""Figures on applications: what is counted, how it is grouped, and what of it may be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.kommuner.persondata import FEWEST
from soknader.rules import skjult


class Utfall(StrEnum):
    """Where an application ended, each in one place only."""

    GRANTED = "granted"
    PARTLY = "partly"
    WAITING = "waiting"
    REFUSED = "refused"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    PENDING = "pending"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS: dict[Utfall, str | Promise] = {
    Utfall.GRANTED: gettext_lazy("Innvilget"),
    Utfall.PARTLY: gettext_lazy("Delvis innvilget"),
    Utfall.WAITING: gettext_lazy("Venteliste"),
    Utfall.REFUSED: gettext_lazy("Avslag"),
    Utfall.DECLINED: gettext_lazy("Takket nei"),
    Utfall.WITHDRAWN: gettext_lazy("Trukket"),
    Utfall.PENDING: gettext_lazy("Ikke svart"),
}
SUPPORTED = (Utfall.GRANTED, Utfall.PARTLY)
DECIDED = (*SUPPORTED, Utfall.WAITING, Utfall.REFUSED, Utfall.DECLINED)


class Sak(NamedTuple):
    """One application as the figures need it; money is NOK. No name is read."""

    ansatt_id: int
    year: int
    path: str
    kategori: str | None
    fokusomrade: str | None
    utfall: Utfall
    asked: int
    granted: int
    paid: int
    days: int | None
    is_in_time: bool


@dataclass(frozen=True, slots=True)
class Rad:
    """One line. Money is NOK. None is hidden, since it would tell of fewer than five people.

    `days` is the median from the deadline to the answer; `in_time` the share of the answers, 0–100,
    that were sent by the round's own date.
    """

    label: str
    applied: int | None
    outcomes: dict[Utfall, int | None]
    asked: int | None
    granted: int | None
    paid: int | None
    days: int | None = None
    in_time: int | None = None

    @property
    def supported(self) -> int | None:
        """How many got support, in full or in part."""
        counts = [self.outcomes[utfall] for utfall in SUPPORTED]
        return None if None in counts else sum(count or 0 for count in counts)

    @property
    def share(self) -> int | None:
        """Share of those answered that were offered support, 0–100; None when hidden or none."""
        answers = [self.outcomes[utfall] for utfall in DECIDED]
        refused = [self.outcomes[utfall] for utfall in (Utfall.WAITING, Utfall.REFUSED)]
        if None in answers or not sum(count or 0 for count in answers):
            return None
        every = sum(count or 0 for count in answers)
        return round(100 * (every - sum(count or 0 for count in refused)) / every)


@dataclass
class Gruppe:
    label: str
    saker: list[Sak] = field(default_factory=list)

    def people(self, utfall: Utfall | None = None) -> int:
        return len({sak.ansatt_id for sak in self.saker if utfall is None or sak.utfall is utfall})

    def supported(self) -> int:
        """How many people got support, in full or in part."""
        return len({sak.ansatt_id for sak in self.saker if sak.utfall in SUPPORTED})


def merged(groups: Sequence[Gruppe]) -> list[Gruppe]:
    """Merge the groups with fewer than five people, and as many more as it takes to be five."""
    small = [group for group in groups if group.people() < FEWEST]
    large = [group for group in groups if group.people() >= FEWEST]
    others = _together(small)
    while small and large and others.people() < FEWEST:
        smallest = min(large, key=lambda group: (group.people(), group.label))
        large.remove(smallest)
        others.saker.extend(smallest.saker)
    if others.people() >= FEWEST:
        large.append(others)
    return large


def _together(groups: Iterable[Gruppe]) -> Gruppe:
    return Gruppe(_("Andre"), [sak for group in groups for sak in group.saker])


def years(groups: Sequence[Gruppe]) -> list[Rad]:
    """Return a line for each year, with all hidden that would tell of fewer than five."""
    hidden = skjult.places([_people(group) for group in groups])
    return [_row(group, _in_row(hidden, number)) for number, group in enumerate(groups)]


def shared_out(groups: Sequence[Gruppe], *, year: Gruppe) -> tuple[list[Rad], Rad]:
    """Return a line for each part of the year, and the year itself as their sum.

    The sum hides just what the year does among the years, so that neither table gives the other
    away.
    """
    sums = _in_row(skjult.places([_people(year)]), 0)
    outcomes = list(Utfall)
    hidden = skjult.places(
        [_people(group) for group in groups],
        hidden_sums={outcomes.index(utfall) for utfall in sums},
    )
    without_money = _without_money(groups, year=year)
    lines = [
        _row(group, _in_row(hidden, number), shows_money=number not in without_money)
        for number, group in enumerate(groups)
    ]
    return lines, _row(year, sums)


def _people(group: Gruppe) -> list[int]:
    return [group.people(utfall) for utfall in Utfall]


def _in_row(hidden: set[skjult.Place], row: int) -> set[Utfall]:
    outcomes = list(Utfall)
    return {outcomes[c] for r, c in hidden if r == row}


def _without_money(groups: Sequence[Gruppe], *, year: Gruppe) -> set[int]:
    """Return the lines whose sums, with the year's that is shown, would tell what few people got.

    As with the counts: what is hidden under a sum is at least two lines and five people.
    """
    sharing = [group.supported() for group in groups]
    lines = {number for number, count in enumerate(sharing) if 0 < count < FEWEST}
    if year.supported() < FEWEST:
        return lines
    others = sorted(set(range(len(groups))) - lines, key=lambda n: (sharing[n] == 0, sharing[n]))
    while lines and others and (len(lines) == 1 or sum(sharing[n] for n in lines) < FEWEST):
        lines.add(others.pop(0))
    return lines


def _row(group: Gruppe, hidden: set[Utfall], *, shows_money: bool = True) -> Rad:
    is_small = group.people() < FEWEST
    shows_money = shows_money and not 0 < group.supported() < FEWEST
    counts: dict[Utfall, int | None] = {
        utfall: None
        if is_small or utfall in hidden
        else sum(sak.utfall is utfall for sak in group.saker)
        for utfall in Utfall
    }
    waited = [sak for sak in group.saker if sak.days is not None]
    tells = len({sak.ansatt_id for sak in waited}) >= FEWEST
    in_time = sum(sak.is_in_time for sak in waited)
    return Rad(
        label=group.label,
        applied=None if is_small else len(group.saker),
        outcomes=counts,
        asked=None if is_small else sum(sak.asked for sak in group.saker),
        granted=sum(sak.granted for sak in group.saker) if shows_money else None,
        paid=sum(sak.paid for sak in group.saker) if shows_money else None,
        days=round(median(sak.days or 0 for sak in waited)) if tells else None,
        in_time=round(100 * in_time / len(waited)) if tells else None,
    )
