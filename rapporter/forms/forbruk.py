"""Forms of the accounts: a posting, the lines' accounts, a consent, a file from the ledger."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.errors import DomainError
from kompetanse.kommuner import attachments
from kompetanse.kommuner.attachments import Attachment, clean_name
from kompetanse.skall import norsk
from kompetanse.skall.fields import MOST_KRONER, DatoField, KronerField
from kompetanse.skall.forms import SkallForm, say_in_norwegian
from kompetanse.skall.layout import Actions, Button, Group, Layout, SideBySide
from kompetanse.skall.versjon import OnceForm
from rapporter.models import Postering
from rapporter.queries.forbruk import Spent
from rapporter.queries.innlesing import FIELDS, REQUIRED

LEDGER_KINDS = (".csv", ".txt", ".xlsx")
LEDGER_MEGABYTES = 5


def _lines(lines: Sequence[Spent]) -> list[tuple[int, str]]:
    return [
        (each.pk, f"{each.priority}. {each.theme} ({norsk.kroner(each.remaining)})")
        for each in lines
    ]


class PostingForm(SkallForm):
    """One line of the accounts, written by hand."""

    submit_label = _("Før posteringen")

    svarlinje = forms.TypedChoiceField(
        label=_("Linje"), coerce=int, help_text=_("Beløpet i parentes er det som er igjen.")
    )
    voucher = forms.CharField(label=_("Bilagsnummer"), max_length=40)
    posted_on = DatoField(label=_("Bilagsdato"))
    amount = KronerField(
        label=_("Beløp"), min_value=-MOST_KRONER, help_text=_("Skriv minus foran en kreditering.")
    )
    payer = forms.ChoiceField(
        label=_("Betales av"), choices=Postering.Payer.choices, widget=forms.RadioSelect,
        initial=Postering.Payer.GRANT,
    )  # fmt: skip
    text = forms.CharField(label=_("Tekst"), max_length=200, required=False)
    account = forms.CharField(label=_("Konto"), max_length=60, required=False)

    def __init__(self, *args: Any, lines: Sequence[Spent], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("svarlinje", _lines(lines))
        self.field("posted_on", DatoField).latest = on

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(gettext("Beløpet kan ikke være null."))
        return amount

    def build_layout(self) -> Layout:
        return Layout(
            "svarlinje",
            SideBySide("voucher", "posted_on"),
            "amount",
            "payer",
            SideBySide("text", "account"),
            Actions(Button(self.submit_label)),
        )


class AccountsForm(SkallForm):
    """How the ledger names each line."""

    def __init__(self, *args: Any, lines: Sequence[Spent], **kwargs: Any) -> None:
        self.lines = lines
        super().__init__(*args, **kwargs)
        for each in lines:
            field = forms.CharField(
                label=f"{each.priority}. {each.theme}",
                max_length=60,
                required=False,
                initial=each.account,
            )
            say_in_norwegian(field, label=str(field.label))
            self.fields[f"konto_{each.pk}"] = field
        self.helper = self.build_helper()

    def values(self) -> dict[int, str]:
        return {each.pk: self.cleaned_data[f"konto_{each.pk}"].strip() for each in self.lines}


class MoveForm(OnceForm):
    """Money from one line to another, with the county's written consent."""

    submit_label = _("Flytt beløpet")

    source = forms.TypedChoiceField(label=_("Fra linje"), coerce=int)
    target = forms.TypedChoiceField(label=_("Til linje"), coerce=int)
    amount = KronerField(label=_("Beløp"), min_value=1)
    consented_by = forms.CharField(
        label=_("Hvem hos Statsforvalteren har samtykket?"), max_length=120
    )
    consented_on = DatoField(label=_("Samtykkets dato"))
    letter = forms.FileField(
        label=_("Samtykket"),
        help_text=_("Brevet eller e-posten fra Statsforvalteren, som PDF, bilde eller Word."),
        widget=forms.FileInput(attrs={"accept": attachments.ACCEPT}),
        error_messages={"required": _("Last opp samtykket. Uten det kan ingenting flyttes.")},
    )

    def __init__(self, *args: Any, lines: Sequence[Spent], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            self.offer(name, _lines(lines))
        self.field("consented_on", DatoField).latest = on

    def clean_letter(self) -> Attachment:
        return _received(self.cleaned_data["letter"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("source") and cleaned.get("source") == cleaned.get("target"):
            self.add_error("target", _("Velg to forskjellige linjer."))
        return cleaned

    def build_layout(self) -> Layout:
        return Layout(
            "engangsnokkel",
            "source",
            "target",
            "amount",
            Group(_("Samtykket"), SideBySide("consented_by", "consented_on"), "letter"),
            Actions(Button(self.submit_label)),
        )


class AttachmentForm(SkallForm):
    """One file that people may attach."""

    submit_label = _("Last opp")

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("PDF, bilde, Word eller Excel, opptil 10 MB."),
        widget=forms.FileInput(attrs={"accept": attachments.ACCEPT}),
    )

    def clean_file(self) -> Attachment:
        return _received(self.cleaned_data["file"])


class LedgerForm(SkallForm):
    """A file from the ledger."""

    submit_label = _("Les filen")

    file = forms.FileField(
        label=_("Fil fra økonomisystemet"),
        help_text=format_lazy(
            _("CSV eller Excel (.xlsx), opptil {limit} MB."), limit=LEDGER_MEGABYTES
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(LEDGER_KINDS)}),
        error_messages={"required": _("Velg filen fra økonomisystemet.")},
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if PurePosixPath(upload.name).suffix.lower() not in LEDGER_KINDS:
            raise forms.ValidationError(
                gettext("Filer av denne typen kan ikke leses. Bruk .xlsx eller .csv.")
            )
        if upload.size > LEDGER_MEGABYTES * 1024**2:
            raise forms.ValidationError(
                gettext("Filen er større enn %(limit)s MB. Del den i flere filer, og prøv igjen.")
                % {"limit": LEDGER_MEGABYTES}
            )
        return upload

    @property
    def file_name(self) -> str:
        return clean_name(self.cleaned_data["file"].name)


class LedgerColumnsForm(SkallForm):
    """Which column of the file is what."""

    submit_label = _("Vis hva som blir ført")

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, headings: Sequence[str], columns: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Ikke i filen")), *((each, each) for each in headings if each)]
        for name, (label, _names) in FIELDS.items():
            field = forms.ChoiceField(
                label=str(label),
                choices=choices,
                required=name in REQUIRED,
                initial=columns.get(name, ""),
            )
            say_in_norwegian(field, label=str(label))
            self.fields[name] = field
        self.helper = self.build_helper()

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in FIELDS}


def _received(upload: Any) -> Attachment:
    try:
        return attachments.received(upload)
    except DomainError as refused:
        raise forms.ValidationError(str(refused)) from refused
