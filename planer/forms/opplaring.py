"""What narrows the training plan, and a unit as the plans' forms offer it."""

from typing import Any

from django import forms
from django.utils.choices import flatten_choices
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import FilterForm
from planer.models import Tiltak
from planer.queries.gruppe import GROUPINGS

Choices = list[Any]


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit, indented by its place in the tree."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{'– ' * max(obj.depth - 1, 0)}{obj.name}"


class MeasureFilterForm(FilterForm):
    """Narrows the training plan. Drawn from ready choices, so that it costs no query of its own."""

    enhet = forms.ChoiceField(label=_("Enhet"), required=False)
    fokus = forms.ChoiceField(label=_("Fokusområde"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    mate = forms.ChoiceField(label=_("Måte"), required=False)
    grupper = forms.ChoiceField(label=_("Vis samlet etter"), required=False)
    sene = forms.BooleanField(label=_("Bare forsinkede"), required=False)
    vis = forms.CharField(widget=forms.HiddenInput, required=False)
    ansvarlig = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, enheter: Choices, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("enhet", enheter, first=_("Alle enheter"))
        self.offer("fokus", areas, first=_("Alle fokusområder"))
        self.offer("status", Tiltak.Status.choices, first=_("Alle"))
        self.offer("mate", Tiltak.Sort.choices, first=_("Alle"))
        self.offer("grupper", [(key, each.label) for key, each in GROUPINGS.items()])

    def narrowed_to(self) -> list[str]:
        """Return in words what the list is narrowed to; what is unknown narrows nothing."""
        names = [self._label(name) for name in ("enhet", "fokus", "status", "mate")]
        late = _("forsinkede tiltak") if self.initial.get("sene") else ""
        return [str(name) for name in (*names, self.initial.get("ansvarlig"), late) if name]

    def _label(self, name: str) -> str:
        field: Any = self.fields[name]
        offered: Choices = list(flatten_choices(field.choices))
        labels = {str(key): str(label).lstrip("– ") for key, label in offered if key}
        return labels.get(self.initial.get(name, ""), "")
