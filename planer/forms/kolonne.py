"""The form of the columns: one place and one heading for each field that there is."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import HeltallField
from kompetanse.skall.forms import SkallForm, say_in_norwegian
from planer.queries import kolonne
from planer.queries.kolonne import FIELDS, PlanColumn

MOST_COLUMNS = 40
# What a field is called among the others, where its heading is that of a simpler field as well.
FULL_NAMES = {
    "when_deadline": _("Tidspunkt og frist"),
    "group_number": _("Målgruppe og antall"),
    "responsible_unit": _("Ansvarlig og enhet"),
}
# Made for one document, and of no use beside the others.
NOT_OFFERED = frozenset({"activity", "when_only"})


class ColumnsForm(SkallForm):
    """A place (empty: not shown) and a heading for each field, those that are shown first."""

    def __init__(self, *args: Any, columns: Iterable[PlanColumn], **kwargs: Any) -> None:
        shown = list(columns)
        names = [column.name for column in shown]
        rest = [name for name in FIELDS if name not in names and name not in NOT_OFFERED]
        self.offered = [*shown, *(kolonne.usual(name) for name in rest)]
        super().__init__(*args, **kwargs)
        for place, column in enumerate(self.offered, start=1):
            self._ask(column, place if column.name in names else None)

    def rows(self) -> Iterator[tuple[str, Any, Any]]:
        """Yield what the field is called, and its two questions."""
        for column in self.offered:
            name = column.name
            yield _full_name(name), self[f"plass_{name}"], self[f"overskrift_{name}"]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.columns():
            raise forms.ValidationError(_("Gi minst én kolonne en plass."))
        return answers

    def columns(self) -> list[PlanColumn]:
        """Return the columns that have a place, in order, under the headings that were written."""
        answers = self.cleaned_data
        placed = [
            (place, number, name)
            for number, name in enumerate(column.name for column in self.offered)
            if (place := answers.get(f"plass_{name}"))
        ]
        return [
            PlanColumn(name, answers[f"overskrift_{name}"] or str(FIELDS[name].heading))
            for _place, _number, name in sorted(placed)
        ]

    def _ask(self, column: PlanColumn, place: int | None) -> None:
        known = {"field": _full_name(column.name)}
        number = HeltallField(
            label=_("Plass for «%(field)s»") % known,
            required=False,
            initial=place,
            min_value=1,
            max_value=MOST_COLUMNS,
        )
        heading = forms.CharField(
            label=_("Overskrift for «%(field)s»") % known,
            required=False,
            initial=column.heading,
            max_length=60,
        )
        self.fields |= {f"plass_{column.name}": number, f"overskrift_{column.name}": heading}
        for field in (number, heading):
            say_in_norwegian(field, label=str(field.label))


def _full_name(name: str) -> str:
    return str(FULL_NAMES.get(name, FIELDS[name].heading))
