"""One employee who stands in every table that is about people, each text marked with a canary."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import models

from kartlegging.models import Beholdning, Kompetanseforslag, UnderUtdanning
from kompetanse.innlogging.models import Identitet, Okt, Tilbyder
from kompetanse.kommuner import files, persondata
from kompetanse.kommuner.models import Fil
from kompetanse.kommuner.responses import PDF
from kompetanse.organisasjon.models import (
    Habilitetserklaring,
    Hrimport,
    Hrlinje,
    Hrspor,
    Innsyn,
    Kjennetegn,
    Permisjon,
    Rolle,
    Stedfortreder,
)
from kompetanse.personvern.models import Sletting, Uttrekk
from kompetanse.plattform.models import Velkomst
from kompetanse.varsler.models import Kalendernokkel, Varsel
from planer.models import (
    Arrangement,
    Introduksjon,
    Introduksjonssteg,
    Motedeltaker,
    Nettverksmedlem,
    Pamelding,
)
from rapporter.models import Linjestudie
from soknader import models as soknader
from tests import world
from tests.conftest import make_ansatt

CANARY = "FJERNMEG"
KEPT = "BEVARES"
EARLY = date(2026, 1, 1)
# By these a row is found to be about the employee.
FOUND_BY = ("number", "table")


def everywhere(ours):
    """Let one more employee of the world stand in every table; return the employee."""
    other = ours.people["fagradgiver"]
    ansatt = make_ansatt("Petra", "Solberg", ours.rows.enhet, number="90417", birth_year=1980)
    _organisation(ansatt, other)
    _login(ansatt)
    _own_files(ansatt)
    Beholdning.objects.create(ansatt=ansatt, kompetanse=ours.rows.kompetanse, level=3)
    UnderUtdanning.objects.create(
        skjema=ours.rows.skjema, ansatt=ansatt, study="x", expected_on=EARLY
    )
    Motedeltaker.objects.create(mote=ours.rows.mote, ansatt=ansatt, capacity="x")
    Pamelding.objects.create(arrangement=Arrangement.objects.first(), ansatt=ansatt)
    Varsel.objects.create(key="x", kind="x", recipient=ansatt, subject="x", body="x", status="sent")
    _plans(ansatt, ours.rows)
    soknad = _applied(ansatt, ours.rows.runde)
    _case(soknad, other)
    Linjestudie.objects.create(linje=ours.rows.linje, soknad=soknad, tiltak=ours.rows.tiltak)
    mark(ansatt)
    return type(ansatt).objects.get(pk=ansatt.pk)


def _plans(ansatt, rows):
    introduksjon = Introduksjon.objects.create(ansatt=ansatt, name="x", starts_on=EARLY)
    Introduksjonssteg.objects.create(introduksjon=introduksjon, day=1, title="x", due_on=EARLY)
    Nettverksmedlem.objects.create(nettverk=rows.nettverk, ansatt=ansatt)
    Kompetanseforslag.objects.create(
        ansatt=ansatt, kompetanse=rows.kompetanse, level=2, origin="x", title="x", on=EARLY
    )
    Kalendernokkel.objects.create(ansatt=ansatt, digest="x")


def _applied(ansatt, runde):
    return soknader.Soknad.objects.create(
        runde=runde, ansatt=ansatt, number=99, status="accepted", submitted_at=world.MOMENT
    )


def _organisation(ansatt, other):
    Rolle.objects.create(ansatt=ansatt, kode="verneombud", enhet=ansatt.enhet, union="x")
    Permisjon.objects.create(
        ansatt=ansatt, kind=Permisjon.Kind.values[0], percentage=100, starts=EARLY
    )
    Stedfortreder.objects.create(
        ansatt=ansatt, stedfortreder=other, starts=EARLY, ends=EARLY, by=other
    )
    Habilitetserklaring.objects.create(ansatt=ansatt, other=other, ground="family")
    Innsyn.objects.create(
        ansatt=ansatt, by=other, reason="x", until=world.MOMENT + timedelta(hours=1)
    )
    run = Hrimport.objects.create(file_name="personal.csv")
    Hrlinje.objects.create(hrimport=run, kind=Hrlinje.Kind.values[0], place=1, number=ansatt.number)
    Hrspor.objects.create(hrimport=run, table="ansatt", object_id=ansatt.pk, before={}, after={})


def _login(ansatt):
    Kjennetegn.objects.create(ansatt=ansatt, kind=Kjennetegn.Kind.values[0], value="x")
    tilbyder = Tilbyder.objects.create(
        name="Kommunens",
        kind=Tilbyder.Kind.values[0],
        issuer="https://login.example",
        client_id="k",
        sealed_secret="s",
        match=Tilbyder.Match.values[0],
        claim="oid",
    )
    Identitet.objects.create(ansatt=ansatt, tilbyder=tilbyder, subject="x")
    Okt.objects.create(bruker=ansatt.bruker, session_key="x", device="x")
    Velkomst.objects.create(ansatt=ansatt, key_hash="x", valid_until=world.MOMENT)
    EmailAddress.objects.create(user=ansatt.bruker, email="x@example.no")
    Authenticator.objects.create(user=ansatt.bruker, type="totp", data={})


def _own_files(ansatt):
    Uttrekk.objects.create(
        ansatt=ansatt, kind="person", fil=stored(), expires_at=world.MOMENT + timedelta(days=7)
    )


def _case(soknad, other):
    """Everything that can come with and after an application."""
    soknader.Vedlegg.objects.create(soknad=soknad, fil=stored())
    soknader.Kommentar.objects.create(soknad=soknad, text="x", by=other)
    soknader.Uttalelse.objects.create(soknad=soknad, verdict="supports", text="x", by=other)
    soknader.Sporsmal.objects.create(
        soknad=soknad, text="x", by=other, answer_by=world.MOMENT.date()
    )
    kriterium = soknader.Kriterium.objects.first()
    soknader.Poeng.objects.create(soknad=soknad, kriterium=kriterium, points=1, by=other)
    soknader.Inhabilitet.objects.create(soknad=soknad, ansatt=other, ground="family")
    soknader.Endring.objects.create(
        runde=soknad.runde, soknad=soknad, kind="draft", text="x", before={}, version=1, by=other
    )
    soknader.Settestedfortreder.objects.create(soknad=soknad, asked_by=other)
    vedtak = soknader.Vedtak.objects.create(
        soknad=soknad,
        outcome="granted",
        amount=1000,
        tuition=1000,
        status="decided",
        decided_at=world.MOMENT,
        decided_by=other,
    )
    soknader.Svarbrev.objects.create(
        vedtak=vedtak, fil=stored(), heading="x", sent_at=world.MOMENT, sent_by=other
    )
    regel = soknader.Bindingsregel.objects.create(name="Vanlig", from_amount=1, months=12)
    avtale = soknader.Avtale.objects.create(
        soknad=soknad,
        vedtak=vedtak,
        regel=regel,
        status="fulfilled",
        amount=1000,
        months=12,
        begins="signed",
        falls="monthly",
        share=100,
        signed_at=world.MOMENT,
        signed_name="x",
        countersigned_at=world.MOMENT,
        countersigned_by=other,
        fil=stored(),
        binding_from=EARLY,
    )
    soknader.Avtalepause.objects.create(avtale=avtale, kind="parental", starts=EARLY, by=other)
    soknader.Tilbakebetaling.objects.create(avtale=avtale, amount=1, paid_on=EARLY, by=other)
    soknader.Framdrift.objects.create(
        soknad=soknad, term=EARLY, kind="in_progress", text="x", fil=stored()
    )
    tilsagn = soknader.Tilsagn.objects.create(
        soknad=soknad, kind=soknader.Kostnad.values[0], amount=1000
    )
    soknader.Utbetaling.objects.create(tilsagn=tilsagn, amount=500, spent_on=EARLY, fil=stored())


def stored() -> Fil:
    return files.store(f"%PDF-1.7 {CANARY}".encode(), name=f"{CANARY}.pdf", content_type=PDF)


def mark(ansatt):
    """Write the canary into every text about the employee, and another mark into what is kept."""
    found = [
        (table, list(table.rows(ansatt).values_list("pk", flat=True)))
        for table in persondata.personal()
    ]
    # The erasure itself is planned by the night.
    empty = [table.model for table, pks in found if not pks and table.cls is not Sletting]
    assert empty == [], f"Make a row of {', '.join(empty)} in tests/personvern/person.py"
    for table, pks in found:
        for pk in pks:
            table.cls.objects.filter(pk=pk).update(**_marks(table, pk))


def _marks(table, pk):
    marks = {}
    for field in table.fields():
        if not isinstance(field, (models.CharField, models.TextField, models.JSONField)):
            continue
        word = f"{KEPT if field.name in table.records else CANARY}{pk}"
        if field.flatchoices or field.name in FOUND_BY or len(word) > (field.max_length or 99):
            continue
        marks[field.name] = [word] if isinstance(field, models.JSONField) else word
    return marks
