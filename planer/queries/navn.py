"""Names of employees in running text: found, and put right, before a plan is public."""

import re
from collections.abc import Iterator

from kompetanse.organisasjon.models import Ansatt

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
MOST_WORDS = 5  # of a first name and a last name together


class Names:
    """The names of all employees of the Kommune, those who have left too."""

    def __init__(self, names: frozenset[tuple[str, ...]]) -> None:
        self.names = names

    def replace(self, text: str, instead: str) -> str:
        """Return the text with `instead` for each name; the text itself when it has none."""
        for start, end in reversed(list(self._found(text))):
            text = f"{text[:start]}{instead}{text[end:]}"
        return text

    def are_in(self, text: str) -> bool:
        return next(self._found(text), None) is not None

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the names stand, the longest at each place, none inside another."""
        words = [(match.start(), match.end(), match[0].lower()) for match in WORD.finditer(text)]
        place = 0
        while place < len(words):
            length = self._length(words, place)
            if length:
                yield words[place][0], words[place + length - 1][1]
            place += length or 1

    def _length(self, words: list[tuple[int, int, str]], place: int) -> int:
        for length in range(min(MOST_WORDS, len(words) - place), 1, -1):
            if tuple(word for *_where, word in words[place : place + length]) in self.names:
                return length
        return 0


def of_kommune() -> Names:
    """Return every employee's name, first then last and the other way round; one query."""
    found: set[tuple[str, ...]] = set()
    for first, last in Ansatt.objects.values_list("first_name", "last_name"):
        firsts, lasts = _words(first), _words(last)
        # A middle name is often left out when a name is written.
        found |= {(*firsts, *lasts), (*lasts, *firsts), (*firsts[:1], *lasts[-1:])}
    return Names(frozenset(name for name in found if len(name) > 1))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in WORD.findall(text))
