"""Forms of the long training plan: the plan, a goal, a measurement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.skall.fields import AarField, DatoField, DesimaltallField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Group, Layout, SideBySide
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.forms.strategi import FIRST_YEAR, LAST_YEAR
from planer.models import MOST_YEARS, Langplan
from planer.queries import langplan as queries
from planer.queries import strategi


def figure(label: Any) -> DesimaltallField:
    return DesimaltallField(label=label, max_digits=10, decimal_places=2)


class MakeLongForm(OnceForm):
    submit_label = _("Lag utkast")

    strategiplan: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Hvilken strategiplan bygger den på?"),
        help_text=_("Målene settes for fokusområdene i strategiplanen."),
        queryset=None,
        empty_label=None,
    )
    name = forms.CharField(
        label=_("Hva heter planen?"),
        max_length=160,
        help_text=_("Eksempel: Langsiktig opplæringsplan for helse og omsorg"),
    )
    first_year = AarField(label=_("Første år"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    last_year = AarField(label=_("Siste år"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("strategiplan", strategi.with_areas())

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first, last = answers.get("first_year"), answers.get("last_year")
        if first and last and not first <= last < first + MOST_YEARS:
            self.add_error(
                "last_year", _("Planen går over ett til fire år. Velg et siste år som passer.")
            )
        return answers

    def build_layout(self) -> Layout:
        return Layout("strategiplan", "name", SideBySide("first_year", "last_year"))


class GoalForm(VersionedForm):
    """A measurable goal of a focus area."""

    fokusomrade: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Fokusområde"), queryset=None, empty_label=None
    )
    goal = forms.CharField(
        label=_("Hva skal vi oppnå?"),
        help_text=_("Eksempel: Alle avdelinger har en sykepleier med videreutdanning i geriatri"),
        max_length=200,
    )
    indicator = forms.CharField(
        label=_("Hva måler vi?"),
        help_text=_("Eksempel: Andel avdelinger med slik kompetanse"),
        max_length=160,
    )
    unit = forms.CharField(
        label=_("Måleenhet"), help_text=_("Eksempel: %"), max_length=20, required=False
    )
    baseline = figure(_("Hvor er vi nå?"))
    baseline_on = DatoField(label=_("Når ble det målt?"), help_text=_("Eksempel: 15.05.2026"))
    target = figure(_("Hvor skal vi?"))
    deadline = DatoField(label=_("Når skal målet være nådd?"), help_text=_("Eksempel: 31.12.2028"))
    responsible = forms.CharField(
        label=_("Ansvarlig"), help_text=_("Rolle eller navn"), max_length=120, required=False
    )

    def __init__(self, *args: Any, plan: Langplan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("fokusomrade", queries.area_choices(plan))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        measured, deadline = answers.get("baseline_on"), answers.get("deadline")
        if measured and deadline and deadline <= measured:
            self.add_error("deadline", _("Fristen må være etter dagen utgangspunktet ble målt."))
        if "target" in answers and answers.get("baseline") == answers["target"]:
            self.add_error("target", _("Målet må være et annet tall enn der dere er nå."))
        return answers

    def build_layout(self) -> Layout:
        return Layout(
            Group(_("Målet"), "fokusomrade", "goal", SideBySide("indicator", "unit")),
            Group(
                _("Fra og til"),
                SideBySide("baseline", "baseline_on"),
                SideBySide("target", "deadline"),
                "responsible",
            ),
        )


class RemoveGoalForm(SkallForm):
    """Asks why, when the goal stood in the edition before."""

    reason = forms.CharField(
        label=_("Hvorfor er målet ikke med videre?"),
        help_text=_("Grunnen står i planen."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, is_carried: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_carried
        if not is_carried:
            del self.fields["reason"]


class MeasureForm(OnceForm):
    """A measurement of a goal."""

    submit_label = _("Lagre målingen")

    value = figure(_("Hva er tallet?"))
    on = DatoField(label=_("Når ble det målt?"), help_text=_("Eksempel: 15.05.2027"))
    note = forms.CharField(
        label=_("Merknad"),
        help_text=_("Hva forklarer tallet? Alle ansatte kan lese det."),
        max_length=300,
        required=False,
    )

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError(_("Målingen kan ikke være fram i tid."))
        return on

    def build_layout(self) -> Layout:
        return Layout(SideBySide("value", "on"), "note")
