"""Who is to decide the case, and the resolution behind it when the one who names is inhabil."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall.forms import SkallForm


class UtpekForm(SkallForm):
    submit_label = _("Pek ut")

    ansatt = forms.TypedChoiceField(label=_("Hvem skal avgjøre saken?"), coerce=int)
    reference = forms.CharField(
        label=_("Vedtak i folkevalgt organ"),
        help_text=_("Bare når du selv er inhabil. Eksempel: Formannskapet, sak 31/26"),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, people: Sequence[Ansatt], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = ((each.pk, f"{each.full_name}, {each.enhet.name}") for each in people)
        self.offer("ansatt", named, first=_("Velg"))
