"""What the actions of support, welcome and region are called in the Kommune's audit trail."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit
from kompetanse.kommuner.audit import Place

audit.place({"plattform.velkomst": Place(about="ansatt")})
audit.name(
    {
        "regionkontakt.set": _("Skrev kontakten i regionen"),
        "regionoppslag.publish": _("Publiserte til regionen"),
        "stotte.allow": _("Godkjente innsyn fra driften"),
        "stotte.ask": _("Driften ba om innsyn"),
        "stotte.choose": _("Valgte om driften skal spørre før innsyn"),
        "stotte.enter": _("Driften gikk inn"),
        "stotte.leave": _("Driften avsluttet innsynet"),
        "stotte.page": _("Driften åpnet en side"),
        "stotte.refuse": _("Avviste innsyn fra driften"),
        "stotte.stop": _("Stoppet innsyn fra driften"),
        "velkomst.accept": _("Satte sitt første passord"),
        "velkomst.make": _("Laget en engangsadresse for første innlogging"),
    }
)
