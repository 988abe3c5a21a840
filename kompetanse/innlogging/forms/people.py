"""Searching for people, and the marks that HR knows them by."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import FilterForm, SkallForm

IDENTITY_DIGITS = 11
KEPT = "••••••"


class SearchForm(FilterForm):
    submit_label = _("Søk")

    text = forms.CharField(label=_("Navn eller ansattnummer"), required=False, max_length=100)


class MarkForm(SkallForm):
    """The marks by kind. Of an identity number nothing can be shown: only whether it is there."""

    submit_label = _("Lagre kjennetegnene")

    oid = forms.UUIDField(
        label=_("Objekt-ID i Entra ID (oid)"),
        help_text=_("Eksempel: 7d1c0f3a-52f4-4a4e-9d7b-1f0c5a2b3c4d"),
        required=False,
        error_messages={"invalid": _("Skriv hele ID-en, med 32 tegn og bindestreker.")},
    )
    upn = forms.CharField(
        label=_("Brukernavn i Entra ID (UPN)"),
        help_text=_("Ser ut som en e-postadresse, men er et brukernavn."),
        max_length=200,
        required=False,
    )
    pid = forms.CharField(
        label=_("Fødselsnummer, for ID-porten"),
        help_text=_("Vi lagrer bare et fingeravtrykk, som ikke kan gjøres om til nummeret igjen."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, initial: dict[str, str], **kwargs: Any) -> None:
        shown = dict(initial)
        if "pid" in shown:
            shown["pid"] = KEPT
        super().__init__(*args, initial=shown, **kwargs)

    def clean_pid(self) -> str:
        value: str = self.cleaned_data["pid"].replace(" ", "")
        if value in {"", KEPT} or (value.isdecimal() and len(value) == IDENTITY_DIGITS):
            return value
        raise ValidationError(_("Skriv alle de elleve sifrene."))

    def marks(self) -> Iterator[tuple[str, str]]:
        """Yield kind and value of those that can have changed."""
        for kind in ("oid", "upn", "pid"):
            value = str(self.cleaned_data[kind] or "")
            if value != KEPT:
                yield kind, value
