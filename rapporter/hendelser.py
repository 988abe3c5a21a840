"""What the actions on the state grant are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit
from kompetanse.kommuner.audit import Place

audit.place({"rapporter.tilskuddslinje": Place(case="soknad")})
audit.name(
    {
        "tilskudd.begin": _("Begynte på tilskuddssøknaden"),
        "tilskudd.place": _("Endret rekkefølgen i tilskuddssøknaden"),
        "tilskudd.send": _("Sendte tilskuddssøknaden"),
        "tilskudd.take_in": _("Tok tiltak inn i tilskuddssøknaden"),
        "tilskudd.take_out": _("Tok et tiltak ut av tilskuddssøknaden"),
        "tilskudd.write_head": _("Skrev hodet i tilskuddssøknaden"),
        "tilskudd.write_line": _("Skrev en linje i tilskuddssøknaden"),
    }
)
