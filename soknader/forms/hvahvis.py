"""What is tried in «Hva hvis», to and from the address: only what differs from the list."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import KronerField
from soknader.queries.hvahvis import ORDERS, Linje, Tanke

# What the database holds of NOK, and a list that no round is near.
MOST_KRONER = 2_000_000_000
MOST_CASES = 2_000
# One number and a pair of them: `12:20000,15:0`.
PAIR, BETWEEN = ":", ","


class ProveForm(forms.Form):
    """Another frame and another order; the cases' own fields stand in their rows."""

    ramme = KronerField(label=_("Ramme"), required=False, max_value=MOST_KRONER)
    rekkefolge = forms.ChoiceField(label=_("Rekkefølge"), required=False)

    def __init__(self, *args: Any, is_named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (word, label)
            for word, (label, _key) in ORDERS.items()
            if is_named or word != "ikke-stottet"
        ]
        field: Any = self.fields["rekkefolge"]
        field.choices = [("", _("Som nå")), *offered]


class RadForm(forms.Form):
    """The amount and the place of one case."""

    belop = KronerField(label=_("Beløp"), required=False, max_value=MOST_KRONER)
    plass = forms.IntegerField(label=_("Plass"), required=False, min_value=1, max_value=MOST_CASES)

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number

    def add_prefix(self, field_name: str) -> str:
        """Name the field in the page: `belop-12` is the amount of case 12."""
        return f"{field_name}-{self.number}"


def read(query: Mapping[str, Any]) -> Tanke:
    """Return what an address tries; what cannot be understood of it is nothing."""
    order = str(query.get("rekkefolge") or "")
    return Tanke(
        frame=_whole(query.get("ramme"), most=MOST_KRONER),
        amounts=dict(_pairs(query.get("belop"), most=MOST_KRONER)),
        places=tuple(_pairs(query.get("plass"), most=MOST_CASES)),
        order=order if order in ORDERS else "",
    )


def address(tanke: Tanke) -> dict[str, str]:
    """Return what `read` understands, with only what is tried."""
    told = {
        "ramme": "" if tanke.frame is None else str(tanke.frame),
        "rekkefolge": tanke.order,
        "belop": _joined(tanke.amounts.items()),
        "plass": _joined(tanke.places),
    }
    return {name: text for name, text in told.items() if text}


def changed(
    was: Tanke, lines: Sequence[Linje], form: ProveForm, rows: Sequence[RadForm], budget: int
) -> Tanke:
    """Return what is tried after the page was filled in; `lines` are the page as it was shown.

    Another order begins anew, with the amounts kept: the places were of the order before.
    """
    order = form.cleaned_data["rekkefolge"]
    frame = form.cleaned_data["ramme"]
    amounts, places = dict(was.amounts), list(was.places if order == was.order else ())
    for line, row in zip(lines, rows, strict=True):
        amount, place = row.cleaned_data["belop"], row.cleaned_data["plass"]
        if amount is not None and amount != line.amount:
            amounts[line.sak.number] = amount
        if place is not None and place != line.sak.place and order == was.order:
            places.append((line.sak.number, place))
    return Tanke(None if frame in {None, budget} else frame, amounts, tuple(places), order)


def _pairs(text: Any, *, most: int) -> Iterable[tuple[int, int]]:
    for pair in str(text or "").split(BETWEEN)[:MOST_CASES]:
        first, _colon, second = pair.partition(PAIR)
        number, value = _whole(first, most=MOST_KRONER), _whole(second, most=most)
        if number is not None and value is not None:
            yield number, value


def _joined(pairs: Iterable[tuple[int, int]]) -> str:
    return BETWEEN.join(f"{number}{PAIR}{value}" for number, value in pairs)


def _whole(text: Any, *, most: int) -> int | None:
    value = str(text or "").strip()
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(most))):
        return None
    return min(int(value), most)
