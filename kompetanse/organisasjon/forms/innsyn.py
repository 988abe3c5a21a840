"""Looking through another's eyes: why, and for how long."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.models import Innsyn
from kompetanse.skall.forms import SkallForm


class InnsynForm(SkallForm):
    submit_label = _("Start innsynet")

    reason = forms.CharField(
        label=_("Hvorfor trenger du innsyn?"),
        help_text=_("Eksempel: Kari finner ikke søknadene hun skal uttale seg om."),
        max_length=200,
        error_messages={"required": _("Skriv hvorfor du trenger innsyn.")},
    )
    minutes = forms.TypedChoiceField(
        label=_("Hvor lenge?"),
        choices=Innsyn.Minutter.choices,
        initial=Innsyn.Minutter.USUAL,
        coerce=int,
        widget=forms.RadioSelect,
    )
