"""Roles: what the list is narrowed by, and a role that is given."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.actions.rolle import Terms
from kompetanse.organisasjon.forms.folk import ROLE_CHOICES, unit_choices
from kompetanse.organisasjon.models import Enhet, Rolle
from kompetanse.organisasjon.queries.rolle import Asked
from kompetanse.skall.fields import DatoField
from kompetanse.skall.forms import FilterForm, SkallForm
from kompetanse.skall.layout import Actions, Button, Layout, SideBySide


class RolleFilterForm(FilterForm):
    submit_label = _("Vis")

    navn = forms.CharField(label=_("Navn"), required=False, max_length=80)
    rolle = forms.ChoiceField(label=_("Rolle"), required=False)
    enhet = forms.TypedChoiceField(
        label=_("Enhet og alle under"), required=False, coerce=int, empty_value=None
    )
    dag = DatoField(label=_("Gjelder den"), required=False)

    def __init__(self, *args: Any, enheter: Sequence[Enhet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._enheter = {enhet.pk: enhet for enhet in enheter}
        self.offer("rolle", ROLE_CHOICES, first=_("Alle"))
        self.offer("enhet", unit_choices(enheter), first=_("Alle"))

    def asked(self, *, today: date) -> Asked:
        """What is asked for; a choice that is not in the list narrows nothing."""
        told = self.cleaned_data if self.is_valid() or self.is_bound else {}
        return Asked(
            on=told.get("dag") or today,
            name=told.get("navn") or "",
            kode=told.get("rolle") or "",
            enhet=self._enheter.get(told.get("enhet") or 0),
        )


class RolleForm(SkallForm):
    submit_label = _("Gi rollen")

    kode = forms.ChoiceField(label=_("Hvilken rolle?"))
    enhet = forms.TypedChoiceField(
        label=_("For hvilken enhet?"),
        help_text=_("Rollen gjelder for enheten og alle under den."),
        coerce=int,
    )
    starts = DatoField(label=_("Fra og med"), help_text=_("Eksempel: 15.08.2027"))
    ends = DatoField(
        label=_("Til og med"), help_text=_("La stå tomt når det ikke er bestemt."), required=False
    )
    union = forms.CharField(
        label=_("Organisasjon"),
        help_text=_("For tillitsvalgte. Eksempel: Fagforbundet"),
        required=False,
        max_length=60,
    )

    def __init__(self, *args: Any, enheter: Sequence[Enhet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._enheter = {enhet.pk: enhet for enhet in enheter}
        self.offer("kode", ROLE_CHOICES, first=_("Velg"))
        self.offer("enhet", unit_choices(enheter), first=_("Velg"))

    def build_layout(self) -> Layout:
        return Layout(
            "kode",
            "enhet",
            SideBySide("starts", "ends"),
            "union",
            Actions(Button(self.submit_label)),
        )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = told.get("starts"), told.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", ValidationError(_("Sluttdatoen må være etter startdatoen.")))
        if told.get("kode") == Rolle.Kode.TILLITSVALGT and not told.get("union"):
            wrong = _("Skriv hvilken organisasjon den tillitsvalgte er valgt av.")
            self.add_error("union", ValidationError(wrong))
        return told

    def answers(self) -> dict[str, Any]:
        """The role as the verb takes it."""
        told = self.cleaned_data
        return {
            "kode": Rolle.Kode(told["kode"]),
            "enhet": self._enheter[told["enhet"]],
            "terms": Terms(told["starts"], told["ends"], told["union"]),
        }
