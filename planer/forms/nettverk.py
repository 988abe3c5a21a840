"""Forms of networks and working groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.skall.fields import DatoField, HeltallField
from kompetanse.skall.forms import FilterForm, SkallForm
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.forms.opplaring import UnitChoice
from planer.forms.strategi import long_text
from planer.models import Nettverk
from planer.queries import nettverk as queries


class FindForm(FilterForm):
    ord = forms.CharField(label=_("Søk"), max_length=80, required=False)
    slag = forms.ChoiceField(
        label=_("Slag"), choices=[("", _("Alle")), *Nettverk.Kind.choices], required=False
    )


class _Nettverk(SkallForm):
    name = forms.CharField(label=_("Hva heter det?"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Hva slags?"), choices=Nettverk.Kind.choices, widget=forms.RadioSelect
    )
    mandate = long_text(_("Mandat: hva skal det gjøre?"), rows=5)
    rhythm = forms.CharField(
        label=_("Hvor ofte møtes det?"),
        help_text=_("Eksempel: fire ganger i året"),
        max_length=80,
        required=False,
    )
    enhet = UnitChoice(label=_("For hvem?"), queryset=None, required=False)
    starts = DatoField(label=_("Fra"), required=False)
    ends = DatoField(
        label=_("Til"), help_text=_("La stå tomt når det ikke har en slutt."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("enhet", organisasjon.open_units(), first=_("Hele kommunen"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        starts, ends = answers.get("starts"), answers.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("Sluttdatoen må være etter startdatoen."))
        return answers


class MakeForm(_Nettverk, OnceForm):
    submit_label = _("Lag nettverket")

    contact: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Kontaktperson"), queryset=None, empty_label=_("Velg person")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("contact", organisasjon.current().order_by("last_name", "first_name"))


class ChangeForm(_Nettverk, VersionedForm):
    submit_label = _("Lagre")


class MemberForm(OnceForm):
    submit_label = _("Legg til medlem")

    ansatt: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Hvem?"), queryset=None, empty_label=_("Velg person")
    )
    is_contact = forms.BooleanField(label=_("Kontaktperson"), required=False)

    def __init__(self, *args: Any, nettverk: Nettverk, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("ansatt", queries.candidates(nettverk))
        self.helper.form_action = action


class ActivityForm(OnceForm):
    submit_label = _("Legg til aktivitet")

    title = forms.CharField(label=_("Hva?"), max_length=160)
    on = DatoField(label=_("Når?"), help_text=_("Eksempel: 14.10.2026"))
    text = long_text(_("Hva handlet det om?"), rows=3, required=False)
    present = HeltallField(label=_("Hvor mange kom?"), min_value=0, max_value=2000, required=False)

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_action = action
