"""Forms of the training plan: a measure with its amounts, its follow-up, and the filters."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.models import Kompetanse
from kompetanse.skall.fields import DatoField, HeltallField, KronerField
from kompetanse.skall.forms import FilterForm, SkallForm
from kompetanse.skall.layout import Actions, Button, Group, Layout, LinkButton, SideBySide
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.actions.opplaring import Measure
from planer.models import Belopslinje, Laringsarena, Tiltak
from planer.queries import opplaring, strategi

MOST_PARTICIPANTS = 32_000  # what the column holds
COSTS = [kind.value for kind in Belopslinje.COSTS]
FINANCING = [kind.value for kind in Belopslinje.FINANCING]


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit, indented by its place in the tree."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{'– ' * max(obj.depth - 1, 0)}{obj.name}"


def amount(kind: Belopslinje.Kind) -> KronerField:
    return KronerField(label=kind.label, required=False)


class _Measure(forms.Form):
    """What a measure is asked of. `paths` are the units to choose among.

    `is_common`: the measure may also be for all units. The fields of amounts are named by
    Belopslinje.Kind.
    """

    theme = forms.CharField(label=_("Hva skal læres eller gjøres?"), max_length=200)
    need = forms.CharField(label=_("Hvilket behov skal dekkes?"), max_length=200, required=False)
    fokusomrade: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Fokusområde"), queryset=None, required=False
    )
    kompetanse: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Kompetanse som bygges"), queryset=None, required=False
    )
    kind = forms.ChoiceField(label=_("Slag"), choices=Tiltak.Kind.choices)
    way = forms.ChoiceField(
        label=_("Hvordan skaffer vi kompetansen?"),
        choices=Tiltak.Way.choices,
        initial=Tiltak.Way.DEVELOP,
    )
    arena: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Læringsarena"), queryset=None, required=False
    )
    half = forms.ChoiceField(
        label=_("Halvår"), choices=Tiltak.Halvar.choices, widget=forms.RadioSelect
    )
    timing = forms.CharField(
        label=_("Tidspunkt"), help_text=_("Eksempel: uke 10"), max_length=80, required=False
    )
    target_group = forms.CharField(label=_("Målgruppe"), max_length=160, required=False)
    participants = HeltallField(
        label=_("Antall deltakere"), min_value=0, max_value=MOST_PARTICIPANTS, required=False
    )
    responsible = forms.CharField(label=_("Ansvarlig"), max_length=120, required=False)
    enhet = UnitChoice(label=_("Enhet"), queryset=None, required=False)
    fee = amount(Belopslinje.Kind.FEE)
    substitute = amount(Belopslinje.Kind.SUBSTITUTE)
    travel = amount(Belopslinje.Kind.TRAVEL)
    literature = amount(Belopslinje.Kind.LITERATURE)
    other_cost = amount(Belopslinje.Kind.OTHER_COST)
    own = amount(Belopslinje.Kind.OWN)
    grant = amount(Belopslinje.Kind.GRANT)
    region = amount(Belopslinje.Kind.REGION)
    other_financing = amount(Belopslinje.Kind.OTHER_FINANCING)
    status = forms.ChoiceField(label=_("Status"), choices=Tiltak.Status.choices)
    evaluate_on = DatoField(
        label=_("Når skal det evalueres?"), help_text=_("Eksempel: 15.05.2027"), required=False
    )
    evaluation = forms.CharField(
        label=_("Evaluering"), widget=forms.Textarea({"rows": 4}), required=False
    )

    follow_up: tuple[Any, ...] = (SideBySide("status", "evaluate_on"), "evaluation")

    def __init__(
        self, *args: Any, paths: list[str], is_common: bool, back_url: str, **kwargs: Any
    ) -> None:
        self.back_url = back_url
        super().__init__(*args, **kwargs)
        self._offer(paths, is_common=is_common)

    def measure(self, *, year: int) -> Measure:
        """Return the answers as the verbs take them."""
        answers = self.cleaned_data
        named = {name: answers[name] for name in _Measure.declared_fields if name in answers}
        amounts = {kind: named.pop(kind) or 0 for kind in (*COSTS, *FINANCING)}
        named["participants"] = named["participants"] or 0
        return Measure(year=year, amounts=amounts, **named)

    def build_layout(self) -> Layout:
        hidden = [name for name in self.fields if name in {"versjon", "engangsnokkel"}]
        return Layout(
            *hidden,
            Group(
                _("Hva og hvorfor"),
                "theme",
                "need",
                "fokusomrade",
                "kompetanse",
                "way",
                SideBySide("kind", "arena"),
            ),
            Group(
                _("Når, hvem og hvor"),
                "half",
                "timing",
                SideBySide("target_group", "participants"),
                SideBySide("responsible", "enhet"),
            ),
            Group(
                _("Hva koster det?"),
                SideBySide(*COSTS[:3]),
                SideBySide(*COSTS[3:]),
                description=_("La felt stå tomme når det ikke koster noe."),
            ),
            Group(
                _("Hvordan betales det?"), SideBySide(*FINANCING[:2]), SideBySide(*FINANCING[2:])
            ),
            Group(_("Oppfølging"), *self.follow_up),
            Actions(Button(_("Lagre tiltaket")), LinkButton(_("Avbryt"), self.back_url)),
        )

    def _offer(self, paths: list[str], *, is_common: bool) -> None:
        """Give the selects what this person may choose among."""
        offered = {
            "fokusomrade": strategi.areas_in_force(),
            "kompetanse": Kompetanse.objects.order_by("name"),
            "arena": Laringsarena.objects.order_by("order", "name"),
            "enhet": opplaring.units(paths),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
            self.fields[name].empty_label = _("Ikke valgt")  # type: ignore[attr-defined]
        enhet = self.fields["enhet"]
        enhet.required = not is_common
        enhet.empty_label = _("Felles for alle") if is_common else _("Velg enhet")  # type: ignore[attr-defined]


class AddMeasureForm(_Measure, OnceForm):
    """A new measure, planned. What a gap or a need knows already comes as initial values."""

    status = None  # type: ignore[assignment]
    evaluation = None  # type: ignore[assignment]
    follow_up = ("evaluate_on",)


class MeasureForm(_Measure, VersionedForm):
    """A measure that is there already."""


def initial_of(tiltak: Tiltak, amounts: Mapping[str, int]) -> dict[str, Any]:
    """Return what the form shows of a stored measure."""
    named = {
        name: getattr(tiltak, name)
        for name in _Measure.declared_fields
        if name not in Belopslinje.Kind.values
    }
    return named | dict(amounts)


class CarryForm(OnceForm):
    """Which of last year's measures to plan anew."""

    submit_label = _("Ta med i planen")

    tiltak: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        label=_("Hvilke tiltak skal være med videre?"),
        help_text=_("Beløp og målgruppe følger med. Du kan endre dem etterpå."),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst ett tiltak, eller gå tilbake til planen.")},
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["tiltak"]
        field.queryset = offered
        field.label_from_instance = _in_line


def _in_line(tiltak: Tiltak) -> str:
    where = tiltak.enhet.name if tiltak.enhet else _("felles")
    return f"{tiltak.theme} ({where}, {str(tiltak.get_status_display()).lower()})"


class MeasureFilterForm(FilterForm):
    """Narrows the training plan. Drawn from ready choices, so that it costs no query of its own."""

    enhet = forms.ChoiceField(label=_("Enhet"), required=False)
    fokus = forms.ChoiceField(label=_("Fokusområde"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    vis = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        enheter: list[tuple[int, str]],
        areas: list[tuple[str, list[tuple[int, str]]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._set("enhet", [("", _("Alle enheter")), *enheter])
        self._set("fokus", [("", _("Alle fokusområder")), *areas])
        self._set("status", [("", _("Alle")), *Tiltak.Status.choices])

    def _set(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class StatusForm(SkallForm):
    """Follow-up from the list: one select and a button."""

    status = forms.ChoiceField(label=_("Status"), choices=Tiltak.Status.choices)
