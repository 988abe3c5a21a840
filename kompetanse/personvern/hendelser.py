"""What the actions on the trail and on erasure are called."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit
from kompetanse.kommuner.audit import Place

audit.place(
    {"personvern.sletting": Place(about="ansatt"), "personvern.uttrekk": Place(about="ansatt")}
)
audit.name(
    {
        "hendelser.export": _("Hentet ut hendelser"),
        "lagringstid.choose": _("Endret lagringstidene"),
        "lagringstid.empty": _("Slettet tekster og vedlegg i en sak som var gammel nok"),
        "mine_data.export": _("Hentet ut egne opplysninger"),
        "dokument.order": _("Ba om et langt dokument"),
        "sletting.ask": _("Ba om å bli slettet"),
        "sletting.bring_forward": _("Bestemte at en person slettes nå"),
        "sletting.carry_out": _("Slettet opplysningene om en person"),
        "sletting.hold": _("Holdt tilbake en sletting"),
        "sletting.let_go": _("Slapp en sletting som var holdt tilbake"),
        "sletting.plan": _("Planla sletting av en person"),
        "sletting.refuse": _("Avslo et ønske om sletting"),
        "sletting.repeat": _("Gjentok en sletting etter gjenoppretting"),
    }
)
