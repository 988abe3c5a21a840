"""What the state grant stores about people."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Basis, Tabell

AS_SENT = _("Bevares slik søknaden ble sendt til Statsforvalteren.")

persondata.declare(
    Tabell(
        model="rapporter.Tilskuddssoknad",
        purpose=_("Å søke om statstilskudd og gjøre rede for det."),
        basis=Basis.DUTY,
        kept=_("Bevares som regnskap for tilskuddet."),
        readers=_("Fagrådgiver, og Statsforvalteren når søknaden er sendt"),
        records={
            "address": _("Kommunens adresse."),
            "organisation_number": _("Kommunens organisasjonsnummer."),
            "account_number": _("Kommunens kontonummer."),
            "contact_name": AS_SENT,
            "contact_email": AS_SENT,
            "purpose": AS_SENT,
            "description": AS_SENT,
            "signer": AS_SENT,
            "case_number": AS_SENT,
            "snapshot": AS_SENT,
        },
    ),
)
persondata.declare_impersonal(
    {
        "rapporter.Tilskuddsordning": _("Utlysningen fra Statsforvalteren."),
        "rapporter.Tilskuddslinje": _("Tiltak og beløp; deltakere er et antall."),
    }
)
