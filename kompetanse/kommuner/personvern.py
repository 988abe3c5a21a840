"""What the ground stores about people."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import persondata
from kompetanse.kommuner.models import Engangsnokkel
from kompetanse.kommuner.persondata import Basis, Lagringsregel, Tabell

persondata.declare(
    Tabell(
        model="kommuner.AuditEvent",
        purpose=_("Å kunne vise hvem som gjorde hva, og oppdage misbruk."),
        basis=Basis.DUTY,
        kept=_("Fem år. Kan ikke endres. Nummeret viser til en ansatt uten navn etter sletting."),
        readers=_("Systemansvarlig, og du selv det som gjelder deg"),
        records={
            "role": _("Hvilken rolle, ikke hvem."),
            "action": _("Hva som ble gjort."),
            "object_label": _("Hva slags ting det gjaldt."),
            "case_label": _("Hva slags sak det var i."),
            "details": _("Bare numre og beløp, aldri navn eller begrunnelser."),
        },
    ),
    Tabell(
        model="kommuner.Fil",
        purpose=_("Å ta vare på vedlegg og brev."),
        basis=Basis.CONTRACT,
        kept=_("Like lenge som søknaden, brevet eller uttrekket fila hører til."),
        readers=_("De som kan åpne det fila hører til"),
        records={
            "name": _("Fila slettes med det den hører til."),
            "path": _("Et tilfeldig navn."),
            "sha256": _("Et fingeravtrykk av innholdet."),
            "content_type": _("Filtype."),
        },
    ),
)
persondata.declare_impersonal(
    {"kommuner.Engangsnokkel": _("Et tilfeldig nummer og en adresse i tjenesten.")}
)
persondata.keep_for(
    Lagringsregel(
        "engangsnokler",
        _("Brukte engangsnøkler fra skjemaer"),
        1,
        lambda before: Engangsnokkel.objects.filter(used_at__lt=before),
    )
)
