"""What is asked when an application is begun, registered for someone else, and sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Layout
from soknader.forms.steg import flat


class BeginForm(SkallForm):
    """Before the first step: a promise to answer as well as one can."""

    submit_label = _("Start søknad")

    confirm = forms.BooleanField(
        label=_("Jeg bekrefter at jeg vil svare så riktig som jeg kan"),
        error_messages={"required": _("Bekreft at du vil svare så riktig som du kan.")},
    )


class SubmitForm(SkallForm):
    """On the summary: the edition that is sent, a one-time token, and why when it is late."""

    submit_label = _("Send inn søknaden")

    version = forms.IntegerField(widget=forms.HiddenInput)
    engangsnokkel = forms.UUIDField(widget=forms.HiddenInput)
    late_reason = forms.CharField(
        label=_("Hvorfor sender du søknaden etter fristen?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("Skriv hvorfor søknaden kommer etter fristen.")},
    )

    def __init__(self, *args: Any, is_late: bool, **kwargs: Any) -> None:
        self.is_late = is_late
        super().__init__(*args, **kwargs)

    def build_layout(self) -> Layout:
        if not self.is_late:
            del self.fields["late_reason"]
        return super().build_layout()

    def renew(self, token: str) -> None:
        """Give the page that is sent back a token that has not been used."""
        self.data = {**flat(self.data), self.add_prefix("engangsnokkel"): token}


class BehalfForm(SkallForm):
    """For whom a leader or the advisor registers an application."""

    submit_label = _("Begynn registreringen")

    number = forms.CharField(
        label=_("Ansattnummeret til den du registrerer for"),
        help_text=_("Nummeret står i lønnssystemet."),
        max_length=20,
        error_messages={"required": _("Skriv ansattnummeret.")},
    )
