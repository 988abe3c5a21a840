"""What stands on the year wheel: duties with their days and how they stand."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kompetanse.skall import norsk
from kompetanse.skall.charts import palette


class State(Enum):
    """How a duty stands. Said by word, shape and colour, so that any one of them is enough."""

    DONE = "done"
    SOON = "soon"
    LATE = "late"
    COMING = "coming"

    @property
    def label(self) -> str:
        return str(_WORDS[self])

    @property
    def colour(self) -> str:
        return _COLOURS[self]


_WORDS: dict[State, str | Promise] = {
    State.DONE: gettext_lazy("Gjort"),
    State.SOON: gettext_lazy("Frist nær"),
    State.LATE: gettext_lazy("Over fristen"),
    State.COMING: gettext_lazy("Kommer"),
}
_COLOURS = {
    State.DONE: palette.DONE,
    State.SOON: palette.SOON,
    State.LATE: palette.LATE,
    State.COMING: palette.COMING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A duty on the wheel: on one day, or from `on` to and including `until`."""

    label: str
    on: date
    state: State
    until: date | None = None
    who: str = ""

    @property
    def when(self) -> str:
        """«15. oktober 2026», «mars 2027» for a whole month, or both days of a period."""
        if self.until is None or self.until == self.on:
            return norsk.langdato(self.on)
        if _is_whole_month(self.on, self.until):
            return f"{norsk.MONTHS[self.on.month - 1]} {self.on.year}"
        first = f"{self.on.day}. {norsk.MONTHS[self.on.month - 1]}"
        return f"{first} – {norsk.langdato(self.until)}"

    @property
    def when_briefly(self) -> str:
        """As `when`, with the months of a period cut to three letters."""
        if self.until is None or " – " not in self.when:
            return self.when
        first, last = (norsk.MONTHS[day.month - 1][:3] for day in (self.on, self.until))
        return f"{self.on.day}. {first}. – {self.until.day}. {last}. {self.until.year}"


def _is_whole_month(first: date, last: date) -> bool:
    days = calendar.monthrange(first.year, first.month)[1]
    return (first.year, first.month, 1, days) == (last.year, last.month, first.day, last.day)
