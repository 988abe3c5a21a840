"""Forms of introductions: begin, change, end, and the templates with their steps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Fellesgruppe, Kompetanse
from kompetanse.skall.fields import DatoField, HeltallField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Group, Layout, SideBySide
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.forms.strategi import long_text
from planer.models import Ansvar, Introduksjonsmal

FIRST_DAY, LAST_DAY = -60, 730  # days from the first day at work


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An employee, named with the unit."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.enhet.name}"


def sponsors(ansatt: Ansatt) -> Any:
    """Return the colleagues who can be sponsor: those of the same service, by name."""
    above = organisasjon.ancestors(ansatt.enhet)
    near = above[1] if len(above) > 2 else above[0]  # noqa: PLR2004 (the top has everyone below it)
    return (
        organisasjon.current()
        .filter(enhet__path__contains=f"/{near}/")
        .exclude(pk=ansatt.pk)
        .select_related("enhet")
        .order_by("last_name", "first_name", "pk")
    )


class _Begin(SkallForm):
    starts_on = DatoField(label=_("Første arbeidsdag"), help_text=_("Eksempel: 01.09.2026"))
    fadder = PersonChoice(
        label=_("Hvem er fadder?"),
        help_text=_("Fadderen får beskjed og ser sine steg på forsiden."),
        queryset=None,
        required=False,
        empty_label=_("Ingen ennå"),
    )

    def __init__(self, *args: Any, ansatt: Ansatt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("fadder", sponsors(ansatt))


class StartForm(_Begin, OnceForm):
    """Which templates a new employee follows, from when, and with whom."""

    submit_label = _("Sett i gang")

    maler: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        label=_("Hvilke planer skal den nye følge?"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én mal.")},
    )
    field_order = ("engangsnokkel", "maler", "starts_on", "fadder")

    def __init__(self, *args: Any, ansatt: Ansatt, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, ansatt=ansatt, **kwargs)
        self.offer("maler", choices)


class ChangeForm(_Begin, VersionedForm):
    """Another first day or sponsor."""


class EndForm(OnceForm):
    """Why there is no introduction, or no more of it."""

    submit_label = _("Avslutt")

    reason = forms.CharField(
        label=_("Hvorfor?"),
        help_text=_("Eksempel: Har arbeidet her før. Ikke skriv om helse."),
        max_length=300,
    )


class _Template(SkallForm):
    name = forms.CharField(label=_("Hva heter malen?"), max_length=120)
    text = long_text(_("Når brukes den?"), rows=3, required=False)
    group = forms.ChoiceField(
        label=_("For hvem?"),
        choices=[("", _("Alle stillinger")), *Fellesgruppe.choices],
        required=False,
    )
    is_proposed = forms.BooleanField(
        label=_("Foreslå den for alle nye i gruppa"),
        help_text=_("Uten kryss velger lederen den selv, for eksempel for nyutdannede."),
        required=False,
        initial=True,
    )
    is_active = forms.BooleanField(label=_("I bruk"), required=False, initial=True)

    def __init__(self, *args: Any, mal: Introduksjonsmal | None = None, **kwargs: Any) -> None:
        self.mal = mal
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = Introduksjonsmal.objects.filter(name__iexact=name)
        others = same.exclude(pk=self.mal.pk) if self.mal else same
        if others.exists():
            raise forms.ValidationError(_("Det er en mal med det navnet fra før."))
        return name


class MakeTemplateForm(_Template, OnceForm):
    submit_label = _("Lag malen")


class TemplateForm(_Template, VersionedForm):
    pass


class LevelledForm(SkallForm):
    """A competence and the level that it is learned to; both or neither."""

    kompetanse: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Hvilken kompetanse gir det?"),
        help_text=_("Når det er gjort, får lederen forslag om å bekrefte den."),
        queryset=None,
        required=False,
        empty_label=_("Ingen bestemt"),
    )
    level = forms.TypedChoiceField(
        label=_("Til hvilket nivå?"), choices=(), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kompetanse", Kompetanse.objects.order_by("name"))
        self.offer("level", organisasjon.levels(), first=_("Velg nivå"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        kompetanse, level = answers.get("kompetanse"), answers.get("level")
        if kompetanse and not level:
            self.add_error("level", _("Velg nivået kompetansen blir lært til."))
        if level and not kompetanse:
            answers["level"] = None
        return answers


class StepForm(LevelledForm, OnceForm):
    """A step of a template."""

    submit_label = _("Lagre steget")

    title = forms.CharField(label=_("Hva skal gjøres?"), max_length=160)
    text = long_text(_("Slik gjør du"), rows=3, required=False)
    link = forms.URLField(
        label=_("Lenke til kurs eller rutine"),
        help_text=_("Eksempel: https://kurs.kommunen.no/hygiene"),
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Skriv hele adressen, med https:// først.")},
    )
    role = forms.ChoiceField(label=_("Hvem gjør det?"), choices=Ansvar.choices)
    day = HeltallField(
        label=_("Hvilken dag?"),
        help_text=_(
            "Talt fra første arbeidsdag: 0 er dagen selv, 14 er to uker etter, -7 en uke før."
        ),
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
    )

    def build_layout(self) -> Layout:
        return Layout(
            Group(_("Steget"), "title", "text", "link"),
            Group(_("Hvem og når"), SideBySide("role", "day")),
            Group(_("Kompetanse"), SideBySide("kompetanse", "level")),
        )
