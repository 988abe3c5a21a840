"""What plans, measures, the wheel and meetings store about people."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Basis, Fate, Tabell

RECORD = _("Bevares som en del av kommunens planer og møter.")
ALL = _("Alle som ser planene")
TO_PLAN = _("Å vise hvem som har ansvar for planene og hva som er gjort.")
ABOUT_THE_KOMMUNE = _("Tekst om kommunen, ikke om personer.")
ROLE_NOT_NAME = _("Skal være en rolle eller en enhet, ikke et navn.")

persondata.declare(
    Tabell(
        model="planer.Strategiplan",
        purpose=TO_PLAN,
        basis=Basis.INTEREST,
        kept=RECORD,
        readers=ALL,
        records={
            "name": ABOUT_THE_KOMMUNE,
            "vision": ABOUT_THE_KOMMUNE,
            "summary": ABOUT_THE_KOMMUNE,
            "owner": ROLE_NOT_NAME,
        },
    ),
    Tabell(
        model="planer.Aktivitet",
        purpose=TO_PLAN,
        basis=Basis.INTEREST,
        kept=RECORD,
        readers=ALL,
        records={
            "code": ABOUT_THE_KOMMUNE,
            "title": ABOUT_THE_KOMMUNE,
            "text": ABOUT_THE_KOMMUNE,
        },
    ),
    Tabell(
        model="planer.Maling",
        purpose=TO_PLAN,
        basis=Basis.INTEREST,
        kept=RECORD,
        readers=ALL,
        records={"note": ABOUT_THE_KOMMUNE},
    ),
    Tabell(
        model="planer.Evaluering",
        purpose=TO_PLAN,
        basis=Basis.INTEREST,
        kept=RECORD,
        readers=ALL,
        records={
            "carried_out": ABOUT_THE_KOMMUNE,
            "goals_met": ABOUT_THE_KOMMUNE,
            "must_change": ABOUT_THE_KOMMUNE,
            "figures": _("Antall, uten navn på personer."),
        },
    ),
    Tabell(
        model="planer.Planendring",
        purpose=TO_PLAN,
        basis=Basis.INTEREST,
        kept=RECORD,
        readers=ALL,
        records={
            "before": ABOUT_THE_KOMMUNE,
            "after": ABOUT_THE_KOMMUNE,
            "reason": _("Hvorfor planen ble endret, ikke om personer."),
        },
    ),
    Tabell(
        model="planer.Pamelding",
        purpose=_("Å ta imot påmeldinger, føre oppmøte og telle de to fagdagene."),
        basis=Basis.INTEREST,
        kept=_("Til den ansatte slettes."),
        readers=_("Den ansatte selv, lederne i linja og den som arrangerer"),
        about=("ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="planer.Mote",
        purpose=_("Å dokumentere møtene etter avtalen med de tillitsvalgte."),
        basis=Basis.DUTY,
        kept=RECORD,
        readers=ALL,
        records={
            "title": ABOUT_THE_KOMMUNE,
            "place": ABOUT_THE_KOMMUNE,
            "minutes": _("Referatet bevares slik det ble skrevet."),
        },
    ),
    Tabell(
        model="planer.Motedeltaker",
        purpose=_("Å dokumentere hvem som deltok i møtene."),
        basis=Basis.DUTY,
        kept=RECORD,
        readers=ALL,
        about=("ansatt",),
        fate=Fate.EMPTIED,
        emptied={"capacity": ""},
    ),
)
persondata.declare_impersonal(
    {
        "planer.Planomfang": _("Hvilke enheter en plan gjelder."),
        "planer.Kapittel": ABOUT_THE_KOMMUNE,
        "planer.Henvisning": ABOUT_THE_KOMMUNE,
        "planer.Planvedtak": _("Hvilket organ som vedtok planen."),
        "planer.Hovedmal": ABOUT_THE_KOMMUNE,
        "planer.Fokusomrade": ABOUT_THE_KOMMUNE,
        "planer.Aktivitetsrolle": _("Roller, ikke personer."),
        "planer.Arrangement": ABOUT_THE_KOMMUNE,
        "planer.Kurssvar": _("Svar uten navn og tid. Færre enn fem svar vises aldri."),
        "planer.Laringsarena": ABOUT_THE_KOMMUNE,
        "planer.Tiltak": _("Målgruppe og ansvarlig er grupper og roller, ikke navn."),
        "planer.Belopslinje": _("Beløp."),
        "planer.Langplan": ABOUT_THE_KOMMUNE,
        "planer.Resultatmal": _("Ansvarlig er en rolle eller en enhet, ikke et navn."),
    }
)
