"""Units: find them, and change them from a day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.organisasjon.models import ALWAYS, Enhet
from kompetanse.organisasjon.queries import Plass
from kompetanse.skall.fields import DatoField
from kompetanse.skall.forms import FilterForm, SkallForm

# No-break spaces: a browser eats ordinary ones in a menu.
_STEP = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"


class OrganisasjonFilter(FilterForm):
    q = forms.CharField(label=_("Søk etter navn, kode eller leder"), required=False, max_length=80)
    slag = forms.ChoiceField(label=_("Slag"), required=False)
    dato = DatoField(label=_("Vis per dato"), required=False, earliest=ALWAYS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("slag", Enhet.Kind.choices, first=_("Alle"))


def _from_day(label: Any) -> DatoField:
    return DatoField(
        label=label,
        earliest=ALWAYS,
        help_text=_("Eksempel: 01.01.2027. En dato fram i tid skjer av seg selv den dagen."),
        error_messages={"required": _("Skriv fra hvilken dato det gjelder.")},
    )


class EnhetForm(SkallForm):
    """A form on one unit; it carries the version that was read."""

    versjon = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def answers(self) -> dict[str, Any]:
        """What the verb takes: the answers and the version."""
        answers = dict(self.cleaned_data)
        answers["version"] = answers.pop("versjon")
        return answers


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("Navn på enheten"),
        max_length=120,
        error_messages={"required": _("Skriv hva enheten heter.")},
    )


def _kind() -> forms.ChoiceField:
    choices = [choice for choice in Enhet.Kind.choices if choice[0] != Enhet.Kind.KOMMUNE]
    return forms.ChoiceField(label=_("Slag"), choices=choices)


class UnderField(forms.TypedChoiceField):
    """The unit above, chosen from the tree of today."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            coerce=int,
            error_messages={"required": _("Velg enheten over.")},
            **kwargs,
        )

    def offer(self, places: list[Plass]) -> None:
        options = [(plass.pk, f"{_STEP * plass.depth}{plass.name}") for plass in places]
        self.choices = [("", _("Velg")), *options]


class CreateForm(SkallForm):
    submit_label = _("Opprett enheten")

    engangsnokkel = forms.UUIDField(widget=forms.HiddenInput)
    name = _name()
    code = forms.CharField(
        label=_("Kode i HR-systemet"),
        max_length=30,
        help_text=_("Slik enheten kjennes igjen når filen fra HR leses inn."),
        error_messages={"required": _("Skriv koden som HR-systemet bruker.")},
    )
    kind = _kind()
    parent = UnderField(label=_("Under hvilken enhet?"))
    starts = _from_day(_("Fra og med"))

    def __init__(self, *args: Any, places: list[Plass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("parent", UnderField).offer(places)


class RenameForm(EnhetForm):
    submit_label = _("Lagre navnet")

    name = _name()
    kind = _kind()
    on = _from_day(_("Fra og med"))

    def __init__(self, *args: Any, enhet: Enhet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if enhet.kind == Enhet.Kind.KOMMUNE:
            self.offer("kind", [Enhet.Kind.choices[0]])


class MoveForm(EnhetForm):
    submit_label = _("Flytt enheten")

    parent = UnderField(label=_("Under hvilken enhet skal den stå?"))
    on = _from_day(_("Fra og med"))

    def __init__(self, *args: Any, places: list[Plass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("parent", UnderField).offer(places)


class CloseForm(EnhetForm):
    submit_label = _("Avslutt enheten")

    last_day = DatoField(
        label=_("Siste dag enheten er i bruk"),
        earliest=ALWAYS,
        help_text=_("Eksempel: 31.12.2026"),
        error_messages={"required": _("Skriv den siste dagen enheten er i bruk.")},
    )


class ReopenForm(EnhetForm):
    submit_label = _("Gjenåpne enheten")

    on = _from_day(_("I bruk igjen fra og med"))


def today() -> dict[str, Any]:
    """What a form on a change suggests."""
    return {"on": clock.today(), "starts": clock.today(), "last_day": clock.today()}
