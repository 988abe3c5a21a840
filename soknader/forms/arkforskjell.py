"""What a worksheet would change in a case, told line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from kompetanse.skall import norsk
from soknader.queries.arbeidsark import Arkrad, Utkast
from soknader.queries.prioritering import OUTCOMES


@dataclass(frozen=True, slots=True)
class Forskjell:
    """What would change in one case, said line by line."""

    number: int
    study: str
    told: tuple[str, ...]


def told(
    row: Arkrad,
    utkast: Utkast,
    points: Mapping[int, int],
    place: int | None,
    *,
    is_scored: bool,
) -> Iterator[str]:
    """Yield what the row would change, each as what it was and what it would be."""
    was = row.utkast
    if place is not None:
        yield _change(gettext("Plass"), str(row.sak.place), str(place))
    if is_scored:
        yield _change(gettext("Dine poeng"), _in_words(row.points), _in_words(points))
    if utkast.outcome != was.outcome:
        yield _change(gettext("Utfall"), _label(was.outcome), _label(utkast.outcome))
    if utkast.amount != was.amount:
        yield _change(gettext("Beløp"), norsk.kroner(was.amount), norsk.kroner(utkast.amount))
    if utkast.leave_days != was.leave_days:
        yield _change(gettext("Dager fri"), str(was.leave_days), str(utkast.leave_days))
    if utkast.reason != was.reason:
        yield _change(gettext("Begrunnelse"), was.reason, utkast.reason)
    if utkast.rank_reason != was.rank_reason:
        yield _change(gettext("Grunn til plassen"), was.rank_reason, utkast.rank_reason)


def _change(what: str, was: str, now: str) -> str:
    return f"{what}: {was or norsk.NOTHING} → {now or norsk.NOTHING}"


def _label(outcome: str) -> str:
    return str(OUTCOMES.get(outcome, ""))


def _in_words(points: Mapping[int, int]) -> str:
    return ", ".join(str(value) for _pk, value in sorted(points.items()))
