"""Receipts: sent by the employee, answered by the leader, and the list's filter."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.errors import DomainError
from kompetanse.kommuner import attachments
from kompetanse.kommuner.attachments import Attachment
from kompetanse.skall import norsk
from kompetanse.skall.fields import DatoField, KronerField
from kompetanse.skall.forms import FilterForm, SkallForm
from kompetanse.skall.layout import Actions, Button, Layout, SideBySide
from kompetanse.skall.versjon import OnceForm
from soknader.models import Tilsagn, Utbetaling

APPROVE, REFUSE = "approve", "refuse"


class ReceiptForm(OnceForm):
    """One receipt: what it is for, how much, when, and the file itself."""

    submit_label = _("Send kvitteringen")

    tilsagn = forms.ChoiceField(label=_("Hva gjelder det?"), widget=forms.RadioSelect)
    amount = KronerField(label=_("Beløp på kvitteringen"), min_value=1)
    spent_on = DatoField(label=_("Dato på kvitteringen"), help_text=_("Eksempel: 15.01.2027"))
    text = forms.CharField(
        label=_("Hva har du betalt for?"), help_text=_("For eksempel semesteravgift høsten 2027."),
        max_length=200, required=False,
    )  # fmt: skip
    file = forms.FileField(
        label=_("Kvittering"),
        help_text=_("Bilde eller PDF, opptil 10 MB."),
        widget=forms.FileInput(attrs={"accept": attachments.ACCEPT}),
        error_messages={"required": _("Legg ved kvitteringen.")},
    )

    def __init__(self, *args: Any, promised: Sequence[Tilsagn], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promised = {str(each.pk): each for each in promised}
        self.offer(
            "tilsagn", [(pk, _label(each)) for pk, each in self.promised.items() if each.left]
        )
        self.field("spent_on", DatoField).latest = on

    def build_layout(self) -> Layout:
        return Layout(
            "engangsnokkel", "tilsagn", SideBySide("amount", "spent_on"), "text", "file",
            Actions(Button(self.submit_label)),
        )  # fmt: skip

    def clean_tilsagn(self) -> Tilsagn:
        return self.promised[self.cleaned_data["tilsagn"]]

    def clean_file(self) -> Attachment:
        try:
            return attachments.received(self.cleaned_data["file"])
        except DomainError as refused:
            raise forms.ValidationError(str(refused)) from refused


class AnswerForm(SkallForm):
    """Yes, to so much of the receipt, or no with a reason."""

    submit_label = _("Lagre svaret")

    verdict = forms.ChoiceField(
        label=_("Godkjenner du kvitteringen?"),
        choices=[(APPROVE, _("Ja, jeg godkjenner")), (REFUSE, _("Nei, jeg godkjenner ikke"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om du godkjenner kvitteringen.")},
    )
    amount = KronerField(label=_("Beløp som godkjennes"), required=False, min_value=1)
    reason = forms.CharField(
        label=_("Hvorfor godkjenner du ikke?"),
        help_text=_("Den ansatte leser dette."),
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("verdict") == APPROVE and not values.get("amount") and not self.errors:
            self.add_error("amount", _("Skriv hvor mye du godkjenner."))
        if values.get("verdict") == REFUSE and not values.get("reason", "").strip():
            self.add_error("reason", _("Skriv hvorfor kvitteringen ikke godkjennes."))
        return values


class PaymentFilter(FilterForm):
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("Alle")), *Utbetaling.Status.choices]
    )


def _label(tilsagn: Tilsagn) -> str:
    told = {"kind": tilsagn.get_kind_display(), "left": norsk.kroner(tilsagn.left)}
    return _("%(kind)s (%(left)s igjen)") % told
