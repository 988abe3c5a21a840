"""The lines of the needs overview as ready HTML, as those of other long lists are."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kartlegging.models import Behov
from kartlegging.queries.gap import GapRow
from kartlegging.queries.levering import Levering
from kompetanse.skall import norsk
from kompetanse.skall.linjer import joined
from kompetanse.skall.templatetags.skall import status
from planer.models import Tiltak

register = template.Library()


# What a need is met by, when a measure is made from it. Source: A3 and N6.
WAYS = {
    Behov.Kind.MOBILISE: Tiltak.Way.USE,
    Behov.Kind.LEARN: Tiltak.Way.DEVELOP,
    Behov.Kind.ACQUIRE: Tiltak.Way.RECRUIT,
}


@register.filter
def ways(kind: str) -> list[tuple[str, str]]:
    """Return the ways in which such a need can be met: value and words. Source: A3 and N6."""
    sort = Tiltak.Sort(kind)
    return [(way.value, str(way.label)) for way in Tiltak.Way if Tiltak.SORT_OF[way] == sort]


@register.simple_tag
def measure_by(need: Behov, way: str) -> str:
    """Return the query string of `measure_query`, with a chosen way."""
    return f"{measure_query(need)}&{urlencode({'way': way})}"


@register.filter
def measure_query(need: Behov) -> str:
    """Return what the form of a new measure is told of the need, as a query string."""
    known = {
        "theme": need.what,
        "need": (need.reason or need.what)[:200],
        "participants": need.number,
        "way": WAYS[Behov.Kind(need.kind)],
        "enhet": "" if need.is_lifted else need.skjema.enhet_id,
        "fokusomrade": need.fokusomrade_id or "",
        "kompetanse": need.kompetanse_id or "",
    }
    return f"?{urlencode({name: value for name, value in known.items() if value})}"


@register.filter
def gap_query(row: GapRow) -> str:
    """Return what the form of a new measure is told of the lack, as a query string."""
    words = {"lack": row.lack, "need": row.need, "unit": row.enhet}
    told = _("%(lack)d av %(need)d i %(unit)s mangler kompetansen") % words
    known = {
        "theme": row.kompetanse[:200],
        "need": told[:200],
        "participants": row.lack,
        "enhet": row.enhet_id,
        "kompetanse": row.kompetanse_id,
        "niva": row.level,
    }
    return f"?{urlencode(known)}"


@register.simple_tag
def needs_status(line: Levering) -> SafeString:
    """Draw where the unit stands with its form."""
    return status(*_standing(line))


@register.simple_tag
def needs_rows(lines: Iterable[Levering], year: int) -> SafeString:
    """Return the rows: one format string made for the page, filled for each line."""
    url = reverse("kartlegging:needs_form", args=[year, 0])
    drawn: dict[tuple[str, str], SafeString] = {}
    values = []
    for line in lines:
        standing = _standing(line)
        if standing not in drawn:
            drawn[standing] = status(*standing)
        sent = norsk.dato(line.submitted_at)
        values.append((_name(line, url), drawn[standing], sent, line.needs, line.lifted))
    return joined("", _format(), values)


def _standing(line: Levering) -> tuple[str, str]:
    """Return the word for where the form stands, and its colour."""
    if line.is_submitted:
        return _("Kom etter fristen") if line.is_late else _("Sendt inn"), "success"
    if line.status:
        return _("Kladd"), "warning"
    if not line.is_expected:
        return _("Ikke begynt"), "neutral"
    if line.is_late:
        return _("Mangler, fristen er ute"), "danger"
    return _("Ikke begynt"), "warning"


def _name(line: Levering, url: str) -> str | SafeString:
    if not line.is_submitted:
        return line.enhet
    href = url.replace("/0/", f"/{line.enhet_id}/")
    return format_html('<a class="ds-link" href="{}">{}</a>', href, line.enhet)


def _format() -> SafeString:
    """Return one row with a place for each value; the words are the page's own."""
    cells = ((_("Status"), ""), (_("Sendt"), ""), (_("Behov"), "number"), (_("Løftes"), "number"))
    told = "".join(
        format_html('<td role="cell" data-label="{}" class="{}">', label, css) + f"{{{place}}}</td>"
        for place, (label, css) in enumerate(cells, start=1)
    )
    return SafeString(f'<tr role="row"><th scope="row" role="rowheader">{{0}}</th>{told}</tr>')
