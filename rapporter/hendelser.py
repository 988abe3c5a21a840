"""What the actions on the state grant are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit
from kompetanse.kommuner.audit import Place

audit.place(
    {
        "rapporter.tilskuddslinje": Place(case="soknad"),
        "rapporter.tilskuddssvar": Place(case="soknad"),
    }
)
audit.name(
    {
        "fordeling.approve": _("Godkjente fordelingen av tilskuddet"),
        "fordeling.distribute": _("Fordelte et beløp av tilskuddet"),
        "fordeling.follow_lines": _("Fordelte tilskuddet etter linjene"),
        "fordeling.propose": _("La fram fordelingen av tilskuddet"),
        "fordeling.send_back": _("Sendte fordelingen av tilskuddet tilbake"),
        "fordeling.take_back": _("Tok tilbake et fordelt beløp"),
        "tilskudd.begin": _("Begynte på tilskuddssøknaden"),
        "tilskudd.place": _("Endret rekkefølgen i tilskuddssøknaden"),
        "tilskudd.send": _("Sendte tilskuddssøknaden"),
        "tilskudd.take_in": _("Tok tiltak inn i tilskuddssøknaden"),
        "tilskudd.take_out": _("Tok et tiltak ut av tilskuddssøknaden"),
        "tilskudd.write_head": _("Skrev hodet i tilskuddssøknaden"),
        "tilskudd.write_line": _("Skrev en linje i tilskuddssøknaden"),
        "tilskuddssvar.register": _("Førte svaret på tilskuddssøknaden"),
    }
)
