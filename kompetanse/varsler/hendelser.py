"""What the actions on notices are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit
from kompetanse.kommuner.audit import Place

audit.place(
    {
        "varsler.varsel": Place(about="recipient"),
        "varsler.kalendernokkel": Place(about="ansatt"),
    }
)
audit.name(
    {
        "kalendernokkel.close": _("Slettet adressen til sin egen kalender"),
        "kalendernokkel.open": _("Laget en adresse til sin egen kalender"),
        "varsel.resend": _("Sendte et varsel på nytt"),
    }
)
