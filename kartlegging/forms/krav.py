"""A requirement of a unit, added or changed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kartlegging.queries.katalog import Choice, Group
from kompetanse.skall.fields import HeltallField
from kompetanse.skall.forms import SkallForm


class KravForm(SkallForm):
    submit_label = _("Lagre kravet")

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    kompetanse_id = forms.TypedChoiceField(label=_("Hvilken kompetanse?"), coerce=int)
    level = forms.TypedChoiceField(
        label=_("På hvilket nivå, minst?"), coerce=int, widget=forms.RadioSelect
    )
    count = HeltallField(
        label=_("Hvor mange må ha den?"),
        help_text=_("Ansatte i enheten og i enhetene under den regnes med."),
        min_value=1,
        max_value=9999,
        widget=forms.TextInput({"inputmode": "numeric", "size": "6"}),
        error_messages={"required": _("Skriv hvor mange som må ha kompetansen.")},
    )
    is_statutory = forms.BooleanField(label=_("Kravet står i lov eller forskrift"), required=False)

    def __init__(
        self, *args: Any, competences: list[Group], levels: list[Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kompetanse_id", competences, first=_("Velg"))
        self.offer("level", levels)

    @property
    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
