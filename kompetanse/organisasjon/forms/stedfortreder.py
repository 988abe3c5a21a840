"""Choosing a person by name, and the deputy's period."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.models import Stedfortreder
from kompetanse.skall.fields import DatoField
from kompetanse.skall.forms import FilterForm, SkallForm
from kompetanse.skall.layout import Actions, Button, Layout, SideBySide


class NavnForm(FilterForm):
    """Finds the one to choose; works without a script."""

    submit_label = _("Søk")

    navn = forms.CharField(
        label=_("Navn"),
        max_length=80,
        error_messages={"required": _("Skriv hele eller deler av navnet.")},
    )


class StedfortrederForm(SkallForm):
    submit_label = _("Registrer stedfortreder")

    starts = DatoField(label=_("Første dag"), help_text=_("Eksempel: 15.08.2027"))
    ends = DatoField(label=_("Siste dag"))
    reason = forms.ChoiceField(
        label=_("Hva slags fravær?"),
        help_text=_("Skriv aldri noe om helse."),
        choices=Stedfortreder.Grunn.choices,
        widget=forms.RadioSelect,
    )

    def build_layout(self) -> Layout:
        return Layout(SideBySide("starts", "ends"), "reason", Actions(Button(self.submit_label)))

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = told.get("starts"), told.get("ends")
        if starts and ends and ends < starts:
            wrong = _("Siste dag må være samme dag som første dag, eller senere.")
            self.add_error("ends", ValidationError(wrong))
        return told
