"""Asking to look into a Kommune."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.plattform.models import Stotteokt
from kompetanse.skall.fields import HeltallField
from kompetanse.skall.forms import SkallForm


class SupportForm(SkallForm):
    submit_label = _("Be om innsyn")

    reason = forms.CharField(
        label=_("Hvorfor trenger du innsyn?"),
        help_text=_("Kommunen ser det du skriver. Skriv saksnummer, ikke navn på ansatte."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    minutes = HeltallField(
        label=_("Hvor mange minutter?"),
        help_text=_("Fra 15 til 120"),
        min_value=Stotteokt.SHORTEST,
        max_value=Stotteokt.LONGEST,
    )
