"""A leave of absence, registered or changed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.models import Permisjon
from kompetanse.skall.fields import DatoField, ProsentField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Layout, Note, SideBySide


class PermisjonForm(SkallForm):
    submit_label = _("Lagre permisjonen")

    versjon = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    kind = forms.ChoiceField(
        label=_("Hva slags permisjon?"), choices=Permisjon.Kind, widget=forms.RadioSelect
    )
    percentage = ProsentField(
        label=_("Hvor mye av stillingen?"), min_value=1, help_text=_("100 er hele stillingen.")
    )
    starts = DatoField(label=_("Fra og med"), help_text=_("Eksempel: 01.02.2027"))
    ends = DatoField(
        label=_("Til og med"), required=False, help_text=_("La stå tomt når det ikke er kjent.")
    )

    def build_layout(self) -> Layout:
        return Layout(
            Note(_("Sykefravær føres aldri her.")),
            "kind",
            "percentage",
            SideBySide("starts", "ends"),
            Actions(Button(self.submit_label)),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("Sluttdatoen må være etter startdatoen."))
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "versjon"}
