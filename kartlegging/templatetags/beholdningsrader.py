"""Lines of competence as ready HTML. `{% load beholdningsrader %}`."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kartlegging.queries.beholdning import Meldt, Treff
from kartlegging.templatetags.kartlegging import named
from kompetanse.skall import norsk
from kompetanse.skall.linjer import joined

register = template.Library()


@register.simple_tag(takes_context=True)
def declared_rows(context: Any, rows: Iterable[Meldt], levels: Mapping[int, str]) -> SafeString:
    """Draw what has been declared, each with a button that confirms it."""
    url = reverse("kartlegging:confirm", args=[0]).replace("/0/", "/{0}/")
    token = format_html("{}", get_token(context["request"]))
    button = (
        f'<td role="cell"><form method="post" action="{url}">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">\n'
        '<input type="hidden" name="version" value="{1}">\n'
        f'<button type="submit" class="ds-button" data-variant="secondary">{_("Bekreft")}'
        '<span class="ds-sr-only"> {4} – {2}</span></button></form></td>'
    )
    name = '{2} <span class="small muted">{3}</span>'
    cells = _cells(_("Kompetanse"), _("Nivå"), _("Gyldig til"), first=4)
    values = (
        (
            row.pk, row.version, row.name, row.enhet, row.kompetanse,
            named(levels, row.level), norsk.dato(row.valid_until),
        )
        for row in rows
    )  # fmt: skip
    return joined("\n", _line(name, cells + button), values)


@register.simple_tag
def hit_rows(hits: Iterable[Treff], levels: Mapping[int, str]) -> SafeString:
    """Draw who has the competence."""
    lasts, yes, no = _("Går ikke ut"), _("Ja"), _("Nei, meldt selv")
    cells = _cells(_("Enhet"), _("Stilling"), _("Nivå"), _("Gyldig til"), _("Bekreftet"), first=1)
    values = (
        (
            hit.name, hit.enhet, hit.kategori, named(levels, hit.level),
            norsk.dato(hit.valid_until) if hit.valid_until else lasts,
            yes if hit.is_confirmed else no,
        )
        for hit in hits
    )  # fmt: skip
    return joined("\n", _line("{0}", cells), values)


def _line(name: str, cells: str) -> SafeString:
    """Return a line with places for its values; the name is its heading."""
    return SafeString(f'<tr role="row"><th scope="row" role="rowheader">{name}</th>\n{cells}</tr>')


def _cells(*headings: str, first: int) -> str:
    """Return a cell under each heading, with a place for its value; the first is `first`."""
    return "".join(
        format_html('<td role="cell" data-label="{}">', heading) + f"{{{place}}}</td>\n"
        for place, heading in enumerate(headings, start=first)
    )
