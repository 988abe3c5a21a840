"""Figures on applications: what is counted, how it is grouped, and what of it may be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


def merged(groups: Sequence[Gruppe]) -> list[Gruppe]:
    """Merge the groups with fewer than five people, and as many more as it takes to be five."""
    small = [group for group in groups if group.people() < skjult.SMALLEST]
    large = [group for group in groups if group.people() >= skjult.SMALLEST]
    others = _together(small)
    while small and large and others.people() < skjult.SMALLEST:
        smallest = min(large, key=lambda group: (group.people(), group.label))
        large.remove(smallest)
        others.saker.extend(smallest.saker)
    if others.people() >= skjult.SMALLEST:
        large.append(others)
    return large


def _together(groups: Iterable[Gruppe]) -> Gruppe:
    return Gruppe(_("Andre"), [sak for group in groups for sak in group.saker])


def rows(groups: Sequence[Gruppe], *, has_total: bool) -> list[Rad]:
    """Return a line for each group, with all hidden that would tell of fewer than five."""
    people = [[group.people(utfall) for utfall in Utfall] for group in groups]
    hidden = skjult.places(people, has_total=has_total) if groups else set()
    outcomes = list(Utfall)
    without_money = _without_money(people, hidden, has_total=has_total)
    return [
        _row(
            group,
            hidden={outcomes[c] for r, c in hidden if r == number},
            shows_money=number not in without_money,
        )
        for number, group in enumerate(groups)
    ]


def _without_money(
    people: Sequence[Sequence[int]], hidden: set[skjult.Place], *, has_total: bool
) -> set[int]:
    """Return the lines whose sums would tell what fewer than five got.

    A sum of money follows the count of those who share it. Where one line alone would be hidden
    under a sum that is shown, the smallest of the others goes with it.
    """
    columns = [list(Utfall).index(utfall) for utfall in SUPPORTED]
    sharing = [sum(row[c] for c in columns) for row in people]
    lines = {
        r for r, count in enumerate(sharing)
        if 0 < count < skjult.SMALLEST or any((r, c) in hidden for c in columns)
    }  # fmt: skip
    last = len(people) - 1
    shown = [r for r in range(last) if r not in lines and sharing[r]]
    if has_total and last not in lines and len(lines) == 1 and shown:
        lines.add(min(shown, key=lambda r: sharing[r]))
    elif has_total and last not in lines and len(lines) == 1:
        lines.add(last)
    return lines


def _row(group: Gruppe, *, hidden: set[Utfall], shows_money: bool) -> Rad:
    is_small = group.people() < skjult.SMALLEST
    counts: dict[Utfall, int | None] = {
        utfall: None
        if is_small or utfall in hidden
        else sum(sak.utfall is utfall for sak in group.saker)
        for utfall in Utfall
    }
    waited = [sak for sak in group.saker if sak.days is not None]
    tells = len({sak.ansatt_id for sak in waited}) >= skjult.SMALLEST
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
