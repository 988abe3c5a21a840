"""The lines of the leader's list as ready HTML, as those of the ranked list are."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from kompetanse.skall.linjer import joined
from kompetanse.skall.templatetags.skall import status
from soknader.queries.uttalelse import LeaderRow

register = template.Library()

NOTHING = SafeString("")


@register.simple_tag
def leader_rows(rows: Iterable[LeaderRow]) -> SafeString:
    """Return the rows: one format string made for the page, filled for each line."""
    late = format_html(' <span class="muted small">({})</span>', _("etter fristen"))
    registered = format_html(' <span class="muted small">({})</span>', _("på vegne av"))
    values = (
        (
            row.id,
            row.name,
            row.reference,
            row.study,
            row.unit,
            norsk.dato(row.submitted_at),
            format_html(
                "{}{}",
                late if row.is_late else NOTHING,
                registered if row.is_registered else NOTHING,
            ),
            _said(row),
        )
        for row in rows
    )
    return joined("", _format(), values)


def _said(row: LeaderRow) -> str:
    """Return the verdict, or what the line waits for."""
    if row.answer_by:
        return status(_("Svar innen %(day)s") % {"day": norsk.dato(row.answer_by)}, "info")
    return row.verdict or status(_("Mangler"), "warning")


def _format() -> SafeString:
    """Return one row with a place for each value; the words are the page's own."""
    url = reverse("soknader:recommend", args=[0]).replace("/0/", "/{0}/")
    cell = '<td role="cell" data-label="{}">'
    study, unit, sent, said = (
        format_html(cell, label) for label in (_("Studium"), _("Enhet"), _("Sendt"), _("Uttalelse"))
    )
    return SafeString(
        '<tr role="row"><th role="rowheader" scope="row"><a class="ds-link" href="'
        f'{url}">{{1}}</a> <span class="muted small">{{2}}</span></th>'
        f"{study}{{3}}</td>{unit}{{4}}</td>{sent}{{5}}{{6}}</td>{said}{{7}}</td></tr>"
    )
