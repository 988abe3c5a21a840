"""Competence that is declared, registered or searched for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kartlegging.queries.katalog import Choice, Group
from kompetanse.organisasjon.models import Kompetanse
from kompetanse.skall.fields import DatoField
from kompetanse.skall.forms import FilterForm, SkallForm


class _Chosen(SkallForm):
    """Choices of competence and level; the `kompetanse` that is chosen is given as a row."""

    def __init__(
        self,
        *args: Any,
        competences: Sequence[Group],
        levels: Sequence[Choice],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kompetanse", competences, first=_("Velg"))
        self.offer("level", levels)

    def clean_kompetanse(self) -> Kompetanse:
        kompetanse: Kompetanse = Kompetanse.objects.get(pk=self.cleaned_data["kompetanse"])
        return kompetanse


class KompetanseForm(_Chosen):
    """Which competence, how well, and until when."""

    submit_label = _("Lagre kompetansen")

    kompetanse = forms.ChoiceField(label=_("Hvilken kompetanse?"))
    level = forms.TypedChoiceField(
        label=_("Hvor godt kan du det?"), coerce=int, widget=forms.RadioSelect
    )
    valid_until = DatoField(
        label=_("Hvor lenge er den gyldig?"),
        help_text=_("Skriv siste dag, for eksempel 15.08.2027. La stå tomt hvis den ikke går ut."),
        required=False,
    )

    def clean(self) -> None:
        kompetanse = self.cleaned_data.get("kompetanse")
        valid_until: date | None = self.cleaned_data.get("valid_until")
        if not kompetanse or "valid_until" in self.errors:
            return
        if kompetanse.validity_months and not valid_until:
            self.add_error(
                "valid_until",
                ValidationError(_("Denne kompetansen må fornyes. Skriv siste dag den er gyldig.")),
            )


class RegistrerForm(KompetanseForm):
    """The leader's registration: also whom it is about."""

    ansatt = forms.TypedChoiceField(label=_("Hvem gjelder det?"), coerce=int)

    field_order = ("ansatt", "kompetanse", "level", "valid_until")

    def __init__(self, *args: Any, people: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("ansatt", people, first=_("Velg"))
        self.fields["level"].label = _("Hvor godt kan den ansatte det?")


class SokForm(_Chosen, FilterForm):
    """Asks who has a competence, at a level or above."""

    submit_label = _("Søk")

    kompetanse = forms.ChoiceField(label=_("Kompetanse"))
    level = forms.TypedChoiceField(label=_("Nivå, minst"), coerce=int)


class BekreftForm(SkallForm):
    """Which version the leader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
