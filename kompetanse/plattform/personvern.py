"""What the operators' looks into a Kommune, and the first way in, store about people."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Basis, Fate, Tabell

SECRET = _("Et fingeravtrykk av en hemmelig nøkkel.")

persondata.declare(
    Tabell(
        model="plattform.Stotteokt",
        purpose=_("Å vise kommunen hvem fra driften som har sett inn, hvorfor og når."),
        basis=Basis.DUTY,
        kept=_("Bevares, så kommunen kan se det senere."),
        readers=_("Systemansvarlig"),
        records={
            "operator_name": _("Hvem i driften det var, ikke en ansatt i kommunen."),
            "reason": _("Hvorfor driften ba om å se inn."),
            "key_hash": SECRET,
        },
    ),
    Tabell(
        model="plattform.Velkomst",
        purpose=_("Å la en ny ansatt velge sitt første passord."),
        basis=Basis.CONTRACT,
        kept=_("Så lenge du er ansatt, og deretter kommunens lagringstid (foreslått to år)."),
        readers=_("Ingen"),
        about=("ansatt",),
        fate=Fate.DELETED,
        hidden={"key_hash": SECRET},
    ),
)
persondata.declare_impersonal(
    {
        "plattform.Kommunetall": _("Antall rader."),
        "plattform.Regionkontakt": _("En funksjon og en felles adresse, ikke en person."),
        "plattform.Stottevalg": _("Kommunens valg."),
        "plattform.Regionoppslag": _("Vedtatte planer og tall uten personer."),
    }
)
