"""The lines of the audit trail as ready HTML. `{% load hendelser %}`."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kompetanse.personvern.queries.hendelser import Line
from kompetanse.skall import norsk
from kompetanse.skall.linjer import joined

register = template.Library()

BESIDE = '<br><span class="small muted">{}</span>'


@register.simple_tag
def event_rows(lines: Iterable[Line]) -> SafeString:
    """Draw the lines, each cell with its heading for narrow screens."""
    headings = (_("Når"), _("Hvem"), _("Handling"), _("Objekt"), _("Gjelder"), _("Mer"))
    cells = (
        format_html('<td role="cell" data-label="{}">', heading) + f"{{{place}}}</td>"
        for place, heading in enumerate(headings)
    )
    line = SafeString(f'<tr role="row">{"".join(cells)}</tr>')
    return joined("\n", line, map(_cells, lines))


def _cells(line: Line) -> tuple[str, ...]:
    return (
        norsk.tidspunkt(line.at),
        _with(line.by, line.role),
        line.action,
        _with(line.object, line.case),
        line.about or norsk.NOTHING,
        line.details or norsk.NOTHING,
    )


def _with(text: str, beside: str) -> str:
    return joined("", "{}" + BESIDE, [(text, beside)]) if beside else text
