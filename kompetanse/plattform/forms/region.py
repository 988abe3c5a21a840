"""How a Kommune is reached by the others of its region."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import SkallForm


class ContactForm(SkallForm):
    submit_label = _("Lagre kontakten")

    function = forms.CharField(
        label=_("Funksjon"),
        help_text=_("Skriv funksjonen, ikke navnet. Eksempel: Fag- og kvalitetsutvikler"),
        max_length=120,
    )
    email = forms.EmailField(
        label=_("Felles e-postadresse"), help_text=_("Ikke en personlig adresse"), required=False
    )
    phone = forms.CharField(label=_("Telefon"), max_length=20, required=False)
