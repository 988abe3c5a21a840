"""The names to tick in the room as ready HTML. `{% load oppmote %}`."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kompetanse.skall.linjer import joined
from planer.queries.papirliste import ListRow

register = template.Library()

CHECKED = mark_safe(" checked")
LINE = (
    '<div class="ds-field">'
    '<input class="ds-input" type="checkbox" name="mott" value="{0}" id="mott-{0}"{1}>\n'
    '<label class="ds-label" for="mott-{0}">{2}. {3}</label>\n'
    '<div data-field="description">{4}{5}{6}</div></div>'
)


@register.simple_tag
def tick_boxes(rows: Iterable[ListRow]) -> SafeString:
    """Draw a box to tick for each, ticked for those who are there."""
    unsure = format_html(" · <strong>{}</strong>", _("usikker, se på lista"))
    return joined(
        "\n",
        LINE,
        (
            (
                row.ansatt_id, CHECKED if row.is_there else "", row.number, row.name, row.enhet,
                f" · {row.how.lower()}" if row.how else "", unsure if row.is_unsure else "",
            )
            for row in rows
        ),
    )  # fmt: skip
