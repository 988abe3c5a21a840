"""The administrator's answers on erasure, and how long things are kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.personvern.queries.lagringstid import Kept
from kompetanse.skall.fields import HeltallField
from kompetanse.skall.forms import SkallForm

MOST_MONTHS = 240


class HoldForm(SkallForm):
    submit_label = _("Hold tilbake")

    reason = forms.CharField(
        label=_("Hvorfor skal opplysningene beholdes foreløpig?"),
        help_text=_(
            "Skriv hvilken sak det gjelder, ikke noe om personen. Eksempel: Klage er ikke avgjort"
        ),
        max_length=300,
        error_messages={"required": _("Skriv hvorfor opplysningene skal beholdes.")},
    )


class RefuseForm(SkallForm):
    submit_label = _("Avslå ønsket")

    answer = forms.CharField(
        label=_("Svar til den ansatte"),
        help_text=_("Den ansatte leser svaret på «Mine data», og kan klage til Datatilsynet."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv hvorfor ønsket blir avslått.")},
    )


class LagringstidForm(SkallForm):
    """One number of months for each rule."""

    submit_label = _("Lagre lagringstidene")

    def __init__(self, *args: Any, kept: list[Kept], **kwargs: Any) -> None:
        fields: dict[str, forms.Field] = {each.rule.key: _months(each) for each in kept}
        self.base_fields = fields  # type: ignore[misc] # Django copies the form's fields from here
        super().__init__(*args, **kwargs)


def _months(kept: Kept) -> HeltallField:
    return HeltallField(
        label=str(kept.rule.label),
        help_text=_("Måneder. Foreslått: %(months)s") % {"months": kept.rule.months},
        min_value=1,
        max_value=MOST_MONTHS,
        initial=kept.months,
    )
