"""The base of an application's four steps.

`storable` gives what can be kept of a step that is not finished; `values` of one that is.
Both are named as the model's own attributes (`utlysning_id`).
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import SkallForm, SkallHelper
from kompetanse.skall.layout import Actions, Button, Layout
from soknader.models import Soknad

# The names of fields whose value is a row: the attribute that holds the row's id.
IDS = {"utlysning": "utlysning_id", "fokusomrade": "fokusomrade_id"}


# What was typed but could not be read as a date, a number or a choice.
UNREAD = object()


class StepForm(SkallForm):
    """One step. `soknad` is what is stored; a hidden `version` tells which edition was shown."""

    last_label: str | Promise = _("Neste")

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, soknad: Soknad, autosave_url: str = "", **kwargs: Any) -> None:
        self.soknad = soknad
        self.autosave_url = autosave_url
        kwargs.setdefault("initial", self.stored())
        super().__init__(*args, **kwargs)

    def build_helper(self) -> SkallHelper:
        helper = super().build_helper()
        if self.autosave_url and self.soknad.is_draft:
            helper.attrs = {"data-autosave": self.autosave_url}
        else:
            helper.attrs = {"data-kladd": "sendt"}
        return helper

    def build_layout(self) -> Layout:
        buttons = [Button(self._next_label())]
        if self.soknad.is_draft:
            buttons.append(Button(_("Fortsett senere"), name="later", variant="tertiary"))
        return Layout(*self.fields, Actions(*buttons))

    def _next_label(self) -> str | Promise:
        return self.last_label if self.soknad.is_draft else _("Lagre endringen")

    def stored(self) -> dict[str, Any]:
        return {name: getattr(self.soknad, IDS.get(name, name)) for name in self.asked()} | {
            "version": self.soknad.version
        }

    def asked(self) -> list[str]:
        return [name for name in self.base_fields if name != "version"]

    def values(self) -> dict[str, Any]:
        """Return the step's answers by the model's attribute names; only of a valid form."""
        return self.storable()

    def storable(self) -> dict[str, Any]:
        """Return the answers that could be read, and nothing where nothing was written."""
        read = {name: self._read(name) for name in self.asked() if name in self.fields}
        return {IDS.get(name, name): value for name, value in read.items() if value is not UNREAD}

    def unreadable(self) -> list[str]:
        """Return the labels of what was typed but could not be read."""
        return [
            str(self.fields[name].label)
            for name in self.errors
            if name in self.fields and self.data.get(self.add_prefix(name))
        ]

    def differing(self, now: Soknad) -> list[str]:
        """Return the labels of the answers that differ from what is stored now."""
        typed = self.storable()
        attributes = {IDS.get(name, name): name for name in self.asked() if name in self.fields}
        return [
            str(self.fields[name].label)
            for attribute, name in attributes.items()
            if attribute not in typed or typed[attribute] != getattr(now, attribute)
        ]

    def show_edition(self, version: int) -> None:
        """Let the page that is sent back hold the newest version instead of the posted one."""
        self.data = {**flat(self.data), self.add_prefix("version"): str(version)}

    def _read(self, name: str) -> Any:
        if name in self.cleaned_data:
            return self.cleaned_data[name]
        is_blank = not str(self.data.get(self.add_prefix(name), "")).strip()
        return getattr(self.fields[name], "empty_value", None) if is_blank else UNREAD


def flat(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a browser posted as a plain dict; these forms hold no lists."""
    return dict(data.items())
