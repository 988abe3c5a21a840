"""A round: its dates and frame, whom it is for, and its rules."""

from datetime import date
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Enhet
from kompetanse.skall.fields import DatoField, HeltallField, KronerField, ProsentField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Group, Layout, SideBySide
from soknader.models import Soknadsrunde
from soknader.queries import ordning
from soknader.queries import runde as queries
from soknader.rules import maalform
from soknader.rules import runde as rules

# What an empty field means.
UNSAID = {"complaint_weeks": 3, "least_position": 0, "least_years": 0, "lookback_years": 3}
MOST_LOOKBACK = 10
DATES = ("opens", "deadline", "leader_deadline", "meeting_on", "answer_by", "accept_by")
LATER = {
    "deadline": _("Søknadsfristen må være etter at runden åpner."),
    "leader_deadline": _("Lederens frist må være etter søknadsfristen."),
    "meeting_on": _("Møtet må være etter lederens frist."),
    "answer_by": _("Svaret må komme etter møtet."),
    "accept_by": _("Fristen for å takke ja må være etter svarfristen."),
}
COPIED = (
    *DATES, "enhet", "budget", "announcement", "announcement_other", "allows_late",
    "may_complain", "complaint_weeks", "permanent_only", "least_position",
    "least_years", "lookback_years",
)  # fmt: skip

K = Soknadsrunde.Kind
# The year of a first round, as (month, day). Source: Modum's plan, the yearly wheel (M11).
FIRST_DATES = {
    K.AUTUMN: ((9, 1), (10, 15), (10, 22), (10, 28), (11, 5), (11, 20)),
    K.SPRING: ((3, 1), (4, 15), (4, 25), (5, 10), (5, 31), (6, 15)),
}


# A round is for a whole sector or service, as its frame is.
WIDE = (Enhet.Kind.SEKTOR, Enhet.Kind.VIRKSOMHET)


class RundeForm(SkallForm):
    """Dates, frame and texts of a round."""

    submit_label = _("Lagre runden")

    enhet: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Hvem runden gjelder for"),
        help_text=_("De som arbeider her, og i enhetene under, kan søke og får utlysningen."),
        queryset=None,
        required=False,
        empty_label=_("Hele kommunen"),
    )
    opens = DatoField(label=_("Åpner"), help_text=_("Eksempel: 01.09.2026"))
    deadline = DatoField(label=_("Søknadsfrist"), help_text=_("Til kl. 23.59 denne dagen."))
    leader_deadline = DatoField(label=_("Lederens frist for uttalelse"))
    meeting_on = DatoField(label=_("Møtet som prioriterer"))
    answer_by = DatoField(label=_("Svar innen"))
    accept_by = DatoField(label=_("Frist for å takke ja"))
    budget = KronerField(label=_("Ramme"), help_text=_("Det som i alt kan innvilges i runden."))
    announcement = forms.CharField(
        label=_("Utlysningstekst"),
        help_text=_("Hva kommunen støtter, og i hvilket omfang. De ansatte leser dette."),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        max_length=4000,
    )
    announcement_other = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 8}), required=False, max_length=4000
    )
    allows_late = forms.BooleanField(
        label=_("Ta imot søknader etter fristen, merket som sene"), required=False
    )
    may_complain = forms.BooleanField(
        label=_("Svaret kan påklages; brevet opplyser om klagerett"), required=False
    )

    complaint_weeks = HeltallField(
        label=_("Klagefrist"), unit=_("uker"), min_value=1, max_value=12, required=False
    )
    permanent_only = forms.BooleanField(label=_("Bare for fast ansatte"), required=False)
    least_position = ProsentField(label=_("Minste stilling"), required=False)
    least_years = HeltallField(
        label=_("Minste ansettelsestid når fristen går ut"), unit=_("år"), min_value=0,
        max_value=10, required=False,
    )  # fmt: skip

    lookback_years = HeltallField(
        label=_("Vis tidligere støtte fra de siste"),
        unit=_("år"),
        help_text=_("Vises i prioriteringslisten for dem som ser hvem som søker."),
        min_value=0,
        max_value=MOST_LOOKBACK,
        required=False,
    )

    def __init__(
        self, *args: Any, lang: str, runde: Soknadsrunde | None = None, **kwargs: Any
    ) -> None:
        self.lang, self.runde = lang, runde
        super().__init__(*args, **kwargs)

    def build_layout(self) -> Layout:
        units = organisasjon.open_units().filter(kind__in=WIDE)
        self.offer("enhet", units)
        self._name_languages()
        return Layout(
            "enhet",
            Group(
                _("Datoer"),
                SideBySide("opens", "deadline", "leader_deadline"),
                SideBySide("meeting_on", "answer_by", "accept_by"),
            ),
            Group(_("Ramme og utlysning"), "budget", "announcement", "announcement_other"),
            Group(
                _("Hvem kan søke?"),
                "permanent_only",
                SideBySide("least_position", "least_years"),
                description=_(
                    "Kontrolleres når søknaden sendes. La det stå tomt når alle kan søke."
                ),
            ),
            Group(_("Regler"), "allows_late", "may_complain", "complaint_weeks", "lookback_years"),
            Actions(Button(self.submit_label)),
        )

    def _name_languages(self) -> None:
        """Say which målform each text is written in."""
        label, own, other = _("Utlysningstekst på %(lang)s"), *maalform.names(self.lang)
        self.fields["announcement"].label = label % {"lang": own}
        self.fields["announcement_other"].label = label % {"lang": other}
        told = _("Vises til dem som leser på %(lang)s. Er feltet tomt, får de teksten på %(own)s.")
        self.fields["announcement_other"].help_text = told % {"lang": other, "own": own}

    def clean_budget(self) -> int:
        budget: int = self.cleaned_data["budget"]
        if self.runde is not None and budget < self.runde.budget:
            schemes, units = ordning.frame_sums(self.runde)
            refusal = rules.lowered_refusal(budget, schemes=schemes, units=units)
            if refusal:
                raise ValidationError(refusal)
        return budget

    def clean(self) -> dict[str, Any]:
        for earlier, later in pairwise(DATES):
            first, second = self.cleaned_data.get(earlier), self.cleaned_data.get(later)
            if first and second and second < first:
                self.add_error(later, LATER[later])
        for name, usual in UNSAID.items():
            if name not in self.errors and self.cleaned_data.get(name) is None:
                self.cleaned_data[name] = usual
        return self.cleaned_data


class NewRundeForm(RundeForm):
    """The same, and which year and season it is."""

    submit_label = _("Lag runden")

    # A year is no quantity: it is not written in groups of three digits.
    year = forms.IntegerField(
        label=_("År"),
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "6"}),
    )
    kind = forms.ChoiceField(label=_("Runde"), choices=K.choices, widget=forms.RadioSelect)

    def build_layout(self) -> Layout:
        return Layout(Group(_("Hvilken runde?"), "year", "kind"), *super().build_layout().fields)


def first_values(*, kind: str, on: date, before: Soknadsrunde | None = None) -> dict[str, Any]:
    """Return what a new round begins from: `before` or the last of its kind a year later.

    Without either it is the first dates.
    """
    before = before or queries.previous(kind=kind)
    if before is None:
        days = [date(on.year, month, day) for month, day in FIRST_DATES[K(kind)]]
        return {"year": on.year, "kind": kind, **dict(zip(DATES, days, strict=True))}
    copied = {name: getattr(before, name) for name in COPIED}
    copied |= {name: queries.year_later(copied[name]) for name in DATES}
    return {"year": before.year + 1, "kind": before.kind, **copied}
