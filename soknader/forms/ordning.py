"""A support scheme, and which of them a round applies with which frames."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.models import Enhet
from kompetanse.skall.fields import DatoField, HeltallField, KronerField, ProsentField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Fold, Group, Layout, SideBySide
from soknader.actions.ordning import Choice
from soknader.enums import Slag
from soknader.models import Bindingsregel, Enhetsramme, Rundeordning, Soknadsrunde, Stotteordning
from soknader.rules import maalform, ordningstekst

NO_RATE = _("Skriv hva enheten får for hver dag.")
TOO_LARGE = _("Rammen kan ikke være større enn rammen for hele runden.")
MOST_LEAVE = 400
MOST_PER_EXAM = 20
FIELDS = (
    "in_use_from", "text", "source", "share", "ceiling", "per_year", "rate", "exam_days",
    "study_days", "regel", "is_active", "name_other", "text_other",
)  # fmt: skip
ONLY_LEAVE = ("exam_days", "study_days")


class OrdningForm(SkallForm):
    """A version of a scheme of one kind: what is asked follows from the kind."""

    submit_label = _("Lagre ordningen")

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Navn på ordningen"),
        help_text=_("For eksempel «Studieavgift». Navnet kan ikke endres siden."),
        max_length=80,
    )
    in_use_from = DatoField(
        label=_("I bruk fra"), help_text=_("Runder som åpner fra denne dagen, kan bruke den.")
    )
    text = forms.CharField(
        label=_("Hva den dekker"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    name_other = forms.CharField(label=_("Navn på ordningen"), max_length=80, required=False)
    text_other = forms.CharField(
        label=_("Hva den dekker"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Hjemmel"), help_text=_("For eksempel «Hovedtariffavtalen kapittel 1 § 14»."),
        max_length=120, required=False,
    )  # fmt: skip
    exam_days = HeltallField(
        label=_("Eksamensdager for hver eksamen"), min_value=0, max_value=MOST_PER_EXAM, initial=1
    )
    study_days = HeltallField(
        label=_("Lesedager før hver eksamen"), min_value=0, max_value=MOST_PER_EXAM, initial=2
    )
    share = ProsentField(label=_("Andel som dekkes"), min_value=1, initial=100)
    rate = KronerField(label=_("Høyst for hvert studiepoeng"), required=False, min_value=1)
    ceiling = KronerField(label=_("Tak"), required=False, min_value=1)
    per_year = forms.BooleanField(label=_("Taket gjelder for hvert studieår"), required=False)
    regel: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Regel for bindingstid"),
        help_text=_("Gjelder alle som får støtte av denne ordningen. Ellers avgjør beløpet."),
        queryset=None,
        required=False,
        empty_label=_("Etter beløp og dager"),
    )
    is_active = forms.BooleanField(label=_("Ordningen er i bruk"), required=False, initial=True)

    def __init__(self, *args: Any, kind: str, is_new: bool, lang: str, **kwargs: Any) -> None:
        self.kind, self.is_new, self.lang = kind, is_new, lang
        super().__init__(*args, **kwargs)

    def build_layout(self) -> Layout:
        for name in ("name_other", "text_other"):
            field = self.fields[name]
            field.label = maalform.label(str(field.label), lang=self.lang)
        active = Bindingsregel.objects.filter(is_active=True)
        self.offer("regel", active)
        self._ask_by_kind()
        limits = [name for name in ("rate", "ceiling") if name in self.fields]
        days = [name for name in ONLY_LEAVE if name in self.fields]
        return Layout(
            *(["name"] if self.is_new else []),
            "in_use_from",
            "text",
            Fold(maalform.heading(self.lang), "name_other", "text_other"),
            "source",
            *([SideBySide(*days)] if days else []),
            Group(_("Hvor mye?"), "share", SideBySide(*limits), "per_year"),
            "regel",
            "is_active",
            Actions(Button(self.submit_label)),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.kind == Slag.SUBSTITUTE and "rate" not in self.errors and not values.get("rate"):
            self.add_error("rate", NO_RATE)
        return values

    def values(self) -> dict[str, Any]:
        """Return the scheme's fields by name."""
        names = (*FIELDS, "name") if self.is_new else FIELDS
        return {name: self.cleaned_data[name] for name in names if name in self.fields}

    def _ask_by_kind(self) -> None:
        if not self.is_new:
            del self.fields["name"]
        if self.kind == Slag.LEAVE:
            del self.fields["rate"]
            self.fields["share"].label = _("Andel av samlingsdagene")
            self.fields["ceiling"] = HeltallField(
                label=_("Tak"), unit=_("dager"), required=False, min_value=1, max_value=MOST_LEAVE
            )
            return
        for name in ONLY_LEAVE:
            del self.fields[name]
        if self.kind == Slag.SUBSTITUTE:
            self.fields["rate"].label = _("For hver dag fri med lønn")


def first_values(ordning: Stotteordning) -> dict[str, Any]:
    """Return what a new version begins from: the one before it."""
    return {name: getattr(ordning, name) for name in FIELDS} | {"version": ordning.version}


class ChooseForm(SkallForm):
    """Which schemes the round applies, and the frames of schemes and units."""

    submit_label = _("Lagre")

    def __init__(
        self,
        *args: Any,
        runde: Soknadsrunde,
        ordninger: Sequence[Stotteordning],
        units: Sequence[Enhet],
        **kwargs: Any,
    ) -> None:
        self.runde = runde
        self.ordninger = {ordning.pk: ordning for ordning in ordninger}
        self.units = {enhet.pk: enhet for enhet in units}
        super().__init__(*args, **kwargs)

    def build_layout(self) -> Layout:
        kinds = [self._kind(kind) for kind in Slag if self._of_kind(kind)]
        for pk, enhet in self.units.items():
            self.fields[f"enhet_{pk}"] = KronerField(label=enhet.name, required=False, min_value=1)
        units = [f"enhet_{pk}" for pk in self.units]
        group = Group(
            _("Rammer for sektorer"), *units,
            description=_("La feltet stå tomt når sektoren ikke har en ramme for seg selv."),
        )  # fmt: skip
        return Layout(*kinds, *([group] if units else []), Actions(Button(self.submit_label)))

    def clean(self) -> dict[str, Any]:
        for name, value in list(self.cleaned_data.items()):
            is_money = name.startswith(("enhet_", "ramme_"))
            if is_money and name != f"ramme_{Slag.LEAVE}" and (value or 0) > self.runde.budget:
                self.add_error(name, TOO_LARGE)
        return self.cleaned_data

    def choices(self) -> list[Choice]:
        told = self.cleaned_data
        chosen = [(kind, told.get(f"ordning_{kind}")) for kind in Slag]
        return [
            Choice(self.ordninger[int(pk)], told.get(f"ramme_{kind}")) for kind, pk in chosen if pk
        ]

    def frames(self) -> dict[int, int]:
        """Return NOK by the id of the unit that has a frame."""
        written = {pk: self.cleaned_data.get(f"enhet_{pk}") for pk in self.units}
        return {pk: frame for pk, frame in written.items() if frame}

    def _of_kind(self, kind: Slag) -> list[Stotteordning]:
        return [each for each in self.ordninger.values() if each.kind == kind]

    def _kind(self, kind: Slag) -> Group:
        options = [
            (str(each.pk), f"{each.name}: {ordningstekst.told(each)}")
            for each in self._of_kind(kind)
        ]
        self.fields[f"ordning_{kind}"] = forms.ChoiceField(
            label=_("Ordning"),
            choices=[("", _("Støttes ikke i denne runden")), *options],
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields[f"ramme_{kind}"] = self._frame(kind)
        return Group(kind.label, f"ordning_{kind}", f"ramme_{kind}")

    def _frame(self, kind: Slag) -> HeltallField:
        if kind == Slag.LEAVE:
            return HeltallField(
                label=_("Egen ramme"), unit=_("dager"), required=False, min_value=1,
                max_value=MOST_LEAVE * 100,
            )  # fmt: skip
        return KronerField(label=_("Egen ramme"), required=False, min_value=1)


def chosen_values(applied: Sequence[Rundeordning], frames: Sequence[Enhetsramme]) -> dict[str, Any]:
    """Return what is chosen for the round now."""
    values: dict[str, Any] = {f"enhet_{each.enhet_id}": each.frame for each in frames}
    for each in applied:
        values |= {f"ordning_{each.kind}": str(each.ordning_id), f"ramme_{each.kind}": each.frame}
    return values
