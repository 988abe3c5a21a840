"""What the actions of an import are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit

audit.name(
    {
        "hrimport.discard": _("Forkastet en fil fra HR-systemet"),
        "hrimport.forget": _("Slettet detaljene i en gammel import fra HR"),
        "hrimport.leave": _("Registrerte at ansatte har sluttet"),
        "hrimport.receive": _("Tok imot en fil fra HR-systemet"),
        "hrimport.undo": _("Angret en import fra HR"),
        "hrimport.write": _("Skrev inn en fil fra HR-systemet"),
        "hrnokkel.deliver": _("Leverte en HR-fil med nøkkel"),
        "hrnokkel.make": _("Laget en nøkkel for HR-filer"),
        "hrnokkel.revoke": _("Trakk tilbake en nøkkel for HR-filer"),
    }
)
