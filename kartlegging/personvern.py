"""What is stored about people's competence, and about who mapped it."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Basis, Fate, Tabell

EMPLOYED = _("Så lenge du er ansatt, og deretter kommunens lagringstid (foreslått to år).")
RECORD = _("Bevares som grunnlag for kommunens planer.")
ALL = _("De som ser siden")
TO_MAP = _("Å vite hvilken kompetanse kommunen har og trenger.")
ABOUT_THE_KOMMUNE = _("Tekst om kommunen, ikke om personer.")

persondata.declare(
    Tabell(
        model="kartlegging.Beholdning",
        purpose=TO_MAP,
        basis=Basis.INTEREST,
        kept=EMPLOYED,
        readers=_("Du selv, lederne over deg, fagrådgiver, og de som søker etter kompetanse"),
        about=("ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="kartlegging.Kompetanseforslag",
        purpose=TO_MAP,
        basis=Basis.INTEREST,
        kept=EMPLOYED,
        readers=_("Du selv og lederne over deg"),
        about=("ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="kartlegging.UnderUtdanning",
        purpose=TO_MAP,
        basis=Basis.INTEREST,
        kept=EMPLOYED,
        readers=_("Du selv, lederne over deg og fagrådgiver"),
        about=("ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="kartlegging.Styringssignal",
        purpose=TO_MAP,
        basis=Basis.INTEREST,
        kept=RECORD,
        readers=ALL,
        records={"source": ABOUT_THE_KOMMUNE, "asks": ABOUT_THE_KOMMUNE},
    ),
    Tabell(
        model="kartlegging.Behovsskjema",
        purpose=TO_MAP,
        basis=Basis.INTEREST,
        kept=RECORD,
        readers=ALL,
        records={
            "goals": ABOUT_THE_KOMMUNE,
            "strengths": ABOUT_THE_KOMMUNE,
            "surplus": ABOUT_THE_KOMMUNE,
        },
    ),
    Tabell(
        model="kartlegging.Gapanalyse",
        purpose=TO_MAP,
        basis=Basis.INTEREST,
        kept=RECORD,
        readers=ALL,
        records={
            "comment": ABOUT_THE_KOMMUNE,
            "figures": _("Antall for hver enhet og kompetanse, uten navn på personer."),
        },
    ),
)
persondata.declare_impersonal(
    {
        "kartlegging.Kompetansekrav": _("Hva en enhet trenger."),
        "kartlegging.Behov": _("Hva en enhet trenger."),
        "kartlegging.Onske": _("Hva en enhet ønsker."),
        "kartlegging.Gapprioritet": _("Hva kommunen prioriterer."),
    }
)
