"""A workbook of measures: the file, and each of its rows as the form of a measure."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import once
from kompetanse.skall.forms import SkallForm
from kompetanse.tables.reading import FILE_MEGABYTES
from planer.actions.linje import Measure
from planer.forms.tiltak import AddMeasureForm
from planer.queries import tiltaksark
from planer.queries.tiltaksark import Mistake, SheetRow
from planer.queries.valg import Offered

MEGABYTE = 1024 * 1024


class SheetForm(SkallForm):
    submit_label = _("Les regnearket")

    file = forms.FileField(
        label=_("Regneark med tiltak"), help_text=_("Filen må være av typen .xlsx eller .csv.")
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_MEGABYTES * MEGABYTE:
            raise forms.ValidationError(
                _("Filen er for stor. Den kan være på %(limit)d MB.") % {"limit": FILE_MEGABYTES}
            )
        return file


@dataclass(frozen=True, slots=True)
class Checked:
    """A row that is looked over: what it would become, or what is wrong in it."""

    row: SheetRow
    measure: Measure | None
    mistakes: tuple[Mistake, ...]

    @property
    def theme(self) -> str:
        return self.row.cells.get("theme", "")


def checked(row: SheetRow, *, year: int, offered: Offered, is_common: bool) -> Checked:
    """Ask of the row what the form of a measure asks."""
    answers, mistakes = tiltaksark.answers(row, offered)
    defaults = {"kind": "kurs", "way": "utvikle", "engangsnokkel": once.new_token()}
    data = defaults | {name: value for name, value in answers.items() if value}
    form = AddMeasureForm(data, offered=offered, is_common=is_common, back_url="")
    named = {mistake.heading for mistake in mistakes}
    if not form.is_valid():
        mistakes += [
            Mistake(heading, str(error))
            for field, errors in form.errors.items()
            if (heading := tiltaksark.heading(field)) not in named
            for error in errors
        ]
    measure = None if mistakes else form.measure(year=year)
    return Checked(row, measure, tuple(mistakes))
