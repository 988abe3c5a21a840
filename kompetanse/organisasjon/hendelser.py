"""What the organisation's actions are called in the audit trail, and in which role one acts."""

from copy import copy
from typing import Any

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit
from kompetanse.kommuner.audit import Place
from kompetanse.organisasjon import access


def roles_of(by: Any) -> str:
    """Return the codes of the roles that the Ansatt holds now; `ansatt` when there is no other.

    Read by a copy, so that a verb does not keep the roles of a moment.
    """
    koder = dict.fromkeys(role.mark for role in access.held(copy(by)))
    more = [kode for kode in koder if kode != access.Kode.ANSATT]
    return ",".join(more or koder)


audit.ask_roles_of(roles_of)
audit.place(
    {
        "organisasjon.habilitetserklaring": Place(about="ansatt"),
        "organisasjon.innsyn": Place(about="ansatt"),
        "organisasjon.kjennetegn": Place(about="ansatt"),
        "organisasjon.permisjon": Place(about="ansatt"),
        "organisasjon.rolle": Place(about="ansatt"),
        "organisasjon.stedfortreder": Place(about="ansatt"),
        "organisasjon.stilling": Place(about="ansatt"),
    }
)
audit.name(
    {
        "bruker.admit": _("Ga en ansatt tilgang til å logge inn"),
        "enhet.close": _("Avsluttet en enhet"),
        "enhet.create": _("Opprettet en enhet"),
        "enhet.move": _("Flyttet en enhet"),
        "enhet.rename": _("Endret navn eller slag på en enhet"),
        "enhet.reopen": _("Gjenåpnet en enhet"),
        "hrimport.discard": _("Forkastet en innlesing"),
        "hrimport.forget": _("Slettet innholdet i en gammel innlesing"),
        "hrimport.leave": _("Satte ansatte som sluttet etter en innlesing"),
        "hrimport.receive": _("Tok imot en fil fra personalsystemet"),
        "hrimport.undo": _("Angret en innlesing"),
        "hrimport.write": _("Skrev inn en kontrollert innlesing"),
        "hrnokkel.deliver": _("Leverte en fil med nøkkel"),
        "hrnokkel.make": _("Laget en nøkkel for innlesing"),
        "hrnokkel.revoke": _("Trakk tilbake en nøkkel for innlesing"),
        "kjennetegn.recognise": _("Registrerte hvordan en ansatt kjennes igjen ved innlogging"),
        "habilitet.declare": _("Meldte seg inhabil i saker om en ansatt"),
        "habilitet.withdraw": _("Trakk en habilitetserklæring"),
        "hrimport.load": _("Leste inn en fil fra personalsystemet"),
        "innsyn.end": _("Avsluttet innsyn"),
        "innsyn.page": _("Åpnet en side i innsyn"),
        "innsyn.start": _("Begynte å se tjenesten slik en annen ser den"),
        "oppsett.set_up": _("Endret kommunens innstillinger"),
        "permisjon.change": _("Endret en permisjon"),
        "permisjon.delete": _("Slettet en permisjon"),
        "permisjon.register": _("Førte en permisjon"),
        "rolle.give": _("Ga en rolle"),
        "rolle.take": _("Tok bort en rolle"),
        "stedfortreder.end": _("Avsluttet et oppdrag som stedfortreder"),
        "stedfortreder.set": _("Registrerte en stedfortreder"),
        "stillingskategori.group": _("Satte stillingskategorier i fellesgrupper"),
    }
)
audit.name_openings({"ansatt.open": _("Åpnet personsiden")})
