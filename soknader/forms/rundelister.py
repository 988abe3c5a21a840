"""The round's lists, edited as rows: the prioritised education, and the criteria."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import HeltallField
from kompetanse.skall.forms import SkallForm, SkallHelper
from kompetanse.skall.layout import Fold, Layout
from planer.models import Fokusomrade
from soknader.actions.runde import Row
from soknader.models import Kriterium, Utlysning
from soknader.rules import maalform

MOST_ROWS = 60


class EducationForm(SkallForm):
    """One prioritised education. An empty title leaves the row out."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Utdanning"), required=False, max_length=160)
    text = forms.CharField(
        label=_("Hvorfor, og hva vi støtter"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    title_other = forms.CharField(label=_("Utdanning"), required=False, max_length=160)
    text_other = forms.CharField(
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
        lang: str,
        areas: Sequence[Fokusomrade],
        competences: Sequence[tuple[int, str]] = (),
        levels: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        self.lang = lang
        self.options = {
            "fokusomrade": [(row.pk, row.name) for row in areas],
            "kompetanse": competences,
            "level": levels,
        }
        super().__init__(*args, **kwargs)

    def build_helper(self) -> SkallHelper:
        for name, options in self.options.items():
            listed = [(str(pk), label) for pk, label in options]
            self.offer(name, listed, first=_("Ikke valgt"))
        return _row_helper(self, super().build_helper(), lang=self.lang)

    def row(self) -> Row | None:
        told = self.cleaned_data
        if not told.get("title"):
            return None
        chosen = {name: int(told[name]) if told[name] else None for name in self.options}
        fields = {
            "title": told["title"],
            "text": told["text"],
            "title_other": told["title_other"],
            "text_other": told["text_other"],
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
    name_other = forms.CharField(label=_("Kriterium"), required=False, max_length=80)
    most_other = forms.CharField(label=_("Mest poeng betyr"), required=False, max_length=120)

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        self.lang = lang
        super().__init__(*args, **kwargs)

    def build_helper(self) -> SkallHelper:
        return _row_helper(self, super().build_helper(), lang=self.lang)

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
        fields = {
            "name": told["name"],
            "weight": told["weight"] or 1,
            "texts": self._texts(),
            "name_other": told["name_other"],
            "most_other": told["most_other"],
        }
        return Row(fields, told["id"])

    def _texts(self) -> list[str]:
        """Return what the points mean, as far up as something is written; at least 0 and 1."""
        written = [self.cleaned_data.get(f"text_{points}", "") for points in POINTS]
        highest = max((points for points in POINTS if written[points]), default=0)
        return written[: max(highest, 1) + 1]


# BaseFormSet is generic to mypy only.
class RowFormSet(BaseFormSet):  # type: ignore[type-arg]
    """The rows of a list; a row that is emptied is deleted."""

    default_error_messages = BaseFormSet.default_error_messages | {
        "too_many_forms": _("Listen kan ha høyst %(num)d rader. De som er over, er ikke med."),
    }

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


def _rows_of(form: type[SkallForm]) -> Any:
    """Return the list of such rows. More than MOST_ROWS are refused, and none of them is drawn."""
    return formset_factory(
        form,
        formset=RowFormSet,
        extra=0,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        validate_max=True,
    )


EducationFormSet = _rows_of(EducationForm)


CriterionFormSet = _rows_of(CriterionForm)


def education_values(rows: Sequence[Utlysning]) -> list[dict[str, Any]]:
    return [
        {
            "id": row.pk,
            "title": row.title,
            "text": row.text,
            "title_other": row.title_other,
            "text_other": row.text_other,
            "fokusomrade": row.fokusomrade_id,
            "kompetanse": row.kompetanse_id,
            "level": row.level,
        }
        for row in rows
    ]


def criterion_values(rows: Sequence[Kriterium]) -> list[dict[str, Any]]:
    return [
        {
            "id": row.pk,
            "name": row.name,
            "weight": row.weight,
            "name_other": row.name_other,
            "most_other": row.most_other,
        }
        | {f"text_{points}": text for points, text in enumerate(row.texts)}
        for row in rows
    ]


def _row_helper(form: SkallForm, helper: SkallHelper, *, lang: str) -> SkallHelper:
    """Draw the row's fields alone: the page has the form, the summary and the buttons.

    What is said in the målform that `lang` is not, is folded.
    """
    own = [name for name in form.fields if not name.endswith("_other")]
    other = [name for name in form.fields if name.endswith("_other")]
    for name in other:
        form.fields[name].label = maalform.label(str(form.fields[name].label), lang=lang)
    helper.form_tag = False
    helper.hide_summary = helper.hide_required = True
    helper.disable_csrf = True
    helper.layout = Layout(*own, Fold(maalform.heading(lang), *other))
    return helper
