"""What a Kommune can publish to its region: a registry that the apps write into.

    regionstoff.register(plans_in_force)     # in AppConfig.ready()

A source returns drafts made of titles and figures. No draft holds anything about a person, and
no count of fewer than five people: `together` merges what is too small.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kompetanse.kommuner.persondata import FEWEST

OTHERS = "Andre"


@dataclass(frozen=True, slots=True)
class Draft:
    """Something to publish: a key that stays the same, a heading, and lines of label and text."""

    key: str
    title: str
    lines: tuple[tuple[str, str], ...] = ()


Source = Callable[[], Iterable[Draft]]

_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def drafts() -> list[Draft]:
    """Return all that the active Kommune has to publish now."""
    return [draft for source in _sources for draft in source()]


def together(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts with all groups under five merged into «Andre».

    When those together are still fewer than five, the smallest of the rest goes with them: else
    the total would give them away. Fewer than five in all is nothing to publish.
    """
    small = {name: count for name, count in counts.items() if count < FEWEST}
    large = {name: count for name, count in counts.items() if count >= FEWEST}
    hidden = sum(small.values())
    while 0 < hidden < FEWEST and large:
        name = min(large, key=lambda each: (large[each], each))
        hidden += large.pop(name)
    if hidden >= FEWEST:
        large[OTHERS] = large.get(OTHERS, 0) + hidden
    return large
