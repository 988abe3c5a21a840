"""Logs without what people have written: an error is told by its kind and where it arose."""

import logging
from traceback import StackSummary, format_list, walk_tb
from types import TracebackType
from typing import Any


class DiscreetFormatter(logging.Formatter):
    """Writes tracebacks without the errors' own sentences, which may hold a row's content.

    PostgreSQL's messages quote the values that broke a constraint, and Python's the text that
    could not be read.
    """

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- the name is logging's
        error: BaseException | None = ei[1]
        parts: list[str] = []
        while error is not None:
            parts.insert(0, f"{_frames(error.__traceback__)}{type(error).__qualname__}")
            error = error.__cause__ or error.__context__
        return "\n\n".join(parts)


def _frames(trace: TracebackType | None) -> str:
    return "".join(format_list(StackSummary.extract(walk_tb(trace))))
