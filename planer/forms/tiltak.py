"""Forms of a measure: new, changed, and carried on from last year."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.models import Enhet
from kompetanse.skall.fields import DatoField, HeltallField, KronerField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Fold, Group, Layout, LinkButton, SideBySide
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.actions.linje import Measure
from planer.models import MOST_LEVEL, Belopslinje, Fokusomrade, Laringsarena, Tiltak
from planer.queries.valg import Offered

MOST_PARTICIPANTS = 32_000  # what the column holds
COSTS = [kind.value for kind in Belopslinje.COSTS]
FINANCING = [kind.value for kind in Belopslinje.FINANCING]
# How many competences the form asks for; the workbook has as many.
COMPETENCES = 3
LEVELS = [("", _("Ikke sagt")), *((level, str(level)) for level in range(MOST_LEVEL + 1))]


class RowChoice(forms.TypedChoiceField):
    """A row among ready choices of ids; only the one that is chosen is read."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        self.model = model
        super().__init__(coerce=self._row, empty_value=None, required=False, **kwargs)

    def _row(self, pk: str) -> Any:
        return self.model.objects.get(pk=pk)


class IdChoice(forms.TypedChoiceField):
    """An id among ready choices."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, required=False, **kwargs)


class IdChoices(forms.TypedMultipleChoiceField):
    """Several ids among ready choices, ticked off."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


def amount(kind: Belopslinje.Kind) -> KronerField:
    return KronerField(label=kind.label, required=False)


def competence(number: int) -> tuple[str, str]:
    """Return the names of the fields of one competence and its level, counted from 1."""
    return f"kompetanse{number}", f"niva{number}"


PAIRS = [competence(number + 1) for number in range(COMPETENCES)]


class _Measure(SkallForm):
    """What a measure is asked of: the few questions first, those that few need folded.

    `is_common`: the measure may also be for all units. The fields of amounts are named by
    Belopslinje.Kind.
    """

    theme = forms.CharField(label=_("Hva skal læres eller gjøres?"), max_length=200)
    need = forms.CharField(label=_("Hvilket behov skal dekkes?"), max_length=200, required=False)
    fokusomrade = RowChoice(Fokusomrade, label=_("Fokusområde"))
    kompetanse1 = IdChoice(label=_("Kompetanse som bygges"))
    niva1 = IdChoice(label=_("Til nivå"), choices=LEVELS)
    kompetanse2 = IdChoice(label=_("Kompetanse nummer to"))
    niva2 = IdChoice(label=_("Til nivå"), choices=LEVELS)
    kompetanse3 = IdChoice(label=_("Kompetanse nummer tre"))
    niva3 = IdChoice(label=_("Til nivå"), choices=LEVELS)
    kind = forms.ChoiceField(
        label=_("Slag"), choices=Tiltak.Kind.choices, initial=Tiltak.Kind.COURSE
    )
    way = forms.ChoiceField(
        label=_("Hvordan skaffer vi kompetansen?"),
        choices=[
            (
                sort.label,
                [(way.value, way.label) for way in Tiltak.Way if Tiltak.SORT_OF[way] == sort],
            )
            for sort in Tiltak.Sort
        ],
        initial=Tiltak.Way.DEVELOP,
    )
    arena = RowChoice(Laringsarena, label=_("Læringsarena"))
    half = forms.ChoiceField(
        label=_("Halvår"), choices=Tiltak.Halvar.choices, widget=forms.RadioSelect
    )
    timing = forms.CharField(
        label=_("Tidspunkt"), help_text=_("Eksempel: uke 10"), max_length=80, required=False
    )
    deadline = DatoField(label=_("Frist"), help_text=_("Eksempel: 15.03.2027"), required=False)
    target_group = forms.CharField(label=_("Målgruppe"), max_length=160, required=False)
    participants = HeltallField(
        label=_("Antall deltakere"), min_value=0, max_value=MOST_PARTICIPANTS, required=False
    )
    for_units = IdChoices(label=_("Enheter i målgruppen"))
    for_categories = IdChoices(label=_("Stillinger i målgruppen"))
    responsible = forms.CharField(
        label=_("Ansvarlig"),
        help_text=_("Skriv rollen, ikke navnet. Planen blir lest av alle."),
        max_length=120,
        required=False,
    )
    enhet = RowChoice(Enhet, label=_("Enhet"))
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

    follow_up: tuple[Any, ...] = (
        Group(_("Oppfølging"), SideBySide("status", "evaluate_on"), "evaluation"),
    )

    def __init__(
        self, *args: Any, offered: Offered, is_common: bool, back_url: str, **kwargs: Any
    ) -> None:
        self.back_url = back_url
        super().__init__(*args, **kwargs)
        self._offer(offered, is_common=is_common)

    def clean(self) -> dict[str, Any]:
        """Refuse the same competence twice."""
        answers: dict[str, Any] = super().clean() or {}
        chosen = [answers.get(name) for name, _level in PAIRS if answers.get(name)]
        for name, _level in PAIRS[1:]:
            if chosen.count(answers.get(name)) > 1:
                self.add_error(name, _("Kompetansen er valgt før. Velg en annen."))
                break
        return answers

    def measure(self, *, year: int) -> Measure:
        """Return the answers as the verbs take them."""
        answers = dict(self.cleaned_data)
        levels = {answers.pop(name): answers.pop(level) for name, level in PAIRS}
        levels.pop(None, None)
        named = {name: answers[name] for name in _Measure.declared_fields if name in answers}
        amounts = {kind: named.pop(kind) or 0 for kind in (*COSTS, *FINANCING)}
        named["participants"] = named["participants"] or 0
        return Measure(year=year, amounts=amounts, competences=levels, **named)

    def build_layout(self) -> Layout:
        return Layout(
            "theme",
            "half",
            SideBySide("enhet", "responsible"),
            SideBySide("target_group", "participants"),
            SideBySide("timing", "deadline"),
            Fold(_("Behov, fokusområde og kompetanse"), "need", "fokusomrade", *self._pairs()),
            Fold(_("Slag, måte og læringsarena"), "way", SideBySide("kind", "arena")),
            Fold(_("Hvem i målgruppen?"), "for_categories", "for_units"),
            Fold(_("Hva koster det?"), SideBySide(*COSTS[:2]), SideBySide(*COSTS[2:4]), *COSTS[4:]),
            Fold(_("Hvordan betales det?"), SideBySide(*FINANCING[:2]), SideBySide(*FINANCING[2:])),
            *self.follow_up,
            Actions(Button(_("Lagre tiltaket")), LinkButton(_("Avbryt"), self.back_url)),
        )

    def _pairs(self) -> list[SideBySide]:
        return [SideBySide(*pair) for pair in PAIRS]

    def _offer(self, offered: Offered, *, is_common: bool) -> None:
        """Give the selects what this person may choose among."""
        none = _("Ikke valgt")
        self.offer("fokusomrade", offered.areas, first=none)
        self.offer("arena", offered.arenas, first=none)
        for name, _level in PAIRS:
            self.offer(name, offered.competences, first=none)
        everyone = _("Felles for alle") if is_common else _("Velg enhet")
        self.offer("enhet", offered.units, first=everyone)
        self.fields["enhet"].required = not is_common
        self.offer("for_units", offered.units)
        self.offer("for_categories", offered.categories)


class AddMeasureForm(_Measure, OnceForm):
    """A new measure, planned. What a gap or a need knows already comes as initial values."""

    status = None  # type: ignore[assignment]
    evaluation = None  # type: ignore[assignment]
    follow_up = (Fold(_("Oppfølging"), "evaluate_on"),)


class MeasureForm(_Measure, VersionedForm):
    """A measure that is there already."""


def initial_of(
    tiltak: Any, *, amounts: Mapping[str, int], competences: list[tuple[int, int | None]]
) -> dict[str, Any]:
    """Return what the form shows of a stored measure that `queries.tiltak.by_id` gave."""
    rows = {name: getattr(tiltak, f"{name}_id") for name in ("fokusomrade", "arena", "enhet")}
    levels = {name: value for number, pair in enumerate(competences[:COMPETENCES], start=1)
              for name, value in zip(competence(number), pair, strict=True)}  # fmt: skip
    plain = {
        name: getattr(tiltak, name)
        for name in _Measure.declared_fields
        if name not in Belopslinje.Kind.values and hasattr(tiltak, name)
    }
    return plain | rows | levels | dict(amounts)


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
        self.offer("tiltak", offered)
        tiltak: Any = self.fields["tiltak"]
        tiltak.label_from_instance = _in_line


def _in_line(tiltak: Tiltak) -> str:
    where = tiltak.enhet.name if tiltak.enhet else _("felles")
    return f"{tiltak.theme} ({where}, {str(tiltak.get_status_display()).lower()})"
