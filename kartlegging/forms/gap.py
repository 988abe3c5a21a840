"""The conclusion of the year's GAP analysis: an assessment, and focus areas in order."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kartlegging.actions.gap import Prioritet
from kartlegging.queries.katalog import Group
from kompetanse.skall.forms import SkallForm, SkallHelper, say_in_norwegian
from kompetanse.skall.layout import Actions, Button, Layout, LinkButton
from kompetanse.skall.layout import Group as Box

PLACES = range(1, 6)


class SettleForm(SkallForm):
    """Five places, of which the first must be filled; a hole between them is closed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    engangsnokkel = forms.UUIDField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=gettext_lazy("Hva viser analysen?"),
        help_text=gettext_lazy(
            "Skriv hva som mangler mest, og hvorfor. Velg så minst ett fokusområde."
        ),
        widget=forms.Textarea({"rows": 6}),
        max_length=6000,
        error_messages={"required": gettext_lazy("Skriv hva analysen viser.")},
    )

    def __init__(self, *args: Any, areas: Sequence[Group], back: str, **kwargs: Any) -> None:
        self.back = back
        super().__init__(*args, **kwargs)
        for place in PLACES:
            self._add_place(place, areas)
        self.helper = self.build_helper()

    def _add_place(self, place: int, areas: Sequence[Group]) -> None:
        area = forms.TypedChoiceField(
            label=_("Fokusområde"),
            choices=[("", _("Velg")), *areas],
            coerce=int,
            empty_value=None,
            required=place == 1,
            error_messages={"required": _("Velg det viktigste fokusområdet.")},
        )
        reason = forms.CharField(label=_("Begrunnelse (valgfritt)"), max_length=300, required=False)
        for name, field in ((f"area_{place}", area), (f"reason_{place}", reason)):
            self.fields[name] = field
            say_in_norwegian(field, label=str(field.label))

    def build_helper(self) -> SkallHelper:
        helper = super().build_helper()
        helper.hide_required = True
        return helper

    def build_layout(self) -> Layout:
        boxes = (
            Box(_("%(n)d. prioritet") % {"n": place}, f"area_{place}", f"reason_{place}")
            for place in PLACES
            if f"area_{place}" in self.fields
        )
        buttons = Actions(Button(_("Lås analysen")), LinkButton(_("Avbryt"), self.back))
        return Layout("comment", *boxes, buttons)

    def clean(self) -> None:
        seen: set[int] = set()
        for place in PLACES:
            area = self.cleaned_data.get(f"area_{place}")
            if area in seen:
                self.add_error(
                    f"area_{place}", ValidationError(_("Velg hvert fokusområde bare én gang."))
                )
            elif area:
                seen.add(area)

    def priorities(self) -> list[Prioritet]:
        """Return the chosen focus areas in order."""
        return [
            Prioritet(area, self.cleaned_data[f"reason_{place}"])
            for place in PLACES
            if (area := self.cleaned_data[f"area_{place}"])
        ]
