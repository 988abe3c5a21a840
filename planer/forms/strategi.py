"""Forms of the strategy plan: its own fields, its parts, its units, and the decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Enhet
from kompetanse.skall.fields import AarField, DatoField
from kompetanse.skall.layout import Layout, SideBySide
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.models import Fokusomrade, Henvisning, Strategiplan
from planer.queries import mote

FIRST_YEAR, LAST_YEAR = 2000, 2100


def long_text(label: Any, *, rows: int = 6, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **kwargs)


class _YearsMixin(forms.Form):
    """Two years in order."""

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first, last = answers.get("first_year"), answers.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("Det siste året kan ikke være før det første."))
        return answers


class MakePlanForm(_YearsMixin, OnceForm):
    submit_label = _("Lag utkast")

    name = forms.CharField(label=_("Hva heter planen?"), max_length=160)
    first_year = AarField(label=_("Første år"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    last_year = AarField(label=_("Siste år"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def build_layout(self) -> Layout:
        layout = super().build_layout()
        return _side_by_side(layout, "first_year", "last_year")


class PlanForm(_YearsMixin, VersionedForm):
    """The plan's own fields: name, period, vision, summary, owner."""

    name = forms.CharField(label=_("Navn"), max_length=160)
    first_year = AarField(label=_("Første år"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    last_year = AarField(label=_("Siste år"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    vision = forms.CharField(label=_("Visjon"), max_length=300, required=False)
    summary = long_text(_("Sammendrag"), required=False)
    owner = forms.CharField(
        label=_("Eier"),
        help_text=_("For eksempel kommunedirektøren"),
        max_length=160,
        required=False,
    )
    responsible: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Hvem følger opp planen?"),
        queryset=None,
        required=False,
        empty_label=_("Ikke valgt"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("responsible", mote.candidates())

    def build_layout(self) -> Layout:
        return _side_by_side(super().build_layout(), "first_year", "last_year")


class GoalForm(VersionedForm):
    name = forms.CharField(label=_("Hovedmål"), max_length=80)
    text = long_text(_("Hva det betyr hos oss"), required=False)


class AreaForm(VersionedForm):
    """A focus area, or a sub-area of one."""

    name = forms.CharField(label=_("Fokusområde"), max_length=120)
    parent: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Er det en del av et annet fokusområde?"),
        queryset=None,
        required=False,
        empty_label=_("Nei, det er et eget fokusområde"),
    )
    text = long_text(_("Beskrivelse"), required=False)

    def __init__(
        self, *args: Any, plan: Strategiplan, row: Fokusomrade | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        tops = Fokusomrade.objects.filter(plan=plan, parent__isnull=True).order_by("order")
        if row is not None:
            tops = tops.none() if row.children.exists() else tops.exclude(pk=row.pk)
        self.offer("parent", tops)


class ChapterForm(VersionedForm):
    heading = forms.CharField(label=_("Overskrift"), max_length=160)
    text = long_text(
        _("Tekst"), rows=16, help_text=_("En tom linje gir nytt avsnitt."), required=False
    )


class ReferenceForm(VersionedForm):
    title = forms.CharField(label=_("Lov, melding eller plan"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Hva slags føring er det?"),
        choices=Henvisning.Kind.choices,
        widget=forms.RadioSelect,
    )


class CoverForm(VersionedForm):
    """Which units the plan holds for."""

    enheter: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        label=_("Hvilke enheter gjelder planen for?"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, paths: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [
            enhet.pk
            for enhet in organisasjon.open_units().exclude(kind=Enhet.Kind.AVDELING)
            if enhet.path.startswith(tuple(paths))
        ]
        self.offer("enheter", Enhet.objects.filter(pk__in=known).order_by("name"))


class AdoptForm(OnceForm):
    """A body's decision on the plan."""

    submit_label = _("Registrer vedtaket")

    body = forms.CharField(
        label=_("Hvem vedtok planen?"), help_text=_("For eksempel kommunestyret"), max_length=120
    )
    on = DatoField(label=_("Når ble den vedtatt?"), help_text=_("Eksempel: 15.12.2026"))
    case_number = forms.CharField(
        label=_("Saksnummer"), help_text=_("Eksempel: 45/2026"), max_length=40, required=False
    )


def _side_by_side(layout: Layout, *names: str) -> Layout:
    """Put the named fields, which stand after each other, beside each other."""
    first = layout.fields.index(names[0])
    layout.fields[first : first + len(names)] = [SideBySide(*names)]
    return layout
