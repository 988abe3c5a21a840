"""What the state grant stores about people."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Basis, Tabell

AS_SENT = _("Bevares slik søknaden ble sendt til Statsforvalteren.")
AS_ANSWERED = _("Bevares slik Statsforvalteren svarte.")

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
    Tabell(
        model="rapporter.Tilskuddssvar",
        purpose=_("Å vite hva kommunen fikk, og på hvilke vilkår."),
        basis=Basis.DUTY,
        kept=_("Bevares som regnskap for tilskuddet."),
        readers=_("Fagrådgiver, ledere og kommuneledelsen"),
        records={"case_number": AS_ANSWERED, "conditions": AS_ANSWERED},
    ),
    Tabell(
        model="rapporter.Fordeling",
        purpose=_("Å vise hvem som godkjente at enhetene fikk pengene."),
        basis=Basis.DUTY,
        kept=_("Bevares som regnskap for tilskuddet."),
        readers=_("Fagrådgiver, ledere og kommuneledelsen"),
        records={
            "snapshot": _("Bevares slik fordelingen ble godkjent."),
            "reason": _("Hva som måtte endres før den ble godkjent."),
            "role": _("I hvilken rolle den ble godkjent."),
        },
    ),
)
persondata.declare_impersonal(
    {
        "rapporter.Fordelingspost": _("Enhet og beløp."),
        "rapporter.Svarlinje": _("Beløp på hver linje."),
        "rapporter.Tilskuddsordning": _("Utlysningen fra Statsforvalteren."),
        "rapporter.Tilskuddslinje": _("Tiltak og beløp; deltakere er et antall."),
    }
)
