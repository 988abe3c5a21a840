"""A grant that is decided, and the rule of binding time that asks for a contract on it."""

from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfWriter

from kompetanse import clock
from kompetanse.kommuner import files
from kompetanse.kommuner.responses import PDF
from kompetanse.organisasjon.models import Kompetanse, Niva
from soknader.actions import avtale as avtaler
from soknader.actions import brev
from soknader.models import Avtale, Bindingsregel, Soknad, Soknadsrunde, Svarbrev, Vedtak
from tests.soknader.saker import divided

S, Outcome = Soknad.Status, Vedtak.Outcome
NOVEMBER = datetime(2026, 11, 10, 9, tzinfo=clock.OSLO)


def at(year, month, day, hour=9):
    return clock.frozen(datetime(year, month, day, hour, tzinfo=clock.OSLO))


def a_pdf():
    """Return the bytes of a small PDF."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def november():
    with clock.frozen(NOVEMBER):
        yield NOVEMBER


@pytest.fixture
def regel(active):
    """30 000 kr or 20 days of leave ask for two years, falling by the month."""
    return Bindingsregel.objects.create(
        name="Lengre utdanning", from_amount=30_000, from_leave_days=20, months=24,
        exceptions="Kommunen krever ikke noe tilbake ved uførhet.",
    )  # fmt: skip


@pytest.fixture
def geriatri(active):
    for level, name in enumerate(("Ingen", "Grunnleggende", "God", "Svært god", "Ekspert")):
        Niva.objects.create(level=level, name=name)
    return Kompetanse.objects.create(name="Geriatri")


@pytest.fixture
def granted(november, runde, make_soknad, kristin):
    """Return a function that gives someone a letter with a grant of 34 000 kr and 12 days."""
    runde.status, runde.granted = Soknadsrunde.Status.ANSWERED, 0
    runde.save(update_fields=["status", "granted"])

    def grant(ansatt, *, amount=34_000, leave_days=12, outcome=Outcome.GRANTED, **fields):
        soknad = make_soknad(ansatt, status=S.ANSWERED, **fields)
        is_support = outcome in {Outcome.GRANTED, Outcome.PARTLY}
        vedtak = Vedtak.objects.create(
            soknad=soknad, status=Vedtak.Status.DECIDED, outcome=outcome,
            **divided(soknad, amount if is_support else 0),
            leave_days=leave_days if is_support else 0,
            reason="Vi prioriterte geriatri.", decided_at=clock.now(), decided_by=kristin,
        )  # fmt: skip
        fil = files.store(a_pdf(), name="brev.pdf", content_type=PDF)
        Svarbrev.objects.create(vedtak=vedtak, fil=fil, heading="Svar", sent_at=clock.now())
        runde.granted += vedtak.amount
        runde.save(update_fields=["granted"])
        return soknad

    return grant


@pytest.fixture
def accepted(granted, regel, kari):
    """Kari has said yes, and her contract waits for her."""
    return brev.accept(granted(kari), by=kari)


@pytest.fixture
def avtale(accepted):
    return Avtale.objects.get(soknad=accepted)


@pytest.fixture
def signed(avtale, kari, liv):
    """Both have signed; the study goes on."""
    avtaler.sign(avtale, name="Kari Nilsen", by=kari)
    return avtaler.countersign(avtale, name="Liv Berg", by=liv)
