"""What the actions on applications and decisions are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit
from kompetanse.kommuner.audit import Place

audit.place(
    {
        "soknader.soknad": Place(about="ansatt"),
        "soknader.svarbrev": Place(case="vedtak", about="vedtak.soknad.ansatt"),
        "soknader.vedlegg": Place(case="soknad", about="soknad.ansatt"),
        "soknader.vedtak": Place(case="soknad", about="soknad.ansatt"),
    }
)
audit.name(
    {
        "brev.make": _("Laget svarbrev"),
        "brev.send": _("Sendte svarbrevet"),
        "endring.undo": _("Angret en endring i prioriteringen"),
        "runde.answer": _("Avsluttet runden, alle svar er sendt"),
        "runde.edit": _("Endret søknadsrunden"),
        "runde.open": _("Åpnet søknadsrunden"),
        "runde.prepare": _("Forberedte en søknadsrunde"),
        "runde.set_criteria": _("Endret kriteriene i runden"),
        "runde.set_educations": _("Endret utlyste utdanninger"),
        "soknad.accept": _("Takket ja til støtten"),
        "soknad.change": _("Endret søknaden"),
        "soknad.comment": _("Kommenterte søknaden"),
        "soknad.decline": _("Takket nei til støtten"),
        "soknad.discard": _("Slettet kladden til en søknad"),
        "soknad.move": _("Flyttet søknaden i rekkefølgen"),
        "soknad.recommend": _("Ga uttalelse til søknaden"),
        "soknad.recuse": _("Meldte seg inhabil"),
        "soknad.score": _("Ga poeng til søknaden"),
        "soknad.start": _("Begynte på en søknad"),
        "soknad.submit": _("Sendte søknaden"),
        "soknad.withdraw": _("Trakk søknaden"),
        "soknadsrunde.decide": _("Vedtok alle søknadene i runden"),
        "soknadsrunde.prioritise": _("Begynte prioriteringen"),
        "soknadsrunde.suggest_order": _("Ordnet søknadene etter poeng"),
        "vedtak.decide": _("Vedtok"),
        "vedtak.draft": _("Skrev utkast til vedtak"),
        "vedtak.replace": _("Omgjorde et vedtak"),
    }
)
audit.name_openings(
    {
        "soknad.open": _("Åpnet søknaden"),
        "vedlegg.open": _("Åpnet et vedlegg"),
        "svarbrev.open": _("Åpnet svarbrevet"),
    }
)
