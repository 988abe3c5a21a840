"""Forms of the action plan: the proposal, each measure's verdict, adoption, and the accounts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall import norsk
from kompetanse.skall.fields import AarField, KronerField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.forms.strategi import FIRST_YEAR, long_text
from planer.models import Handlingspunkt, Kontodel

V = Handlingspunkt.Verdict
LAST_YEAR = 2100


class MeasureChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Measures with unit and cost."""

    def label_from_instance(self, obj: Any) -> str:
        where = obj.enhet.name if obj.enhet else _("Felles")
        return f"{obj.theme} ({where}), {norsk.kroner(obj.cost)}"


class MeetingChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{norsk.dato(obj.held_on)} {obj.title}"


class ProposalForm(VersionedForm):
    """Which meeting went through the needs, and which measures are proposed."""

    mote = MeetingChoice(
        label=_("Møtet med tillitsvalgte og verneombud"),
        queryset=None,
        required=False,
        empty_label=_("Ikke valgt ennå"),
    )
    comment = long_text(_("Følgeskriv til ledergruppa"), rows=4, required=False)
    tiltak = MeasureChoice(
        label=_("Hvilke tiltak foreslår dere?"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, meetings: Any, measures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("mote", meetings)
        self.offer("tiltak", measures)


class VerdictForm(OnceForm):
    """What the leader group decides on one measure. `proposed` is NOK."""

    submit_label = _("Lagre")

    verdict = forms.ChoiceField(
        label=_("Hva bestemmer ledergruppa?"), choices=V.choices, widget=forms.RadioSelect
    )
    amount = KronerField(
        label=_("Godkjent beløp"),
        help_text=_("Bare når beløpet er et annet enn det foreslåtte."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        help_text=_("Må med når det er noe annet enn forslaget."),
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        verdict = answers.get("verdict")
        if verdict == V.CHANGED and answers.get("amount") is None:
            self.add_error("amount", _("Skriv beløpet som er godkjent."))
        if verdict and verdict != V.APPROVED and not answers.get("reason", "").strip():
            self.add_error("reason", _("Skriv hvorfor det ble noe annet enn forslaget."))
        answers["amount"] = answers.get("amount") or 0
        return answers


class AdoptForm(VersionedForm):
    submit_label = _("Vedta handlingsplanen")

    case_number = forms.CharField(
        label=_("Saksnummer"), help_text=_("Eksempel: 26/118"), max_length=40, required=False
    )


class PartForm(OnceForm):
    """A part of the account string."""

    submit_label = _("Legg til")

    name = forms.CharField(
        label=_("Hva heter delen?"), help_text=_("Eksempel: Art, Ansvar, Tjeneste"), max_length=40
    )
    source = forms.ChoiceField(label=_("Hva følger koden?"), choices=Kontodel.Source.choices)
    default = forms.CharField(
        label=_("Kode når ingen annen er satt"), max_length=20, required=False
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Kontodel.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("Det er en del med det navnet fra før."))
        return name


class CodesForm(SkallForm):
    """The codes of a part: one field for each kind of cost, unit or focus area."""

    submit_label = _("Lagre kodene")

    default = forms.CharField(
        label=_("Kode når ingen annen er satt"), max_length=20, required=False
    )

    def __init__(
        self,
        *args: Any,
        keys: Sequence[tuple[str, str]],
        codes: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [key for key, _name in keys]
        for number, (key, name) in enumerate(keys):
            self.fields[f"kode-{number}"] = forms.CharField(
                label=name, max_length=20, required=False, initial=codes.get(key, "")
            )

    def codes(self) -> dict[str, str]:
        """Return the codes by key; empty where none is written."""
        return {
            key: self.cleaned_data[f"kode-{number}"].strip() for number, key in enumerate(self.keys)
        }


class EconomicPlanForm(OnceForm):
    submit_label = _("Lagre")

    name = forms.CharField(
        label=_("Hva heter den?"),
        help_text=_("Eksempel: Strategi- og økonomiplan 2025–2028"),
        max_length=160,
    )
    first_year = AarField(label=_("Fra år"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    last_year = AarField(label=_("Til og med år"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    case_number = forms.CharField(label=_("Saksnummer"), max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first, last = answers.get("first_year"), answers.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("Siste år kan ikke være før det første."))
        return answers
