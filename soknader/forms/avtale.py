"""The contract's forms: signing, leave, breach, money back, release, and the list's filter."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import once
from kompetanse.skall.fields import DatoField, HeltallField, KronerField
from kompetanse.skall.forms import FilterForm, SkallForm
from kompetanse.skall.layout import Actions, Button, Layout, SideBySide
from kompetanse.skall.versjon import OnceForm
from soknader.actions.brudd import Brudd
from soknader.models import Avtale
from soknader.models.bindingsregel import Fravar

MOST_INSTALMENTS = 36


class SignForm(SkallForm):
    """A cross, one's own name, and a token that lets the signature be given once."""

    submit_label = _("Signer avtalen")

    agrees = forms.BooleanField(label=_("Jeg har lest avtalen og godtar den"))
    name = forms.CharField(
        label=_("Skriv navnet ditt"),
        max_length=170,
        error_messages={"required": _("Skriv navnet ditt for å signere.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    engangsnokkel = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, full_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Slik det står her: %(name)s") % {"name": full_name}

    def renew(self) -> None:
        """Let the page that is sent back hold a token that is not used."""
        self.data = {**dict(self.data.items()), "engangsnokkel": once.new_token()}


class PauseForm(SkallForm):
    """Leave that stops the clock. Without an end it still lasts."""

    submit_label = _("Sett på pause")

    kind = forms.ChoiceField(label=_("Hvilket fravær?"), widget=forms.RadioSelect)
    starts = DatoField(label=_("Fra og med"), help_text=_("Eksempel: 01.02.2027"))
    ends = DatoField(
        label=_("Til og med"), help_text=_("La feltet stå tomt hvis det varer."), required=False
    )

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", [(kind, Fravar(kind).label) for kind in kinds])

    def build_layout(self) -> Layout:
        return Layout("kind", SideBySide("starts", "ends"), Actions(Button(self.submit_label)))


class ResumeForm(SkallForm):
    submit_label = _("Avslutt pausen")

    ends = DatoField(label=_("Siste dag med fravær"), help_text=_("Eksempel: 31.08.2027"))


class BruddForm(SkallForm):
    """The breach; what is owed is computed for the day."""

    submit_label = _("Registrer brudd")

    ground = forms.ChoiceField(
        label=_("Hva er skjedd?"), choices=Avtale.Ground.choices, widget=forms.RadioSelect
    )
    on = DatoField(
        label=_("Hvilken dag?"),
        help_text=_("For den som har sluttet: første dag uten arbeidsforhold. Kravet regnes ut "
                    "for denne dagen."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Hva er avtalt med den ansatte?"),
        help_text=_("Den ansatte kan lese det du skriver."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    instalments = HeltallField(
        label=_("Antall avdrag"), min_value=1, max_value=MOST_INSTALMENTS, initial=1
    )
    first_due = DatoField(label=_("Første avdrag betales"))

    def build_layout(self) -> Layout:
        return Layout(
            "ground", "on", "note", SideBySide("instalments", "first_due"),
            Actions(Button(self.submit_label, color="danger")),
        )  # fmt: skip

    def brudd(self) -> Brudd:
        return Brudd(**self.cleaned_data)


class RepayForm(OnceForm):
    submit_label = _("Registrer innbetaling")

    amount = KronerField(label=_("Beløp"), min_value=1)
    paid_on = DatoField(label=_("Betalt"), help_text=_("Eksempel: 15.03.2027"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("paid_on", DatoField).latest = on

    def build_layout(self) -> Layout:
        return Layout(
            "engangsnokkel", SideBySide("amount", "paid_on"), Actions(Button(self.submit_label))
        )


class ReleaseForm(SkallForm):
    submit_label = _("Ettergi kravet")

    relief = forms.ChoiceField(
        label=_("Hvorfor?"), choices=Avtale.Relief.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Begrunnelse"),
        help_text=_("Skriv ikke helseopplysninger. Den ansatte kan lese det du skriver."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Skriv hvorfor kravet ettergis.")},
    )

    def build_layout(self) -> Layout:
        return Layout("relief", "note", Actions(Button(self.submit_label, color="danger")))


class DayForm(FilterForm):
    """Another day than today to see the debt on."""

    submit_label = _("Vis kravet")

    dato = DatoField(label=_("Per dato"), required=False)


class ContractFilter(FilterForm):
    """Which contracts the list shows."""

    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("Alle")),
            *((value, label) for value, label in Avtale.Status.choices if value != "cancelled"),
        ],
    )
    slutter = forms.BooleanField(label=_("Bare de som slutter eller har sluttet"), required=False)
