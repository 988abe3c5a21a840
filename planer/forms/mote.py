"""Forms of meetings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import DatoField
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.queries import mote


class _Meeting(forms.Form):
    title = forms.CharField(
        label=_("Hva handler møtet om?"),
        help_text=_("For eksempel: Satsingsområder neste år"),
        max_length=160,
    )
    held_on = DatoField(label=_("Når er møtet?"), help_text=_("Eksempel: 15.09.2026"))
    place = forms.CharField(label=_("Hvor?"), max_length=120, required=False)
    minutes = forms.CharField(
        label=_("Referat"),
        help_text=_("Skriv hva som ble bestemt, og om noen var uenige."),
        widget=forms.Textarea({"rows": 12}),
        required=False,
    )


class ArrangeForm(_Meeting, OnceForm):
    pass


class MeetingForm(_Meeting, VersionedForm):
    pass


class InviteForm(OnceForm):
    """Who took part, and as what."""

    submit_label = _("Legg til deltaker")

    ansatt: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Hvem deltar?"), queryset=None, empty_label=_("Velg person")
    )
    capacity = forms.CharField(
        label=_("Deltar som"),
        help_text=_("For eksempel HTV Fagforbundet. La stå tomt, så bruker vi rollen."),
        max_length=80,
        required=False,
    )

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_action = action
        self.fields["ansatt"].queryset = mote.candidates()  # type: ignore[attr-defined]
