"""The forms in which last year's measures are carried on, done or dropped."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import DatoField
from kompetanse.skall.forms import SkallForm, SkallHelper
from kompetanse.skall.layout import Layout, SideBySide
from planer.enums import Outcome
from planer.models import Tiltak
from planer.queries.linje import Line

CHOICES = [
    (Outcome.CARRIED, _("Ta det med videre")),
    (Outcome.DONE, _("Det er gjennomført")),
    (Outcome.DROPPED, _("Det er ikke med videre")),
    (Outcome.UNDECIDED, _("Avgjør senere")),
]


class RowForm(SkallForm):
    """One row of a form with many: the page draws the form around them and says what is wrong."""

    def build_helper(self) -> SkallHelper:
        helper = super().build_helper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.hide_summary = helper.hide_required = True
        return helper


class RollRowForm(RowForm):
    """What becomes of one measure; `line` is the measure as it was last year."""

    outcome = forms.ChoiceField(label=_("Hva gjør dere med tiltaket?"), choices=CHOICES)
    half = forms.ChoiceField(label=_("Nytt halvår"), choices=Tiltak.Halvar.choices)
    deadline = DatoField(label=_("Ny frist"), required=False)
    reason = forms.CharField(
        label=_("Hvorfor er det ikke med videre?"), max_length=300, required=False
    )

    def __init__(self, *args: Any, line: Line, year: int, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"t{line.id}", initial=_proposed(line, year=year), **kwargs)
        self.line, self.year = line, year
        self.fields["deadline"].help_text = _("Eksempel: 15.06.%(year)d") % {"year": year}

    def build_layout(self) -> Layout:
        return Layout(SideBySide("outcome", "half", "deadline"), "reason")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        outcome, deadline = answers.get("outcome"), answers.get("deadline")
        if outcome == Outcome.DROPPED and not answers.get("reason"):
            self.add_error(
                "reason", _("Skriv hvorfor «%(theme)s» ikke er med videre.") % self._named
            )
        if outcome == Outcome.CARRIED and deadline and deadline.year != self.year:
            self.add_error(
                "deadline", _("Fristen for «%(theme)s» må være i %(year)d.") % self._named
            )
        return answers

    @property
    def _named(self) -> dict[str, Any]:
        return {"theme": self.line.theme, "year": self.year}


def rows(data: Any, *, lines: Sequence[Line], year: int) -> list[RollRowForm]:
    """Return a form for each measure."""
    return [RollRowForm(data, line=line, year=year) for line in lines]


def _proposed(line: Line, *, year: int) -> dict[str, Any]:
    """Return the proposal: carried on in the same half-year, a deadline moved by a year."""
    return {
        "outcome": Outcome.CARRIED,
        "half": line.half,
        "deadline": _a_year_later(line.deadline, year) if line.deadline else None,
    }


def _a_year_later(day: date, year: int) -> date:
    """Return the same day of the new year; 29 February becomes the 28th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=year, day=28 if is_leap_day else day.day)
