"""Forms of the report: a line, the texts, the county's workbook. They save nothing."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.attachments import MEGABYTES, clean_name
from kompetanse.skall.fields import HeltallField, KronerField
from kompetanse.skall.forms import SkallForm, say_in_norwegian
from kompetanse.skall.layout import Actions, Button, Group, Layout, SideBySide
from kompetanse.tables import FORM_KINDS
from rapporter.models import Rapportlinje, Tilskuddslinje
from rapporter.queries.maloppnaelse import Goal

LABELS = {
    "planned": _("Planlagt"),
    "started": _("Startet"),
    "in_education": _("Under utdanning"),
    "completed": _("Fullført"),
    "broken_off": _("Avbrutt"),
}


class ReportLineForm(SkallForm):
    """What was reached on a line; a figure that is the same as the counted is no correction."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Er målet nådd?"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    reason = forms.CharField(label=_("Hvorfor retter du tallene?"), max_length=500, required=False)
    broken_off_because = forms.CharField(
        label=_("Hvorfor avbrøt noen?"),
        help_text=_("Skriv det slik at ingen kan kjennes igjen."),
        max_length=500,
        required=False,
    )
    carry_over = KronerField(label=_("Søkes overført til neste år"), required=False)

    def __init__(self, *args: Any, counted: Goal, **kwargs: Any) -> None:
        self.counted = counted
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            field = HeltallField(label=label, required=False, min_value=0, max_value=9999)
            say_in_norwegian(field, label=str(label))
            self.fields[name] = field
        self.helper = self.build_helper()

    def build_layout(self) -> Layout:
        if "planned" not in self.fields:
            return Layout()
        return Layout(
            Group(
                _("Deltakere"),
                SideBySide("planned", "started"),
                SideBySide("in_education", "completed", "broken_off"),
                "reason",
                description=_(
                    "Tallene er talt fra søknadene og planen. Rett dem bare når du vet mer."
                ),
            ),
            "broken_off_because",
            "comment",
            "carry_over",
            Actions(Button(_("Lagre linja"))),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and self._corrections() and not cleaned.get("reason"):
            self.add_error("reason", _("Skriv hvorfor du retter tallene."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the row's fields; a figure as counted is None."""
        corrected = self._corrections()
        return {
            **{name: corrected.get(name) for name in Rapportlinje.FIGURES},
            "reason": self.cleaned_data["reason"] if corrected else "",
            "broken_off_because": self.cleaned_data["broken_off_because"],
            "comment": self.cleaned_data["comment"],
            "carry_over": self.cleaned_data["carry_over"] or 0,
        }

    def _corrections(self) -> dict[str, int]:
        return {
            name: written
            for name in Rapportlinje.FIGURES
            if (written := self.cleaned_data.get(name)) is not None
            and written != getattr(self.counted, name)
        }


class TextsForm(SkallForm):
    """A text for each area."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, areas: list[str], texts: Mapping[str, str], **kwargs: Any
    ) -> None:
        self.areas = areas
        super().__init__(*args, **kwargs)
        for area in areas:
            label = Tilskuddslinje.Area(area).label
            self.fields[f"tekst_{area}"] = forms.CharField(
                label=label,
                widget=forms.Textarea(attrs={"rows": 10}),
                required=False,
                initial=texts.get(area, ""),
            )
        self.helper = self.build_helper()

    def values(self) -> dict[str, str]:
        return {area: self.cleaned_data[f"tekst_{area}"] for area in self.areas}


class WorkbookForm(SkallForm):
    """The county's prefilled workbook."""

    submit_label = _("Fyll ut arbeidsboka")

    file = forms.FileField(
        label=_("Statsforvalterens arbeidsbok"),
        help_text=format_lazy(_("Excel (.xlsx eller .xlsm), opptil {limit} MB."), limit=MEGABYTES),
        widget=forms.FileInput(attrs={"accept": ",".join(FORM_KINDS)}),
        error_messages={"required": _("Velg arbeidsboka fra Statsforvalteren.")},
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if PurePosixPath(upload.name).suffix.lower() not in FORM_KINDS:
            raise forms.ValidationError(
                gettext("Filer av denne typen kan ikke fylles ut. Bruk .xlsx eller .xlsm.")
            )
        if upload.size > MEGABYTES * 1024**2:
            raise forms.ValidationError(
                gettext("Filen er større enn %(limit)s MB.") % {"limit": MEGABYTES}
            )
        return upload

    @property
    def file_name(self) -> str:
        return clean_name(self.cleaned_data["file"].name)
