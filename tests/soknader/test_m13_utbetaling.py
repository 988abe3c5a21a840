"""Receipts against the grant: sent by the employee, answered by the leader, listed for payroll."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from kompetanse import clock, tables
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import once
from kompetanse.kommuner.attachments import Attachment
from kompetanse.varsler.models import Varsel
from kompetanse.varsler.oppgaver import waiting_for
from soknader.actions import brev, vedtak
from soknader.actions import utbetaling as actions
from soknader.actions.innhold import Content
from soknader.models import Inhabilitet, Soknadsrunde, Tilsagn, Utbetaling, Vedtak
from tests.soknader.avtaler import a_pdf

S = Utbetaling.Status


def fields(tilsagn, **more):
    file = SimpleUploadedFile("kvittering.pdf", a_pdf(), content_type="application/pdf")
    told = {"tilsagn": tilsagn.pk, "amount": "5 000", "spent_on": "01.11.2026", "file": file}
    return told | {"engangsnokkel": once.new_token()} | more


def tuition(soknad):
    return Tilsagn.objects.get(soknad=soknad, kind="tuition")


def sent(soknad, by, amount=5_000):
    receipt = Attachment("kvittering.pdf", a_pdf(), "application/pdf")
    return actions.send(
        tuition(soknad), receipt, amount=amount, spent_on=date(2026, 11, 1), text="", by=by
    )


def keys(actor):
    return {each.key.partition(":")[0] for each in waiting_for(actor, on=clock.today())}


def test_m13_from_receipt_to_payroll_through_the_pages(signed, accepted, kari, liv, frida, as_user):
    employee, leader, advisor = as_user(kari), as_user(liv), as_user(frida)
    address = f"/mine/{accepted.pk}/utbetaling/"

    assert employee.post(address, fields(tuition(accepted))).status_code == 302

    utbetaling = Utbetaling.objects.get()
    assert Varsel.objects.get(kind="utbetaling.send").recipient == liv
    assert "utbetaling.approve" in keys(liv)
    page = leader.get(f"/utbetalinger/{utbetaling.pk}/").content.decode().replace("\xa0", " ")
    assert "Kvittering fra Kari Nilsen" in page
    assert leader.get(f"/utbetalinger/{utbetaling.pk}/bilag/").content.startswith(b"%PDF")
    leader.post(f"/utbetalinger/{utbetaling.pk}/", {"verdict": "approve", "amount": "4 500"})
    utbetaling.refresh_from_db()
    assert (utbetaling.status, utbetaling.approved) == (S.APPROVED, 4_500)
    assert tuition(accepted).left == 25_500
    assert "utbetaling.transfer" in keys(frida)
    content = advisor.get("/utbetalinger/lonn.xlsx").content
    (sheet,) = tables.read_book(content, filename="lonn.xlsx")
    assert "4500" in str(sheet.rows[-1].cells)
    advisor.post("/utbetalinger/overfort/", {"antall": "1"})
    utbetaling.refresh_from_db()
    assert utbetaling.status == S.PAID
    assert "utbetaling.transfer" not in keys(frida)
    assert "25 500 kr" in employee.get(address).content.decode().replace("\xa0", " ")


def test_nothing_is_paid_before_both_have_signed(avtale, accepted, kari, as_user):
    page = as_user(kari).get(f"/mine/{accepted.pk}/utbetaling/").content.decode()

    assert "når både du og kommunen har signert avtalen" in page
    assert 'name="amount"' not in page
    with pytest.raises(DomainError):
        sent(accepted, kari)


def test_without_a_contract_receipts_are_taken_at_once(granted, kari):
    soknad = brev.accept(granted(kari), by=kari)

    assert sent(soknad, kari).status == S.SENT


def test_a_receipt_larger_than_what_is_left_is_approved_in_part(signed, accepted, kari, liv):
    receipt = sent(accepted, kari, amount=40_000)

    with pytest.raises(DomainError):
        actions.approve(receipt, amount=30_001, by=liv)
    actions.approve(receipt, amount=30_000, by=liv)

    assert tuition(accepted).left == 0
    with pytest.raises(DomainError):
        sent(accepted, kari)


def test_a_receipt_that_waits_when_the_support_is_declined_is_not_paid(
    signed, accepted, kari, liv, as_user
):
    waiting = sent(accepted, kari)
    brev.decline(accepted, by=kari)

    answer = {"verdict": "approve", "amount": "5 000"}
    refused = as_user(liv).post(f"/utbetalinger/{waiting.pk}/", answer)

    assert refused.status_code == 422
    assert "Den ansatte har ikke lenger denne støtten" in refused.content.decode()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.tilsagn.paid) == ("sent", 0)


def test_the_database_never_pays_more_than_is_promised(signed, accepted):
    with pytest.raises(IntegrityError), transaction.atomic():
        Tilsagn.objects.filter(kind="tuition").update(paid=30_001)


def test_more_than_the_receipt_is_refused_in_the_form(signed, accepted, kari, liv, as_user):
    receipt = sent(accepted, kari)

    answer = as_user(liv).post(
        f"/utbetalinger/{receipt.pk}/", {"verdict": "approve", "amount": "5 001"}
    )

    assert answer.status_code == 422
    assert "Kvitteringen er på" in answer.content.decode()
    assert tuition(accepted).paid == 0


def test_a_refusal_has_its_reason_and_the_employee_reads_it(signed, accepted, kari, liv, as_user):
    receipt = sent(accepted, kari)
    address = f"/utbetalinger/{receipt.pk}/"

    assert as_user(liv).post(address, {"verdict": "refuse"}).status_code == 422
    as_user(liv).post(address, {"verdict": "refuse", "reason": "Gjelder ikke studiet."})

    page = as_user(kari).get(f"/mine/{accepted.pk}/utbetaling/").content.decode()
    assert "Gjelder ikke studiet." in page
    assert tuition(accepted).paid == 0
    with pytest.raises(TransitionError):
        actions.approve(receipt, amount=1, by=liv)


def test_nobody_approves_an_own_receipt(granted, liv, vidar):
    soknad = brev.accept(granted(liv), by=liv)
    receipt = sent(soknad, liv)

    with pytest.raises(PermissionDenied):
        actions.approve(receipt, amount=1, by=liv)
    assert "utbetaling.approve" not in keys(liv)
    assert "utbetaling.approve" in keys(vidar)
    assert actions.approve(receipt, amount=1, by=vidar).status == S.APPROVED


def test_who_is_not_impartial_approves_nothing(signed, accepted, kari, liv):
    receipt = sent(accepted, kari)
    Inhabilitet.objects.create(soknad=accepted, ansatt=liv, ground="family")

    with pytest.raises(PermissionDenied):
        actions.approve(receipt, amount=1, by=liv)


def test_a_stranger_sees_neither_receipt_nor_list(
    signed, accepted, kari, ola, siri, turid, as_user
):
    receipt = sent(accepted, kari)

    for person in (ola, siri, turid):
        assert as_user(person).get(f"/utbetalinger/{receipt.pk}/bilag/").status_code == 404
        answer = as_user(person).get("/utbetalinger/")
        assert answer.status_code == 403 or "Kari" not in answer.content.decode()
    assert as_user(ola).get(f"/mine/{accepted.pk}/utbetaling/").status_code == 404


def test_only_a_known_kind_of_file_is_a_receipt(signed, accepted, kari, as_user):
    file = SimpleUploadedFile("kvittering.exe", b"MZ", content_type="application/pdf")

    answer = as_user(kari).post(
        f"/mine/{accepted.pk}/utbetaling/", fields(tuition(accepted), file=file)
    )

    assert answer.status_code == 422
    assert Utbetaling.objects.count() == 0


def test_anothers_promise_is_no_choice(signed, accepted, granted, kari, ola, as_user):
    brev.accept(granted(ola), by=ola)
    foreign = Tilsagn.objects.filter(soknad__ansatt=ola).first()

    answer = as_user(kari).post(f"/mine/{accepted.pk}/utbetaling/", fields(foreign))

    assert answer.status_code == 422
    assert Utbetaling.objects.count() == 0


def test_a_list_that_has_grown_is_not_marked(signed, accepted, kari, liv, frida, as_user):
    for _ in range(2):
        actions.approve(sent(accepted, kari), amount=100, by=liv)

    assert as_user(frida).post("/utbetalinger/overfort/", {"antall": "1"}).status_code == 409
    assert Utbetaling.objects.filter(status=S.PAID).count() == 0


@pytest.mark.parametrize("number", [1, 30])
def test_the_lists_cost_the_same_whatever_the_number(
    signed, accepted, kari, liv, frida, as_user, queries_of, number
):
    for _ in range(number):
        sent(accepted, kari, amount=100)

    assert queries_of(as_user(liv), "/utbetalinger/") == 5
    assert queries_of(as_user(kari), f"/mine/{accepted.pk}/utbetaling/") <= 9


def test_the_payroll_list_is_a_workbook(signed, accepted, kari, liv, frida, as_user):
    actions.approve(sent(accepted, kari), amount=100, by=liv)

    content = as_user(frida).get("/utbetalinger/lonn.xlsx").content

    assert BytesIO(content).read(2) == b"PK"


def test_m13_a_receipt_is_not_approved_after_a_no_and_the_money_is_not_given_twice(
    signed, accepted, kari, liv
):
    waits = sent(accepted, kari)
    brev.decline(accepted, by=kari)

    with pytest.raises(DomainError):
        actions.approve(waits, amount=5_000, by=liv)

    assert tuition(accepted).paid == 0
    refused = actions.refuse(waits, reason="Takket nei", by=liv)
    assert refused.status == S.REFUSED


def test_m13_a_new_decision_holds_what_is_paid_of_each_kind(signed, accepted, kari, liv, kristin):
    actions.approve(sent(accepted, kari), amount=5_000, by=liv)
    old = Vedtak.objects.get(soknad=accepted, status="decided")
    parts = {"tuition": 4_999, "books": 1_000}

    for wanted in (
        Content(outcome="refused", reason="Feil"),
        Content(outcome="partly", amount=5_999, reason="Mindre", parts=parts),
    ):
        with pytest.raises(DomainError, match="betalt ut 5\xa0000\xa0kr"):
            vedtak.replace(old, wanted, by=kristin)
    new = vedtak.replace(
        old, Content(outcome="partly", amount=5_000, reason="Nok", parts={"tuition": 5_000}),
        by=kristin,
    )  # fmt: skip

    assert new.amount == Soknadsrunde.objects.get().granted == 5_000
