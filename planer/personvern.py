"""What plans, measures, the wheel and meetings store about people."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Basis, Fate, Lagringsregel, Tabell
from planer.queries.introduksjon import finished_before

RECORD = _("Bevares som en del av kommunens planer og møter.")
ALL = _("Alle som ser planene")
TO_PLAN = _("Å vise hvem som har ansvar for planene og hva som er gjort.")
ABOUT_THE_KOMMUNE = _("Tekst om kommunen, ikke om personer.")
AT_MEETINGS = _("De som deltar i møtene om kompetansearbeidet")
TO_DOCUMENT = _("Å dokumentere møtene etter avtalen med de tillitsvalgte.")
TO_DISCUSS = _("Å dokumentere drøftinger etter hovedtariffavtalen punkt 3.3.")
ROLE_NOT_NAME = _("Skal være en rolle eller en enhet, ikke et navn.")

TO_INTRODUCE = _("Å følge opp nye ansatte og nyutdannede med steg og datoer.")
WHO_INTRODUCE = _("Den ansatte selv, fadderen, lederne i linja, personalsjef og fagrådgiver")

of_plans = partial(Tabell, purpose=TO_PLAN, basis=Basis.INTEREST, kept=RECORD, readers=ALL)
of_meetings = partial(
    Tabell, purpose=TO_DOCUMENT, basis=Basis.DUTY, kept=RECORD, readers=AT_MEETINGS
)

persondata.declare(
    of_plans(
        model="planer.Strategiplan",
        records={
            "name": ABOUT_THE_KOMMUNE,
            "vision": ABOUT_THE_KOMMUNE,
            "summary": ABOUT_THE_KOMMUNE,
            "owner": ROLE_NOT_NAME,
        },
    ),
    of_plans(
        model="planer.Aktivitet",
        records={
            "code": ABOUT_THE_KOMMUNE,
            "title": ABOUT_THE_KOMMUNE,
            "text": ABOUT_THE_KOMMUNE,
        },
    ),
    of_plans(
        model="planer.Maling",
        records={"note": ABOUT_THE_KOMMUNE},
    ),
    of_plans(
        model="planer.Evaluering",
        records={
            "carried_out": ABOUT_THE_KOMMUNE,
            "goals_met": ABOUT_THE_KOMMUNE,
            "must_change": ABOUT_THE_KOMMUNE,
            "figures": _("Antall, uten navn på personer."),
        },
    ),
    of_plans(
        model="planer.Planendring",
        records={
            "before": ABOUT_THE_KOMMUNE,
            "after": ABOUT_THE_KOMMUNE,
            "reason": _("Hvorfor planen ble endret, ikke om personer."),
        },
    ),
    Tabell(
        model="planer.Horingssvar",
        purpose=_("Å ta imot svar på høringer fra enheter og tillitsvalgte."),
        basis=Basis.INTEREST,
        kept=RECORD,
        readers=_("Alle ansatte"),
        records={
            "capacity": _("Rollen svaret ble gitt i."),
            "text": _("Svaret er en del av saken og bevares slik det ble skrevet."),
        },
    ),
    of_plans(
        model="planer.Planinnlevering",
        purpose=_("Å vise hvilke enheter som har sendt inn til felles plan."),
        records={"note": ABOUT_THE_KOMMUNE},
    ),
    Tabell(
        model="planer.Tiltaksimport",
        purpose=_("Å se over tiltak fra et regneark før de leses inn."),
        basis=Basis.INTEREST,
        kept=_("Til tiltakene er lest inn eller forkastet."),
        readers=_("Den som leser inn"),
        records={
            "file_name": ABOUT_THE_KOMMUNE,
            "rows": ABOUT_THE_KOMMUNE,
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
        purpose=TO_DOCUMENT,
        basis=Basis.DUTY,
        kept=RECORD,
        readers=ALL,
        records={
            "title": ABOUT_THE_KOMMUNE,
            "place": ABOUT_THE_KOMMUNE,
        },
    ),
    of_meetings(
        model="planer.Motedeltaker",
        purpose=_("Å dokumentere hvem som deltok i møtene."),
        about=("ansatt",),
        fate=Fate.EMPTIED,
        emptied={"capacity": ""},
    ),
    of_meetings(
        model="planer.Motepunkt",
        records={
            "key": _("Hva punktet ble laget av."),
            "title": ABOUT_THE_KOMMUNE,
            "text": ABOUT_THE_KOMMUNE,
            "conclusion": _("Hva møtet kom fram til."),
        },
    ),
    of_meetings(
        model="planer.Motepapir",
        records={
            "name": _("Navnet på et dokument."),
            "address": _("En adresse i tjenesten."),
        },
    ),
    of_meetings(
        model="planer.Innspill",
        purpose=_("Å føre i referatet hva partene mente."),
        records={
            "text": _("Partens mening bevares slik den ble skrevet."),
            "capacity": _("Hvem den som skrev, talte for."),
        },
    ),
    of_meetings(
        model="planer.Protokoll",
        records={
            "content": _("Et godkjent referat bevares slik det ble godkjent."),
            "printed": _("Et godkjent referat bevares slik det ble godkjent."),
            "correction": _("Hva en ny utgave retter."),
        },
    ),
    of_meetings(
        model="planer.Protokollmerknad",
        purpose=_("Å la deltakerne rette referatet før det godkjennes."),
        records={"text": _("Merknaden bevares slik den ble skrevet.")},
    ),
    of_meetings(
        model="planer.Drofting",
        purpose=TO_DISCUSS,
        records={"title": ABOUT_THE_KOMMUNE, "text": _("Hva partene kom fram til.")},
    ),
    of_meetings(
        model="planer.Droftingspart",
        purpose=TO_DISCUSS,
        records={
            "party": _("Arbeidsgiver eller en organisasjon, ikke en person."),
            "said": _("Partens mening bevares slik den ble ført."),
        },
    ),
    Tabell(
        model="planer.Nettverksmedlem",
        purpose=_("Å vise hvem som er med i et nettverk, og hvem en kan spørre."),
        basis=Basis.INTEREST,
        kept=_("Til den ansatte går ut av nettverket eller slettes."),
        readers=_("Alle ansatte i kommunen"),
        about=("ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="planer.Nettverksaktivitet",
        purpose=_("Å vise hva et nettverk gjør."),
        basis=Basis.INTEREST,
        kept=RECORD,
        readers=_("Alle ansatte i kommunen"),
        records={"title": ABOUT_THE_KOMMUNE, "text": ABOUT_THE_KOMMUNE},
    ),
)
persondata.declare(
    Tabell(
        model="planer.Introduksjon",
        purpose=TO_INTRODUCE,
        basis=Basis.INTEREST,
        kept=_("To år etter at introduksjonen er avsluttet, eller til den ansatte slettes."),
        readers=WHO_INTRODUCE,
        about=("ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="planer.Introduksjonssteg",
        purpose=TO_INTRODUCE,
        basis=Basis.INTEREST,
        kept=_("Så lenge som introduksjonen."),
        readers=WHO_INTRODUCE,
        about=("introduksjon__ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="planer.Fagsystem",
        purpose=_("Å vise hvem som eier et fagsystem og har ansvar for opplæringen."),
        basis=Basis.INTEREST,
        kept=RECORD,
        readers=_("Ledere, fagrådgiver, kommunens ledelse og systemeierne"),
        records={
            "name": ABOUT_THE_KOMMUNE,
            "purpose": ABOUT_THE_KOMMUNE,
            "upgrade": ABOUT_THE_KOMMUNE,
        },
    ),
    Tabell(
        model="planer.Handlingsplan",
        purpose=_("Å dokumentere hvem som la fram og vedtok handlingsplanen."),
        basis=Basis.DUTY,
        kept=RECORD,
        readers=_("Ledere, fagrådgiver, tillitsvalgte og kommunens ledelse"),
        records={
            "comment": ABOUT_THE_KOMMUNE,
            "capacity": _("Rollen den som vedtok, hadde."),
            "case_number": ABOUT_THE_KOMMUNE,
        },
    ),
    Tabell(
        model="planer.Effekttall",
        purpose=_("Å måle om tiltak virker i enhetene."),
        basis=Basis.INTEREST,
        kept=RECORD,
        readers=_("Ledere, fagrådgiver og kommunens ledelse"),
        records={"note": ABOUT_THE_KOMMUNE},
    ),
)
persondata.keep_for(
    Lagringsregel(
        "introduksjoner", _("Introduksjoner, etter at de er avsluttet"), 24, finished_before
    )
)
persondata.declare_impersonal(
    {
        "planer.Introduksjonsmal": _("Steg for grupper av ansatte, ikke for noen enkelt."),
        "planer.Malsteg": _("Steg for grupper av ansatte, ikke for noen enkelt."),
        "planer.Opplaringskrav": _("Krav til roller og grupper, ikke til noen enkelt."),
        "planer.Okonomiplan": ABOUT_THE_KOMMUNE,
        "planer.Handlingspunkt": _("Tiltak, beløp og hva ledergruppa bestemte."),
        "planer.Kontodel": _("Kommunens kontostreng."),
        "planer.Kontokode": _("Kommunens kontostreng."),
        "planer.Effekt": _("Hva som blir målt."),
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
        "planer.Tiltakskompetanse": _("Kompetanse i katalogen, ikke hos personer."),
        "planer.Malgruppe": _("Enheter og stillingskategorier, ikke personer."),
        "planer.Plankolonne": ABOUT_THE_KOMMUNE,
        "planer.Opplaringsplan": ABOUT_THE_KOMMUNE,
        "planer.Horing": ABOUT_THE_KOMMUNE,
        "planer.Offentligplan": _("Vedtatte planer uten navn på personer."),
        "planer.Visning": _("Hva som er på veggen i et møte: numre."),
        "planer.Nettverk": ABOUT_THE_KOMMUNE,
        "planer.Langplan": ABOUT_THE_KOMMUNE,
        "planer.Resultatmal": _("Ansvarlig er en rolle eller en enhet, ikke et navn."),
    }
)
