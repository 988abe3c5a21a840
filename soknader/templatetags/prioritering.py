"""The lines of the ranked list as ready HTML: three hundred of them cost a few milliseconds.

A row is one format string made for the page (which columns the reader has) and filled for each
line; the measure is in tests/bench/test_prioritering.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from soknader.queries.prioritering import GIVEN, OUTCOMES, VERDICTS, Ramme, Sak, cut

register = template.Library()

OUTCOME_COLORS = {
    "granted": "success", "partly": "info", "waiting": "warning", "refused": "neutral",
}  # fmt: skip
NOTHING = SafeString("")

# Which value stands where in a filled row; `_values` gives them in this order.
_ROW = (
    "pk", "number", "place", "study", "area", "tags", "name", "unit", "category", "verdict",
    "points", "cost", "running", "outcome", "state", "undo",
)  # fmt: skip
_AT = {name: f"{{{index}}}" for index, name in enumerate(_ROW)}


@register.simple_tag
def ranked_head(columns: Sequence[str]) -> SafeString:
    """Return the headings of the columns."""
    words = _headings()
    numbers = {"place", "points", "cost", "running"}
    return format_html_join(
        "",
        '<th scope="col" role="columnheader"{}>{}</th>',
        ((SafeString(' class="number"') if c in numbers else NOTHING, words[c]) for c in columns),
    )


@register.simple_tag
def ranked_rows(
    saker: Iterable[Sak], ramme: Ramme, columns: Sequence[str], runde_id: int, moved: int | None
) -> SafeString:
    """Return the rows, with the line where the frame is used up, or the waiting list begins."""
    lines = list(saker)
    row = _row_format(columns, runde_id)
    words = _Words(_tags(), _verdicts(), _outcomes(), _undo())
    values = [_values(sak, ramme, words, moved) for sak in lines]
    place, told = cut(lines, ramme)
    above = format_html_join("", row, values[:place])
    below = format_html_join("", row, values[place:])
    return above + _cut_line(len(columns), told) + below if below else above


@dataclass(frozen=True, slots=True)
class _Words:
    """What the marks of a row look like, drawn once for the page."""

    tags: dict[tuple[bool, bool], SafeString]
    verdicts: dict[str, SafeString]
    outcomes: dict[str, SafeString]
    undo: SafeString


def _values(sak: Sak, ramme: Ramme, words: _Words, moved: int | None) -> tuple[Any, ...]:
    is_moved = sak.pk == moved
    state = "is-moved" if is_moved else ""
    return (
        sak.pk,
        sak.number,
        sak.place,
        sak.study,
        sak.area,
        words.tags[sak.is_prioritised, sak.is_late],
        sak.name,
        sak.unit or _hidden(sak),
        sak.category,
        words.verdicts[sak.verdict],
        norsk.NOTHING if sak.points is None else sak.points,
        norsk.tall(sak.cost),
        norsk.tall(sak.running),
        _own() if sak.is_own else words.outcomes[sak.outcome],
        state if sak.running <= ramme.budget else f"{state} below-line",
        words.undo if is_moved else NOTHING,
    )


def _row_format(columns: Sequence[str], runde_id: int) -> str:
    """Return the format of one row; the page's own words are in it already."""
    url = reverse("soknader:weigh", args=[runde_id, 0]).removesuffix("0/")
    cells = _cells(url)
    return (
        f'<tr id="sak-{_AT["pk"]}" role="row" class="{_AT["state"]}">'
        + "".join(cells[column] for column in columns)
        + "</tr>\n"
    )


def _cells(url: str) -> dict[str, str]:
    head = _headings()

    def cell(name: str, inner: str, css: str = "") -> str:
        css = f' class="{css}"' if css else ""
        return f'<td role="cell" data-label="{head[name]}"{css}>{inner}</td>'

    area = f'{_AT["tags"]} <span class="muted">{_AT["area"]}</span>'
    return {
        "place": cell("place", _AT["place"], "number"),
        "case": (
            f'<th scope="row" role="rowheader"><a class="ds-link" href="{url}{_AT["pk"]}/">'
            f"{_('Sak')} {_AT['number']}</a></th>"
        ),
        "study": cell("study", f'{_AT["study"]}<div class="under">{area}</div>'),
        "name": cell("name", _AT["name"]),
        "unit": cell("unit", f'{_AT["unit"]}<div class="under muted">{_AT["category"]}</div>'),
        "verdict": cell("verdict", _AT["verdict"]),
        "points": cell("points", _AT["points"], "number"),
        "cost": cell("cost", _AT["cost"], "number"),
        "running": cell("running", _AT["running"], "number"),
        "outcome": cell("outcome", _AT["outcome"]),
        "move": cell("move", _move_cell(), "flytt no-print"),
    }


def _move_cell() -> str:
    """Return two buttons and a number field; the whole list is one form."""
    pk, number = _AT["pk"], _AT["number"]
    up, down = _("Flytt sak %s opp") % number, _("Flytt sak %s ned") % number
    place, move = _("Plass for sak %s") % number, _("Flytt sak %s til plassen") % number
    return (
        f'<button name="opp" value="{pk}" aria-label="{up}">↑</button>'
        f'<button name="ned" value="{pk}" aria-label="{down}">↓</button>'
        f'<input name="plass-{pk}" value="{_AT["place"]}" inputmode="numeric" maxlength="4"'
        f' autocomplete="off" aria-label="{place}">'
        f'<button name="flytt" value="{pk}" aria-label="{move}">{_("Flytt")}</button>'
        f"{_AT['undo']}"
    )


def _undo() -> SafeString:
    """Return the button of the page's form `angre`, for the row that was just moved."""
    return format_html('<button form="angre">{}</button>', _("Angre"))


def _headings() -> dict[str, str]:
    return {
        "place": _("Plass"),
        "case": _("Sak"),
        "study": _("Studium"),
        "name": _("Søker"),
        "unit": _("Enhet og stilling"),
        "verdict": _("Leder"),
        "points": _("Poeng"),
        "cost": _("Kostnad (kr)"),
        "running": _("Sum (kr)"),
        "outcome": _("Utfall"),
        "move": _("Flytt"),
    }


def _cut_line(columns: int, told: str) -> SafeString:
    return format_html(
        '<tr role="row" class="cut-line"><td role="cell" colspan="{}">{}</td></tr>\n',
        columns,
        told,
    )


def _tags() -> dict[tuple[bool, bool], SafeString]:
    """Return the marks by (prioritised, late)."""
    prioritised = {
        True: _tag(_("Prioritert"), "success"),
        False: _tag(_("Unntak"), "warning"),
    }
    late = _tag(_("Kom etter fristen"), "warning")
    return {
        (is_prioritised, is_late): mark + late if is_late else mark
        for is_prioritised, mark in prioritised.items()
        for is_late in (False, True)
    }


def _verdicts() -> dict[str, SafeString]:
    """Return the leader's word; who may not know it sees only whether it is given."""
    made = {value: format_html("{}", label) for value, label in VERDICTS.items()}
    return made | {GIVEN: format_html("{}", _("Gitt")), "": _tag(_("Mangler"), "warning")}


def _outcomes() -> dict[str, SafeString]:
    made = {value: _tag(str(label), OUTCOME_COLORS[value]) for value, label in OUTCOMES.items()}
    return made | {"": SafeString(norsk.NOTHING)}


def _tag(text: str, color: str) -> SafeString:
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', color, text)


def _hidden(sak: Sak) -> str:
    return _("Skjult, liten gruppe") if sak.enhet_id is None else ""


def _own() -> str:
    return _("Din egen søknad")
