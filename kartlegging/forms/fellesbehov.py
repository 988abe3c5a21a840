"""Forms of the systems and of what groups of people must have been trained in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Fellesgruppe, Kompetanse, Rolle
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Group, Layout, SideBySide
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.forms.introduksjon import PersonChoice
from planer.forms.opplaring import UnitChoice
from planer.models import Fagsystem


class _System(SkallForm):
    """What a system is, who owns it and who answers for it."""

    name = forms.CharField(label=_("Hva heter fagsystemet?"), max_length=120)
    purpose = forms.CharField(label=_("Hva brukes det til?"), max_length=200, required=False)
    enhet = UnitChoice(
        label=_("Hvem bruker det?"), queryset=None, required=False, empty_label=_("Hele kommunen")
    )
    owner = PersonChoice(
        label=_("Systemeier"), queryset=None, required=False, empty_label=_("Ikke satt")
    )
    responsible = PersonChoice(
        label=_("Systemansvarlig"), queryset=None, required=False, empty_label=_("Ikke satt")
    )
    upgrade = forms.CharField(
        label=_("Oppgradering neste år"),
        help_text=_("Det systemeier melder inn til budsjettet, og opplæringen det krever."),
        max_length=200,
        required=False,
    )
    is_active = forms.BooleanField(label=_("I bruk"), required=False, initial=True)

    def __init__(self, *args: Any, system: Fagsystem | None = None, **kwargs: Any) -> None:
        self.system = system
        super().__init__(*args, **kwargs)
        self.offer("enhet", organisasjon.open_units())
        people = organisasjon.current().select_related("enhet").order_by("last_name", "first_name")
        for name in ("owner", "responsible"):
            self.offer(name, people)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = Fagsystem.objects.filter(name__iexact=name)
        others = same.exclude(pk=self.system.pk) if self.system else same
        if others.exists():
            raise forms.ValidationError(_("Det er et fagsystem med det navnet fra før."))
        return name


class MakeSystemForm(_System, OnceForm):
    submit_label = _("Registrer")


class SystemForm(_System, VersionedForm):
    pass


class TrainingForm(OnceForm):
    """Who must have been trained in what, and how well."""

    submit_label = _("Legg til kravet")

    kompetanse: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Hvilken opplæring?"), queryset=None, empty_label=_("Velg")
    )
    level = forms.TypedChoiceField(label=_("Til hvilket nivå?"), choices=(), coerce=int)
    role = forms.ChoiceField(
        label=_("Hvilken rolle?"), choices=[("", _("Ingen bestemt")), *Rolle.Kode.choices],
        required=False,
    )  # fmt: skip
    group = forms.ChoiceField(
        label=_("Eller hvilken stillingsgruppe?"),
        choices=[("", _("Ingen bestemt")), *Fellesgruppe.choices],
        required=False,
    )
    enhet = UnitChoice(
        label=_("Hvor?"), queryset=None, required=False, empty_label=_("Hele kommunen")
    )
    text = forms.CharField(label=_("Merknad"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kompetanse", Kompetanse.objects.order_by("name"))
        self.offer("enhet", organisasjon.open_units())
        self.offer("level", organisasjon.levels())

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("role") and answers.get("group"):
            self.add_error("group", _("Velg enten rolle eller stillingsgruppe, ikke begge."))
        return answers

    def build_layout(self) -> Layout:
        return Layout(
            Group(_("Opplæringen"), SideBySide("kompetanse", "level")),
            Group(
                _("Hvem må ha den?"),
                SideBySide("role", "group"),
                "enhet",
                description=_("Uten rolle og gruppe gjelder det alle."),
            ),
            "text",
        )
