"""Forms of a scheme: its days and rules, and which fields its tables have."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import AarField, DatoField, HeltallField, KronerField
from kompetanse.skall.forms import SkallForm, say_in_norwegian
from kompetanse.skall.layout import Actions, Button, Group, Layout, SideBySide
from rapporter.models import Tilskuddsordning
from rapporter.queries import columns
from rapporter.queries.ordning import HEAD, PARTS, WARNINGS

Text = str | Promise
_RULE = "regel_"
# What each table can hold, by the name of the scheme's own field.
CHOICES: dict[str, Mapping[str, Text]] = {
    "head": HEAD,
    "columns": {name: field.heading for name, field in columns.FIELDS.items()},
    "goal_columns": {name: field.heading for name, field in columns.GOALS.items()},
    "staff_columns": {name: field.heading for name, field in columns.STAFF.items()},
    "parts": PARTS,
}
TITLES: dict[str, Text] = {
    "head": _("Hodet i søknaden"),
    "columns": _("Kolonner i søknaden"),
    "parts": _("Deler i rapporten"),
    "goal_columns": _("Kolonner for måloppnåelse"),
    "staff_columns": _("Kolonner for årsverk"),
}
# As they stand in addresses.
SLUGS = {
    "hode": "head", "soknad": "columns", "deler": "parts", "mal": "goal_columns",
    "arsverk": "staff_columns",
}  # fmt: skip


class SchemeForm(SkallForm):
    """Name, deadlines, limits, and how strictly the county's rules are taken."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Ordningens navn"), max_length=160)
    county = forms.CharField(label=_("Statsforvalter"), max_length=120)
    year = AarField(label=_("Tilskuddsår"), min_value=2020, max_value=2100)
    ready_by = DatoField(label=_("Søknaden skal være klar hos oss"))
    deadline = DatoField(label=_("Statsforvalterens søknadsfrist"))
    distribute_by = DatoField(label=_("Fordeles innen"), required=False)
    report_by = DatoField(label=_("Rapport innen"), required=False)
    attested_from = KronerField(
        label=_("Revisor må attestere fra"),
        help_text=_("Når alle delene til sammen er dette beløpet eller mer."),
    )
    may_carry = forms.BooleanField(
        label=_("Ubrukte midler kan søkes overført ett år"), required=False
    )

    def __init__(
        self, *args: Any, warnings: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        self.warnings = warnings or {}
        super().__init__(*args, **kwargs)
        for code, rule in WARNINGS.items():
            field = forms.ChoiceField(
                label=str(rule.label),
                choices=Tilskuddsordning.Strictness.choices,
                initial=self.warnings.get(code, rule.usual),
            )
            say_in_norwegian(field, label=str(rule.label))
            self.fields[f"{_RULE}{code}"] = field
        # A year is no figure to group: 2 027.
        self.fields["year"].widget = forms.TextInput({"inputmode": "numeric", "size": "6"})
        self.helper = self.build_helper()

    def build_layout(self) -> Layout:
        return Layout(
            Group(_("Ordningen"), "name", SideBySide("county", "year")),
            Group(
                _("Frister"),
                SideBySide("ready_by", "deadline"),
                SideBySide("distribute_by", "report_by"),
                description=_("Fristene er ulike i hvert fylke og hvert år."),
            ),
            Group(_("Rapporten"), "attested_from", "may_carry"),
            Group(
                _("Regler vi sier fra om"),
                *(name for name in self.fields if name.startswith(_RULE)),
                description=_("«Må rettes» stopper søknaden fra å bli lagt fram."),
            ),
            Actions(Button(_("Lagre ordningen"))),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        ready, deadline = cleaned.get("ready_by"), cleaned.get("deadline")
        if ready and deadline and ready > deadline:
            self.add_error("ready_by", _("Søknaden må være klar før Statsforvalterens frist."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the row's fields."""
        told = {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "version" and not name.startswith(_RULE)
        }
        warnings = {code: self.cleaned_data[f"{_RULE}{code}"] for code in WARNINGS}
        return told | {"warnings": warnings}


class ColumnsForm(forms.Form):
    """Which fields a table has: a place and a heading for each; without a place it is left out."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, table: str, chosen: Sequence[Mapping[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices = CHOICES[table]
        places = {each["field"]: (place, each["heading"]) for place, each in enumerate(chosen, 1)}
        for name, label in self.choices.items():
            place, heading = places.get(name, (None, str(label)))
            self.fields[f"plass_{name}"] = _place(label, place)
            self.fields[f"overskrift_{name}"] = _heading(label, heading)

    @property
    def rows(self) -> list[tuple[Text, Any, Any]]:
        """Return (our name, place, heading) for each field; those in use first, in their order."""
        found = [
            (label, self[f"plass_{name}"], self[f"overskrift_{name}"])
            for name, label in self.choices.items()
        ]
        return sorted(found, key=lambda row: row[1].initial or len(found) + 1)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.chosen():
            raise forms.ValidationError(_("Gi minst ett felt en plass."))
        return cleaned

    def chosen(self) -> list[dict[str, str]]:
        """Return the fields that have a place, in its order; without a heading under our name."""
        data = self.cleaned_data
        used = [(data[f"plass_{name}"], name) for name in self.choices if data[f"plass_{name}"]]
        return [
            {"field": name, "heading": data[f"overskrift_{name}"] or str(self.choices[name])}
            for _place, name in sorted(used)
        ]


def _place(label: Text, initial: int | None) -> HeltallField:
    field = HeltallField(
        label=_("Plass for %(field)s") % {"field": label},
        required=False, min_value=1, max_value=99, initial=initial,
    )  # fmt: skip
    field.widget.attrs |= {"size": "3", "class": "ds-input"}
    return field


def _heading(label: Text, initial: str) -> forms.CharField:
    field = forms.CharField(
        label=_("Overskrift for %(field)s") % {"field": label},
        required=False, max_length=120, initial=initial,
    )  # fmt: skip
    field.widget.attrs["class"] = "ds-input"
    say_in_norwegian(field, label=str(field.label))
    return field
