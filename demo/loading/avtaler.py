"""Studies of an earlier round: granted, signed, paid, followed, and ended in different ways."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from demo.loading import soknader
from demo.loading.register import Register
from kompetanse import clock
from kompetanse.kommuner import attachments
from soknader.actions import (
    avtale,
    bindingsregel,
    brev,
    brudd,
    framdrift,
    utbetaling,
    utsending,
    vedtak,
)
from soknader.actions import prioritering as ranking
from soknader.actions import runde as runder
from soknader.actions.brudd import Brudd
from soknader.actions.framdrift import Melding
from soknader.actions.innhold import Content
from soknader.documents import brev as documents
from soknader.models import Avtale, Framdrift, Soknad, Soknadsrunde, Tilsagn
from soknader.queries import avtale as avtaler
from soknader.queries import brev as letters
from soknader.queries import endring
from soknader.queries import framdrift as studier
from soknader.rules import bindingstid

Row = Mapping[str, Any]
K = Framdrift.Kind

# What was sent after this day still waits for the leader when the demonstration begins.
LATELY = date(2026, 8, 1)
# A page with one line of text, as small as a PDF can be.
RECEIPT = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def load(register: Register) -> None:
    """Let the round of two years ago, and all that followed it, have happened."""
    told = register.file("avtaler")
    with clock.frozen(clock.start_of(told["runde"]["opens"] - timedelta(days=7), hour=9)):
        for row in told["regel"]:
            bindingsregel.add(by=register.advisor, **row)
        runde = runder.prepare(by=register.advisor, **told["runde"])
    for row, soknad in _granted(register, runde, told["studium"]):
        follow(register, row, soknad)


def _granted(register: Register, runde: Soknadsrunde, rows: list[Row]) -> list[tuple[Row, Soknad]]:
    """Return the round's applications, granted in full and accepted, each with its row."""
    advisor = register.advisor
    with at(runde.opens):
        runde = runder.open(runde, by=advisor)
    deadline = runde.deadline
    sent = soknader.apply(register, runde, rows, at=lambda n: clock.start_of(deadline, hour=9 + n))
    with at(runde.meeting_on):
        runde = ranking.start(runde, by=advisor)
        for soknad in sent:
            content = Content(
                outcome="granted", amount=soknad.amount, leave_days=soknad.leave_days or 0,
                reason="Utdanningen svarer på et behov i enheten.",
            )  # fmt: skip
            vedtak.draft(soknad, content, version=endring.version(soknad), by=advisor)
        vedtak.decide(runde, by=advisor)
    with at(runde.answer_by):
        write(runde)
        utsending.send(runde, count=len(sent), by=advisor)
        utsending.send_now(runde, count=len(sent), by=advisor)
        accepted = [brev.accept(soknad, by=soknad.ansatt) for soknad in sent]
    return list(zip(rows, accepted, strict=True))


def write(runde: Soknadsrunde) -> None:
    """Write the letters on every decision of the round."""
    counts, on = letters.counts(runde), clock.today()
    for decision in letters.for_letters(letters.unwritten(runde)):
        letter = letters.letter(decision, on=on, counts=counts)
        heading = documents.text(letter).heading
        brev.keep(decision, content=documents.letter_pdf(letter), heading=heading)


def follow(register: Register, row: Row, soknad: Soknad) -> None:
    """Let what the row tells have happened after the yes: contract, receipts, progress, end."""
    signed = soknad.runde.accept_by
    contract = _signed(soknad, on=signed)
    for kind, amount, on in row.get("kvitteringer", ()):
        _pay(register, soknad, kind=kind, amount=amount, on=on)
    for term in _terms(row):
        with at(term):
            framdrift.report(soknad, Melding(kind=K.IN_PROGRESS), by=soknad.ansatt)
    if "forsinket" in row:
        with at(row["ends"]):
            melding = Melding(kind=K.DELAYED, ends=row["forsinket"], text="Eksamen ble flyttet.")
            framdrift.report(soknad, melding, by=soknad.ansatt)
    if "ferdig" in row:
        _complete(register, row, soknad)
    if "avbrutt" in row and contract is not None:
        _break_off(register, row, soknad, contract)


def _signed(soknad: Soknad, *, on: date) -> Avtale | None:
    contract, signer = avtaler.in_force_for(soknad), avtaler.signer_of(soknad)
    if contract is None or signer is None:
        return contract
    with at(on):
        avtale.sign(contract, name=soknad.ansatt.full_name, by=soknad.ansatt)
        return avtale.countersign(contract, name=signer.full_name, by=signer)


def _pay(register: Register, soknad: Soknad, *, kind: str, amount: int, on: date) -> None:
    """Send the receipt; it is approved and handed over, unless it came days ago."""
    tilsagn = Tilsagn.objects.get(soknad=soknad, kind=kind)
    with at(on):
        sent = utbetaling.send(
            tilsagn, attachments.checked("kvittering.pdf", RECEIPT), amount=amount, spent_on=on,
            text="", by=soknad.ansatt,
        )  # fmt: skip
    leader = avtaler.signer_of(soknad)
    if leader is None or on >= LATELY:
        return
    with at(on + timedelta(days=7)):
        utbetaling.approve(sent, amount=amount, by=leader)
        utbetaling.transfer(count=1, by=register.advisor)


def _complete(register: Register, row: Row, soknad: Soknad) -> None:
    evidence = attachments.checked("vitnemal.pdf", RECEIPT)
    kompetanse = register.competences.get(row.get("kompetanse", ""))
    level = row.get("niva") if kompetanse else None
    with at(row["ferdig"]):
        melding = Melding(
            kind=K.COMPLETED, ended_on=row["ferdig"], kompetanse=kompetanse, level=level,
            evidence=evidence,
        )  # fmt: skip
        told = framdrift.report(soknad, melding, by=soknad.ansatt)
    leader = studier.confirmer_of(soknad)
    if leader is not None:
        with at(row["ferdig"] + timedelta(days=5)):
            framdrift.confirm(told, kompetanse=kompetanse, level=level, by=leader)


def _break_off(register: Register, row: Row, soknad: Soknad, contract: Avtale) -> None:
    on = row["avbrutt"]
    first_due = clock.add_months(on.replace(day=1), 2)
    with at(on):
        text = "Jeg fikk ikke studiet til å gå sammen med turnusen."
        melding = Melding(kind=K.BROKEN_OFF, ended_on=on, text=text)
        framdrift.report(soknad, melding, by=soknad.ansatt)
        told = Brudd(
            ground="broken_off", on=on, note="Avtalt nedbetaling over seks måneder.",
            instalments=6, first_due=first_due,
        )  # fmt: skip
        broken = brudd.breach(contract, told, by=register.advisor)
    plan = bindingstid.instalments(broken.debt, number=6, first_due=first_due)
    for day, amount in plan[:3]:
        with at(day):
            brudd.repay(broken, amount=amount, paid_on=day, by=register.advisor)


def _terms(row: Row) -> list[date]:
    """Return the days on which the employee told that all goes well: the ends of the terms."""
    over = row.get("ferdig") or row.get("avbrutt") or row["ends"]
    ends = (date(2025, 6, 20), date(2025, 12, 15), date(2026, 6, 20))
    return [end for end in ends if row["starts"] < end < over]


def at(day: date) -> Any:
    return clock.frozen(clock.start_of(day, hour=12))
