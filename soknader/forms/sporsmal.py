"""The leader's question, and the applicant's answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import DatoField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Layout


class SporsmalForm(SkallForm):
    """What the leader needs to know, and the last day to answer."""

    submit_label = _("Send spørsmålet")

    text = forms.CharField(
        label=_("Hva trenger du å vite?"),
        help_text=_("Søkeren leser dette, og svarer i søknaden. Ikke spør om helse."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Skriv spørsmålet.")},
    )
    answer_by = DatoField(
        label=_("Svar innen"), error_messages={"required": _("Skriv siste dag for å svare.")}
    )

    def __init__(self, *args: Any, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_by"].help_text = _("Eksempel: %(day)s") % {
            "day": last.strftime("%d.%m.%Y")
        }

    def build_layout(self) -> Layout:
        return Layout(*self.fields, Actions(Button(self.submit_label, variant="secondary")))


class SvarForm(SkallForm):
    submit_label = _("Send svaret")

    answer = forms.CharField(
        label=_("Svaret ditt"),
        help_text=_("Bare lederne dine og fagrådgiveren leser dette."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Skriv et svar på spørsmålet.")},
    )
