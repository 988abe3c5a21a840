"""A line of the ranked list as HTML: one format string for the page, filled for each case.

Which columns there are is the reader's; the page's own words are in the format already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from soknader.documents import poeng
from soknader.queries.prioritering import GIVEN, OUTCOMES, VERDICTS, Ramme, Sak

OUTCOME_COLORS = {
    "granted": "success", "partly": "info", "waiting": "warning", "refused": "neutral",
}  # fmt: skip
NOTHING = SafeString("")
NUMBERS = frozenset({"place", "points", "cost", "running"})

# Which value stands where in a filled row; `values` gives them in this order.
_ROW = (
    "pk", "number", "place", "study", "area", "tags", "name", "unit", "category", "verdict",
    "points", "cost", "running", "outcome", "state", "undo", "earlier", "reason",
)  # fmt: skip
_AT = {name: f"{{{index}}}" for index, name in enumerate(_ROW)}


@dataclass(frozen=True, slots=True)
class Words:
    """What the marks of a row look like, drawn once for the page."""

    tags: dict[tuple[bool, bool], SafeString]
    verdicts: dict[str, SafeString]
    outcomes: dict[str, SafeString]
    undo: SafeString
    own: str
    hidden: str
    unexplained: SafeString
    asked: SafeString | None

    @classmethod
    def of_page(cls, *, asks_points: bool) -> "Words":
        return cls(
            tags=_tags(),
            verdicts=_verdicts(),
            outcomes=_outcomes(),
            undo=format_html('<button form="angre">{}</button>', _("Angre")),
            own=_("Din egen søknad"),
            hidden=_("Skjult, liten gruppe"),
            unexplained=_tag(_("Grunn mangler"), "warning"),
            asked=format_html("<small>{}</small>", _("Mangler dine")) if asks_points else None,
        )


def values(sak: Sak, ramme: Ramme, words: Words, *, is_moved: bool) -> tuple[Any, ...]:
    """Return what fills the format of a row for the case."""
    state = "is-moved" if is_moved else ""
    return (
        sak.pk,
        sak.number,
        sak.place,
        sak.study,
        sak.area,
        words.tags[sak.is_prioritised, sak.is_late],
        sak.name,
        sak.unit or words.hidden,
        sak.category,
        words.verdicts[sak.verdict],
        _points(sak, words),
        norsk.tall(sak.cost),
        norsk.tall(sak.running),
        _outcome(sak, words),
        state if sak.running <= ramme.budget else f"{state} below-line",
        words.undo if is_moved else NOTHING,
        _earlier(sak) if sak.earlier else NOTHING,
        _reason(sak, words) if sak.deviates or sak.rank_reason else NOTHING,
    )


def row_format(columns: Sequence[str], runde_id: int) -> str:
    """Return the format of one row."""
    url = reverse("soknader:weigh", args=[runde_id, 0]).removesuffix("0/")
    cells = _cells(url)
    return (
        f'<tr id="sak-{_AT["pk"]}" role="row" class="{_AT["state"]}">'
        + "".join(cells[column] for column in columns)
        + "</tr>\n"
    )


def headings() -> dict[str, str]:
    """Return the heading of every column."""
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


def _points(sak: Sak, words: Words) -> str | SafeString:
    if sak.points is None and words.asked and not (sak.is_scored or sak.is_barred):
        return words.asked
    return poeng.in_words(sak.points)


def _outcome(sak: Sak, words: Words) -> str | SafeString:
    """Return the outcome, with the amount when it is another than what is applied for."""
    if sak.is_own:
        return words.own
    mark = words.outcomes[sak.outcome]
    is_other = sak.planned != sak.cost and sak.planned
    return (
        mark + format_html('<div class="under">{} kr</div>', norsk.tall(sak.planned))
        if is_other
        else mark
    )


def _earlier(sak: Sak) -> SafeString:
    """Return what the applicant has had support for lately: years and NOK."""
    told = ", ".join(f"{year}: {norsk.tall(amount)}" for year, amount in sak.earlier)
    return format_html('<div class="under muted">{} {}</div>', _("Støttet før,"), told)


def _reason(sak: Sak, words: Words) -> SafeString:
    """Return why the case stands where its points do not put it, or that nobody has said."""
    if not sak.rank_reason:
        return SafeString(f'<div class="under">{words.unexplained}</div>')
    return format_html('<div class="under muted">{}</div>', sak.rank_reason)


def _cells(url: str) -> dict[str, str]:
    head = headings()

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
        "study": cell("study", f'{_AT["study"]}<div class="under">{area}</div>{_AT["reason"]}'),
        "name": cell("name", f"{_AT['name']}{_AT['earlier']}"),
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
