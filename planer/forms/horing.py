"""Forms of a hearing: until when, and an answer."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import DatoField
from kompetanse.skall.versjon import OnceForm
from planer.forms.strategi import long_text

USUAL_DAYS = 21  # Three weeks: the product's own proposal, changed in the form.


class HearForm(OnceForm):
    submit_label = _("Send på høring")

    until = DatoField(label=_("Når er siste dag for å svare?"))
    text = long_text(
        _("Hva vil dere særlig ha svar på?"),
        rows=4,
        required=False,
        help_text=_("Lederne og de tillitsvalgte får en oppgave om å svare."),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"until": on + timedelta(days=USUAL_DAYS)} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self.on:
            raise forms.ValidationError(_("Fristen må være i dag eller senere."))
        return until


class AnswerForm(OnceForm):
    submit_label = _("Send svaret")

    text = long_text(
        _("Hva mener dere om planen?"),
        rows=8,
        help_text=_("Svaret blir lest av alle ansatte. Skriv ikke om enkeltpersoner."),
    )
