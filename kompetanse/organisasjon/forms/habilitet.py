"""Why one is not impartial towards someone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.models import Habilitetserklaring
from kompetanse.skall.forms import SkallForm


class ErklaringForm(SkallForm):
    submit_label = _("Meld inhabilitet")

    ground = forms.ChoiceField(
        label=_("Hvorfor?"),
        help_text=_("Bare du ser grunnen. Andre ser at du har meldt deg inhabil."),
        choices=Habilitetserklaring.Ground.choices,
        widget=forms.RadioSelect,
    )
