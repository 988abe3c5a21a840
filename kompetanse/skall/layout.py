"""The parts that a form's layout is made of, beside the fields' own names.

helper.layout = Layout(
    Group(_("Når studerer du?"), "starts", "ends", description=_("Omtrent er godt nok.")),
    Actions(Button(_("Neste")), LinkButton(_("Fortsett senere"), url)),
)
"""

from typing import Any

from crispy_forms.layout import Layout, LayoutObject
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

Text = str | Promise

__all__ = ["Actions", "Button", "Fold", "Group", "Layout", "LinkButton", "Note", "SideBySide"]


class Button:
    """A submit button. `variant`: primary, secondary or tertiary; `color`: danger, neutral."""

    def __init__(
        self,
        label: Text,
        *,
        name: str = "",
        value: str = "1",
        variant: str = "primary",
        color: str = "",
    ) -> None:
        self.label = label
        self.name = name
        self.value = value
        self.variant = variant
        self.color = color

    def render(self, *_: Any, **__: Any) -> SafeString:
        return render_to_string("skall/_button.html", {"button": self})


class LinkButton:
    """A link that looks like a button: cancel, back, continue later."""

    def __init__(self, label: Text, url: str, *, variant: str = "tertiary") -> None:
        self.label = label
        self.url = url
        self.variant = variant

    def render(self, *_: Any, **__: Any) -> SafeString:
        return render_to_string("skall/_link_button.html", {"button": self})


class Note:
    """A sentence between the fields."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def render(self, *_: Any, **__: Any) -> SafeString:
        return render_to_string("skall/_note.html", {"text": self.text})


class _Box(LayoutObject):
    """A part that holds other parts."""

    template = ""

    def __init__(self, *fields: Any) -> None:
        self.fields = list(fields)

    def render(self, form: BaseForm, context: Any, **kwargs: Any) -> SafeString:
        inner = self.get_rendered_fields(form, context, **kwargs)
        return render_to_string(self.template, {"box": self, "inner": inner})


class Actions(_Box):
    """The row of buttons that ends a form: primary first."""

    template = "skall/_actions.html"


class SideBySide(_Box):
    """Short fields beside each other on wide screens, under each other on a phone."""

    template = "skall/_side_by_side.html"


class Group(_Box):
    """Questions that belong together, under a legend."""

    template = "skall/_group.html"

    def __init__(self, legend: Text, *fields: Any, description: Text = "") -> None:
        super().__init__(*fields)
        self.legend = legend
        self.description = description


class Fold(_Box):
    """Questions that few need, folded under a heading; open when one is answered unusually."""

    template = "skall/_fold.html"

    def __init__(self, heading: Text, *fields: Any) -> None:
        super().__init__(*fields)
        self.heading = heading
        self.is_open = False

    def render(self, form: BaseForm, context: Any, **kwargs: Any) -> SafeString:
        names = [pointer.name for pointer in self.get_field_names()]
        self.is_open = any(_is_answered(form, name) for name in names)
        return super().render(form, context, **kwargs)


def _is_answered(form: BaseForm, name: str) -> bool:
    bound = form[name]
    value = bound.value()
    return bool(bound.errors) or bool(value and value != bound.field.initial)
