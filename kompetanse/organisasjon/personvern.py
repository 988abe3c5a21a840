"""What the organisation stores about people, and what is left of someone who is erased."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Basis, Fate, Tabell

EMPLOYED = _("Så lenge du er ansatt, og deretter kommunens lagringstid (foreslått to år).")
BY_RULE = _("Kommunens lagringstid for innlesing fra personalsystemet (foreslått ett år).")
STAFF = _("Du selv, lederne over deg, fagrådgiver og systemansvarlig")
ADMINISTRATOR = _("Systemansvarlig")
TO_RUN = _("Å vite hvem som arbeider hvor, og hvem som leder hvem.")
TO_LOG_IN = _("Å logge inn den riktige, og bare den.")
TO_DECIDE = _("Å vite hvem som kan gjøre hva, også når noen er borte eller inhabil.")
FILE_NAMES = _("Navn på filer, overskrifter og tall, ikke på personer.")

# What stands in an erased employee's place. The row stays, so that decisions point at someone.
NOBODY = "Tidligere ansatt"


def sector(ansatt: Any) -> int:
    """Return the id of the unit under the top that the employee was in: coarse enough to hide."""
    ids = [int(part) for part in ansatt.enhet.path.split("/") if part]
    return ids[min(1, len(ids) - 1)]


def _in_hr_rows(ansatt: Any) -> Q:
    return Q(number=ansatt.number)


def _in_hr_traces(ansatt: Any) -> Q:
    positions = ansatt.stillinger.values("pk")
    marks = ansatt.kjennetegn.values("pk")
    return (
        Q(table="ansatt", object_id=ansatt.pk)
        | Q(table="stilling", object_id__in=positions)
        | Q(table="kjennetegn", object_id__in=marks)
    )


persondata.declare(
    Tabell(
        model="organisasjon.Ansatt",
        purpose=TO_RUN,
        basis=Basis.CONTRACT,
        kept=EMPLOYED,
        readers=STAFF,
        about=("pk",),
        fate=Fate.EMPTIED,
        emptied={
            "number": lambda ansatt: f"slettet-{ansatt.pk}",
            "first_name": "",
            "last_name": NOBODY,
            "email": "",
            "birth_year": None,
            "bruker_id": None,
            "employed_from": None,
            "enhet_id": sector,
        },
        records={"left_on": _("Viser at raden gjelder en som har sluttet.")},
    ),
    Tabell(
        model="organisasjon.Stilling",
        purpose=TO_RUN,
        basis=Basis.CONTRACT,
        kept=EMPLOYED,
        readers=STAFF,
        about=("ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="organisasjon.Permisjon",
        purpose=_("Å vite hvem som er i permisjon, og når de er tilbake."),
        basis=Basis.CONTRACT,
        kept=EMPLOYED,
        readers=STAFF,
        about=("ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="organisasjon.Rolle",
        purpose=TO_DECIDE,
        basis=Basis.CONTRACT,
        kept=EMPLOYED,
        readers=_("Alle ansatte ser hvem som leder; ellers systemansvarlig"),
        about=("ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="organisasjon.Stedfortreder",
        purpose=TO_DECIDE,
        basis=Basis.CONTRACT,
        kept=EMPLOYED,
        readers=ADMINISTRATOR,
        about=("ansatt", "stedfortreder"),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="organisasjon.Habilitetserklaring",
        purpose=TO_DECIDE,
        basis=Basis.DUTY,
        kept=EMPLOYED,
        readers=_("Du selv og fagrådgiver"),
        about=("ansatt", "other"),
        shown=None,
        fate=Fate.DELETED,
    ),
    Tabell(
        model="organisasjon.Innsyn",
        purpose=_("Å vise hvem som har sett tjenesten med dine øyne for å hjelpe deg."),
        basis=Basis.DUTY,
        kept=EMPLOYED,
        readers=_("Du selv og systemansvarlig"),
        about=("ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="organisasjon.Bruker",
        purpose=TO_LOG_IN,
        basis=Basis.CONTRACT,
        kept=EMPLOYED,
        readers=ADMINISTRATOR,
        about=("ansatte",),
        fate=Fate.DELETED,
        hidden={"password": _("Passordet er lagret slik at ingen kan lese det, heller ikke vi.")},
    ),
    Tabell(
        model="organisasjon.Kjennetegn",
        purpose=TO_LOG_IN,
        basis=Basis.CONTRACT,
        kept=EMPLOYED,
        readers=ADMINISTRATOR,
        about=("ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="organisasjon.Hrimport",
        purpose=_("Å holde organisasjonen lik personalsystemet."),
        basis=Basis.INTEREST,
        kept=BY_RULE,
        readers=ADMINISTRATOR,
        records={
            "file_name": FILE_NAMES,
            "headings": FILE_NAMES,
            "columns": FILE_NAMES,
            "figures": FILE_NAMES,
            "message": FILE_NAMES,
            "state": _("Et fingeravtrykk."),
        },
    ),
    Tabell(
        model="organisasjon.Hrlinje",
        purpose=_("Å vise hva en innlesing vil endre, og hvilke rader som har feil."),
        basis=Basis.INTEREST,
        kept=BY_RULE,
        readers=ADMINISTRATOR,
        also=_in_hr_rows,
        fate=Fate.DELETED,
        hidden={"hrimport": _("Hele innlesingen gjelder også andre.")},
    ),
    Tabell(
        model="organisasjon.Hrspor",
        purpose=_("Å kunne angre en innlesing."),
        basis=Basis.INTEREST,
        kept=BY_RULE,
        readers=ADMINISTRATOR,
        also=_in_hr_traces,
        fate=Fate.DELETED,
        hidden={"hrimport": _("Hele innlesingen gjelder også andre.")},
    ),
    Tabell(
        model="organisasjon.Hrnokkel",
        purpose=_("Å ta imot filer fra personalsystemet."),
        basis=Basis.INTEREST,
        kept=_("Til nøkkelen er trukket tilbake."),
        readers=ADMINISTRATOR,
        records={
            "name": _("Navnet på nøkkelen."),
            "digest": _("Et fingeravtrykk av nøkkelen."),
            "tail": _("De siste tegnene i nøkkelen."),
        },
    ),
)
persondata.declare_impersonal(
    {
        "organisasjon.Enhet": _("Navn på enheter."),
        "organisasjon.Enhetsversjon": _("Navn på enheter, før og nå."),
        "organisasjon.Stillingskategori": _("Navn på stillinger."),
        "organisasjon.Kompetanse": _("Katalogen over kompetanse."),
        "organisasjon.Niva": _("Hva nivåene heter."),
        "organisasjon.Oppsett": _("Kommunens valg."),
    }
)
