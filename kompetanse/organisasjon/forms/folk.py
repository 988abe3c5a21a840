"""What people are searched by."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.models import Enhet, Rolle, Stillingskategori
from kompetanse.organisasjon.queries.folk import Search
from kompetanse.skall.forms import FilterForm

# Everyone is an employee: that is no role to look for, and none to give.
ROLE_CHOICES = [(kode.value, kode.label) for kode in Rolle.Kode if kode != Rolle.Kode.ANSATT]
INDENT = "\u2003"


def unit_choices(enheter: Sequence[Enhet]) -> list[tuple[int, str]]:
    """Return the units of the tree, each indented under the one above it."""
    return [(e.pk, INDENT * e.depth + e.name) for e in enheter]


class FolkForm(FilterForm):
    """Drawn from ready lists, so that it costs no query of its own."""

    submit_label = _("Søk")

    navn = forms.CharField(label=_("Navn"), required=False, max_length=80)
    rolle = forms.ChoiceField(label=_("Rolle"), required=False)
    enhet = forms.TypedChoiceField(label=_("Enhet"), required=False, coerce=int, empty_value=None)
    kategori = forms.TypedChoiceField(
        label=_("Stilling"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        enheter: Sequence[Enhet],
        kategorier: Sequence[Stillingskategori],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._enheter = {enhet.pk: enhet for enhet in enheter}
        self._kategorier = {kategori.pk: kategori for kategori in kategorier}
        self.offer("rolle", ROLE_CHOICES, first=_("Alle"))
        self.offer("enhet", unit_choices(enheter), first=_("Alle"))
        self.offer("kategori", ((k.pk, k.name) for k in kategorier), first=_("Alle"))

    @property
    def search(self) -> Search:
        """What is asked for; a choice that is not in the list narrows nothing."""
        told = self.cleaned_data if self.is_valid() or self.is_bound else {}
        return Search(
            name=told.get("navn") or "",
            kode=told.get("rolle") or "",
            enhet=self._enheter.get(told.get("enhet") or 0),
            kategori=self._kategorier.get(told.get("kategori") or 0),
        )
