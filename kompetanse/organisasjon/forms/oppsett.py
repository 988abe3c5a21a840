"""The Kommune's settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import ProsentField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Group, Layout


class OppsettForm(SkallForm):
    submit_label = _("Lagre innstillingene")

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    fulltime_goal = ProsentField(
        label=_("Mål for gjennomsnittlig stillingsstørrelse"),
        help_text=_("Vises som mål på siden «Heltidskultur». Eksempel: 75"),
        min_value=1,
        error_messages={
            "required": _("Skriv målet i prosent, for eksempel 75."),
            "min_value": _("Målet må være mellom 1 og 100 prosent."),
            "max_value": _("Målet må være mellom 1 og 100 prosent."),
        },
    )

    asks_for_discussion = forms.BooleanField(
        label=_("Planer skal drøftes med de tillitsvalgte før de vedtas"),
        help_text=_("Hovedtariffavtalen punkt 3.3. Da må drøftingen føres før vedtaket."),
        required=False,
    )

    def build_layout(self) -> Layout:
        return Layout(
            Group(_("Heltidskultur"), "fulltime_goal"),
            Group(_("Drøfting"), "asks_for_discussion"),
            Actions(Button(self.submit_label)),
        )

    @property
    def answers(self) -> dict[str, Any]:
        """The settings by field, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
