"""All position categories with the common group of each, in one form."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.models import Fellesgruppe, Stillingskategori
from kompetanse.skall.forms import SkallForm


class GrupperForm(SkallForm):
    """One menu for each category, and what it was when the page was read."""

    def __init__(self, *args: Any, kategorier: Sequence[Stillingskategori], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kategorier = kategorier
        for kategori in kategorier:
            self.fields[f"gruppe_{kategori.pk}"] = forms.ChoiceField(
                label=_("Fellesgruppe for %(name)s") % {"name": kategori.name},
                choices=[("", _("Ingen gruppe")), *Fellesgruppe.choices],
                required=False,
                initial=kategori.group,
            )
            self.fields[f"var_{kategori.pk}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=kategori.group
            )

    def rows(self) -> Iterator[tuple[Stillingskategori, BoundField, BoundField]]:
        """Yield each category with its menu and its hidden field."""
        for kategori in self.kategorier:
            yield kategori, self[f"gruppe_{kategori.pk}"], self[f"var_{kategori.pk}"]

    @property
    def changes(self) -> dict[int, tuple[str, str]]:
        """What the verb takes: id to (seen, chosen), of those that were changed."""
        told = self.cleaned_data
        pairs = {
            each.pk: (told[f"var_{each.pk}"], told[f"gruppe_{each.pk}"])
            for each in self.kategorier
            if f"gruppe_{each.pk}" in self.data
        }
        return {pk: pair for pk, pair in pairs.items() if pair[0] != pair[1]}
