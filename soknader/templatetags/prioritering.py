"""The lines of the ranked list as ready HTML: three hundred of them cost a few milliseconds.

How a row looks is in documents/listerad.py; the measure in tests/bench/test_prioritering.py.
"""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kompetanse.skall.linjer import joined
from soknader.documents import listerad, poeng
from soknader.queries.prioritering import Ramme, Sak, cut

register = template.Library()
register.filter("poeng", poeng.in_words)


@register.simple_tag
def ranked_head(columns: Sequence[str]) -> SafeString:
    """Return the headings of the columns; that of the moves is not printed, as they are not."""
    words = listerad.headings()
    plain, number = SafeString(""), SafeString(' class="number"')
    shapes = dict.fromkeys(listerad.NUMBERS, number) | {"move": SafeString(' class="no-print"')}
    return joined(
        "",
        '<th scope="col" role="columnheader"{}>{}</th>',
        ((shapes.get(c, plain), words[c]) for c in columns),
    )


@register.simple_tag
def ranked_rows(
    saker: Iterable[Sak],
    ramme: Ramme,
    columns: Sequence[str],
    runde_id: int,
    moved: Sak | None,
    *,
    asks_points: bool = False,
) -> SafeString:
    """Return the rows, with the line where the frame is used up, or the waiting list begins.

    `asks_points` says that the reader gives points, and sees others' when the own ones are in.
    """
    lines = list(saker)
    row = listerad.row_format(columns, runde_id)
    words = listerad.Words.of_page(asks_points=asks_points)
    values = [listerad.values(sak, ramme, words, is_moved=sak == moved) for sak in lines]
    place, told = cut(lines, ramme)
    above = joined("", row, values[:place])
    below = joined("", row, values[place:])
    return above + _cut_line(len(columns), told) + below if below else above


def _cut_line(columns: int, told: str) -> SafeString:
    return format_html(
        '<tr role="row" class="cut-line"><td role="cell" colspan="{}">{}</td></tr>\n',
        columns,
        told,
    )
