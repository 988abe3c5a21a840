"""Forms of the grant application. They give domain values; nothing is saved here."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kompetanse.skall import norsk
from kompetanse.skall.fields import DatoField, HeltallField, KronerField, ProsentField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Group, SideBySide
from rapporter.models import Tilskuddslinje
from rapporter.queries.forslag import Proposal
from rapporter.queries.kalender import part_of

# Sixty participants in a year's full study; the field's own size is the limit behind it.
MOST_CREDITS = 3600


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

    def build_layout(self) -> Layout:
        return Layout(
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
    starts = DatoField(label=_("Starter"), required=False)
    ends = DatoField(label=_("Slutter"), required=False)
    all_credits = HeltallField(
        label=_("Studiepoeng i alt"), required=False, min_value=0, max_value=MOST_CREDITS
    )
    credits = HeltallField(
        label=_("Studiepoeng i tilskuddsåret"), required=False, min_value=0, max_value=MOST_CREDITS
    )
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
            "area",
            "place",
            Group(
                _("Tid og omfang"),
                SideBySide("starts", "ends"),
                SideBySide("all_credits", "credits"),
                SideBySide("new_participants", "continuing"),
                description=_(
                    "Studiepoeng er for alle deltakerne til sammen. Står feltet for tilskuddsåret"
                    " tomt, regner vi ut delen etter hvor mange terminer som faller i året."
                ),
            ),
            Group(
                _("Finansiering"),
                SideBySide("own_share", "other_financing"),
                SideBySide("carried_over", "amount"),
                description=_("Beløpene skal til sammen være lik årets kostnad i planen."),
            ),
            "effect",
            Actions(Button(_("Lagre"))),
        )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        self.year = year
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("Sluttdatoen må være etter startdatoen."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the row's fields; an amount or a number that is not filled in is 0."""
        kept = ("area", "place", "effect", "starts", "ends")
        values = {
            name: value if name in kept else value or 0
            for name, value in self.cleaned_data.items()
            if name != "version"
        }
        if self.cleaned_data["credits"] is None:
            period = {name: self.cleaned_data[name] for name in ("starts", "ends")}
            values["credits"] = part_of(values["all_credits"], year=self.year, **period)
        return values


class ChooseForm(SkallForm):
    """Which educations and measures are applied for."""

    tiltak = forms.TypedMultipleChoiceField(
        label=_("Tiltak"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kryss av for minst ett tiltak.")},
    )
    own_percent = ProsentField(
        label=_("Egenandel på innvilget utdanning"),
        help_text=_(
            "Står feltet tomt, dekker kommunen alt, slik planen sier. Du kan endre senere."
        ),
        required=False,
    )

    def __init__(self, *args: Any, proposals: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        self.offer("tiltak", [(each.tiltak.pk, _proposed(each)) for each in proposals])
        if not any(each.studies for each in proposals):
            del self.fields["own_percent"]
        self.helper = self.build_helper()

    def build_layout(self) -> Layout:
        return Layout(*self.fields, Actions(Button(_("Hent inn"))))

    def values(self) -> dict[str, Any]:
        return {
            "tiltak": self.cleaned_data["tiltak"],
            "own_percent": self.cleaned_data.get("own_percent"),
        }


class SendForm(SkallForm):
    submit_label = _("Merk som sendt")

    version = forms.IntegerField(widget=forms.HiddenInput)
    case_number = forms.CharField(
        label=_("Saksnummer"), help_text=_("Eksempel: 2027/143"), max_length=40
    )


def _proposed(each: Proposal) -> str:
    """Return the measure with what it costs this year, and how many study."""
    told = [str(each.tiltak.get_kind_display()), norsk.kroner(each.cost)]
    if each.studies:
        told = [
            str(_("innvilget utdanning")),
            ngettext("%(n)s deltaker", "%(n)s deltakere", len(each.studies))
            % {"n": len(each.studies)},
            str(_("%(n)s studiepoeng i år")) % {"n": norsk.tall(each.credits)},
            str(_("%(cost)s i år")) % {"cost": norsk.kroner(each.cost)},
        ]
    elif each.tiltak.enhet:
        told.append(each.tiltak.enhet.name)
    return f"{each.tiltak.theme} ({', '.join(map(str, told))})"
