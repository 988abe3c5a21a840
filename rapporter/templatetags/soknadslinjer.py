"""The lines of a grant application as ready HTML. `{% load soknadslinjer %}`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from kompetanse.skall.linjer import joined
from rapporter.models import Tilskuddssoknad
from rapporter.queries.linje import Line
from rapporter.queries.tilskudd import Missing

register = template.Library()

FOCUS = ' <span class="muted small">{}</span>'
# A step up or down; the place that the line gets, and the name for those who do not see.
STEP = (
    '<button type="submit" class="ds-button" data-variant="tertiary" name="plass" value="{}">'
    '{}<span class="ds-sr-only"> {}</span></button>\n'
)


@register.simple_tag(takes_context=True)
def grant_lines(
    context: Any, lines: Sequence[Line], soknad: Tilskuddssoknad, *, edited: bool
) -> SafeString:
    """Draw the lines in their order; when `edited`, with what moves each and takes it out."""
    if not edited:
        return joined("\n", _line("{2}"), (_cells(line) for line in lines))
    link = f'<a class="ds-link" href="{_url("line", soknad)}">{{2}}</a>'
    pattern = _line(link, _actions(soknad, get_token(context["request"])))
    return joined("\n", pattern, _edited(lines))


@register.simple_tag
def missing_lines(missing: Iterable[tuple[Missing, str]]) -> SafeString:
    """Draw what is missing, each with a link to where it is mended."""
    fault = format_html("<strong>{}</strong>", _("Mangler:"))
    told = ((fault if each.is_fault else _("Råd:"), url, each.text) for each, url in missing)
    return joined("\n", '<li>{} <a class="ds-link" href="{}">{}</a></li>', told)


def _line(theme: str, actions: str = "") -> SafeString:
    sums = "".join(f'<td class="number">{{{place}}}</td>\n' for place in (4, 5, 6))
    return SafeString(
        '<tr id="linje-{0}">\n<td class="number">{1}</td>\n'
        f'<th scope="row">{theme}{{3}}</th>\n{sums}{actions}</tr>'
    )


def _cells(line: Line) -> tuple[Any, ...]:
    focus = joined("", FOCUS, [(line.focus,)] if line.focus else [])
    return (
        line.pk, line.priority, line.theme, focus,
        norsk.kroner(line.cost), norsk.kroner(line.own_share), norsk.kroner(line.amount),
    )  # fmt: skip


def _edited(lines: Sequence[Line]) -> Iterator[tuple[Any, ...]]:
    """Yield the cells with the steps up and down; the first has no way up, the last none down."""
    up, down = _("Opp"), _("Ned")
    for place, line in enumerate(lines, start=1):
        step_up = [(line.priority - 1, up, line.theme)] if place > 1 else []
        step_down = [(line.priority + 1, down, line.theme)] if place < len(lines) else []
        yield (*_cells(line), joined("", STEP, step_up), joined("", STEP, step_down))


def _actions(soknad: Tilskuddssoknad, token: str) -> SafeString:
    """Return the forms of a line, with places for its id, its name and the steps."""
    csrf = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
    version = f'<input type="hidden" name="versjon" value="{soknad.version}">'
    out = format_html("{}", _("Ta ut"))
    return SafeString(
        f'<td>\n<div class="row-actions">\n<form method="post" action="{_url("place", soknad)}">'
        f"{csrf}{version}\n{{7}}{{8}}</form>\n"
        f'<form method="post" action="{_url("take_out", soknad)}">{csrf}\n'
        '<button type="submit" class="ds-button" data-variant="tertiary" data-color="danger">'
        f'{out}<span class="ds-sr-only"> {{2}}</span></button></form>\n</div>\n</td>\n'
    )


def _url(name: str, soknad: Tilskuddssoknad) -> str:
    """Return the address of the page for a line, with a place for the line's id."""
    return reverse(f"rapporter:{name}", args=[soknad.pk, 0]).replace("/linje/0/", "/linje/{0}/")
