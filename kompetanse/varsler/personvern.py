"""What notices and running work store about people."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Basis, Fate, Lagringsregel, Tabell
from kompetanse.varsler.models import Kjoring, Varsel

# What a notice is about, by the first word of its kind (`soknad.state`).
KINDS = {
    "arlig": _("Årlig opplæring"),
    "arrangement": _("Kurs og fagdager"),
    "arshjul": _("Årshjulet"),
    "avtale": _("Avtale om bindingstid"),
    "behov": _("Behovsskjema"),
    "fordeling": _("Fordeling av tilskudd"),
    "framdrift": _("Framdrift i studiet"),
    "hrimport": _("Import fra HR"),
    "innlogging": _("Innlogging"),
    "introduksjon": _("Introduksjon"),
    "runde": _("Søknadsrunde"),
    "soknad": _("Søknad"),
    "stotte": _("Støtteinnsyn"),
    "uttalelsesfrist": _("Frist for uttalelse"),
    "soknadsfrist": _("Søknadsfrist"),
    "svarbrev": _("Svarbrev"),
    "svarfrist": _("Svarfrist"),
}


def kind_in_words(kind: str) -> str:
    """Return what a notice is about; an older kind without a name in plain letters."""
    first = kind.partition(".")[0]
    return str(KINDS.get(first, first.capitalize()))


persondata.declare(
    Tabell(
        model="varsler.Varsel",
        purpose=_("Å minne om frister og si fra om svar."),
        basis=Basis.INTEREST,
        kept=_("Kommunens lagringstid for varsler (foreslått ett år)."),
        readers=_("Du selv, fagrådgiver og systemansvarlig"),
        about=("recipient",),
        fate=Fate.DELETED,
        written={"kind": kind_in_words},
        hidden={"leased_until": _("Teknisk."), "not_before": _("Teknisk.")},
    ),
    Tabell(
        model="varsler.Kalendernokkel",
        purpose=_("Å la deg abonnere på din egen kalender."),
        basis=Basis.INTEREST,
        kept=_("Til du sletter adressen eller slutter."),
        readers=_("Bare du"),
        about=("ansatt",),
        fate=Fate.DELETED,
        hidden={"digest": _("Fingeravtrykket av en hemmelig adresse.")},
    ),
    Tabell(
        model="varsler.Kjoring",
        purpose=_("Å vise hvor langt et arbeid har kommet."),
        basis=Basis.INTEREST,
        kept=_("Kommunens lagringstid for kjøringer (foreslått tre måneder)."),
        readers=_("Den som startet arbeidet"),
        records={
            "kind": _("Hva slags arbeid."),
            "message": _("Tall og tekst fra tjenesten, ikke navn."),
            "return_url": _("En adresse i tjenesten."),
            "button": _("Ordet på knappen."),
        },
    ),
)
persondata.keep_for(
    Lagringsregel(
        "varsler",
        _("Utsendte varsler"),
        12,
        lambda before: Varsel.objects.filter(created_at__lt=before).exclude(
            status__in=(Varsel.Status.PENDING, Varsel.Status.SENDING)
        ),
    ),
    Lagringsregel(
        "kjoringer",
        _("Avsluttet arbeid i bakgrunnen"),
        3,
        lambda before: Kjoring.objects.filter(ended_at__lt=before),
    ),
)
