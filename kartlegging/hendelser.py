"""What the actions on competence, needs and GAP are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit
from kompetanse.kommuner.audit import Place

audit.place(
    {
        "kartlegging.beholdning": Place(about="ansatt"),
        "kartlegging.kompetanseforslag": Place(about="ansatt"),
    }
)
audit.name(
    {
        "beholdning.confirm": _("Bekreftet kompetansen til en ansatt"),
        "beholdning.declare": _("Meldte kompetanse"),
        "beholdning.load": _("Leste inn kompetanse"),
        "beholdning.register": _("Registrerte kompetansen til en ansatt"),
        "beholdning.remove": _("Slettet kompetanse"),
        "behovsskjema.copy": _("Kopierte fjorårets behovsskjema"),
        "behovsskjema.remind": _("Minnet om behovsskjema"),
        "behovsskjema.reopen": _("Åpnet behovsskjemaet for endring"),
        "behovsskjema.add_student": _("Førte en ny student inn i behovsskjemaet"),
        "behovsskjema.start": _("Begynte på behovsskjemaet"),
        "behovsskjema.submit": _("Sendte inn behovsskjemaet"),
        "gapanalyse.settle": _("Låste GAP-analysen"),
        "kompetanse.search": _("Søkte etter kompetanse på tvers av enheter"),
        "kompetanseforslag.confirm": _("Bekreftet kompetanse fra et kurs"),
        "kompetanseforslag.decline": _("Bekreftet ikke kompetanse fra et kurs"),
        "kompetansekrav.add": _("La til et kompetansekrav"),
        "kompetansekrav.change": _("Endret et kompetansekrav"),
        "kompetansekrav.delete": _("Slettet et kompetansekrav"),
        "styringssignal.change": _("Endret et styringssignal"),
        "styringssignal.delete": _("Slettet et styringssignal"),
        "styringssignal.write": _("Skrev et styringssignal"),
    }
)
