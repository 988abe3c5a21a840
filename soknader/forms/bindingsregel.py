"""A rule of binding time, as the advisor fills it in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import HeltallField, KronerField, ProsentField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Group, Layout, SideBySide
from soknader.models import Bindingsregel
from soknader.models.bindingsregel import Begins, Falls, Fravar

ASKS_FROM_NOTHING = _("Skriv fra hvilket beløp eller hvor mange dager fri regelen gjelder.")
FIELDS = (
    "name", "from_amount", "from_leave_days", "months", "follows_study", "begins", "falls",
    "share", "ceiling", "leave_rate", "scales", "pauses", "exceptions", "is_active",
)  # fmt: skip


class RegelForm(SkallForm):
    """When a contract is asked for, how long it binds, and what can be claimed back."""

    submit_label = _("Lagre regelen")

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Navn på regelen"), help_text=_("For eksempel «Lengre utdanning»."), max_length=80
    )
    from_amount = KronerField(label=_("Fra og med beløp"), required=False)
    from_leave_days = HeltallField(
        label=_("Fra og med dager fri med lønn"), unit=_("dager"), min_value=1, max_value=400,
        required=False,
    )  # fmt: skip
    months = HeltallField(
        label=_("Bindingstid"), unit=_("måneder"), min_value=1, max_value=Bindingsregel.MOST_MONTHS,
        help_text=_("Høyst to år."),
    )  # fmt: skip
    follows_study = forms.BooleanField(
        label=_("Så lenge som studiet varer, men ikke lenger enn dette"), required=False
    )
    begins = forms.ChoiceField(
        label=_("Når begynner tiden å løpe?"), choices=Begins.choices, widget=forms.RadioSelect
    )
    falls = forms.ChoiceField(
        label=_("Hvordan blir kravet mindre?"), choices=Falls.choices, widget=forms.RadioSelect
    )
    share = ProsentField(label=_("Andel som kan kreves tilbake"), min_value=1, initial=100)
    ceiling = KronerField(label=_("Høyeste krav"), required=False, min_value=1)
    leave_rate = KronerField(
        label=_("Verdi av en dag fri"),
        help_text=_("La feltet stå tomt hvis dager fri ikke skal betales tilbake."),
        required=False,
    )
    scales = forms.BooleanField(label=_("Kravet følger stillingsprosenten"), required=False)
    pauses = forms.MultipleChoiceField(
        label=_("Fravær som stopper tiden"), choices=Fravar.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    exceptions = forms.CharField(
        label=_("Når krever kommunen ikke noe tilbake?"),
        help_text=_("Teksten kommer med i avtalen."),
        widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False,
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("Regelen er i bruk"), required=False, initial=True)

    def build_layout(self) -> Layout:
        return Layout(
            "name",
            Group(
                _("Når trengs en avtale?"), SideBySide("from_amount", "from_leave_days"),
                description=_("Det holder at ett av vilkårene er oppfylt."),
            ),
            Group(_("Bindingstid"), "months", "follows_study", "begins", "pauses"),
            Group(
                _("Krav ved brudd"), "falls", SideBySide("share", "ceiling"), "leave_rate",
                "scales", "exceptions",
            ),
            "is_active",
            Actions(Button(self.submit_label)),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        asks = (values.get("from_amount"), values.get("from_leave_days"))
        if not self.errors and asks == (None, None):
            self.add_error("from_amount", ASKS_FROM_NOTHING)
        return values

    def values(self) -> dict[str, Any]:
        """Return the rule's fields by name."""
        told = self.cleaned_data
        return {name: told[name] for name in FIELDS} | {"leave_rate": told["leave_rate"] or 0}


def first_values(regel: Bindingsregel | None) -> dict[str, Any]:
    """Return what the form begins from: the rule, or what most municipalities choose."""
    if regel is None:
        return {"begins": Begins.COMPLETED, "falls": Falls.MONTHLY, "share": 100,
                "pauses": [Fravar.PARENTAL, Fravar.SICK], "is_active": True}  # fmt: skip
    return {name: getattr(regel, name) for name in FIELDS} | {
        "leave_rate": regel.leave_rate or None, "version": regel.version
    }  # fmt: skip
