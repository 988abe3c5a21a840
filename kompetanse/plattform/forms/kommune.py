"""A new tenant, and a new way in for its administrator."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.maler import Mal
from kompetanse.kommuner.models import Kommune
from kompetanse.plattform.actions.kommune import Administrator
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Group, Layout, SideBySide


class FoundForm(SkallForm):
    """All that a Kommune needs to be used the same day."""

    name = forms.CharField(label=_("Navn"), help_text=_("Eksempel: Nordre Land"), max_length=100)
    slug = forms.SlugField(
        label=_("Adresse"),
        help_text=_("Første del av adressen, uten æ, ø og å. Eksempel: nordre-land"),
        max_length=40,
        error_messages={"invalid": _("Bruk bare bokstavene a–z, tall og bindestrek.")},
    )
    number = forms.CharField(
        label=_("Kommunenummer"),
        help_text=_("Fire siffer"),
        max_length=4,
        validators=[RegexValidator(r"^\d{4}$", _("Kommunenummeret har fire siffer."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    maalform = forms.ChoiceField(
        label=_("Målform"), choices=Kommune.Maalform.choices, widget=forms.RadioSelect
    )
    contact = forms.CharField(
        label=_("Hvem kan de ansatte spørre?"),
        help_text=_("Vises nederst på alle sider. Eksempel: Servicetorget, telefon 61 11 11 11"),
        max_length=200,
        required=False,
    )
    region = forms.CharField(
        label=_("Region"),
        help_text=_("Navnet på samarbeidet, hvis kommunen er med i ett"),
        max_length=100,
        required=False,
    )
    mal = forms.ChoiceField(label=_("Årshjul"), choices=Mal.choices, widget=forms.RadioSelect)
    first_name = forms.CharField(label=_("Fornavn"), max_length=80)
    last_name = forms.CharField(label=_("Etternavn"), max_length=80)
    email = forms.EmailField(label=_("E-post"), help_text=_("Blir også brukernavnet"))
    employee_number = forms.CharField(
        label=_("Ansattnummer"),
        help_text=_("Slik lønnssystemet skriver det, så importen kjenner personen igjen"),
        max_length=20,
    )
    top_code = forms.CharField(
        label=_("Koden for hele kommunen i lønnssystemet"),
        help_text=_("Koden til den øverste enheten. Eksempel: 1000"),
        max_length=30,
    )

    def build_layout(self) -> Layout:
        return Layout(
            Group(_("Kommunen"), "name", "slug", "number", "maalform", "contact", "region"),
            Group(
                _("Malen å starte fra"),
                "mal",
                description=_(
                    "Alle maler har læringsarenaer, stillingskategorier og kompetansenivåer."
                    " Kommunen endrer alt siden."
                ),
            ),
            Group(
                _("Den første systemansvarlige"),
                SideBySide("first_name", "last_name"),
                "email",
                "employee_number",
                "top_code",
            ),
            Actions(Button(_("Opprett kommunen"))),
        )

    @property
    def administrator(self) -> Administrator:
        told = self.cleaned_data
        return Administrator(
            number=told["employee_number"],
            first_name=told["first_name"],
            last_name=told["last_name"],
            email=told["email"],
            top_code=told["top_code"],
        )


class NumberForm(SkallForm):
    """Which administrator gets a new way in."""

    submit_label = _("Lag ny engangsadresse")

    number = forms.CharField(
        label=_("Ansattnummer til en systemansvarlig"),
        help_text=_("Adresser som er laget før, slutter å virke."),
        max_length=20,
    )
