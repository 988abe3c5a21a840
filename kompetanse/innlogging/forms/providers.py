"""The Kommune's log-in services, and what it asks of whom."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from kompetanse.innlogging.models import Tilbyder
from kompetanse.organisasjon.models import For
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Group, Layout

Kind, Match, Level = Tilbyder.Kind, Tilbyder.Match, Tilbyder.Level

ENTRA = "https://login.microsoftonline.com/{}/v2.0"
IDPORTEN = "https://idporten.no"
# The claim that usually carries each mark, when the form is sent without one.
CLAIMS = {
    Match.NUMBER: "employeeid",
    Match.OID: "oid",
    Match.UPN: "preferred_username",
    Match.PID: "pid",
}


class DemandForm(SkallForm):
    submit_label = _("Lagre kravene")

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    second_factor = forms.ChoiceField(
        label=_("Hvem må logge inn med to trinn?"),
        help_text=_(
            "To trinn er en app med koder, en passnøkkel, eller en innloggingstjeneste som teller"
            " som to trinn."
        ),
        choices=For.choices,
        widget=forms.RadioSelect,
    )
    openid_for = forms.ChoiceField(
        label=_("Hvem må bruke innloggingstjenesten i stedet for passord?"),
        help_text=_("Systemansvarlig kan alltid bruke passord, men da med to trinn."),
        choices=For.choices,
        widget=forms.RadioSelect,
    )


class TilbyderForm(SkallForm):
    submit_label = _("Lagre innloggingstjenesten")

    name = forms.CharField(
        label=_("Hva skal stå på knappen?"), help_text=_("Eksempel: Jobbkonto"), max_length=60
    )
    kind = forms.ChoiceField(
        label=_("Hvilken tjeneste er det?"), choices=Kind.choices, widget=forms.RadioSelect
    )
    directory = forms.UUIDField(
        label=_("Leietaker-ID (tid)"),
        help_text=_("Bare for Entra ID. Står som «Directory (tenant) ID» hos Microsoft."),
        required=False,
        error_messages={"invalid": _("Skriv hele ID-en, med 32 tegn og bindestreker.")},
    )
    issuer = forms.CharField(
        label=_("Utsteder (issuer)"),
        help_text=_("Kan stå tom for Entra ID og ID-porten. Ellers: https://innlogging.kommune.no"),
        max_length=300,
        required=False,
    )
    client_id = forms.CharField(label=_("Klient-ID"), max_length=200)
    secret = forms.CharField(
        label=_("Klienthemmelighet"),
        max_length=500,
        error_messages={"required": _("Lim inn hemmeligheten fra tjenesten.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    match = forms.ChoiceField(
        label=_("Hva kjenner vi igjen de ansatte på?"),
        help_text=_("Kjennetegnet kommer fra personalsystemet. Vi bruker aldri e-postadressen."),
        choices=Match.choices,
        widget=forms.RadioSelect,
    )
    claim = forms.CharField(
        label=_("Hvilket felt i svaret har kjennetegnet?"),
        help_text=_("Kan stå tomt. Da bruker vi employeeid, oid, preferred_username eller pid."),
        max_length=60,
        required=False,
    )
    level = forms.ChoiceField(
        label=_("Krav til sikkerhetsnivå (acr)"),
        help_text=_("Bare for ID-porten."),
        choices=Level.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    is_second_factor = forms.BooleanField(
        label=_("Tjenesten krever to trinn av alle"), required=False
    )
    is_active = forms.BooleanField(
        label=_("Vis tjenesten på innloggingssiden"), required=False, initial=True
    )

    def __init__(self, *args: Any, tilbyder: Tilbyder, **kwargs: Any) -> None:
        self.tilbyder = tilbyder
        super().__init__(*args, initial=_initial(tilbyder), **kwargs)
        if tilbyder.pk:
            self.fields["secret"].required = False
            self.fields["secret"].help_text = _("La stå tom for å beholde den som er lagret.")

    def build_layout(self) -> Layout:
        return Layout(
            Group(_("Tjenesten"), "name", "kind", "directory", "issuer"),
            Group(_("Kommunens klient der"), "client_id", "secret"),
            Group(_("De ansatte"), "match", "claim"),
            Group(_("Sikkerhet"), "level", "is_second_factor", "is_active"),
            Actions(Button(self.submit_label)),
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        kind = data.get("kind", "")
        directory = str(data.get("directory") or "") if kind == Kind.ENTRA else ""
        issuer = data.get("issuer") or self._usual_issuer(kind, directory)
        level = data.get("level") or str(Level.SUBSTANTIAL)
        data |= {
            "directory": directory,
            "issuer": issuer,
            # Of ID-porten a level is always asked; no other service has any.
            "level": level if kind == Kind.IDPORTEN else "",
        }
        if data.get("match"):
            data["claim"] = data.get("claim") or CLAIMS[Match(data["match"])]
        self._check(kind, directory, issuer)
        return data

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def _usual_issuer(self, kind: str, directory: str) -> str:
        usual = {str(Kind.ENTRA): ENTRA.format(directory), str(Kind.IDPORTEN): IDPORTEN}
        return usual.get(kind, "")

    def _check(self, kind: str, directory: str, issuer: str) -> None:
        if kind == Kind.ENTRA and not directory and "directory" not in self.errors:
            self.add_error("directory", _("Skriv leietaker-ID-en fra Entra ID."))
        try:
            URLValidator(schemes=["https", "http"])(issuer)
        except ValidationError:
            self.add_error("issuer", _("Skriv hele adressen til utstederen, med https://."))


def _initial(tilbyder: Tilbyder) -> dict[str, Any]:
    names = (
        "name", "kind", "directory", "issuer", "client_id", "match", "claim", "level",
        "is_second_factor", "is_active",
    )  # fmt: skip
    return {name: getattr(tilbyder, name) for name in names}
