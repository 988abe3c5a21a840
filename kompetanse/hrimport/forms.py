"""What people fill in on the way from a file to the register."""

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.hrimport import queries
from kompetanse.kommuner.attachments import clean_name
from kompetanse.organisasjon.hr import columns
from kompetanse.organisasjon.models import Hrimport
from kompetanse.skall.fields import ProsentField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Group, Layout, LinkButton
from kompetanse.tables.reading import FILE_MEGABYTES

KINDS = (".csv", ".txt", ".xlsx")
# What a column is for, where its name does not say it.
HELP = {
    "oid": _("Kobler den ansatte til jobbkontoen i Entra ID. To kan ikke ha den samme."),
    "upn": _("Brukernavnet på jobbkontoen, som ser ut som en e-postadresse."),
}
WHOLE, PARTIAL = "whole", "partial"


class UploadForm(SkallForm):
    """The file, and whether it names everybody: only then can someone be missing in it."""

    submit_label = _("Last opp filen")

    file = forms.FileField(
        label=_("Fil fra HR-systemet"),
        help_text=format_lazy(
            _("Excel (.xlsx) eller CSV, opptil {limit} MB."), limit=FILE_MEGABYTES
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        error_messages={"required": _("Velg filen fra HR-systemet.")},
    )
    scope = forms.ChoiceField(
        label=_("Hvem er med i filen?"),
        choices=(
            (WHOLE, _("Alle ansatte i kommunen")),
            (PARTIAL, _("Bare noen, for eksempel rader du har rettet")),
        ),
        initial=WHOLE,
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if PurePosixPath(upload.name).suffix.lower() not in KINDS:
            raise forms.ValidationError(
                gettext("Filer av denne typen kan ikke leses. Bruk .xlsx eller .csv.")
            )
        if upload.size > FILE_MEGABYTES * 1024**2:
            raise forms.ValidationError(
                gettext("Filen er større enn %(limit)s MB. Del den i flere filer, og prøv igjen.")
                % {"limit": FILE_MEGABYTES}
            )
        return upload

    @property
    def file_name(self) -> str:
        return clean_name(self.cleaned_data["file"].name)

    @property
    def is_partial(self) -> bool:
        return bool(self.cleaned_data["scope"] == PARTIAL)


class ColumnsForm(SkallForm):
    """Which heading holds what we need; guessed, or as last time."""

    submit_label = _("Kontroller filen")

    def __init__(self, *args: Any, hrimport: Hrimport, discard_url: str, **kwargs: Any) -> None:
        self.hrimport = hrimport
        self._discard_url = discard_url
        super().__init__(*args, **kwargs)

    def build_layout(self) -> Layout:
        choices = [("", gettext("Ikke i filen")), *map(_heading_choice, self.hrimport.headings)]
        for field, spellings in columns.EMPLOYEE.items():
            self.fields[field] = self._field(field, spellings[0], choices)
        needed = columns.EMPLOYEE_REQUIRED
        rest = [field for field in columns.EMPLOYEE if field not in needed]
        return Layout(
            Group(gettext("Dette må være med"), *needed),
            Group(gettext("Dette er nyttig, men kan mangle"), *rest),
            Actions(
                Button(self.submit_label),
                LinkButton(gettext("Forkast filen"), self._discard_url),
            ),
        )

    def _field(self, field: str, label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
        is_needed = field in columns.EMPLOYEE_REQUIRED
        return forms.ChoiceField(
            label=label,
            help_text=HELP.get(field, ""),
            choices=choices,
            required=is_needed,
            initial=self.hrimport.columns.get(field, ""),
            error_messages={
                "required": gettext("Velg hvilken kolonne som er «%(label)s».") % {"label": label}
            },
        )

    def clean(self) -> dict[str, Any]:
        taken: dict[str, str] = {}
        for field, heading in list(self.cleaned_data.items()):
            if heading and heading in taken:
                other = columns.EMPLOYEE[taken[heading]][0]
                self.add_error(
                    field,
                    gettext("Kolonnen «%(heading)s» er allerede brukt til «%(other)s».")
                    % {"heading": heading, "other": other},
                )
            elif heading:
                taken[heading] = field
        return self.cleaned_data

    @property
    def chosen(self) -> dict[str, str]:
        return {field: heading for field, heading in self.cleaned_data.items() if heading}


def _heading_choice(heading: dict[str, Any]) -> tuple[str, str]:
    name = heading["name"]
    samples = ", ".join(heading["samples"])
    shown = name or gettext("(uten overskrift)")
    return name, f"{shown}: {samples}" if samples else shown


class LeaversForm(SkallForm):
    """Who of the missing have left. Nobody is ticked from the start."""

    submit_label = _("Registrer at de har sluttet")

    leavers = forms.MultipleChoiceField(
        label=_("Hvem har sluttet?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    typed = forms.IntegerField(
        label=_("Hvor mange slutter til sammen?"),
        required=False,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, hrimport: Hrimport, limit: int, **kwargs: Any) -> None:
        self.hrimport, self.limit = hrimport, limit
        self.missing = queries.leavers(hrimport)
        super().__init__(*args, **kwargs)

    def build_layout(self) -> Layout:
        self._fill()
        return Layout(*self.fields, Actions(Button(self.submit_label)))

    def _fill(self) -> None:
        """Show the ticks when someone is missing, and the figure when many may leave."""
        self.offer("leavers", self.missing)
        if not self.missing:
            del self.fields["leavers"]
        if not self._is_large(len(self.missing) + self._left):
            del self.fields["typed"]
        else:
            self.fields["typed"].help_text = gettext(
                "Fylles ut når flere enn %(limit)s %% av de ansatte slutter."
            ) % {"limit": self.limit}

    @property
    def _left(self) -> int:
        """How many the file itself says have left."""
        is_written = self.hrimport.status == Hrimport.Status.WRITTEN
        return 0 if is_written else int(self.hrimport.figures.get("left", 0))

    def _is_large(self, count: int) -> bool:
        employed = self.hrimport.figures.get("employed", 0)
        return bool(count * 100 > employed * self.limit)

    def clean(self) -> dict[str, Any]:
        count = len(self.ticked) + self._left
        if "typed" in self.fields and count and self._is_large(count):
            share = round(100 * count / max(1, self.hrimport.figures["employed"]))
            if self.cleaned_data.get("typed") != count and "typed" not in self.errors:
                self.add_error(
                    "typed",
                    gettext(
                        "%(count)s slutter, %(share)s %% av de ansatte. Er det riktig, skriver du"
                        " %(count)s her. Har noen ikke sluttet, tar du bort krysset."
                    )
                    % {"count": count, "share": share},
                )
        return self.cleaned_data

    @property
    def leavers_left_out(self) -> int:
        """How many are missing beyond those that are shown."""
        return max(0, int(self.hrimport.figures.get("missing", 0)) - queries.MOST_LEAVERS)

    @property
    def ticked(self) -> list[str]:
        """The numbers of those who have left."""
        return list(self.cleaned_data.get("leavers", []))


class ConfirmForm(LeaversForm):
    """The one deliberate yes: the counts are repeated on the button."""

    check_number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, label: str, back_url: str, **kwargs: Any) -> None:
        self._label, self._back_url = label, back_url
        super().__init__(*args, **kwargs)

    def build_layout(self) -> Layout:
        self._fill()
        back = LinkButton(gettext("Tilbake til kontrollen"), self._back_url)
        return Layout(*self.fields, Actions(Button(self._label), back))


class LimitForm(SkallForm):
    submit_label = _("Lagre grensen")

    version = forms.IntegerField(widget=forms.HiddenInput)
    hr_leavers_limit = ProsentField(
        label=_("Hvor mange prosent kan slutte på én gang?"),
        help_text=_(
            "Mangler flere enn dette i en fil som kommer av seg selv, venter den på en person."
            " Ved opplasting må tallet skrives inn."
        ),
        error_messages={"required": _("Skriv en prosent, for eksempel 5.")},
    )


class KeyForm(SkallForm):
    submit_label = _("Lag nøkkel")

    name = forms.CharField(
        label=_("Hva skal bruke nøkkelen?"),
        help_text=_("Eksempel: Nattlig fil fra lønnssystemet"),
        max_length=80,
        error_messages={"required": _("Skriv hvilket system som skal bruke nøkkelen.")},
    )
