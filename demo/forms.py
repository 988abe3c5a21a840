"""The demonstration's one form: which day it should be."""

from datetime import time

from django import forms

from kompetanse.skall.fields import DatoField


class ClockForm(forms.Form):
    day = DatoField(label="Dato", help_text="Eksempel: 16.10.2026")
    hour = forms.TypedChoiceField(
        label="Klokkeslett",
        coerce=int,
        choices=[(hour, f"{time(hour):%H.%M}") for hour in range(24)],
        initial=9,
    )
