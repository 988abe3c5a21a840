"""The leader's statement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import SkallForm
from soknader.models import Uttalelse


class UttalelseForm(SkallForm):
    """Verdict, why, and what it means for the staffing; `version` is the edition that was read."""

    submit_label = _("Lagre uttalelsen")

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
        label=_("Hvorfor, og hvilke vilkår?"),
        help_text=_("Skriv 2–4 setninger. Gruppen som prioriterer, leser dette."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        error_messages={"required": _("Skriv hvorfor du støtter eller ikke støtter søknaden.")},
    )
    staffing = forms.CharField(
        label=_("Hva betyr det for bemanningen?"),
        help_text=_("For eksempel vakter som må dekkes, og om dere klarer det selv."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def statement(self) -> dict[str, Any]:
        """Return what the verb takes, by its own names."""
        names = ("version", "verdict", "text", "staffing")
        return {name: self.cleaned_data[name] for name in names}

    def show_edition(self, version: int) -> None:
        """Let the page that is sent back hold the newest version instead of the posted one."""
        self.data = {**dict(self.data.items()), "version": str(version)}
