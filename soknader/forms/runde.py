"""A round: its dates and frame, the prioritised education, and the criteria."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Enhet
from kompetanse.skall.fields import DatoField, HeltallField, KronerField, ProsentField
from kompetanse.skall.forms import SkallForm, SkallHelper
from kompetanse.skall.layout import Actions, Button, Group, Layout, SideBySide
from planer.models import Fokusomrade
from soknader.actions.runde import Row
from soknader.models import Kriterium, Soknadsrunde, Utlysning
from soknader.queries import runde as queries

# What an empty field means.
UNSAID = {"complaint_weeks": 3, "least_position": 0, "least_years": 0, "lookback_years": 3}
MOST_LOOKBACK = 10
DATES = ("opens", "deadline", "leader_deadline", "meeting_on", "answer_by", "accept_by")
LATER = {
    "deadline": _("Søknadsfristen må være etter at runden åpner."),
    "leader_deadline": _("Lederens frist må være etter søknadsfristen."),
    "meeting_on": _("Møtet må være etter lederens frist."),
    "answer_by": _("Svaret må komme etter møtet."),
    "accept_by": _("Fristen for å takke ja må være etter svarfristen."),
}
COPIED = (
    *DATES, "enhet", "budget", "announcement", "allows_late", "may_complain", "complaint_weeks",
    "permanent_only", "least_position", "least_years", "lookback_years",
)  # fmt: skip

K = Soknadsrunde.Kind
# The year of a first round, as (month, day). Source: Modum's plan, the yearly wheel (M11).
FIRST_DATES = {
    K.AUTUMN: ((9, 1), (10, 15), (10, 22), (10, 28), (11, 5), (11, 20)),
    K.SPRING: ((3, 1), (4, 15), (4, 25), (5, 10), (5, 31), (6, 15)),
}


# A round is for a whole sector or service, as its frame is.
WIDE = (Enhet.Kind.SEKTOR, Enhet.Kind.VIRKSOMHET)


class RundeForm(SkallForm):
    """Dates, frame and texts of a round."""

    submit_label = _("Lagre runden")

    enhet: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Hvem runden gjelder for"),
        help_text=_("De som arbeider her, og i enhetene under, kan søke og får utlysningen."),
        queryset=None,
        required=False,
        empty_label=_("Hele kommunen"),
    )
    opens = DatoField(label=_("Åpner"), help_text=_("Eksempel: 01.09.2026"))
    deadline = DatoField(label=_("Søknadsfrist"), help_text=_("Til kl. 23.59 denne dagen."))
    leader_deadline = DatoField(label=_("Lederens frist for uttalelse"))
    meeting_on = DatoField(label=_("Møtet som prioriterer"))
    answer_by = DatoField(label=_("Svar innen"))
    accept_by = DatoField(label=_("Frist for å takke ja"))
    budget = KronerField(label=_("Ramme"), help_text=_("Det som i alt kan innvilges i runden."))
    announcement = forms.CharField(
        label=_("Utlysningstekst"),
        help_text=_("Hva kommunen støtter, og i hvilket omfang. De ansatte leser dette."),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        max_length=4000,
    )
    allows_late = forms.BooleanField(
        label=_("Ta imot søknader etter fristen, merket som sene"), required=False
    )
    may_complain = forms.BooleanField(
        label=_("Svaret kan påklages; brevet opplyser om klagerett"), required=False
    )

    complaint_weeks = HeltallField(
        label=_("Klagefrist"), unit=_("uker"), min_value=1, max_value=12, required=False
    )
    permanent_only = forms.BooleanField(label=_("Bare for fast ansatte"), required=False)
    least_position = ProsentField(label=_("Minste stilling"), required=False)
    least_years = HeltallField(
        label=_("Minste ansettelsestid når fristen går ut"), unit=_("år"), min_value=0,
        max_value=10, required=False,
    )  # fmt: skip

    lookback_years = HeltallField(
        label=_("Vis tidligere støtte fra de siste"),
        unit=_("år"),
        help_text=_("Vises i prioriteringslisten for dem som ser hvem som søker."),
        min_value=0,
        max_value=MOST_LOOKBACK,
        required=False,
    )

    def build_layout(self) -> Layout:
        units = organisasjon.open_units().filter(kind__in=WIDE)
        self.fields["enhet"].queryset = units  # type: ignore[attr-defined]
        return Layout(
            "enhet",
            Group(
                _("Datoer"),
                SideBySide("opens", "deadline", "leader_deadline"),
                SideBySide("meeting_on", "answer_by", "accept_by"),
            ),
            Group(_("Ramme og utlysning"), "budget", "announcement"),
            Group(
                _("Hvem kan søke?"),
                "permanent_only",
                SideBySide("least_position", "least_years"),
                description=_(
                    "Kontrolleres når søknaden sendes. La det stå tomt når alle kan søke."
                ),
            ),
            Group(_("Regler"), "allows_late", "may_complain", "complaint_weeks", "lookback_years"),
            Actions(Button(self.submit_label)),
        )

    def clean(self) -> dict[str, Any]:
        for earlier, later in pairwise(DATES):
            first, second = self.cleaned_data.get(earlier), self.cleaned_data.get(later)
            if first and second and second < first:
                self.add_error(later, LATER[later])
        for name, usual in UNSAID.items():
            if name not in self.errors and self.cleaned_data.get(name) is None:
                self.cleaned_data[name] = usual
        return self.cleaned_data


class NewRundeForm(RundeForm):
    """The same, and which year and season it is."""

    submit_label = _("Lag runden")

    # A year is no quantity: it is not written in groups of three digits.
    year = forms.IntegerField(
        label=_("År"),
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "6"}),
    )
    kind = forms.ChoiceField(label=_("Runde"), choices=K.choices, widget=forms.RadioSelect)

    def build_layout(self) -> Layout:
        return Layout(Group(_("Hvilken runde?"), "year", "kind"), *super().build_layout().fields)


def first_values(*, kind: str, on: date, before: Soknadsrunde | None = None) -> dict[str, Any]:
    """Return what a new round begins from: `before` or the last of its kind a year later.

    Without either it is the first dates.
    """
    before = before or queries.previous(kind=kind)
    if before is None:
        days = [date(on.year, month, day) for month, day in FIRST_DATES[K(kind)]]
        return {"year": on.year, "kind": kind, **dict(zip(DATES, days, strict=True))}
    copied = {name: getattr(before, name) for name in COPIED}
    copied |= {name: queries.year_later(copied[name]) for name in DATES}
    return {"year": before.year + 1, "kind": before.kind, **copied}


class EducationForm(SkallForm):
    """One prioritised education. An empty title leaves the row out."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Utdanning"), required=False, max_length=160)
    text = forms.CharField(
        label=_("Hvorfor, og hva vi støtter"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    fokusomrade = forms.ChoiceField(label=_("Fokusområde"), required=False)
    kompetanse = forms.ChoiceField(
        label=_("Kompetansen den gir"), required=False,
        help_text=_(
            "Tallet er hvor mange GAP-analysen sier dere mangler. Foreslås når noen har fullført."
        ),
    )  # fmt: skip
    level = forms.ChoiceField(label=_("Nivå"), required=False)

    def __init__(
        self,
        *args: Any,
        areas: Sequence[Fokusomrade],
        competences: Sequence[tuple[int, str]] = (),
        levels: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        self.options = {
            "fokusomrade": [(row.pk, row.name) for row in areas],
            "kompetanse": competences,
            "level": levels,
        }
        super().__init__(*args, **kwargs)

    def build_helper(self) -> SkallHelper:
        for name, options in self.options.items():
            listed = [(str(pk), label) for pk, label in options]
            self.fields[name].choices = [("", _("Ikke valgt")), *listed]  # type: ignore[attr-defined]
        return _row_helper(self, super().build_helper())

    def row(self) -> Row | None:
        told = self.cleaned_data
        if not told.get("title"):
            return None
        chosen = {name: int(told[name]) if told[name] else None for name in self.options}
        fields = {
            "title": told["title"],
            "text": told["text"],
            "fokusomrade_id": chosen["fokusomrade"],
            "kompetanse_id": chosen["kompetanse"],
            "level": chosen["level"],
        }
        return Row(fields, told["id"])


POINTS = range(Kriterium.MAX_POINTS + 1)


class CriterionForm(SkallForm):
    """One criterion: its weight, and what each number of points means, as far up as there are."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Kriterium"), required=False, max_length=80)
    weight = HeltallField(label=_("Vekt"), required=False, min_value=1, max_value=10)
    text_0 = forms.CharField(label=_("0 poeng betyr"), required=False, max_length=120)
    text_1 = forms.CharField(label=_("1 poeng betyr"), required=False, max_length=120)
    text_2 = forms.CharField(label=_("2 poeng betyr"), required=False, max_length=120)
    text_3 = forms.CharField(label=_("3 poeng betyr"), required=False, max_length=120)
    text_4 = forms.CharField(label=_("4 poeng betyr"), required=False, max_length=120)
    text_5 = forms.CharField(
        label=_("5 poeng betyr"),
        help_text=_("La de øverste stå tomme hvis skalaen er kortere."),
        required=False,
        max_length=120,
    )

    def build_helper(self) -> SkallHelper:
        return _row_helper(self, super().build_helper())

    def clean(self) -> dict[str, Any]:
        """Ask for what each number of points means, up to the highest that is told of."""
        if self.cleaned_data.get("name"):
            for points, text in enumerate(self._texts()):
                if not text:
                    told = _("Skriv hva %(points)s poeng betyr.") % {"points": points}
                    self.add_error(f"text_{points}", told)
        return self.cleaned_data

    def row(self) -> Row | None:
        told = self.cleaned_data
        if not told.get("name"):
            return None
        fields = {"name": told["name"], "weight": told["weight"] or 1, "texts": self._texts()}
        return Row(fields, told["id"])

    def _texts(self) -> list[str]:
        """Return what the points mean, as far up as something is written; at least 0 and 1."""
        written = [self.cleaned_data.get(f"text_{points}", "") for points in POINTS]
        highest = max((points for points in POINTS if written[points]), default=0)
        return written[: max(highest, 1) + 1]


# BaseFormSet is generic to mypy only.
class RowFormSet(BaseFormSet):  # type: ignore[type-arg]
    """The rows of a list; a row that is emptied is deleted."""

    def add_error(self, _field: str | None, error: str) -> None:
        """Say of the list as a whole what the verb refuses."""
        self.non_form_errors().append(error)

    def rows(self) -> list[Row]:
        made = [form.row() for form in self.forms]
        return [row for row in made if row is not None]

    def clean(self) -> None:
        names = [form.cleaned_data.get("name") for form in self.forms if not form.errors]
        told = [name for name in names if name]
        if len(told) != len(set(told)):
            raise forms.ValidationError(_("To kriterier har samme navn. Gi dem ulike navn."))


EducationFormSet = formset_factory(EducationForm, formset=RowFormSet, extra=0)
CriterionFormSet = formset_factory(CriterionForm, formset=RowFormSet, extra=0)


def education_values(rows: Sequence[Utlysning]) -> list[dict[str, Any]]:
    return [
        {
            "id": row.pk,
            "title": row.title,
            "text": row.text,
            "fokusomrade": row.fokusomrade_id,
            "kompetanse": row.kompetanse_id,
            "level": row.level,
        }
        for row in rows
    ]


def criterion_values(rows: Sequence[Kriterium]) -> list[dict[str, Any]]:
    return [
        {"id": row.pk, "name": row.name, "weight": row.weight}
        | {f"text_{points}": text for points, text in enumerate(row.texts)}
        for row in rows
    ]


def _row_helper(form: SkallForm, helper: SkallHelper) -> SkallHelper:
    """Draw the row's fields alone: the page has the form, the summary and the buttons."""
    helper.form_tag = False
    helper.hide_summary = helper.hide_required = True
    helper.disable_csrf = True
    helper.layout = Layout(*form.fields)
    return helper
