"""What every picture gives: the drawing, the same as a table, and one sentence."""

from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawn picture with its table twin. `kind` names the drawing function, for the stylesheet.

    Every figure in the picture is in the table; the first column of the table names the row.
    """

    title: str
    kind: str
    svg: SafeString
    table_headings: tuple[str, ...]
    table_rows: tuple[tuple[str, ...], ...]
    summary: str
