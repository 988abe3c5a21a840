"""The base of every form: Norwegian sentences for what is wrong, and the shell's look."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.errors import DomainError, TransitionError
from kompetanse.skall.layout import Actions, Button

Messages = dict[str, str | Promise]
Kind = TypeVar("Kind", bound=forms.Field)

# Sentences by kind of field, from the special to the general. They are used where neither the
# form nor the field's own class says something better. %(label)s is the field's label.
SENTENCES: tuple[tuple[type[forms.Field], Messages], ...] = (
    (
        forms.FileField,
        {
            "required": _("Legg ved en fil i «%(label)s»."),
            "empty": _("Filen er tom. Velg en annen fil."),
            "missing": _("Vi fikk ikke filen. Legg den ved en gang til."),
        },
    ),
    (
        forms.EmailField,
        {"invalid": _("Skriv e-postadressen slik: navn@kommune.no.")},
    ),
    (
        forms.ModelChoiceField,
        {
            "required": _("Velg ett svar i «%(label)s»."),
            "invalid_choice": _("Velg et av svarene i «%(label)s»."),
        },
    ),
    (
        forms.ChoiceField,
        {
            "required": _("Velg ett svar i «%(label)s»."),
            "invalid_choice": _("Velg et av svarene i «%(label)s»."),
        },
    ),
    (
        forms.BooleanField,
        {"required": _("Kryss av for «%(label)s» for å gå videre.")},
    ),
    (
        forms.IntegerField,
        {
            "invalid": _("Skriv et helt tall, for eksempel 3."),
            "min_value": _("Tallet kan ikke være lavere enn %%(limit_value)s."),
            "max_value": _("Tallet kan ikke være høyere enn %%(limit_value)s."),
        },
    ),
    (
        forms.Field,
        {
            "required": _("Fyll ut «%(label)s»."),
            "max_length": _(
                "Teksten i «%(label)s» er for lang. Den kan ha %%(limit_value)d tegn,"
                " og har nå %%(show_value)d."
            ),
            "min_length": _(
                "Teksten i «%(label)s» er for kort. Den må ha minst %%(limit_value)d tegn."
            ),
        },
    ),
)

# What Django's own fields say; only these are replaced.
_DJANGO = "django.forms"


class Tells(Protocol):
    """A form, or a list of them, that can say what is wrong."""

    def add_error(self, field: str | None, error: str, /) -> None: ...


@contextmanager
def refusal_in(form: Tells, field: str | None = None) -> Iterator[None]:
    """Let the form say what a verb refuses of what it holds: the page comes back as it was typed.

    A step that cannot be taken now is nothing that the form can mend, and goes on up.
    """
    try:
        yield
    except TransitionError:
        raise
    except DomainError as refusal:
        form.add_error(field, str(refusal))


class SkallHelper(FormHelper):
    """Crispy's helper with our defaults. `hide_summary`, `hide_required` are read by the pack."""

    include_media = False
    # What a form carries hidden is drawn without standing in its layout.
    render_hidden_fields = True
    hide_summary = False
    hide_required = False

    def get_attributes(self, template_pack: str = "designsystemet") -> dict[str, Any]:
        attributes: dict[str, Any] = super().get_attributes(template_pack=template_pack)
        return {"hide_summary": self.hide_summary, "hide_required": self.hide_required} | attributes

    def render_layout(self, form: Any, context: Any, template_pack: str = "designsystemet") -> Any:
        """Draw the questions, and the form's own button where the layout names none.

        A form that draws no <form> has its buttons on the page.
        """
        drawn = super().render_layout(form, context, template_pack=template_pack)
        label = getattr(form, "submit_label", "")
        if not self.form_tag or not label or _has_actions(self.layout):
            return drawn
        return drawn + Actions(Button(label)).render(form, context, template_pack=template_pack)


class SkallForm(forms.Form):
    """A form as this product asks: `{% crispy form %}` draws it whole, with its button.

    A subclass names `submit_label`, or overrides `build_layout` to group and order its fields.
    """

    submit_label: str | Promise = _("Lagre")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            say_in_norwegian(field, label=str(field.label or name))
        self.helper = self.build_helper()

    def build_helper(self) -> SkallHelper:
        helper = SkallHelper()
        helper.layout = self.build_layout()
        return helper

    def build_layout(self) -> Layout:
        return Layout(*self.fields, Actions(Button(self.submit_label)))

    def field(self, name: str, kind: type[Kind]) -> Kind:
        """Return the form's own copy of a field, as the kind it is.

        Raises: TypeError when it is of another kind.
        """
        field = self.fields[name]
        if not isinstance(field, kind):
            raise TypeError(f"{name} is a {type(field).__name__}, not a {kind.__name__}")
        return field

    def offer(
        self, name: str, rows: QuerySet[Any] | Iterable[Any], *, first: str | Promise | None = None
    ) -> None:
        """Let the user choose among `rows`: a queryset, or pairs of value and label (or groups).

        `first` is the line that stands for no choice.
        """
        if isinstance(rows, QuerySet):
            field = self.field(name, forms.ModelChoiceField)
            field.queryset = rows
            if first is not None:
                field.empty_label = str(first)
        else:
            empty = [] if first is None else [("", first)]
            self.field(name, forms.ChoiceField).choices = [*empty, *rows]


class FilterForm(SkallForm):
    """A form that narrows a list: GET, no tags, one row on wide screens."""

    submit_label = _("Vis")

    def build_helper(self) -> SkallHelper:
        helper = super().build_helper()
        helper.form_method = "get"
        helper.form_class = "filter-form"
        helper.disable_csrf = True
        return helper


def _has_actions(part: Any) -> bool:
    """Return whether a button is in the layout, however deep."""
    return isinstance(part, Actions | Button) or any(map(_has_actions, getattr(part, "fields", ())))


def say_in_norwegian(field: forms.Field, *, label: str) -> None:
    """Replace the field's messages that are Django's own with sentences that name the field."""
    for kind, sentences in SENTENCES:
        if isinstance(field, kind):
            for code, sentence in sentences.items():
                if _is_djangos(field, code):
                    field.error_messages[code] = _fill(str(sentence), label)


def _fill(sentence: str, label: str) -> str:
    # A sentence with figures is filled once more by Django, so the label's own % must survive.
    shown = label.replace("%", "%%") if "%%" in sentence else label
    return sentence % {"label": shown}


def _is_djangos(field: forms.Field, code: str) -> bool:
    """Return whether the message still is the one that comes with Django (or there is none)."""
    now = field.error_messages.get(code)
    if now is None:
        return True
    for cls in type(field).__mro__:
        own = cls.__dict__.get("default_error_messages", {})
        if code in own:
            return cls.__module__.startswith(_DJANGO) and now == own[code]
    return False
