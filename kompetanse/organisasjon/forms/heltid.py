"""Which unit and which positions the page on full-time culture shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import FilterForm

PERMANENT = "faste"
ALL = "alle"
SELECTIONS = ((PERMANENT, _("Faste stillinger")), (ALL, _("Faste og midlertidige stillinger")))


class HeltidFilter(FilterForm):
    enhet = forms.TypedChoiceField(label=_("Enhet"), coerce=int, empty_value=None, required=False)
    utvalg = forms.ChoiceField(label=_("Stillinger"), choices=SELECTIONS, required=False)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("enhet", units, first=_("Alle jeg følger"))
