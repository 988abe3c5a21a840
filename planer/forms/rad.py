"""The row of a measure that is followed up from the list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import DatoField, KronerField
from kompetanse.skall.versjon import VersionedForm
from planer.models import Belopslinje, Tiltak


class RowForm(VersionedForm):
    """What is followed up from the list: status, deadline, responsible, and the amounts there are.

    A measure without amounts is asked for the fee and the own budget.
    """

    status = forms.ChoiceField(label=_("Status"), choices=Tiltak.Status.choices)
    deadline = DatoField(label=_("Frist"), required=False)
    responsible = forms.CharField(label=_("Ansvarlig"), max_length=120, required=False)

    def __init__(self, *args: Any, line_id: int, kinds: list[str], **kwargs: Any) -> None:
        self.line_id = line_id
        super().__init__(*args, **kwargs)
        for kind in kinds or [Belopslinje.Kind.FEE, Belopslinje.Kind.OWN]:
            label = Belopslinje.Kind(kind).label
            self.fields[str(kind)] = KronerField(label=label, required=False)

    @property
    def amounts(self) -> dict[str, int]:
        """Return NOK by kind."""
        kinds = [name for name in self.fields if name in Belopslinje.Kind.values]
        return {kind: self.cleaned_data[kind] or 0 for kind in kinds}

    def amount_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name in Belopslinje.Kind.values]

    def answers(self) -> dict[str, Any]:
        named = super().answers()
        plain = {name: named[name] for name in ("status", "deadline", "responsible")}
        return plain | {"amounts": self.amounts}
