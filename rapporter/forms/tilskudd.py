"""Forms of the grant application. They give domain values; nothing is saved here."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import HeltallField, KronerField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Group, SideBySide
from rapporter.models import Tilskuddslinje


class HeadForm(SkallForm):
    """Who applies, who is asked, and what for."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    address = forms.CharField(label=_("Adresse"), max_length=200, required=False)
    organisation_number = forms.CharField(
        label=_("Organisasjonsnummer"),
        required=False,
        validators=[RegexValidator(r"^\d{9}$", _("Skriv organisasjonsnummeret med ni siffer."))],
    )
    account_number = forms.CharField(
        label=_("Kontonummer"),
        required=False,
        validators=[RegexValidator(r"^\d{11}$", _("Skriv kontonummeret med elleve siffer."))],
    )
    contact_name = forms.CharField(label=_("Kontaktperson"), max_length=120, required=False)
    contact_email = forms.EmailField(label=_("Kontaktpersonens e-post"), required=False)
    signer = forms.CharField(label=_("Underskrives av"), max_length=120, required=False)
    purpose = forms.CharField(
        label=_("Formål"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    description = forms.CharField(
        label=_("Beskrivelse"),
        help_text=_("Hvordan søknaden bygger på kompetanseplanen, og hva som er viktigst i år."),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )

    def clean_organisation_number(self) -> str:
        return str(self.cleaned_data["organisation_number"])

    def build_layout(self) -> Layout:
        return Layout(
            "version",
            Group(
                _("Søker"),
                "address",
                SideBySide("organisation_number", "account_number"),
                SideBySide("contact_name", "contact_email"),
                "signer",
            ),
            Group(_("Om søknaden"), "purpose", "description"),
            Actions(Button(_("Lagre"))),
        )

    def values(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class LineForm(SkallForm):
    """One line: what is applied for, and how the rest is paid."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    area = forms.ChoiceField(label=_("Område"), choices=Tilskuddslinje.Area.choices)
    place = forms.CharField(label=_("Studiested"), max_length=160, required=False)
    credits = HeltallField(label=_("Studiepoeng i år"), required=False, min_value=0, max_value=300)
    new_participants = HeltallField(
        label=_("Nye deltakere"), required=False, min_value=0, max_value=9999
    )
    continuing = HeltallField(
        label=_("Deltakere som fortsetter"), required=False, min_value=0, max_value=9999
    )
    own_share = KronerField(label=_("Egenandel"), required=False)
    other_financing = KronerField(label=_("Annen finansiering"), required=False)
    carried_over = KronerField(label=_("Overført fra i fjor"), required=False)
    amount = KronerField(label=_("Søkes om"), required=False)
    effect = forms.CharField(
        label=_("Mål og forventet virkning"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def build_layout(self) -> Layout:
        return Layout(
            "version",
            "area",
            "place",
            SideBySide("credits", "new_participants", "continuing"),
            Group(
                _("Finansiering"),
                SideBySide("own_share", "other_financing"),
                SideBySide("carried_over", "amount"),
                description=_("Beløpene skal til sammen være lik kostnaden i planen."),
            ),
            "effect",
            Actions(Button(_("Lagre"))),
        )

    def values(self) -> dict[str, Any]:
        """Return the row's fields; an amount or a number that is not filled in is 0."""
        texts = ("area", "place", "effect")
        return {
            name: value if name in texts else value or 0
            for name, value in self.cleaned_data.items()
            if name != "version"
        }


class SendForm(SkallForm):
    submit_label = _("Merk som sendt")

    version = forms.IntegerField(widget=forms.HiddenInput)
    case_number = forms.CharField(
        label=_("Saksnummer"), help_text=_("Eksempel: 2027/143"), max_length=40
    )
