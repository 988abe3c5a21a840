"""Forms of the county's answer and of its distribution. They give domain values, save nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.models import Enhet
from kompetanse.skall import norsk
from kompetanse.skall.fields import DatoField, KronerField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Group, Layout, SideBySide
from kompetanse.skall.versjon import OnceForm
from rapporter.actions.svar import Answer, unequal
from rapporter.models import Tilskuddslinje
from rapporter.queries.fordeling import Decided


class AnswerForm(SkallForm):
    """The county's answer: the sum, its conditions, and what each line got."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    amount = KronerField(label=_("Mottatt beløp"), min_value=1)
    received_on = DatoField(label=_("Svarets dato"), help_text=_("Eksempel: 20.05.2027"))
    case_number = forms.CharField(
        label=_("Statsforvalterens saksnummer"), help_text=_("Eksempel: 2027/4711"), max_length=40
    )
    conditions = forms.CharField(
        label=_("Vilkår"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )

    def __init__(
        self,
        *args: Any,
        lines: Sequence[Tilskuddslinje],
        granted: Mapping[int, int],
        on: date,
        **kwargs: Any,
    ) -> None:
        self.lines = lines
        super().__init__(*args, **kwargs)
        self.field("received_on", DatoField).latest = on
        for linje in lines:
            self.fields[name_of(linje)] = KronerField(
                label=f"{linje.priority}. {linje.tiltak.theme}",
                help_text=_("Søkt om %(amount)s") % {"amount": norsk.kroner(linje.amount)},
                required=False,
                initial=granted.get(linje.pk),
            )

    def build_layout(self) -> Layout:
        return Layout(
            SideBySide("amount", "received_on"),
            "case_number",
            "conditions",
            Group(
                _("Innvilget på hver linje"),
                *(name_of(linje) for linje in self.lines),
                description=_("Til sammen skal linjene være lik det mottatte beløpet."),
            ),
            Actions(Button(_("Lagre svaret"))),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        amount = cleaned.get("amount")
        if not self.errors and amount is not None and sum(self.granted.values()) != amount:
            self.add_error("amount", unequal(sum(self.granted.values()), amount))
        return cleaned

    @property
    def granted(self) -> dict[int, int]:
        """Return NOK by line; a line that is not filled in got nothing."""
        return {linje.pk: self.cleaned_data.get(name_of(linje)) or 0 for linje in self.lines}

    def answer(self) -> Answer:
        names = ("amount", "received_on", "case_number", "conditions")
        told = {name: self.cleaned_data[name] for name in names}
        return Answer(**told, granted=self.granted)


class DistributeForm(OnceForm):
    """So much of a line to a unit; a second click gives no more."""

    submit_label = _("Fordel")

    svarlinje = forms.TypedChoiceField(label=_("Linje"), coerce=int)
    enhet = forms.ChoiceField(label=_("Enhet"))
    amount = KronerField(label=_("Beløp"), min_value=1)

    def __init__(
        self, *args: Any, lines: Sequence[Decided], enheter: Sequence[Enhet], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.enheter = {str(each.pk): each for each in enheter}
        self.offer("svarlinje", [(each.pk, _line(each)) for each in lines if each.left])
        self.offer("enhet", [(pk, each.name) for pk, each in self.enheter.items()])

    def clean_enhet(self) -> Enhet:
        return self.enheter[self.cleaned_data["enhet"]]

    def build_layout(self) -> Layout:
        return Layout(
            "engangsnokkel", "svarlinje", SideBySide("enhet", "amount"),
            Actions(Button(self.submit_label)),
        )  # fmt: skip


def name_of(linje: Tilskuddslinje) -> str:
    return f"granted_{linje.pk}"


def _line(each: Decided) -> str:
    return f"{each.priority}. {each.theme} ({norsk.kroner(each.left)})"
