"""A small municipality with something of everything, every text marked with its own canary."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from allauth.mfa.models import Authenticator

from kartlegging import models as kartlegging
from kompetanse import clock, sealing
from kompetanse.innlogging import models as innlogging
from kompetanse.kommuner import files, tenancy
from kompetanse.kommuner.models import Fil, Kommune
from kompetanse.kommuner.responses import PDF
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import (
    Ansatt,
    Enhet,
    Habilitetserklaring,
    Hrimport,
    Hrnokkel,
    Kompetanse,
    Niva,
    Permisjon,
    Rolle,
    Stedfortreder,
)
from kompetanse.personvern.models import Sletting, Uttrekk
from kompetanse.plattform.models import Operator, Regionkontakt, Regionoppslag, Stotteokt
from kompetanse.varsler.models import Kjoring, Varsel
from planer import models as planer
from rapporter import models as rapporter
from rapporter.queries import columns
from soknader import models as soknader
from tests.conftest import give, make_ansatt, make_enhet

MOMENT = datetime(2026, 10, 20, 9, tzinfo=clock.OSLO)
YEAR = 2027
Kode = Rolle.Kode


@dataclass(frozen=True)
class World:
    """The rows of one Kommune by noun, its people by role, and the canary in its texts."""

    kommune: Kommune
    canary: str
    rows: SimpleNamespace
    people: dict[str, Ansatt]


def build(kommune: Kommune, canary: str = "") -> World:
    """Fill the Kommune; every text holds the canary, which is its own when none is given."""
    with inside(kommune):
        return _build(kommune, canary or f"KANARI{kommune.slug.upper()}")


@contextmanager
def inside(kommune: Kommune) -> Iterator[None]:
    """Work in the Kommune; the test's own active Kommune is as before when the block ends."""
    outer = tenancy._active.get()
    token = tenancy._active.set(None)
    try:
        with as_kommune(kommune.pk):
            yield
    finally:
        tenancy._active.reset(token)
    if outer is not None:
        tenancy._set_database_kommune(str(outer))


def _build(kommune: Kommune, canary: str) -> World:
    rows = SimpleNamespace()
    people = _people(rows, canary)
    _plans(rows, people, canary)
    _needs(rows, people, canary)
    _introductions(rows, people, canary)
    _action_plan(rows, people, canary)
    _common(rows, people, canary)
    _applications(rows, people, canary)
    _grant(rows, people, canary)
    _hrimport(rows, people, canary)
    _notices(rows, people, canary)
    _support(rows, canary)
    _logins(rows, people, canary)
    rows.permisjon = Permisjon.objects.create(
        ansatt=people["kollega"], kind="foreldre", starts=date(2026, 2, 1)
    )
    return World(kommune, canary, rows, people)


def _people(rows: SimpleNamespace, canary: str) -> dict[str, Ansatt]:
    top = make_enhet(f"{canary} kommune", Enhet.Kind.KOMMUNE)
    helse = make_enhet(f"{canary} helse", Enhet.Kind.SEKTOR, top)
    tjeneste = make_enhet(f"{canary} hjemmetjeneste", Enhet.Kind.VIRKSOMHET, helse)
    rows.enhet = make_enhet(f"{canary} avdeling", parent=tjeneste)

    def person(name: str, enhet: Enhet, *koder: Rolle.Kode) -> Ansatt:
        ansatt = make_ansatt(name, canary.title(), enhet, kategori=f"{canary} kategori")
        for kode in koder:
            give(ansatt, kode, enhet)
        return ansatt

    people = {
        "ansatt": person("Ansgar", rows.enhet),
        "kollega": person("Karl", rows.enhet),
        "leder": person("Leif", rows.enhet, Kode.LEDER),
        "virksomhetsleder": person("Vera", tjeneste, Kode.VIRKSOMHETSLEDER),
        "fagradgiver": person("Fred", helse, Kode.FAGRADGIVER),
        "tillitsvalgt": person("Tone", helse, Kode.TILLITSVALGT),
        "kommunalsjef": person("Knut", helse, Kode.KOMMUNALSJEF),
        "systemansvarlig": person("Sol", top, Kode.SYSTEMANSVARLIG),
    }
    rows.ansatt = people["ansatt"]
    rows.rolle = Rolle.objects.get(ansatt=people["leder"])
    rows.erklaring = Habilitetserklaring.objects.create(
        ansatt=people["leder"], other=people["kollega"], ground="family"
    )
    rows.stedfortreder = Stedfortreder.objects.create(
        ansatt=people["virksomhetsleder"],
        stedfortreder=people["leder"],
        starts=date(2026, 7, 1),
        ends=date(2026, 7, 31),
    )
    return people


def _plans(rows: SimpleNamespace, people: dict[str, Ansatt], canary: str) -> None:
    rows.plan = planer.Strategiplan.objects.create(
        name=f"{canary} plan",
        first_year=2025,
        last_year=2028,
        vision=canary,
        status=planer.Strategiplan.Status.HEARING,
    )
    gyldig = planer.Strategiplan.objects.create(
        name=f"{canary} gjelder",
        first_year=2025,
        last_year=2028,
        status=planer.Strategiplan.Status.IN_FORCE,
    )
    rows.fokusomrade = planer.Fokusomrade.objects.create(plan=gyldig, order=1, name=canary)
    rows.langplan = planer.Langplan.objects.create(
        strategiplan=gyldig, name=canary, first_year=YEAR, last_year=YEAR + 3, frozen=None
    )
    rows.utgave = planer.Opplaringsplan.objects.create(kind="felles", year=YEAR)
    rows.horing = planer.Horing.objects.create(
        langplan=rows.langplan, begun_on=date(2026, 9, 1), until=date(2026, 9, 20), text=canary
    )
    planer.Horingssvar.objects.create(
        horing=rows.horing, by=people["leder"], enhet=rows.enhet, capacity="Leder", text=canary
    )
    planer.Plankolonne.objects.create(order=1, field="theme", heading=canary[:60])
    planer.Plankolonne.objects.create(order=2, field="status", heading="Status")
    rows.ark = planer.Tiltaksimport.objects.create(
        year=YEAR, file_name=canary, rows=[[2, {"theme": canary}]], by=people["fagradgiver"]
    )
    rows.offentlig = planer.Offentligplan.objects.create(
        strategiplan=rows.plan,
        title=canary,
        adopted_on=date(2026, 9, 1),
        content={"title": canary, "decision": "", "lead": "", "blocks": []},
    )
    rows.resultatmal = planer.Resultatmal.objects.create(
        plan=rows.langplan,
        fokusomrade=rows.fokusomrade,
        goal=canary,
        indicator=canary,
        baseline=1,
        baseline_on=date(2026, 5, 15),
        target=2,
        deadline=date(YEAR, 12, 31),
    )
    rows.kapittel = planer.Kapittel.objects.create(plan=rows.plan, order=1, heading=canary)
    rows.aktivitet = planer.Aktivitet.objects.create(
        year=YEAR, code="felles", title=canary, starts=date(YEAR, 1, 1), ends=date(YEAR, 1, 15)
    )
    planer.Aktivitetsrolle.objects.create(aktivitet=rows.aktivitet, kode=Kode.FAGRADGIVER)
    rows.mote = planer.Mote.objects.create(
        title=canary, held_on=date(2026, 9, 20), begins="09:00", status="pagar"
    )
    _meeting(rows, people, canary)
    rows.deltaker = planer.Motedeltaker.objects.create(
        mote=rows.mote, ansatt=people["tillitsvalgt"], capacity=canary
    )
    rows.tiltak = planer.Tiltak.objects.create(
        year=YEAR, half="var", theme=canary, target_group=canary, fokusomrade=rows.fokusomrade
    )
    planer.Belopslinje.objects.create(tiltak=rows.tiltak, kind="fee", amount=10_000)
    rows.arrangement = planer.Arrangement.objects.create(
        title=canary, on=date(2026, 10, 14), begins="08:30", ends="15:00", status="holdt"
    )
    planer.Pamelding.objects.create(
        arrangement=rows.arrangement, ansatt=people["ansatt"], status="mott"
    )
    planer.Kurssvar.objects.create(
        arrangement=rows.arrangement, useful=5, content=5, teaching=5, overall=5, comment=canary
    )
    rows.arena = planer.Laringsarena.objects.create(name=canary)
    rows.evaluering = planer.Evaluering.objects.create(
        year=YEAR, kind="arlig", held_on=date(2026, 9, 20), carried_out=canary
    )
    planer.Planendring.objects.create(
        evaluering=rows.evaluering, tiltak=rows.tiltak, kind="utsatt", after="Utsatt", reason=canary
    )


def _meeting(rows: SimpleNamespace, people: dict[str, Ansatt], canary: str) -> None:
    rows.punkt = planer.Motepunkt.objects.create(
        mote=rows.mote, order=1, title=canary, text=canary, conclusion=canary
    )
    fil = files.store(b"%PDF-1.7 " + canary.encode(), name=f"{canary}.pdf", content_type=PDF)
    rows.papir = planer.Motepapir.objects.create(mote=rows.mote, name=canary, fil=fil)
    planer.Visning.objects.create(mote=rows.mote, punkt=rows.punkt)
    planer.Innspill.objects.create(
        mote=rows.mote, punkt=rows.punkt, text=canary, by=people["tillitsvalgt"], is_dissent=True
    )
    rows.protokoll = planer.Protokoll.objects.create(
        mote=rows.mote, status="remarks", content={"opening": canary}, correction=canary
    )
    planer.Protokollmerknad.objects.create(
        protokoll=rows.protokoll, by=people["tillitsvalgt"], text=canary
    )
    rows.drofting = planer.Drofting.objects.create(title=canary, text=canary, mote=rows.mote)
    planer.Droftingspart.objects.create(drofting=rows.drofting, party=canary, said=canary)
    rows.nettverk = planer.Nettverk.objects.create(name=canary, mandate=canary)
    rows.medlem = planer.Nettverksmedlem.objects.create(
        nettverk=rows.nettverk, ansatt=people["kollega"], is_contact=True
    )
    planer.Nettverksaktivitet.objects.create(
        nettverk=rows.nettverk, on=date(2026, 9, 20), title=canary, text=canary
    )


def _needs(rows: SimpleNamespace, people: dict[str, Ansatt], canary: str) -> None:
    rows.kompetanse = Kompetanse.objects.create(name=canary)
    for level in range(5):
        Niva.objects.create(level=level, name=canary)
    rows.signal = kartlegging.Styringssignal.objects.create(
        year=YEAR, horizon="short", source=canary, asks=canary, by=people["fagradgiver"]
    )
    rows.krav = kartlegging.Kompetansekrav.objects.create(
        enhet=rows.enhet, kompetanse=rows.kompetanse, level=2, count=3
    )
    rows.beholdning = kartlegging.Beholdning.objects.create(
        ansatt=people["ansatt"], kompetanse=rows.kompetanse, level=3
    )
    rows.forslag = kartlegging.Kompetanseforslag.objects.create(
        ansatt=people["ansatt"],
        kompetanse=rows.kompetanse,
        level=2,
        origin=canary,
        title=canary,
        on=date(2026, 10, 14),
    )
    rows.skjema = kartlegging.Behovsskjema.objects.create(
        enhet=rows.enhet, year=YEAR, goals=canary, strengths=canary
    )
    kartlegging.Behov.objects.create(
        skjema=rows.skjema, what=canary, kind="learn", number=2, urgency=1
    )
    rows.analyse = kartlegging.Gapanalyse.objects.create(
        year=YEAR, comment=canary, settled_at=MOMENT, settled_by=people["fagradgiver"]
    )


def _introductions(rows: SimpleNamespace, people: dict[str, Ansatt], canary: str) -> None:
    rows.introduksjonsmal = planer.Introduksjonsmal.objects.create(name=canary, text=canary)
    rows.malsteg = planer.Malsteg.objects.create(mal=rows.introduksjonsmal, day=1, title=canary)
    rows.introduksjon = planer.Introduksjon.objects.create(
        ansatt=people["kollega"],
        mal=rows.introduksjonsmal,
        name=canary,
        starts_on=date(2026, 9, 1),
        fadder=people["ansatt"],
    )
    rows.introduksjonssteg = planer.Introduksjonssteg.objects.create(
        introduksjon=rows.introduksjon, day=1, title=canary, due_on=date(2026, 9, 2)
    )


def _action_plan(rows: SimpleNamespace, people: dict[str, Ansatt], canary: str) -> None:
    rows.handlingsplan = planer.Handlingsplan.objects.create(
        year=YEAR,
        status=planer.Handlingsplan.Status.PROPOSED,
        mote=rows.mote,
        comment=canary,
        proposed_at=MOMENT,
        proposed_by=people["fagradgiver"],
    )
    rows.punkt = planer.Handlingspunkt.objects.create(
        plan=rows.handlingsplan,
        tiltak=rows.tiltak,
        theme=canary,
        costs={"fee": 10_000},
        proposed=10_000,
    )
    rows.kontodel = planer.Kontodel.objects.create(order=1, name=canary, source="kostnad")
    planer.Kontokode.objects.create(part=rows.kontodel, key="fee", code=canary[:20])
    planer.Okonomiplan.objects.create(name=canary, first_year=YEAR, last_year=YEAR + 3)


def _common(rows: SimpleNamespace, people: dict[str, Ansatt], canary: str) -> None:
    rows.fagsystem = planer.Fagsystem.objects.create(
        name=canary, purpose=canary, owner=people["leder"]
    )
    rows.opplaringskrav = planer.Opplaringskrav.objects.create(
        fagsystem=rows.fagsystem, kompetanse=rows.kompetanse, text=canary
    )
    rows.effekt = planer.Effekt.objects.create(tiltak=rows.tiltak, indicator=canary)
    planer.Effekttall.objects.create(
        effekt=rows.effekt, enhet=rows.enhet, on=date(2026, 9, 1), value=3, note=canary
    )


def _applications(rows: SimpleNamespace, people: dict[str, Ansatt], canary: str) -> None:
    rows.runde = soknader.Soknadsrunde.objects.create(
        year=2026,
        status=soknader.Soknadsrunde.Status.PRIORITISING,
        opens=date(2026, 9, 1),
        deadline=date(2026, 10, 15),
        leader_deadline=date(2026, 10, 18),
        meeting_on=date(2026, 10, 28),
        answer_by=date(2026, 11, 5),
        accept_by=date(2026, 11, 20),
        budget=100_000,
        announcement=canary,
        next_number=4,
    )
    _schemes(rows, canary)
    soknader.Utlysning.objects.create(runde=rows.runde, title=canary)
    soknader.Kriterium.objects.create(runde=rows.runde, name=canary, texts=[canary] * 4)

    def soknad(ansatt: Ansatt, number: int, status: str) -> soknader.Soknad:
        return soknader.Soknad.objects.create(
            runde=rows.runde,
            ansatt=ansatt,
            number=number,
            status=status,
            submitted_at=MOMENT,
            rank=number,
            study=canary,
            reason=canary,
            use_at_work=canary,
            fokusomrade=rows.fokusomrade,
            tuition=1000,
        )

    rows.soknad = soknad(people["ansatt"], 1, "recommended")
    rows.settestedfortreder = soknader.Settestedfortreder.objects.create(
        soknad=rows.soknad, asked_by=people["fagradgiver"]
    )
    answered = soknad(people["kollega"], 2, "answered")
    fil = files.store(b"%PDF-1.7 " + canary.encode(), name=f"{canary}.pdf", content_type=PDF)
    rows.vedlegg = soknader.Vedlegg.objects.create(soknad=rows.soknad, fil=fil)
    rows.godtatt = soknad(people["ansatt"], 3, "accepted")
    _contract(rows, people, fil, canary)
    rows.sporsmal = soknader.Sporsmal.objects.create(
        soknad=rows.soknad, text=canary, by=people["leder"], answer_by=date(2026, 10, 25)
    )
    soknader.Kommentar.objects.create(soknad=rows.soknad, text=canary, by=people["fagradgiver"])
    rows.vedtak = soknader.Vedtak.objects.create(
        soknad=answered,
        outcome="refused",
        reason=canary,
        status="decided",
        decided_at=MOMENT,
        decided_by=people["kommunalsjef"],
    )
    soknader.Brevmal.objects.create(
        lang="nb", outcome="granted", version=1, heading=canary, body=canary
    )
    rows.brev = soknader.Svarbrev.objects.create(
        vedtak=rows.vedtak, fil=fil, heading=canary, sent_at=MOMENT
    )
    rows.endring = soknader.Endring.objects.create(
        runde=rows.runde, kind="order", text=canary, before={}, version=1, by=people["fagradgiver"]
    )


def _schemes(rows: SimpleNamespace, canary: str) -> None:
    rows.stotteordning = soknader.Stotteordning.objects.create(
        kind="tuition", name=canary, text=canary, source=canary, in_use_from=date(2026, 1, 1)
    )
    soknader.Rundeordning.objects.create(
        runde=rows.runde, ordning=rows.stotteordning, kind="tuition", frame=90_000
    )
    soknader.Enhetsramme.objects.create(runde=rows.runde, enhet=rows.enhet, frame=80_000)


def _contract(rows: SimpleNamespace, people: dict[str, Ansatt], fil: Fil, canary: str) -> None:
    vedtak = soknader.Vedtak.objects.create(
        soknad=rows.godtatt, outcome="granted", amount=1000, tuition=1000, status="decided",
        decided_at=MOMENT, decided_by=people["kommunalsjef"],
    )  # fmt: skip
    rows.regel = soknader.Bindingsregel.objects.create(
        name=canary, from_amount=0, months=12, exceptions=canary
    )
    rows.avtale = soknader.Avtale.objects.create(
        soknad=rows.godtatt, vedtak=vedtak, regel=rows.regel, amount=1000, months=12,
        begins="completed", falls="monthly", share=100, text=[[canary, canary]],
        signed_name=canary, signed_at=MOMENT, status="half",
    )  # fmt: skip
    tilsagn = soknader.Tilsagn.objects.create(soknad=rows.godtatt, kind="tuition", amount=1000)
    rows.utbetaling = soknader.Utbetaling.objects.create(
        tilsagn=tilsagn, amount=500, spent_on=date(2026, 10, 1), text=canary, fil=fil
    )
    rows.framdrift = soknader.Framdrift.objects.create(
        soknad=rows.godtatt, term=date(2026, 12, 31), kind="completed", status="waiting",
        ended_on=date(2026, 10, 1), text=canary, fil=fil, kompetanse=rows.kompetanse, level=2,
    )  # fmt: skip


def _grant(rows: SimpleNamespace, people: dict[str, Ansatt], canary: str) -> None:
    rows.ordning = rapporter.Tilskuddsordning.objects.create(
        year=YEAR,
        name=canary,
        county=canary,
        ready_by=date(YEAR, 1, 15),
        deadline=date(YEAR, 3, 16),
        columns=columns.usual(),
    )
    rows.tilskudd = rapporter.Tilskuddssoknad.objects.create(ordning=rows.ordning, purpose=canary)
    rows.linje = rapporter.Tilskuddslinje.objects.create(
        soknad=rows.tilskudd, tiltak=rows.tiltak, priority=1, effect=canary
    )
    svar = rapporter.Tilskuddssvar.objects.create(
        soknad=rows.tilskudd,
        amount=1_000,
        received_on=date(YEAR, 5, 20),
        case_number=canary,
        conditions=canary,
        by=people["fagradgiver"],
    )
    svarlinje = rapporter.Svarlinje.objects.create(
        svar=svar, linje=rows.linje, granted=1_000, distributed=400
    )
    fordeling = rapporter.Fordeling.objects.create(svar=svar, reason=canary)
    rows.fordelingspost = rapporter.Fordelingspost.objects.create(
        fordeling=fordeling, svarlinje=svarlinje, enhet=rows.enhet, amount=400
    )
    _spending_and_report(rows, people, svarlinje, canary)


def _spending_and_report(
    rows: SimpleNamespace, people: dict[str, Ansatt], svarlinje: Any, canary: str
) -> None:
    by, svar = people["fagradgiver"], svarlinje.svar
    fil = files.store(b"%PDF-1.7 " + canary.encode(), name=f"{canary}.pdf", content_type=PDF)
    rows.svarlinje = svarlinje
    rows.tilskuddsbrev = rapporter.Tilskuddsbrev.objects.create(
        fordeling=rows.fordelingspost.fordeling, enhet=rows.enhet, fil=fil
    )
    rows.postering = rapporter.Postering.objects.create(
        svar=svar, svarlinje=svarlinje, voucher=canary, posted_on=date(2026, 9, 1), text=canary,
        amount=100, payer="own", by=by,
    )  # fmt: skip
    headings = ["Bilag", "Dato", "Beløp", "Prosjekt"]
    columns_of = dict(zip(("voucher", "posted_on", "amount", "line"), headings, strict=True))
    rows.innlesing = rapporter.Regnskapsinnlesing.objects.create(
        svar=svar, status="checked", file_name=canary, headings=headings, columns=columns_of,
        rows=[[2, [f"{canary} 2", "01.09.2026", "100", "1"]]], by=by,
    )  # fmt: skip
    second = rapporter.Svarlinje.objects.create(
        svar=svar,
        linje=rapporter.Tilskuddslinje.objects.create(
            soknad=rows.tilskudd, tiltak=_another_measure(canary), priority=2
        ),
    )
    rows.flytting = rapporter.Omdisponering.objects.create(
        svar=svar, source=svarlinje, target=second, amount=1, consented_by=canary,
        consented_on=date(2026, 9, 1), fil=fil, by=by,
    )  # fmt: skip
    rows.rapport = rapporter.Tilskuddsrapport.objects.create(
        svar=svar, texts={"competence": canary}, workbook=fil, filled=fil, attestation=fil
    )


def _another_measure(canary: str) -> planer.Tiltak:
    return planer.Tiltak.objects.create(year=YEAR, half="var", theme=f"{canary} 2")


def _support(rows: SimpleNamespace, canary: str) -> None:
    operator, _ = Operator.objects.get_or_create(
        email="drift@plattform.example", defaults={"name": "Olga Strand", "totp_sealed": "x"}
    )
    rows.stotteokt = Stotteokt.objects.create(
        operator=operator,
        operator_name=operator.name,
        reason=canary,
        minutes=30,
        asked_at=MOMENT,
        opened_at=MOMENT,
        ends_at=MOMENT + timedelta(minutes=30),
    )
    Regionkontakt.objects.create(function=canary)
    Regionoppslag.objects.create(key="plan:1", title=canary, lines=[[canary, canary]])


def _hrimport(rows: SimpleNamespace, people: dict[str, Ansatt], canary: str) -> None:
    rows.hrimport = Hrimport.objects.create(
        file_name=f"{canary}.csv",
        by=people["systemansvarlig"],
        status=Hrimport.Status.CHECKED,
        headings=[{"name": canary, "samples": [canary]}],
        columns={"number": canary},
        figures={"employees": 1, "new": 1, "faults": 1, "faulty_rows": 1, "missing": 1},
        message=canary,
        check_number=1,
    )
    for place, kind in enumerate(("new", "missing", "fault")):
        rows.hrimport.linjer.create(
            kind=kind,
            place=place,
            number="1",
            name=canary,
            text=canary,
            content={"cells": [canary]},
        )
    rows.hrnokkel = Hrnokkel.objects.create(name=canary, digest="0" * 64, tail="abcd")


def _notices(rows: SimpleNamespace, people: dict[str, Ansatt], canary: str) -> None:
    rows.varsel = Varsel.objects.create(
        key="verden",
        kind="test",
        recipient=people["ansatt"],
        address="a@example.no",
        subject=canary,
        body=canary,
        status="failed",
    )
    rows.kjoring = Kjoring.objects.create(kind=canary, by=people["fagradgiver"])
    rows.sletting = Sletting.objects.create(
        ansatt=people["kollega"], ground=Sletting.Ground.ASKED, held_reason=canary
    )
    rows.uttrekk = Uttrekk.objects.create(
        ansatt=people["systemansvarlig"],
        kind=Uttrekk.Kind.EVENTS,
        fil=files.store(canary.encode(), name=f"{canary}.csv", content_type="text/csv"),
        expires_at=MOMENT,
    )


def _logins(rows: SimpleNamespace, people: dict[str, Ansatt], canary: str) -> None:
    rows.tilbyder = innlogging.Tilbyder.objects.create(
        name=canary,
        kind="other",
        issuer="https://innlogging.example.invalid",
        client_id=canary,
        sealed_secret=sealing.seal(canary),
        match="number",
        claim="employeeid",
    )
    rows.identitet = innlogging.Identitet.objects.create(
        ansatt=people["kollega"], tilbyder=rows.tilbyder, subject=canary
    )
    rows.okt = innlogging.Okt.objects.create(
        bruker=people["kollega"].bruker, session_key=canary, device=canary
    )
    rows.passnokkel = Authenticator.objects.create(
        user=people["kollega"].bruker, type="webauthn", data={"name": canary, "credential": {}}
    )


def keys(world: World) -> dict[str, Any]:
    """Return the ids of the rows by noun."""
    return {noun: row.pk for noun, row in vars(world.rows).items()}
