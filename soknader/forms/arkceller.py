"""The cells of a worksheet that comes back, read as what they mean or refused in a sentence."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from kompetanse.skall.fields import HeltallField, KronerField
from kompetanse.tables import Cell
from soknader.documents import arbeidsark as documents
from soknader.models import Kriterium, Vedtak
from soknader.queries.arbeidsark import Arkrad, Utkast
from soknader.queries.prioritering import OUTCOMES

Record = Mapping[str, Cell]


def utkast_of(record: Record, row: Arkrad) -> Utkast:
    """Return what the row says; full support where it says granted and no amount."""
    outcome = _outcome(text_of(record, "outcome"))
    amount = _kroner(record)
    days = whole(record, "leave_days", gettext("Skriv dagene med et helt tall."), least=0)
    if outcome == Vedtak.Outcome.GRANTED and outcome != row.utkast.outcome:
        amount = row.sak.cost if amount is None else amount
        days = row.most_days if days is None else days
    gives = outcome in Vedtak.GIVES
    return Utkast(
        outcome=outcome,
        amount=(amount or 0) if gives else 0,
        leave_days=(days or 0) if gives else 0,
        reason=_short(text_of(record, "reason"), 2000),
        rank_reason=_short(text_of(record, "rank_reason"), 300),
    )


def _outcome(text: str) -> str:
    by_label = {str(label).casefold(): value for value, label in OUTCOMES.items()}
    if text and text.casefold() not in by_label:
        raise ValidationError(
            gettext("«%(text)s» er ikke et utfall. Skriv %(choices)s.")
            % {"text": text[:40], "choices": choices()}
        )
    return by_label.get(text.casefold(), "")


def choices() -> str:
    return ", ".join(f"«{label}»" for label in OUTCOMES.values())


def points_of(record: Record, kriterier: Sequence[Kriterium]) -> dict[int, int]:
    found = {}
    for each in kriterier:
        heading = documents.points_heading(each)
        said = gettext("Skriv poengene 0–%(most)s med hele tall.") % {"most": each.most}
        value = _number(record.get(heading), said, least=0)
        if value is not None and value > each.most:
            raise ValidationError(said)
        if value is not None:
            found[each.pk] = value
    if found and len(found) < len(kriterier):
        raise ValidationError(gettext("Gi poeng på alle kriteriene, eller la alle stå tomme."))
    return found


def _cell(record: Record, name: str) -> Cell:
    return record.get(documents.headings()[name])


def text_of(record: Record, name: str) -> str:
    cell = _cell(record, name)
    return "" if cell is None else str(cell).strip()


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise ValidationError(gettext("Teksten er lengre enn %(most)s tegn.") % {"most": most})
    return text


def whole(record: Record, name: str, said: str, *, least: int = 1) -> int | None:
    return _number(_cell(record, name), said, least=least)


def _number(cell: Cell, said: str, *, least: int) -> int | None:
    """Return a whole number; Excel keeps every number as one with decimals.

    Raises:
        ValidationError: with the sentence `said`.
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    reading = HeltallField(required=False, min_value=least, max_value=1_000_000)
    try:
        value: int | None = reading.clean("" if cell is None else str(cell))
    except ValidationError as fault:
        raise ValidationError(said) from fault
    return value


def _kroner(record: Record) -> int | None:
    cell = _cell(record, "amount")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    value: int | None = KronerField(required=False).clean("" if cell is None else str(cell))
    return value
