"""Logs without what people have written: an error is told by its kind and where it arose.

Nor do they hold what opens a door: an address that is itself a key, such as that of a calendar.
"""

import logging
import re
from traceback import StackSummary, format_list, walk_tb
from types import TracebackType
from typing import Any

from gunicorn.glogging import Logger

# A part of an address as long as this is a key; our own paths have shorter names.
_KEY = re.compile(r"(?<=/)[\w~=-]{30,}(?=[/?\s]|$)")
_QUERY = re.compile(r"\?\S*")


class DiscreetFormatter(logging.Formatter):
    """Writes tracebacks without the errors' own sentences, which may hold a row's content.

    PostgreSQL's messages quote the values that broke a constraint, and Python's the text that
    could not be read.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- logging's name
        return without_keys(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- the name is logging's
        error: BaseException | None = ei[1]
        parts: list[str] = []
        while error is not None:
            parts.insert(0, f"{_frames(error.__traceback__)}{type(error).__qualname__}")
            error = error.__cause__ or error.__context__
        return "\n\n".join(parts)


class AccessLogger(Logger):
    """The web's own log of requests: without queries, where people search, and without keys."""

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().atoms(*args, **kwargs)
        asked = {name: without_keys(_QUERY.sub("", told[name])) for name in ("r", "U", "f")}
        return told | asked | {"q": ""}


def without_keys(told: str) -> str:
    """Return the text without the parts of addresses that are keys.

    >>> without_keys("/modum/kalender/2bXq0c5d7_mYw9d1uYk3o8c0Jt5sLw1a/kompetanse.ics")
    '/modum/kalender/…/kompetanse.ics'
    """
    return _KEY.sub("…", told)


def _frames(trace: TracebackType | None) -> str:
    return "".join(format_list(StackSummary.extract(walk_tb(trace))))
