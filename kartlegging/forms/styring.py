"""A signal of the year's guidance, written or changed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kartlegging.models import Styringssignal
from kartlegging.queries.katalog import Group
from kompetanse.skall.forms import SkallForm


class StyringssignalForm(SkallForm):
    submit_label = _("Lagre føringen")

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    source = forms.CharField(
        label=_("Hvilken føring er det?"),
        help_text=_("For eksempel en ny lov, en stortingsmelding eller kommunens økonomiplan."),
        max_length=200,
        error_messages={"required": _("Skriv hvilken føring det er.")},
    )
    asks = forms.CharField(
        label=_("Hva krever den av kompetanse?"),
        widget=forms.Textarea({"rows": 5}),
        max_length=4000,
        error_messages={"required": _("Skriv hva føringen krever av kompetanse.")},
    )
    horizon = forms.ChoiceField(
        label=_("Når trengs kompetansen?"),
        choices=[
            ("short", _("Kort sikt: i år eller neste år")),
            ("long", _("Lang sikt: innen fire år")),
        ],
        initial=Styringssignal.Horizon.SHORT,
        widget=forms.RadioSelect,
    )
    fokusomrade_id = forms.TypedChoiceField(
        label=_("Hvilket fokusområde hører den til?"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, areas: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("fokusomrade_id", areas, first=_("Ingen bestemte"))

    @property
    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
