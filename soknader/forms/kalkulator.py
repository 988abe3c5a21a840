"""What an employee tells the calculator; all of it stands in the address, and nothing is kept."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import DatoField, HeltallField, KronerField
from kompetanse.skall.forms import SkallForm, SkallHelper
from kompetanse.skall.layout import Actions, Button, Group, Layout, SideBySide
from soknader.enums import PERSONAL, Slag
from soknader.rules import utfylling
from soknader.rules.ordning import Ordninger, Study

WEEKDAYS = (
    ("0", _("Mandag")), ("1", _("Tirsdag")), ("2", _("Onsdag")), ("3", _("Torsdag")),
    ("4", _("Fredag")), ("5", _("Lørdag")), ("6", _("Søndag")),
)  # fmt: skip
ORDINARY = ("0", "1", "2", "3", "4")
MOST_CREDITS = 300
MOST_DAYS = 365
MOST_EXAMS = 60
_SEPARATORS = re.compile(r"[;,\n]+")


class KalkulatorForm(SkallForm):
    """The study, its exams and gatherings, and what it costs by scheme."""

    submit_label = _("Regn ut")

    studium = forms.CharField(label=_("Hva vil du studere?"), max_length=160, required=False)
    studiepoeng = HeltallField(
        label=_("Studiepoeng"), required=False, min_value=0, max_value=MOST_CREDITS
    )
    starter = DatoField(label=_("Når starter studiet?"), required=False)
    slutter = DatoField(label=_("Når er det ferdig?"), required=False)
    eksamener = HeltallField(
        label=_("Hvor mange eksamener?"), required=False, min_value=0, max_value=MOST_EXAMS
    )
    eksamensdager = forms.CharField(
        label=_("Når er eksamenene?"),
        help_text=_("Hvis du vet det. Eksempel: 03.06.2027, 10.06.2027"),
        required=False,
        max_length=800,
    )
    arbeidsdager = forms.MultipleChoiceField(
        label=_("Hvilke dager arbeider du vanligvis?"),
        help_text=_(
            "Brukes når du har skrevet når eksamenene er. Ellers regner vi med mandag til fredag."
        ),
        choices=WEEKDAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    samlinger = HeltallField(
        label=_("Hvor mange samlingsdager faller på arbeidsdagene dine?"),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
    )

    def __init__(self, *args: Any, ordninger: Ordninger, **kwargs: Any) -> None:
        self.ordninger = ordninger
        super().__init__(*args, **kwargs)

    def build_helper(self) -> SkallHelper:
        helper = super().build_helper()
        helper.form_method = "get"
        helper.disable_csrf = True
        helper.hide_required = True
        return helper

    def build_layout(self) -> Layout:
        costs = [str(kind.value) for kind in PERSONAL if kind in self.ordninger]
        for kind in costs:
            self.fields[kind] = KronerField(label=self.ordninger[kind].name, required=False)
        time = ["eksamener", "eksamensdager", "arbeidsdager", "samlinger"]
        if Slag.LEAVE not in self.ordninger:
            for name in time:
                del self.fields[name]
            time = []
        return Layout(
            Group(_("Studiet"), "studium", "studiepoeng", SideBySide("starter", "slutter")),
            *([Group(_("Eksamen og samlinger"), *time)] if time else []),
            *([Group(_("Hva koster det?"), *costs)] if costs else []),
            Actions(Button(self.submit_label)),
        )

    def clean_eksamensdager(self) -> list[date]:
        """Read days with a comma, a semicolon or a new line between them."""
        field, found = DatoField(), []
        for text in _SEPARATORS.split(self.cleaned_data["eksamensdager"]):
            if not text.strip():
                continue
            try:
                found.append(field.clean(text.strip()))
            except ValidationError as error:
                raise ValidationError(_("Skriv datoene slik: 03.06.2027, 10.06.2027.")) from error
        if len(found) > MOST_EXAMS:
            raise ValidationError(_("Skriv høyst 60 datoer."))
        return [day for day in found if day is not None]

    def clean(self) -> dict[str, Any]:
        starts, ends = self.cleaned_data.get("starter"), self.cleaned_data.get("slutter")
        if starts and ends and ends < starts:
            self.add_error("slutter", ValidationError(utfylling.ENDS_BEFORE_START))
        return self.cleaned_data

    def study(self) -> Study:
        """Return the study that is told of; its days of leave are not counted yet."""
        told = self.cleaned_data
        return Study(
            costs={str(kind.value): told.get(str(kind.value)) for kind in PERSONAL},
            credits=told["studiepoeng"],
            starts=told["starter"],
            ends=told["slutter"],
            exams=told.get("eksamener") or len(self.exams()),
            gatherings=told.get("samlinger") or 0,
        )

    def exams(self) -> list[date]:
        return self.cleaned_data.get("eksamensdager") or []

    def weekdays(self) -> set[int]:
        """Return the days that are worked, 0 is Monday; the ordinary ones when none is chosen."""
        chosen: Iterable[str] = self.cleaned_data.get("arbeidsdager") or ORDINARY
        return {int(day) for day in chosen}
