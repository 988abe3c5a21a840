"""Forms of the effect of a measure: what is measured, and a measurement."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import DatoField, DesimaltallField, HeltallField
from kompetanse.skall.versjon import OnceForm
from planer.forms.opplaring import UnitChoice

MOST_MONTHS = 36


class EffectForm(OnceForm):
    """What a measure shall change in the units."""

    submit_label = _("Begynn å måle")

    indicator = forms.CharField(
        label=_("Hva måler dere?"),
        help_text=_("Eksempel: Legemiddelavvik per måned"),
        max_length=160,
    )
    unit = forms.CharField(
        label=_("Måleenhet"),
        help_text=_("Eksempel: avvik, %, timer"),
        max_length=30,
        required=False,
    )
    is_lower_better = forms.BooleanField(label=_("Lavere tall er bedre"), required=False)
    every_months = HeltallField(
        label=_("Hvor ofte måler dere?"), unit=_("måneder mellom målingene"), min_value=1,
        max_value=MOST_MONTHS, initial=6,
    )  # fmt: skip


class MeasurementForm(OnceForm):
    """One measurement in one unit; the first of a unit is its baseline."""

    submit_label = _("Lagre målingen")

    enhet = UnitChoice(label=_("Hvilken enhet?"), queryset=None)
    on = DatoField(label=_("Målt dato"), help_text=_("Eksempel: 01.09.2026"))
    value = DesimaltallField(label=_("Tall"), max_digits=10, decimal_places=2)
    note = forms.CharField(label=_("Merknad"), max_length=200, required=False)

    def __init__(self, *args: Any, units: Any, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("enhet", units)
        self.latest = latest

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.latest:
            raise forms.ValidationError(_("Datoen kan ikke være fram i tid."))
        return on
