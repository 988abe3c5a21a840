"""What the erasure itself stores about people."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Basis, Fate, Lagringsregel, Tabell
from kompetanse.organisasjon.models import Ansatt

LEFT = "sluttet"

persondata.declare(
    Tabell(
        model="personvern.Sletting",
        purpose=_("Å slette i tide, og å gjenta slettingen etter en gjenoppretting."),
        basis=Basis.DUTY,
        kept=_("Bevares. Nummeret viser til en ansatt uten navn etter sletting."),
        readers=_("Du selv og systemansvarlig"),
        about=("ansatt",),
        fate=Fate.EMPTIED,
        emptied={"held_reason": "", "answer": ""},
        records={"figures": _("Antall rader av hvert slag.")},
        hidden={"figures": _("Teknisk.")},
    ),
    Tabell(
        model="personvern.Uttrekk",
        purpose=_("Å gi deg fila du ba om."),
        basis=Basis.DUTY,
        kept=_("En uke."),
        readers=_("Bare du selv"),
        about=("ansatt",),
        fate=Fate.DELETED,
        hidden={
            "fingerprint": _("Teknisk: gjenkjenner et dokument med samme innhold."),
            "kjoring": _("Teknisk."),
            "underlag": _("Teknisk: det fila lages av, til den er laget."),
        },
    ),
)
persondata.declare_impersonal(
    {
        "personvern.Lagringstid": _("Kommunens valg."),
        "personvern.Rydding": _("Antall slettede rader."),
    }
)
persondata.keep_for(
    Lagringsregel(
        LEFT,
        _("Opplysninger om ansatte som har sluttet"),
        24,
        lambda before: Ansatt.objects.filter(left_on__lt=before).exclude(
            slettinger__done_at__isnull=False
        ),
    )
)
