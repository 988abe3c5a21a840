"""What a person chooses about their own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import SkallForm


class ProfileForm(SkallForm):
    """The language of the pages; letters follow the Kommune's målform."""

    submit_label = _("Lagre")

    language = forms.ChoiceField(
        label=_("Hvilket språk vil du ha på sidene?"),
        help_text=_("Brev og vedtak følger kommunens målform."),
        choices=(("", _("Det kommunen bruker")), ("nb", "Bokmål"), ("nn", "Nynorsk")),
        widget=forms.RadioSelect,
        required=False,
    )
