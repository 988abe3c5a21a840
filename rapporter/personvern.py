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
            "reason": _("Hva som måtte endres før den ble godkjent."),
            "role": _("I hvilken rolle den ble godkjent."),
        },
    ),
    Tabell(
        model="rapporter.Linjestudie",
        purpose=_("Å vite hvilke innvilgede utdanninger en linje i tilskuddssøknaden gjelder."),
        basis=Basis.DUTY,
        kept=_("Bevares som regnskap for tilskuddet."),
        readers=_("Fagrådgiver; søknaden og rapporten viser bare antall"),
        about=("soknad__ansatt",),
    ),
    Tabell(
        model="rapporter.Regnskapsinnlesing",
        purpose=_("Å føre regnskapslinjer mot tilskuddet fra en fil fra økonomisystemet."),
        basis=Basis.DUTY,
        kept=_("Radene slettes når filen er ført eller forkastet; tallene bevares."),
        readers=_("Fagrådgiver og kommuneledelsen"),
        records={
            "file_name": _("Hvilken fil som ble lest."),
            "headings": _("Overskriftene i filen."),
            "columns": _("Hvilken kolonne som er hva; huskes til neste fil."),
            "rows": _("Tømmes når filen er ført eller forkastet."),
            "figures": _("Hvor mange rader som ble ført."),
        },
    ),
    Tabell(
        model="rapporter.Postering",
        purpose=_("Å vise hva tilskuddet er brukt til."),
        basis=Basis.DUTY,
        kept=_("Bevares som regnskap for tilskuddet."),
        readers=_("Fagrådgiver og kommuneledelsen"),
        records={
            "voucher": _("Bilagsnummeret i regnskapet."),
            "account": _("Kontoen i regnskapet."),
            "text": _("Bilagsteksten i regnskapet."),
        },
    ),
    Tabell(
        model="rapporter.Omdisponering",
        purpose=_("Å vise at Statsforvalteren samtykket til å flytte penger mellom linjer."),
        basis=Basis.DUTY,
        kept=_("Bevares som regnskap for tilskuddet."),
        readers=_("Fagrådgiver og kommuneledelsen"),
        records={"consented_by": _("Hvem hos Statsforvalteren som samtykket.")},
    ),
    Tabell(
        model="rapporter.Tilskuddsrapport",
        purpose=_("Å gjøre rede for statstilskuddet."),
        basis=Basis.DUTY,
        kept=_("Bevares som regnskap for tilskuddet."),
        readers=_("Fagrådgiver, kommuneledelsen, og Statsforvalteren når rapporten er sendt"),
        records={
            "case_number": AS_SENT,
            "snapshot": AS_SENT,
            "texts": AS_SENT,
            "reason": _("Hva som måtte endres før den ble godkjent."),
            "role": _("I hvilken rolle den ble godkjent."),
        },
    ),
    Tabell(
        model="rapporter.Rapportlinje",
        purpose=_("Å vise måloppnåelsen på hver linje. Tallene er antall, uten navn."),
        basis=Basis.DUTY,
        kept=_("Bevares som regnskap for tilskuddet."),
        readers=_("Fagrådgiver, kommuneledelsen, og Statsforvalteren når rapporten er sendt"),
        records={"reason": AS_SENT, "broken_off_because": AS_SENT, "comment": AS_SENT},
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
        "rapporter.Tilskuddsbrev": _("Brevet til en enhet om hva den får."),
        "rapporter.Tilskuddsordning": _("Utlysningen fra Statsforvalteren."),
        "rapporter.Tilskuddslinje": _("Tiltak og beløp; deltakere er et antall."),
    }
)
