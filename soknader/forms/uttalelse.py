"""The leader's statement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import HeltallField
from kompetanse.skall.forms import SkallForm, SkallHelper
from soknader.models import Uttalelse


class UttalelseForm(SkallForm):
    """Verdict, why, and what it means for the staffing; `version` is the edition that was read."""

    submit_label = _("Lagre og neste")

    version = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Støtter du søknaden?"),
        choices=[
            (Uttalelse.Verdict.SUPPORTS, _("Jeg støtter søknaden")),
            (Uttalelse.Verdict.OPPOSES, _("Jeg støtter ikke søknaden")),
            (Uttalelse.Verdict.CONDITIONAL, _("Jeg støtter søknaden hvis vilkår er oppfylt")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om du støtter søknaden.")},
    )
    text = forms.CharField(
        label=_("Hvorfor?"),
        help_text=_("Skriv 2–4 setninger. Gruppen som prioriterer, leser dette."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        error_messages={"required": _("Skriv hvorfor du støtter eller ikke støtter søknaden.")},
    )
    condition = forms.CharField(
        label=_("Hva må være på plass?"),
        help_text=_("Svar bare hvis du støtter søknaden hvis vilkår er oppfylt."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )
    staffing = forms.CharField(
        label=_("Hva betyr det for bemanningen?"),
        help_text=_("For eksempel vakter som må dekkes, og om dere klarer det selv."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    substitutes = HeltallField(
        label=_("Hvor mange vakter trenger vikar?"),
        help_text=_("I hele studietiden, omtrent. Skriv 0 hvis dere klarer det selv."),
        unit=_("vakter"),
        min_value=0,
        max_value=999,
        required=False,
    )

    def build_helper(self) -> SkallHelper:
        helper = super().build_helper()
        helper.attrs = {"data-kladd": "uttalelse"}
        return helper

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        is_conditional = values.get("verdict") == Uttalelse.Verdict.CONDITIONAL
        if is_conditional and not values.get("condition"):
            self.add_error(
                "condition", _("Skriv hva som må være på plass for at du støtter søknaden.")
            )
        return values

    def statement(self) -> dict[str, Any]:
        """Return what the verb takes, by its own names."""
        names = ("version", "verdict", "text", "condition", "staffing", "substitutes")
        return {name: self.cleaned_data[name] for name in names}

    def show_edition(self, version: int) -> None:
        """Let the page that is sent back hold the newest version instead of the posted one."""
        self.data = {**dict(self.data.items()), "version": str(version)}
