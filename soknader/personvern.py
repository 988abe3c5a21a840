"""What applications, decisions, contracts and payments store about people."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Basis, Fate, Lagringsregel, Tabell
from soknader.models import Avtale, Soknad, Vedtak

ERASED = "Slettet etter lagringstiden"
OPEN_CONTRACT = (
    Avtale.Status.HALF,
    Avtale.Status.SIGNED,
    Avtale.Status.RUNNING,
    Avtale.Status.BREACHED,
)
UNANSWERED = (Soknad.Status.SUBMITTED, Soknad.Status.RECOMMENDED, Soknad.Status.DECIDED)
OVER = (
    Soknad.Status.ANSWERED,
    Soknad.Status.ACCEPTED,
    Soknad.Status.DECLINED,
    Soknad.Status.WITHDRAWN,
)
# Receipts are kept for five years: bokføringsloven § 13 first paragraph.
CASES_MONTHS = 60
TOLD = ("answered", "accepted", "declined")

WITH_CASE = _(
    "Til du har sluttet og kommunens lagringstid er ute, eller til saken er gammel nok"
    " (foreslått fem år)."
)
RECORD = _(
    "Utfall, beløp og datoer bevares. Tekster slettes når du har sluttet og lagringstiden er ute,"
    " og ellers når saken er gammel nok (foreslått fem år)."
)
LINE = _("Du selv, lederne over deg og fagrådgiver")
GROUP = _("De som prioriterer; de tillitsvalgte ser det som er delt med dem")
DECIDERS = _("Du selv, de som prioriterer og de som vedtar")
TO_WEIGH = _("Å prioritere søknadene rettferdig.")
TO_PAY = _("Å betale det som er innvilget, og gjøre rede for det.")
TO_BIND = _("Å følge opp avtalen om bindingstid.")
# Personopplysningsloven § 16 first paragraph, letter e.
INTERNAL = _("Intern saksforberedelse (personopplysningsloven § 16 første ledd bokstav e).")
GRANT_ACCOUNT = _("Hva støtten gikk til, er en del av regnskapet for tilskuddet.")


def drafts_before(before: object) -> QuerySet[Soknad]:
    """Return the drafts of rounds whose deadline passed before the moment."""
    return Soknad.objects.filter(status=Soknad.Status.DRAFT, runde__deadline__lt=before)


def over_before(before: object) -> QuerySet[Soknad]:
    """Return the cases that are over, with rounds answered and studies ended before the moment.

    Those with a contract that runs are not over, and those that are emptied are not told of again.
    """
    over = Soknad.objects.filter(status__in=OVER, runde__answer_by__lt=before, emptied_on=None)
    running = Avtale.objects.filter(status__in=OPEN_CONTRACT).values("soknad")
    return over.filter(Q(ends=None) | Q(ends__lt=before)).exclude(pk__in=running)


def _with_open_contract(ids: Iterable[int]) -> QuerySet[Any, Any]:
    found = Avtale.objects.filter(soknad__ansatt__in=ids, status__in=OPEN_CONTRACT)
    return found.values_list("soknad__ansatt")


def _with_open_case(ids: Iterable[int]) -> QuerySet[Any, Any]:
    found = Soknad.objects.filter(ansatt__in=ids, status__in=UNANSWERED)
    return found.values_list("ansatt")


persondata.declare(
    Tabell(
        model="soknader.Soknad",
        purpose=_("Å behandle søknaden om støtte til utdanning."),
        basis=Basis.CONTRACT,
        kept=RECORD,
        readers=LINE,
        about=("ansatt",),
        fate=Fate.EMPTIED,
        emptied={
            "shifts": "",
            "exception": "",
            "reason": "",
            "use_at_work": "",
            "late_reason": "",
            "rank_reason": "",
            "emptied_on": lambda _ansatt: clock.today(),
        },
        records={"study": GRANT_ACCOUNT, "institution": GRANT_ACCOUNT},
        hidden={"rank": INTERNAL, "rank_reason": INTERNAL, "step": _("Teknisk.")},
    ),
    Tabell(
        model="soknader.Vedlegg",
        purpose=_("Å dokumentere det som står i søknaden."),
        basis=Basis.CONTRACT,
        kept=WITH_CASE,
        readers=LINE,
        about=("soknad__ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="soknader.Uttalelse",
        purpose=_("Å vite hva lederen mener om søknaden."),
        basis=Basis.INTEREST,
        kept=WITH_CASE,
        readers=GROUP,
        about=("soknad__ansatt",),
        fate=Fate.DELETED,
        shown=Q(soknad__status__in=TOLD),
    ),
    Tabell(
        model="soknader.Sporsmal",
        purpose=_("Å få svar på det lederen trenger å vite før uttalelsen."),
        basis=Basis.CONTRACT,
        kept=WITH_CASE,
        readers=LINE,
        about=("soknad__ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="soknader.Poeng",
        purpose=TO_WEIGH,
        basis=Basis.INTEREST,
        kept=WITH_CASE,
        readers=GROUP,
        about=("soknad__ansatt",),
        fate=Fate.DELETED,
        shown=Q(soknad__status__in=TOLD),
    ),
    Tabell(
        model="soknader.Kommentar",
        purpose=TO_WEIGH,
        basis=Basis.INTEREST,
        kept=WITH_CASE,
        readers=GROUP,
        about=("soknad__ansatt",),
        fate=Fate.DELETED,
        hidden={"text": INTERNAL},
        shown=Q(soknad__status__in=TOLD),
    ),
    Tabell(
        model="soknader.Inhabilitet",
        purpose=_("Å hindre at noen avgjør en sak de er inhabile i."),
        basis=Basis.DUTY,
        kept=WITH_CASE,
        readers=GROUP,
        about=("ansatt", "soknad__ansatt"),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="soknader.Settestedfortreder",
        purpose=_("Å vise hvem som avgjør når den vanlige er inhabil."),
        basis=Basis.DUTY,
        kept=RECORD,
        readers=DECIDERS,
        about=("soknad__ansatt",),
        fate=Fate.KEPT,
        records={"reference": _("Saksnummer i det folkevalgte organet.")},
    ),
    Tabell(
        model="soknader.Endring",
        purpose=_("Å kunne angre i prioriteringen."),
        basis=Basis.INTEREST,
        kept=_("Til det er vedtatt."),
        readers=GROUP,
        about=("soknad__ansatt",),
        fate=Fate.DELETED,
        hidden={"text": INTERNAL, "before": INTERNAL},
        shown=Q(soknad__status__in=TOLD),
    ),
    Tabell(
        model="soknader.Vedtak",
        purpose=_("Å avgjøre søknaden og vise hvorfor."),
        basis=Basis.DUTY,
        kept=RECORD,
        readers=DECIDERS,
        about=("soknad__ansatt",),
        fate=Fate.EMPTIED,
        emptied={"reason": ERASED, "conditions": ""},
        records={
            "role": _("Hvilken rolle som vedtok, ikke hvem."),
            "frames": _("Hvilke rammer beløpet er tatt fra, ikke noe om personen."),
        },
        shown=Q(status=Vedtak.Status.DECIDED, soknad__status__in=TOLD),
    ),
    Tabell(
        model="soknader.Svarbrev",
        purpose=_("Å gi deg svar på søknaden."),
        basis=Basis.DUTY,
        kept=_("Til du har sluttet og lagringstiden er ute. Arkivet har sitt eget eksemplar."),
        readers=DECIDERS,
        about=("vedtak__soknad__ansatt",),
        fate=Fate.DELETED,
        shown=Q(sent_at__isnull=False),
    ),
    Tabell(
        model="soknader.Avtale",
        purpose=TO_BIND,
        basis=Basis.CONTRACT,
        kept=RECORD,
        readers=DECIDERS,
        about=("soknad__ansatt",),
        fate=Fate.EMPTIED,
        emptied={"signed_name": "", "text": [], "note": "", "fil_id": None},
        records={
            "countersigned_name": _("Hvem som signerte for kommunen."),
            "countersigned_role": _("Hvilken rolle som signerte."),
            "lang": _("Målformen i avtalen."),
            "pauses": _("Hva slags fravær avtalen regner med, likt for alle."),
        },
    ),
    Tabell(
        model="soknader.Avtalepause",
        purpose=TO_BIND,
        basis=Basis.CONTRACT,
        kept=WITH_CASE,
        readers=DECIDERS,
        about=("avtale__soknad__ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="soknader.Tilbakebetaling",
        purpose=TO_BIND,
        basis=Basis.DUTY,
        kept=_("Bevares som regnskap."),
        readers=DECIDERS,
        about=("avtale__soknad__ansatt",),
    ),
    Tabell(
        model="soknader.Framdrift",
        purpose=_("Å følge studiet til det er fullført."),
        basis=Basis.CONTRACT,
        kept=RECORD,
        readers=LINE,
        about=("soknad__ansatt",),
        fate=Fate.EMPTIED,
        emptied={"text": "", "reason": "", "fil_id": None},
    ),
    Tabell(
        model="soknader.Tilsagn",
        purpose=TO_PAY,
        basis=Basis.DUTY,
        kept=_("Bevares som regnskap."),
        readers=DECIDERS,
        about=("soknad__ansatt",),
    ),
    Tabell(
        model="soknader.Utbetaling",
        purpose=TO_PAY,
        basis=Basis.DUTY,
        kept=_("Beløp og datoer bevares som regnskap; kvitteringen slettes med søknadens tekster."),
        readers=DECIDERS,
        about=("tilsagn__soknad__ansatt",),
        fate=Fate.EMPTIED,
        emptied={"text": "", "reason": ERASED},
    ),
)
persondata.declare_impersonal(
    {
        "soknader.Soknadsrunde": _("Datoer, ramme og utlysning."),
        "soknader.Utlysning": _("Utdanninger kommunen prioriterer."),
        "soknader.Kriterium": _("Hva søknader blir vurdert etter."),
        "soknader.Brevmal": _("Kommunens tekster i svarbrev, uten noens navn."),
        "soknader.Stotteordning": _("Kommunens satser og tak for støtte."),
        "soknader.Rundeordning": _("Ordninger og rammer i en runde."),
        "soknader.Enhetsramme": _("Rammen en enhet har i en runde."),
        "soknader.Motesak": _("Hvilke søknader et møte behandler, med numre og beløp."),
        "soknader.Bindingsregel": _("Kommunens regler for bindingstid."),
    }
)
persondata.keep_for(
    Lagringsregel("kladder", _("Kladder til søknader, etter søknadsfristen"), 12, drafts_before),
    Lagringsregel(
        "saker",
        _("Grunner, uttalelser, brev og vedlegg i avsluttede søknader, også for dem som er ansatt"),
        CASES_MONTHS,
        over_before,
        empties=True,
    ),
)
persondata.hold(
    "avtale", _("Har en avtale om bindingstid som ikke er avsluttet"), _with_open_contract
)
persondata.hold("sak", _("Har en søknad som ikke er avgjort"), _with_open_case)
