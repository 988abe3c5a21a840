"""The lines of contracts, receipts and studies as ready HTML, as those of the leader's list are."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from kompetanse.skall.linjer import joined
from kompetanse.skall.templatetags.skall import status
from soknader.models import Utbetaling
from soknader.queries import avtaleliste, framdrift, utbetaling

register = template.Library()

S = Utbetaling.Status
COLORS = {S.SENT: "warning", S.REFUSED: "danger"}
LINKED = '<a class="ds-link" href="{}">{{1}}</a>'


@register.simple_tag
def contract_rows(rows: Iterable[tuple[avtaleliste.Rad, str]]) -> SafeString:
    """Return the contracts' lines; each row comes with the colour of its status."""
    over = status(_("Bindingstiden er over"), "success")
    line = _line(
        (_("Studium"), ""), (_("Status"), ""), (_("Krav i dag"), "number"), (_("Over"), ""),
        (_("Slutter"), ""), url_name="soknader:contract",
    )  # fmt: skip
    values = (
        (
            row.pk, row.name, row.unit, row.study,
            over if row.is_over else status(row.word, color), norsk.kroner(row.debt),
            norsk.dato(row.ends_on), norsk.dato(row.left_on),
        )
        for row, color in rows
    )  # fmt: skip
    return joined("", line, values)


@register.simple_tag
def receipt_rows(rows: Iterable[utbetaling.Rad]) -> SafeString:
    words = {each.value: status(each.label, COLORS.get(each, "success")) for each in S}
    line = _line(
        (_("Gjelder"), ""), (_("Sendt"), ""), (_("Beløp"), "number"), (_("Godkjent"), "number"),
        (_("Status"), ""), url_name="soknader:decide_payment",
    )  # fmt: skip
    values = (
        (
            row.pk, row.name, f"{row.reference} · {row.unit}", row.kind, norsk.dato(row.sent_at),
            norsk.kroner(row.amount), norsk.kroner(row.approved), words[row.status],
        )
        for row in rows
    )  # fmt: skip
    return joined("", line, values)


@register.simple_tag
def study_rows(rows: Iterable[framdrift.Rad]) -> SafeString:
    lacks = status(_("Mangler"), "warning")
    line = _line(
        (_("Studium"), ""), (_("Startet"), ""), (_("Ventet ferdig"), ""), (_("Siste melding"), "")
    )
    values = (
        (
            row.pk, row.name, row.unit, row.study, norsk.dato(row.starts),
            norsk.dato(row.expected_on), lacks if row.is_late else norsk.dato(row.told_term),
        )
        for row in rows
    )  # fmt: skip
    return joined("", line, values)


def _line(*cells: tuple[str, str], url_name: str = "") -> SafeString:
    """Return a line with a place for the row's id, name, what stands beside it, and each cell.

    The cells are their headings with the class of each. With `url_name` the name is a link.
    """
    url = reverse(url_name, args=[0]).replace("/0/", "/{0}/") if url_name else ""
    name = LINKED.format(url) if url else "{1}"
    drawn = (
        format_html('<td role="cell" data-label="{}"{}>', heading, _class(css))
        + f"{{{place}}}</td>"
        for place, (heading, css) in enumerate(cells, start=3)
    )
    return SafeString(
        f'<tr role="row"><th role="rowheader" scope="row">{name}'
        f' <span class="muted small">{{2}}</span></th>{"".join(drawn)}</tr>'
    )


def _class(css: str) -> SafeString:
    return format_html(' class="{}"', css) if css else SafeString("")
