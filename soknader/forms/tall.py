"""Which year the figures show, and what they are shared out by."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import FilterForm
from soknader.queries.tall import Deling


class TallFilter(FilterForm):
    ar = forms.TypedChoiceField(label=_("År"), coerce=int, empty_value=None, required=False)
    etter = forms.TypedChoiceField(
        label=_("Fordelt på"), coerce=Deling, empty_value=Deling.SEKTOR, required=False
    )

    def __init__(self, *args: Any, years: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("ar", [(year, year) for year in years])
        self.offer("etter", [(each.value, each.label) for each in Deling])
