"""What the actions on logging in are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit
from kompetanse.kommuner.audit import Place

audit.place({"innlogging.identitet": Place(about="ansatt")})
audit.name(
    {
        "bruker.end_all_sessions": _("Logget ut en bruker overalt"),
        "bruker.give_one_time_password": _("Ga et engangspassord"),
        "bruker.remove_factors": _("Fjernet det andre trinnet i innloggingen"),
        "identitet.tie": _("Koblet en ansatt til en innloggingstjeneste"),
        "identitet.unlink": _("Fjernet koblingen til en innloggingstjeneste"),
        "kjennetegn.recognise": _("Endret kjennetegnet som en ansatt logger inn med"),
        "okt.end": _("Logget ut en enhet"),
        "tilbyder.delete": _("Slettet en innloggingstjeneste"),
        "tilbyder.save": _("Endret en innloggingstjeneste"),
    }
)
