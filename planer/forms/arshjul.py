"""Forms of the yearly wheel."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.models import Rolle
from kompetanse.skall.fields import DatoField
from kompetanse.skall.layout import Actions, Button, Group, Layout, SideBySide
from kompetanse.skall.versjon import OnceForm, VersionedForm


class _Activity(forms.Form):
    """What an activity is asked of."""

    title = forms.CharField(label=_("Hva skal gjøres?"), max_length=160)
    text = forms.CharField(
        label=_("Beskrivelse"), widget=forms.Textarea({"rows": 3}), required=False
    )
    starts = DatoField(
        label=_("Fra"), required=False, help_text=_("La stå tomt hvis det er én dag")
    )
    ends = DatoField(label=_("Frist"), help_text=_("Eksempel: 15.10.2026"))
    roles = forms.MultipleChoiceField(
        label=_("Hvem har ansvaret?"),
        choices=Rolle.Kode.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    is_meeting = forms.BooleanField(label=_("Dette er et møte"), required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        starts, ends = answers.get("starts"), answers.get("ends")
        if ends and not starts:
            answers["starts"] = ends
        if starts and ends and starts > ends:
            self.add_error("ends", _("Fristen må være samme dag eller etter første dag."))
        return answers

    def build_layout(self) -> Layout:
        return Layout(
            "title",
            "text",
            Group(_("Når?"), SideBySide("starts", "ends")),
            "roles",
            "is_meeting",
            Actions(Button(_("Lagre"))),
        )


class AddActivityForm(_Activity, OnceForm):
    pass


class ActivityForm(_Activity, VersionedForm):
    pass
