"""The text of a letter, as the advisor writes it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Layout
from soknader.models import Vedtak
from soknader.rules import brevmal as rules

STRANGE = _("%(what)s kan ikke stå her. Bruk bare plassholderne i lista, for eksempel {{navn}}.")


class BrevmalForm(SkallForm):
    """Heading and body with placeholders, and the case to see it on."""

    submit_label = _("Lagre ny versjon")

    version = forms.IntegerField(widget=forms.HiddenInput)
    heading = forms.CharField(label=_("Overskrift"), max_length=160)
    body = forms.CharField(
        label=_("Tekst"),
        help_text=_(
            "Tom linje gir nytt avsnitt. «## » først på linja gir mellomtittel. «- Navn: verdi» gir"
            " en linje i en liste. Et avsnitt blir borte når en plassholder i det er tom,"
            " og mellomtittelen rett over følger med."
        ),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 22}),
    )
    case = forms.ChoiceField(label=_("Vis på saken"), required=False)

    def __init__(self, *args: Any, cases: list[Vedtak], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(vedtak.pk), vedtak.soknad.reference) for vedtak in cases]
        self.offer("case", found or [("", gettext("En oppdiktet sak"))])

    def build_layout(self) -> Layout:
        show = Button(_("Se hvordan det blir"), name="vis", variant="secondary")
        return Layout("heading", "body", "case", Actions(Button(self.submit_label), show))

    def clean_heading(self) -> str:
        return self._checked("heading")

    def clean_body(self) -> str:
        return self._checked("body")

    def _checked(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        strange = rules.unknown(text)
        if strange:
            what = ", ".join(f"«{each}»" for each in dict.fromkeys(strange))
            raise forms.ValidationError(STRANGE % {"what": what})
        return text
