"""M14, the year: postings by hand and from the ledger, moves with consent, never below zero."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from openpyxl import Workbook

from kompetanse import clock, tables
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import once
from kompetanse.kommuner.attachments import Attachment
from kompetanse.varsler.models import Varsel
from rapporter.actions import forbruk as actions
from rapporter.actions import innlesing
from rapporter.actions.forbruk import Consent, Entry
from rapporter.models import (
    Omdisponering,
    Postering,
    Regnskapsinnlesing,
    Svarlinje,
    Tilskuddsordning,
    Tilskuddsrapport,
)
from rapporter.queries import forbruk as queries
from rapporter.queries import innlesing as previews
from tests.rapporter.conftest import make_answer, make_tiltak
from tests.rapporter.test_m14_fordeling import plain

SEPTEMBER = datetime(2027, 9, 10, 9, tzinfo=clock.OSLO)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"
LEDGER = (
    "Bilag;Dato;Beløp;Prosjekt;Tekst\n"
    "1001;01.09.2027;12 000,40;P-GER;Studieavgift\n"
    "1002;02.09.2027;3.000,00;P-GER;Bøker\n"
    "1003;03.09.2027;500;P-GER;Reise\n"
    "1003;03.09.2027;500;P-GER;Reise\n"
    "1004;33.09.2027;500;P-GER;Feil dato\n"
    "1005;04.09.2027;500;P-UKJENT;Feil prosjekt\n"
)


@pytest.fixture
def september():
    with clock.frozen(SEPTEMBER):
        yield


@pytest.fixture
def svar(september, ordning, geriatri, veiledning, nord, frida):
    """30 000 kr: 1. veiledning 4 000, 2. geriatri 26 000 with account P-GER."""
    type(geriatri).objects.filter(pk=geriatri.pk).update(enhet=nord)
    svar = make_answer(ordning, {veiledning: 4_000, geriatri: 26_000}, by=frida)
    Svarlinje.objects.filter(linje__tiltak=geriatri).update(account="P-GER")
    return svar


def line(svar, start):
    return Svarlinje.objects.get(svar=svar, linje__tiltak__theme__startswith=start)


def entry(svarlinje, amount, voucher="1", **fields):
    values = {"posted_on": date(2027, 9, 1), "voucher": voucher} | fields
    return Entry(svarlinje=svarlinje, amount=amount, **values)


def upload(svar, *, by, text=LEDGER, name="regnskap.csv"):
    return receive(svar, text.encode(), name=name, by=by)


def receive(svar, content, *, name, by):
    return innlesing.receive(svar, tables.read(content, filename=name), file_name=name, by=by)


def test_m14_a_posting_runs_the_line_down_and_never_below_zero(svar, frida, as_user):
    path = f"/tilskudd/{svar.soknad_id}/forbruk/"
    form = {
        "svarlinje": line(svar, "Vid").pk, "voucher": "77",
        "posted_on": "01.09.2027", "amount": "20 000", "payer": "grant",
    }  # fmt: skip
    browser = as_user(frida)

    assert browser.post(f"{path}ny/", form).status_code == 302
    page = plain(browser.get(path))
    too_much = browser.post(f"{path}ny/", form | {"voucher": "78", "amount": "6 001"})

    assert "6\xa0000\xa0kr" in page
    assert too_much.status_code == 422
    assert "Det er 6\xa0000\xa0kr igjen på linja." in plain(too_much)
    assert line(svar, "Vid").remaining == 6_000


def test_m14_what_the_kommune_pays_itself_leaves_the_grant_alone(svar, frida):
    actions.post(svar, entry(line(svar, "Vid"), 90_000, payer="own"), by=frida)

    told = queries.accounts(svar)

    assert (told.spent, told.own_spent, told.remaining) == (0, 90_000, 30_000)


def test_m14_a_voucher_is_posted_once_and_a_credit_note_gives_back(svar, frida):
    actions.post(svar, entry(line(svar, "Vid"), 10_000), by=frida)

    with pytest.raises(DomainError, match="Bilag 1 er alt ført"):
        actions.post(svar, entry(line(svar, "Vei"), 100), by=frida)
    actions.post(svar, entry(line(svar, "Vid"), -4_000, "2"), by=frida)
    with pytest.raises(DomainError):
        actions.post(svar, entry(line(svar, "Vid"), -6_001, "3"), by=frida)

    assert line(svar, "Vid").spent == 6_000


def test_the_database_itself_refuses_to_overspend(svar):
    with pytest.raises(IntegrityError), transaction.atomic():
        Svarlinje.objects.filter(pk=line(svar, "Vid").pk).update(spent=26_001)


def test_m14_taking_away_gives_the_money_back(svar, frida, as_user):
    row = actions.post(svar, entry(line(svar, "Vid"), 10_000), by=frida)

    url = f"/tilskudd/{svar.soknad_id}/forbruk/{row.pk}/ta-bort/"
    assert [as_user(frida).post(url).status_code for _ in range(2)] == [302, 404]
    with pytest.raises(Postering.DoesNotExist):
        actions.take_away(row, by=frida)

    assert line(svar, "Vid").spent == 0
    assert not Postering.objects.exists()


def test_m14_the_ledger_is_previewed_with_row_errors_and_duplicates(svar, frida, as_user):
    file = SimpleUploadedFile("regnskap.csv", LEDGER.encode("cp1252"))
    browser = as_user(frida)

    answer = browser.post(f"/tilskudd/{svar.soknad_id}/forbruk/les-inn/", {"file": file})
    page = plain(browser.get(answer.url.removeprefix("/fjordvik")))

    assert "Rad 6: Datoen «33.09.2027» kan ikke leses." in page
    assert "Rad 7: Fant ingen linje for «P-UKJENT»." in page
    assert "Rad 5, bilag 1003: Raden står to ganger i filen." in page
    assert "15\xa0500\xa0kr" in page
    assert not Postering.objects.exists()


def test_m14_the_ledger_is_written_and_the_same_file_adds_nothing(svar, frida):
    read = upload(svar, by=frida)
    innlesing.write(read, rest_is_own=False, version=1, by=frida)
    again = upload(svar, by=frida)

    assert line(svar, "Vid").spent == 15_500
    assert len(previews.preview(again).duplicates) == 4
    with pytest.raises(DomainError, match="Ingen rader i filen er nye"):
        innlesing.write(again, rest_is_own=False, version=1, by=frida)
    assert Regnskapsinnlesing.objects.get(pk=read.pk).rows == []


def test_m14_the_columns_are_remembered_for_the_next_file(svar, frida, as_user):
    odd = "Ref;Når;Kr;P;Hva\n5;01.09.2027;100;P-GER;Bok\n"
    read = upload(svar, by=frida, text=odd)
    path = f"/tilskudd/{svar.soknad_id}/forbruk/les-inn/{read.pk}/"
    columns = {
        "version": 1, "voucher": "Ref", "posted_on": "Når", "amount": "Kr", "line": "P",
        "text": "Hva", "account": "",
    }  # fmt: skip
    browser = as_user(frida)

    assert read.status == "mapping"
    assert browser.post(path, columns | {"line": ""}).status_code == 422
    assert browser.post(path, columns).status_code == 302
    assert browser.post(f"{path}for/", {"versjon": "2"}).status_code == 302
    following = upload(svar, by=frida, text=odd.replace("5;", "6;", 1))

    assert following.status == "checked"
    assert following.columns["amount"] == "Kr"


def test_m14_what_a_line_cannot_bear_becomes_own_share_only_when_chosen(svar, frida):
    read = upload(svar, by=frida, text=LEDGER.replace("12 000,40", "40 000"))

    with pytest.raises(DomainError):
        innlesing.write(read, rest_is_own=False, version=1, by=frida)
    innlesing.write(read, rest_is_own=True, version=1, by=frida)

    told = queries.accounts(svar)
    assert (line(svar, "Vid").remaining, told.own_spent) == (0, 17_500)
    assert told.spent + told.own_spent == 43_500


def test_m14_the_same_voucher_on_two_grants_is_warned_of(svar, frida, fokus, as_user):
    actions.post(svar, entry(line(svar, "Vid"), 100, "1001"), by=frida)
    other = Tilskuddsordning.objects.create(
        year=2027, name="Lønnstilskudd", county="F", ready_by=date(2027, 1, 1),
        deadline=date(2027, 6, 1),
    )  # fmt: skip
    second = make_answer(other, {make_tiltak("Master", fokus): 9_000}, by=frida)
    read = upload(second, by=frida, text="Bilag;Dato;Beløp;Prosjekt\n1001;01.09.2027;100;1\n")
    innlesing.write(read, rest_is_own=False, version=1, by=frida)

    assert previews.preview(upload(second, by=frida, text="Bilag;Dato;Beløp;Prosjekt\n")).rows == ()
    page = plain(as_user(frida).get(f"/tilskudd/{svar.soknad_id}/forbruk/"))
    assert "Bilag 1001 er også ført på Lønnstilskudd 2027." in page


def test_m14_money_moves_between_lines_only_with_the_countys_letter(svar, frida, liv, as_user):
    path = f"/tilskudd/{svar.soknad_id}/forbruk/flytt/"
    form = {
        "source": line(svar, "Vid").pk, "target": line(svar, "Vei").pk, "amount": "5 000",
        "consented_by": "Rådgiver Berg", "consented_on": "01.09.2027",
        "engangsnokkel": once.new_token(),
    }  # fmt: skip
    browser = as_user(frida)

    without = browser.post(path, form)
    moved = browser.post(path, form | {"letter": SimpleUploadedFile("samtykke.pdf", PDF)})

    assert without.status_code == 422
    assert "Uten det kan ingenting flyttes." in plain(without)
    assert moved.status_code == 302
    assert (line(svar, "Vid").available, line(svar, "Vei").available) == (21_000, 9_000)
    page = plain(browser.get(f"/tilskudd/{svar.soknad_id}/forbruk/"))
    assert "Samtykke fra Rådgiver Berg" in page
    letter = f"/tilskudd/{svar.soknad_id}/forbruk/samtykke/{Omdisponering.objects.get().pk}/"
    assert browser.get(letter).content == PDF
    assert Varsel.objects.filter(kind="omdisponering.move", recipient=liv).count() == 1


def test_what_is_spent_cannot_be_moved_away(svar, frida):
    actions.post(svar, entry(line(svar, "Vid"), 24_000), by=frida)
    consent = Consent("Berg", date(2027, 9, 1), Attachment("s.pdf", PDF, "application/pdf"))

    with pytest.raises(DomainError):
        actions.move(
            svar, source=line(svar, "Vid"), target=line(svar, "Vei"), amount=2_001,
            consent=consent, by=frida,
        )  # fmt: skip
    assert line(svar, "Vid").moved == 0


def test_the_accounts_are_closed_when_the_report_is_put_forward(svar, frida, as_user):
    Tilskuddsrapport.objects.create(svar=svar, status="proposed", snapshot={})

    with pytest.raises(TransitionError):
        actions.post(svar, entry(line(svar, "Vid"), 1), by=frida)
    page = plain(as_user(frida).get(f"/tilskudd/{svar.soknad_id}/forbruk/"))
    assert "Før en postering" not in page


def test_an_executive_reads_the_accounts_and_cannot_post(svar, dagny, kari, as_user):
    path = f"/tilskudd/{svar.soknad_id}/forbruk/"

    assert as_user(dagny).get(path).status_code == 200
    assert as_user(dagny).get(f"{path}ny/").status_code == 403
    assert as_user(kari).get(path).status_code == 403


def test_a_hostile_file_is_refused_with_a_sentence(svar, frida, as_user):
    path = f"/tilskudd/{svar.soknad_id}/forbruk/les-inn/"
    for name, content in (("r.csv", b"\0\0\0"), ("r.xlsx", b"PK\x03\x04"), ("r.exe", b"MZ")):
        answer = as_user(frida).post(path, {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422, name
    assert not Regnskapsinnlesing.objects.exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_whatever_the_postings(svar, frida, as_user, queries_of, rows):
    for number in range(rows):
        actions.post(svar, entry(line(svar, "Vid"), 10, str(number)), by=frida)

    assert queries_of(as_user(frida), f"/tilskudd/{svar.soknad_id}/forbruk/") <= 10


def test_accounts_can_change_places_and_are_never_the_same(svar, frida):
    first, second = line(svar, "Vei"), line(svar, "Vid")
    actions.name_accounts(svar, {first.pk: "P-GER", second.pk: "P-VEI"}, by=frida)

    assert (line(svar, "Vei").account, line(svar, "Vid").account) == ("P-GER", "P-VEI")
    with pytest.raises(DomainError):
        actions.name_accounts(svar, {first.pk: "X", second.pk: "X"}, by=frida)


def test_m14_a_workbook_from_the_ledger_reads_like_a_csv(svar, frida):
    book = Workbook()
    book.active.append(["Bilag", "Dato", "Beløp", "Prosjekt"])
    book.active.append([2001, date(2027, 9, 1), 1250.5, "P-GER"])
    file = BytesIO()
    book.save(file)

    read = receive(svar, file.getvalue(), name="r.xlsx", by=frida)

    row = previews.preview(read).new[0]
    assert (row.voucher, row.posted_on, row.amount) == ("2001", date(2027, 9, 1), 1_251)


def test_a_voucher_number_that_excel_holds_as_a_figure_is_known_again(svar, frida):
    actions.post(svar, entry(line(svar, "Vid"), 100, "2001"), by=frida)
    book = Workbook()
    book.active.append(["Bilag", "Dato", "Beløp", "Prosjekt"])
    book.active.append([2001.0, date(2027, 9, 1), 100, "P-GER"])
    file = BytesIO()
    book.save(file)
    read = receive(svar, file.getvalue(), name="r.xlsx", by=frida)
    Regnskapsinnlesing.objects.filter(pk=read.pk).update(
        rows=[[2, [2001.0, "01.09.2027", 100, "P-GER"]], [3, ["  2001 ", "01.09.2027", 9, "1"]]]
    )

    found = previews.preview(Regnskapsinnlesing.objects.get(pk=read.pk))

    assert [row.voucher for row in found.duplicates] == ["2001", "2001"]
    assert found.new == []


def test_the_account_of_one_line_is_never_read_as_the_priority_of_another(svar, frida):
    first, second = line(svar, "Vei"), line(svar, "Vid")
    actions.name_accounts(svar, {first.pk: "2", second.pk: ""}, by=frida)
    read = upload(svar, by=frida, text="Bilag;Dato;Beløp;Prosjekt\n7;01.09.2027;100;2\n")

    innlesing.write(read, rest_is_own=False, version=1, by=frida)

    assert (line(svar, "Vei").spent, line(svar, "Vid").spent) == (100, 0)


@pytest.mark.parametrize("order", [(40_000, -20_000), (-20_000, 40_000)])
def test_a_cost_and_its_credit_note_in_one_file_fit_in_whichever_order(svar, frida, order):
    rows = "".join(f"{n};01.09.2027;{kr};P-GER\n" for n, kr in enumerate(order))
    read = upload(svar, by=frida, text=f"Bilag;Dato;Beløp;Prosjekt\n{rows}")

    innlesing.write(read, rest_is_own=False, version=1, by=frida)

    told = queries.accounts(svar)
    assert (told.spent, told.own_spent) == (20_000, 0)


def test_a_file_that_gives_back_more_than_is_spent_is_refused_whole(svar, frida):
    text = "Bilag;Dato;Beløp;Prosjekt\n1;01.09.2027;10;1\n2;01.09.2027;-20;P-GER\n"
    read = upload(svar, by=frida, text=text)

    with pytest.raises(DomainError, match="Krediteringen er større"):
        innlesing.write(read, rest_is_own=False, version=1, by=frida)

    assert not Postering.objects.exists()
