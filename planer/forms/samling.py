"""Forms of the joint plan while it is gathered: send in, and make one of several."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.versjon import OnceForm
from planer.forms.opplaring import UnitChoice
from planer.models import Tiltak


class SubmitForm(OnceForm):
    submit_label = _("Send inn til felles plan")

    enhet = UnitChoice(label=_("Hvilken enhet?"), queryset=None, empty_label=None)
    note = forms.CharField(
        label=_("Er det noe fagrådgiveren bør vite?"),
        widget=forms.Textarea({"rows": 3}),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("enhet", offered)


class MergeForm(OnceForm):
    """Which measures become one, and what it is called."""

    tiltak: "forms.ModelMultipleChoiceField[Tiltak]" = forms.ModelMultipleChoiceField(
        label=_("Tiltakene som skal bli ett"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst to tiltak som skal bli ett.")},
    )
    theme = forms.CharField(label=_("Hva skal det felles tiltaket hete?"), max_length=200)

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("tiltak", offered)
