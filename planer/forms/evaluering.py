"""Forms of evaluations: begin, the three questions, and a change of the plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import AarField, DatoField
from kompetanse.skall.layout import Group, Layout, SideBySide
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.forms.opplaring import UnitChoice
from planer.forms.strategi import FIRST_YEAR, LAST_YEAR, long_text
from planer.models import Evaluering, Mote, Planendring, Tiltak
from planer.queries import evaluering as queries
from planer.queries.tiltak import units

Kind = Planendring.Kind


class BeginForm(OnceForm):
    """What is evaluated, and when. `is_common`: also the plan of all units."""

    submit_label = _("Begynn")

    kind = forms.ChoiceField(
        label=_("Hva slags evaluering er det?"),
        choices=Evaluering.Kind.choices,
        widget=forms.RadioSelect,
    )
    year = AarField(label=_("Hvilket års plan?"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    held_on = DatoField(label=_("Dato"), help_text=_("Eksempel: 18.05.2027"))
    enhet = UnitChoice(label=_("Enhet"), queryset=None, required=False, empty_label=None)
    mote: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("I hvilket møte?"),
        queryset=None,
        required=False,
        empty_label=_("Ikke i et møte"),
    )

    def __init__(self, *args: Any, paths: list[str], is_common: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("enhet", units(paths), first=_("Alle enheter") if is_common else None)
        self.fields["enhet"].required = not is_common
        self.offer("mote", Mote.objects.order_by("-held_on"))

    def build_layout(self) -> Layout:
        return Layout("kind", SideBySide("year", "held_on"), "enhet", "mote")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        year, is_yearly = answers.get("year"), answers.get("kind") == Evaluering.Kind.YEARLY
        if year and is_yearly and queries.yearly(year, answers.get("enhet")).exists():
            self.add_error("year", queries.YEARLY_EXISTS % {"year": year})
        return answers


class AnswersForm(VersionedForm):
    """The three questions of Modum's yearly evaluation."""

    submit_label = _("Lagre svarene")

    carried_out = long_text(_("Er tiltakene gjennomført som planlagt?"), required=False)
    goals_met = long_text(_("Er målene nådd?"), required=False)
    must_change = long_text(_("Hva må endres?"), required=False)


class ReviseForm(OnceForm):
    """A change of the plan, and why."""

    submit_label = _("Endre planen")

    kind = forms.ChoiceField(
        label=_("Hva skal endres?"), choices=Kind.choices, widget=forms.RadioSelect
    )
    tiltak: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Hvilket tiltak?"),
        help_text=_("La stå tomt når tiltaket er nytt."),
        queryset=None,
        required=False,
        empty_label=_("Velg tiltak"),
    )
    theme = forms.CharField(label=_("Hva er det nye tiltaket?"), max_length=200, required=False)
    half = forms.ChoiceField(label=_("Halvår"), choices=Tiltak.Halvar.choices, required=False)
    year = AarField(label=_("År"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    reason = forms.CharField(
        label=_("Hvorfor?"),
        help_text=_("Begrunnelsen står ved endringen i planen."),
        widget=forms.Textarea({"rows": 3}),
        max_length=500,
    )

    def __init__(self, *args: Any, evaluering: Evaluering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("tiltak", queries.measures(evaluering))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("kind") == Kind.NEW:
            self._require(answers, "theme", _("Skriv hva det nye tiltaket er."))
            self._require(answers, "year", _("Skriv hvilket år tiltaket skal gjennomføres."))
        elif "kind" in answers:
            self._require(answers, "tiltak", _("Velg tiltaket som skal endres."))
        return answers

    def build_layout(self) -> Layout:
        return Layout(
            "kind",
            "tiltak",
            Group(_("Bare for et nytt tiltak"), "theme", SideBySide("half", "year")),
            "reason",
        )

    def _require(self, answers: dict[str, Any], name: str, sentence: Any) -> None:
        if name not in self.errors and not answers.get(name):
            self.add_error(name, sentence)
