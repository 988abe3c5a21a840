"""The four steps of an application: the study, the time, the money, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import DatoField, HeltallField, KronerField
from kompetanse.skall.layout import Layout
from planer.models import Fokusomrade
from soknader.forms.steg import StepForm
from soknader.models import Utlysning
from soknader.rules import maalform, ordningstekst, utfylling
from soknader.rules.ordning import Ordninger

OUTSIDE = "annet"
MOST_CREDITS = 300
MOST_DAYS = 365
MOST_EXAMS = 60
NO_SCHEMES: Ordninger = {}


def _required(name: str) -> dict[str, Any]:
    return {"required": utfylling.REQUIRED[name]}


def _text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StudyForm(StepForm):
    """Step 1: what, where, how much, and whether it is among what the round supports."""

    utlysning = forms.ChoiceField(
        label=_("Hvilken prioritert utdanning gjelder det?"),
        help_text=_("Kommunen støtter først og fremst utdanningene på lista."),
        widget=forms.RadioSelect,
        error_messages={"required": utfylling.CHOOSE_EDUCATION},
    )
    exception = forms.CharField(
        label=_("Hvorfor bør vi gjøre unntak?"),
        help_text=_("Svar bare hvis utdanningen ikke står på lista."),
        widget=_text(3),
        required=False,
        max_length=2000,
    )
    study = forms.CharField(
        label=_("Hva vil du studere?"),
        help_text=_("Skriv navnet på studiet, for eksempel «Videreutdanning i geriatri»."),
        error_messages=_required("study"),
        max_length=200,
    )
    institution = forms.CharField(
        label=_("Hvor skal du studere?"),
        error_messages=_required("institution"),
        max_length=160,
    )
    credits = HeltallField(
        label=_("Hvor mange studiepoeng gir det?"),
        help_text=_("La feltet stå tomt hvis du ikke vet."),
        required=False,
        min_value=0,
        max_value=MOST_CREDITS,
    )

    def __init__(self, *args: Any, educations: Sequence[Utlysning], **kwargs: Any) -> None:
        self.educations = educations
        super().__init__(*args, **kwargs)

    def build_layout(self) -> Layout:
        if self.educations:
            lang = self.soknad.runde.lang
            options = [(str(row.pk), _labelled(row, lang=lang)) for row in self.educations]
            outside = (OUTSIDE, _("Utdanningen står ikke på lista"))
            self.offer("utlysning", [*options, outside])
        else:
            del self.fields["utlysning"], self.fields["exception"]
        return super().build_layout()

    def stored(self) -> dict[str, Any]:
        chosen = self.soknad.utlysning_id or (OUTSIDE if self.soknad.exception else "")
        return super().stored() | {"utlysning": chosen}

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("utlysning")
        if chosen is None:
            return self.cleaned_data
        self.cleaned_data["utlysning"] = int(chosen) if chosen.isdecimal() else None
        if chosen == OUTSIDE and self.cleaned_data.get("exception") == "":
            self.add_error("exception", forms.ValidationError(utfylling.EXCEPTION_REASON))
        return self.cleaned_data


class TimeForm(StepForm):
    """Step 2: when, how much leave, and how the shifts can be covered."""

    starts = DatoField(
        label=_("Når starter studiet?"),
        help_text=_("Eksempel: 15.08.2027"),
        error_messages=_required("starts"),
    )
    ends = DatoField(
        label=_("Når er studiet ferdig?"),
        help_text=_("Omtrent er godt nok. Eksempel: 15.06.2029"),
        error_messages=_required("ends"),
    )
    exams = HeltallField(
        label=_("Hvor mange eksamener har studiet?"),
        help_text=_("Tell med hjemmeeksamener. Skriv 0 hvis det ikke er noen."),
        error_messages=_required("exams"),
        min_value=0,
        max_value=MOST_EXAMS,
    )
    gatherings = HeltallField(
        label=_("Hvor mange samlingsdager faller på arbeidsdagene dine?"),
        help_text=_("Tell med dager i praksis. Skriv 0 hvis det ikke er noen."),
        error_messages=_required("gatherings"),
        min_value=0,
        max_value=MOST_DAYS,
    )
    leave_days = HeltallField(
        label=_("Hvor mange dager fri med lønn ber du om?"),
        help_text=_("Samlinger, eksamen og lesedager i alt. Skriv 0 hvis du ikke ber om fri."),
        error_messages=_required("leave_days"),
        min_value=0,
        max_value=MOST_DAYS,
    )
    shifts = forms.CharField(
        label=_("Hvordan kan vaktene dine løses når du er borte?"),
        help_text=_("Du kan skrive «Jeg er ikke sikker»."),
        widget=_text(3),
        required=False,
        max_length=2000,
    )

    def __init__(self, *args: Any, ordninger: Ordninger = NO_SCHEMES, **kwargs: Any) -> None:
        self.ordninger = ordninger
        super().__init__(*args, **kwargs)

    def build_layout(self) -> Layout:
        _leave_out(self, self.ordninger)
        return super().build_layout()

    def clean(self) -> dict[str, Any]:
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", forms.ValidationError(utfylling.ENDS_BEFORE_START))
        return self.cleaned_data


class MoneyForm(StepForm):
    """Step 3: what support is applied for, in NOK by kind. What is not asked for is left empty."""

    tuition = KronerField(
        label=_("Studieavgift og eksamensavgift"), help_text=_("Eksempel: 12 500"), required=False
    )
    books = KronerField(label=_("Bøker"), required=False)
    travel = KronerField(
        label=_("Reise"), help_text=_("Billetter og overnatting til samlinger."), required=False
    )
    other_cost = KronerField(label=_("Annet"), required=False)

    def __init__(self, *args: Any, ordninger: Ordninger = NO_SCHEMES, **kwargs: Any) -> None:
        self.ordninger = ordninger
        super().__init__(*args, **kwargs)

    def build_layout(self) -> Layout:
        _leave_out(self, self.ordninger)
        for kind, ordning in self.ordninger.items():
            if kind in self.fields:
                self.fields[kind].label = ordningstekst.name(ordning)
                self.fields[kind].help_text = ordningstekst.told(ordning)
        return super().build_layout()

    def clean(self) -> dict[str, Any]:
        asked = any(self.cleaned_data.get(name) for name in self.asked())
        if not asked and not self.errors and not self.soknad.leave_days:
            first = next((name for name in self.asked() if name in self.fields), None)
            self.add_error(first, forms.ValidationError(utfylling.NOTHING_APPLIED_FOR))
        return self.cleaned_data


class WhyForm(StepForm):
    """Step 4: which focus area it serves, why, and how the workplace can use it."""

    fokusomrade = forms.ChoiceField(
        label=_("Hvilket fokusområde passer studiet til?"),
        help_text=_("Fokusområdene står i kommunens kompetanseplan."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Hvorfor søker du?"),
        help_text=_("Skriv 2–4 setninger. Bare lederne dine og fagrådgiveren leser dette."),
        widget=_text(5),
        error_messages=_required("reason"),
        max_length=4000,
    )
    use_at_work = forms.CharField(
        label=_("Hvordan kan arbeidsplassen bruke det du lærer?"),
        help_text=_("Skriv 2–4 setninger."),
        widget=_text(5),
        error_messages=_required("use_at_work"),
        max_length=4000,
    )

    def __init__(self, *args: Any, areas: Sequence[Fokusomrade], **kwargs: Any) -> None:
        self.areas = areas
        super().__init__(*args, **kwargs)

    def build_layout(self) -> Layout:
        chosen = [(str(row.pk), f"{'– ' if row.parent_id else ''}{row.name}") for row in self.areas]
        self.offer("fokusomrade", chosen, first=_("Jeg er ikke sikker"))
        return super().build_layout()

    def clean_fokusomrade(self) -> int | None:
        chosen = self.cleaned_data["fokusomrade"]
        return int(chosen) if chosen else None


FORMS: dict[int, type[StepForm]] = {
    utfylling.STUDY: StudyForm,
    utfylling.TIME: TimeForm,
    utfylling.MONEY: MoneyForm,
    utfylling.WHY: WhyForm,
}


def _leave_out(form: StepForm, ordninger: Ordninger) -> None:
    """Take away what the round does not ask for, given its schemes."""
    for name in utfylling.not_asked(ordninger):
        form.fields.pop(name, None)


def _labelled(row: Utlysning, *, lang: str) -> str:
    title = maalform.told(row.title, row.title_other, lang=lang)
    return f"{title} ({row.fokusomrade.name})" if row.fokusomrade else title
