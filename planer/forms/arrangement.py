"""Forms of events: the event, whom to sign up, who was there, and the questionnaire."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.scanning.reading import FILE_MEGABYTES, SENTENCES
from kompetanse.skall.fields import DatoField, HeltallField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Group, Layout, SideBySide
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.forms.introduksjon import LevelledForm
from planer.forms.opplaring import UnitChoice
from planer.forms.strategi import FIRST_YEAR, long_text
from planer.models import Tiltak
from planer.queries.tiltak import units

EARLIEST = date(FIRST_YEAR, 1, 1)
MOST_SEATS = 32_000  # what the column holds
CLOCK = ["%H.%M", "%H:%M", "%H"]
SPAN = re.compile(r"\s*(\d{1,9})\s*(?:[-–]\s*(\d{1,9})\s*)?")
SCALE = [(5, _("5 – svært godt")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 – svært dårlig"))]


def klokke(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=_("Eksempel: 08.30"),
        input_formats=CLOCK,
        widget=forms.TimeInput(format="%H.%M", attrs={"size": "6", "autocomplete": "off"}),
        error_messages={"invalid": _("Skriv klokkeslettet slik: 08.30.")},
    )


class _Arrangement(LevelledForm):
    """What an event is. `paths` are the units to choose among; `is_common`: also all units."""

    title = forms.CharField(label=_("Hva heter det?"), max_length=160)
    text = long_text(_("Hva handler det om?"), rows=4, required=False)
    tiltak: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Hvilket tiltak i opplæringsplanen?"), queryset=None, required=False
    )
    is_fagdag = forms.BooleanField(
        label=_("Teller som en av de to faste fagdagene"), required=False, initial=True
    )
    on = DatoField(label=_("Dato"), help_text=_("Eksempel: 14.10.2026"), earliest=EARLIEST)
    begins = klokke(_("Fra kl."))
    ends = klokke(_("Til kl."))
    place = forms.CharField(label=_("Hvor?"), max_length=120, required=False)
    enhet = UnitChoice(label=_("For hvem?"), queryset=None, required=False)
    seats = HeltallField(
        label=_("Antall plasser"),
        help_text=_("La stå tomt når det er plass til alle."),
        min_value=0,
        max_value=MOST_SEATS,
        required=False,
    )
    sign_up_by = DatoField(
        label=_("Påmeldingsfrist"),
        help_text=_("La stå tomt når en kan melde seg på helt til det begynner."),
        required=False,
    )

    def __init__(
        self, *args: Any, paths: list[str], is_common: bool, year: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            "tiltak",
            Tiltak.objects.filter(year__gte=year).order_by("year", "theme"),
            first=_("Ikke i planen"),
        )
        everyone = _("Alle ansatte") if is_common else _("Velg enhet")
        self.offer("enhet", units(paths), first=everyone)
        self.fields["enhet"].required = not is_common

    def clean_seats(self) -> int:
        return self.cleaned_data["seats"] or 0

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        begins, ends = answers.get("begins"), answers.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("Det må slutte etter at det begynner."))
        on: date | None = answers.get("on")
        last: date | None = answers.get("sign_up_by")
        if on and last and last > on:
            self.add_error("sign_up_by", _("Påmeldingsfristen kan ikke være etter dagen."))
        return answers

    def build_layout(self) -> Layout:
        return Layout(
            Group(_("Hva"), "title", "text", "tiltak", "is_fagdag"),
            Group(
                _("Kompetanse"),
                SideBySide("kompetanse", "level"),
                description=_("Lederen får forslag om å bekrefte den for dem som var der."),
            ),
            Group(_("Når og hvor"), "on", SideBySide("begins", "ends"), "place"),
            Group(_("Påmelding"), "enhet", SideBySide("seats", "sign_up_by")),
        )


class ArrangeForm(_Arrangement, OnceForm):
    submit_label = _("Sett opp")


class ArrangementForm(_Arrangement, VersionedForm):
    pass


class TeamForm(OnceForm):
    """Whom of one's own to sign up."""

    submit_label = _("Meld på")

    ansatte: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        label=_("Hvem vil du melde på?"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én.")},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("ansatte", people)
        ansatte: Any = self.fields["ansatte"]
        ansatte.label_from_instance = lambda person: f"{person.full_name}, {person.enhet.name}"


class CodeForm(SkallForm):
    """The code on the wall."""

    submit_label = _("Jeg er her")

    kode = forms.CharField(
        label=_("Koden på skjermen"),
        help_text=_("Seks siffer"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": "8"}),
        error_messages={"required": _("Skriv koden som står på skjermen i rommet.")},
    )


class AbsentForm(SkallForm):
    """Those of the printed list who were not there, by their numbers; all others were."""

    submit_label = _("Lagre: alle andre var der")

    unntatt = forms.CharField(
        label=_("Hvem mangler underskrift?"),
        help_text=_("Skriv numrene på lista, for eksempel 3, 7-9. La stå tomt når alle var der."),
        max_length=400,
        required=False,
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    def clean_unntatt(self) -> set[int]:
        """Return the numbers; `7-9` is all three."""
        told: str = self.cleaned_data["unntatt"]
        spans = [_span(part) for part in told.replace(";", ",").split(",") if part.strip()]
        # Judged by its ends: «1-999999999» must never be written out.
        if any(not 1 <= first <= last <= self.most for first, last in spans):
            raise forms.ValidationError(
                _("Lista har numrene 1–%(most)d. Sjekk numrene du skrev.") % {"most": self.most}
            )
        return {number for first, last in spans for number in range(first, last + 1)}


class ScanForm(SkallForm):
    """A picture of the signed list."""

    submit_label = _("Les lista")

    file = forms.FileField(
        label=_("Skannet liste"),
        help_text=_("PDF, PNG eller JPG på høyst 10 MB. Et bilde fra mobilen duger."),
        widget=forms.FileInput({"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large by its size alone, before any of it is read."""
        upload = self.cleaned_data["file"]
        if upload.size > FILE_MEGABYTES * 1024**2:
            raise forms.ValidationError(SENTENCES["file_size"] % {"limit": FILE_MEGABYTES})
        return upload


def _span(part: str) -> tuple[int, int]:
    """Return the first and the last of `7-9`; of `7` both are that one."""
    found = SPAN.fullmatch(part)
    if found is None:
        raise forms.ValidationError(_("Skriv numrene slik: 3, 7-9."))
    return int(found[1]), int(found[2] or found[1])


class QuestionnaireForm(OnceForm):
    """Four questions from 1 to 5, and room for a comment."""

    submit_label = _("Send svarene")

    useful = forms.TypedChoiceField(
        label=_("Hvor nyttig er det du lærte, i jobben din?"),
        choices=SCALE, coerce=int, widget=forms.RadioSelect,
    )  # fmt: skip
    content = forms.TypedChoiceField(
        label=_("Hvordan var det faglige innholdet?"),
        choices=SCALE, coerce=int, widget=forms.RadioSelect,
    )  # fmt: skip
    teaching = forms.TypedChoiceField(
        label=_("Hvordan ble det formidlet?"),
        choices=SCALE, coerce=int, widget=forms.RadioSelect,
    )  # fmt: skip
    overall = forms.TypedChoiceField(
        label=_("Hvordan var dagen som helhet?"),
        choices=SCALE, coerce=int, widget=forms.RadioSelect,
    )  # fmt: skip
    comment = forms.CharField(
        label=_("Noe du vil legge til?"),
        help_text=_("Svarene er anonyme, så ikke skriv navn."),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        required=False,
    )
