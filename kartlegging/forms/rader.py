"""Sections of rows: read as they were sent, checked, and shown again. They save nothing.

Rows are added and deleted by submit buttons, so a sending is first read as raw rows, perhaps one
fewer, and then checked. A row nobody has written in is no row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms

from kartlegging.models import Behov, Behovsskjema, Onske, UnderUtdanning
from kompetanse import radnummer
from kompetanse.skall.forms import SkallForm, SkallHelper

PREFIX = "rad"
MOST_ROWS = 40

Choices = Mapping[str, Sequence[Any]]
Raw = dict[str, Any]


class RowForm(SkallForm):
    """One row. `asks` are the fields that tell whether anything is written in it."""

    asks: ClassVar[tuple[str, ...]] = ()
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in choices.items():
            if name in self.fields:
                self.offer(name, options)

    def build_helper(self) -> SkallHelper:
        helper = super().build_helper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.hide_summary = True
        # Tags on every question of every row would drown the questions.
        helper.hide_required = True
        return helper

    def has_changed(self) -> bool:
        return any(self[name].data for name in self.asks)

    @classmethod
    def blank(cls) -> Raw:
        """Return what a new row holds before anyone writes in it."""
        return {name: field.initial for name, field in cls.base_fields.items()}


if TYPE_CHECKING:
    BaseRowSet = forms.BaseFormSet[RowForm]
else:
    BaseRowSet = forms.BaseFormSet


class RowSet(BaseRowSet):
    """The rows of a section."""

    @property
    def written(self) -> list[RowForm]:
        """The rows that somebody has written in."""
        return [form for form in self.forms if form.has_changed()]

    @property
    def faulty(self) -> list[int]:
        """The numbers, from 1, of written rows that cannot be saved yet."""
        return [n for n, form in enumerate(self.forms, start=1) if not form.is_valid()]

    def answers(self) -> list[tuple[RowForm, dict[str, Any]]]:
        """Return the rows that can be saved, each with what it says."""
        return [(form, form.cleaned_data) for form in self.written if form.is_valid()]

    def kept(self) -> set[int]:
        """Return the ids of stored rows that are being mended, and so must stay as they are."""
        told = [str(form["id"].data) for form in self.written if not form.is_valid()]
        return set(radnummer.read_all(told))


@dataclass(frozen=True, slots=True)
class RowSection:
    """A section of rows: its form, its model, and what one row is called."""

    form: type[RowForm]
    model: type[Behov] | type[UnderUtdanning] | type[Onske]
    row_name: Any

    def stored(self, skjema: Behovsskjema) -> list[Raw]:
        """Return the rows as they are stored."""
        names = list(self.form.base_fields)
        return [_as_raw(row) for row in self.model.objects.filter(skjema=skjema).values(*names)]

    def sent(self, data: Mapping[str, Any]) -> list[Raw]:
        """Return the rows as they were sent, unchecked, at most MOST_ROWS."""
        total = radnummer.read(str(data.get(f"{PREFIX}-TOTAL_FORMS", "")))
        number = min(total or 0, MOST_ROWS)
        names = list(self.form.base_fields)
        return [
            {name: data.get(f"{PREFIX}-{n}-{name}", "") for name in names} for n in range(number)
        ]

    def shown(self, raws: Iterable[Raw], *, choices: Choices) -> RowSet:
        """Return the rows to be written in, without judging them."""
        return self._formset()(initial=list(raws), prefix=PREFIX, form_kwargs={"choices": choices})

    def checked(self, raws: Sequence[Raw], *, choices: Choices) -> RowSet:
        """Return the rows checked, each with its errors."""
        data = {f"{PREFIX}-TOTAL_FORMS": len(raws), f"{PREFIX}-INITIAL_FORMS": 0}
        for n, raw in enumerate(raws):
            data |= {f"{PREFIX}-{n}-{name}": value for name, value in raw.items()}
        return self._formset()(data=data, prefix=PREFIX, form_kwargs={"choices": choices})

    def _formset(self) -> type[RowSet]:
        made = forms.formset_factory(
            self.form, formset=RowSet, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS
        )
        return cast("type[RowSet]", made)


def _as_raw(row: Mapping[str, Any]) -> Raw:
    """Return the stored row as its form shows it; yes and no are choices there."""
    return {name: str(value) if isinstance(value, bool) else value for name, value in row.items()}
