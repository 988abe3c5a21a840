"""The worksheet: out to Excel, back with changes, conflicts told, and written all or nothing."""

import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from kompetanse.kommuner.models import AuditEvent
from soknader.actions import endring as endringer
from soknader.actions import prioritering, vedtak
from soknader.actions.innhold import Content
from soknader.models import Endring, Inhabilitet, Soknad, Vedtak
from tests.soknader.saker import make_draft, make_runde, make_sak, order, version

OUTCOME, AMOUNT, DAYS, REASON, RANK_REASON = (
    "Utfall", "Beløp (kr)", "Dager fri", "Begrunnelse", "Grunn til plassen",
)  # fmt: skip


@pytest.fixture
def runde(active, october):
    return make_runde()


@pytest.fixture
def saker(runde, kari, ola, liv):
    return [make_sak(ansatt, runde) for ansatt in (kari, ola, liv)]


def taken_out(browser, runde):
    """The workbook, and where its headings stand."""
    response = browser.get(f"/prioritering/{runde.pk}/arbeidsark.xlsx")
    book = load_workbook(io.BytesIO(response.content))
    return book, {cell.value: cell.column for cell in book.active[1]}


def write(book, heads, number, **cells):
    """Write in the row of the case; `cells` by heading, with _ for space."""
    row = next(
        row for row in book.active.iter_rows(min_row=2) if row[heads["Sak"] - 1].value == number
    )
    for heading, value in cells.items():
        row[heads[heading.replace("_", " ")] - 1].value = value


def brought_back(browser, runde, book):
    file = io.BytesIO()
    book.save(file)
    upload = SimpleUploadedFile("ark.xlsx", file.getvalue())
    return browser.post(f"/prioritering/{runde.pk}/arbeidsark/", {"file": upload, "lagre": "1"})


def seal(response):
    found = re.search(r'name="ark" value="([^"]+)"', response.content.decode())
    return html.unescape(found.group(1)) if found else None


def confirm(browser, runde, response):
    url = f"/prioritering/{runde.pk}/arbeidsark/lagre/"
    return browser.post(url, {"ark": seal(response)})


def test_out_and_back_with_order_points_draft_and_reason_as_one_change(
    as_user, frida, runde, saker
):
    browser = as_user(frida)
    book, heads = taken_out(browser, runde)
    points = [head for head in heads if head.startswith("Dine poeng")]
    write(book, heads, 3, Plass=1, Grunn_til_plassen="Vakante stillinger")
    write(book, heads, 1, Utfall="Delvis innvilget", Begrunnelse="Rammen")
    book.active.cell(2, heads[AMOUNT]).value = 12000
    book.active.cell(2, heads[DAYS]).value = 4
    for head, value in zip(points, (3, 1), strict=True):
        book.active.cell(3, heads[head]).value = value

    looked_at = brought_back(browser, runde, book)
    page = looked_at.content.decode()
    assert looked_at.status_code == 200
    for told in ("3 saker blir endret", "Plass: 3 → 1", "Utfall: – → Delvis innvilget",
                 "Beløp: 0\xa0kr → 12\xa0000\xa0kr", "Dine poeng: – → 3, 1"):  # fmt: skip
        assert told in page, told
    assert order(runde) == [1, 2, 3]
    assert not Endring.objects.exists()

    assert confirm(browser, runde, looked_at).status_code == 302

    assert order(runde) == [3, 1, 2]
    draft = Vedtak.objects.get()
    assert (draft.soknad_id, draft.outcome, draft.amount, draft.leave_days, draft.reason) == (
        saker[0].pk, "partly", 12_000, 4, "Rammen",
    )  # fmt: skip
    assert [p.points for p in saker[1].poeng.order_by("kriterium__order")] == [3, 1]
    assert Soknad.objects.get(pk=saker[2].pk).rank_reason == "Vakante stillinger"
    whole = Endring.objects.get(part_of=None)
    assert whole.text == "Leste inn et Excel-ark med 3 endrede saker."

    endringer.undo(whole, by=frida)
    assert order(runde) == [1, 2, 3]
    assert not Vedtak.objects.exists()
    assert not saker[1].poeng.exists()
    assert Soknad.objects.get(pk=saker[2].pk).rank_reason == ""


def test_a_worksheet_nobody_has_touched_changes_nothing_whatever_others_did(
    as_user, frida, vidar, runde, saker
):
    book, _heads = taken_out(as_user(frida), runde)
    prioritering.move(saker[0], place=3, version=1, by=vidar)
    vedtak.draft(saker[1], Content(outcome="waiting"), version=0, by=vidar)

    response = brought_back(as_user(frida), runde, book)

    assert response.status_code == 200
    assert "Ingenting er endret i arket." in response.content.decode()
    assert seal(response) is None


def test_what_others_have_changed_meanwhile_is_told_and_stops_all_of_it(
    as_user, frida, vidar, runde, saker
):
    book, heads = taken_out(as_user(frida), runde)
    write(book, heads, 1, Plass=2)
    write(book, heads, 2, Utfall="Avslag", Begrunnelse="Få plasser")
    prioritering.move(saker[0], place=3, version=1, by=vidar)
    vedtak.draft(saker[1], Content(outcome="waiting"), version=0, by=vidar)

    response = brought_back(as_user(frida), runde, book)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Vidar Dahl: Flyttet sak 1 fra plass 1 til plass 3." in page
    assert "Sak 2 er endret siden arket ble lastet ned." in page
    assert "Vidar Dahl: Satte utkast på sak 2: Venteliste." in page
    assert seal(response) is None


def test_a_change_between_the_look_and_the_yes_stops_all_of_it(as_user, frida, vidar, runde, saker):
    browser = as_user(frida)
    book, heads = taken_out(browser, runde)
    write(book, heads, 1, Plass=3)
    write(book, heads, 2, Utfall="Venteliste")
    looked_at = brought_back(browser, runde, book)
    vedtak.draft(saker[1], Content(outcome="refused", reason="Nei"), version=0, by=vidar)

    response = confirm(browser, runde, looked_at)

    assert response.status_code == 409
    assert "Vidar Dahl: Satte utkast på sak 2: Avslag." in response.content.decode()
    assert order(runde) == [1, 2, 3]
    assert Vedtak.objects.get().outcome == "refused"
    assert version(saker[0]) == 0


def test_each_row_that_is_wrong_is_told_with_its_number(as_user, frida, runde, saker):
    book, heads = taken_out(as_user(frida), runde)
    write(book, heads, 1, Utfall="Kanskje")
    write(book, heads, 2, Utfall="Innvilget")
    book.active.cell(3, heads[AMOUNT]).value = 90000
    write(book, heads, 3, Plass="to")
    book.active.append([99, 4])

    response = brought_back(as_user(frida), runde, book)

    page = response.content.decode()
    assert response.status_code == 422
    for told in ("Rad 2: «Kanskje» er ikke et utfall.", "Rad 3: Det er søkt om 30\xa0000\xa0kr",
                 "Rad 4: Skriv plassen med et helt tall.", "Rad 5: Saken finnes ikke"):  # fmt: skip
        assert told in page, told
    assert seal(response) is None


def test_two_that_are_moved_to_the_same_place_are_refused(as_user, frida, runde, saker):
    book, heads = taken_out(as_user(frida), runde)
    write(book, heads, 2, Plass=1)
    write(book, heads, 3, Plass=1)

    page = brought_back(as_user(frida), runde, book).content.decode()

    assert "Sak 3 og sak 2 er flyttet til samme plass, 1." in page


def test_who_is_not_impartial_cannot_change_the_case_in_excel(as_user, frida, vidar, runde, kari):
    own, declared = make_sak(frida, runde), make_sak(kari, runde)
    Inhabilitet.objects.create(soknad=declared, ansatt=frida, ground="family")
    make_draft(own, "refused", reason="kanari-eget-avslag")
    browser = as_user(frida)
    book, heads = taken_out(browser, runde)
    cells = [str(c.value) for row in book.active.iter_rows() for c in row]
    assert not [cell for cell in cells if "kanari" in cell or cell == "Avslag"]
    write(book, heads, 1, Utfall="Innvilget")
    write(book, heads, 2, Plass=1)

    response = brought_back(browser, runde, book)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Rad 2: Du er inhabil i sak 1 og kan ikke endre den." in page
    assert "Rad 3: Du er inhabil i sak 2 og kan ikke endre den." in page


def test_who_declares_after_the_look_is_stopped_by_the_verb(as_user, frida, runde, saker):
    browser = as_user(frida)
    book, heads = taken_out(browser, runde)
    write(book, heads, 1, Utfall="Venteliste")
    looked_at = brought_back(browser, runde, book)
    Inhabilitet.objects.create(soknad=saker[0], ansatt=frida, ground="family")

    assert confirm(browser, runde, looked_at).status_code == 403
    assert not Vedtak.objects.exists()


def test_a_changed_mark_and_a_seal_of_others_are_refused(as_user, frida, runde, saker):
    browser = as_user(frida)
    book, heads = taken_out(browser, runde)
    book.active.cell(2, heads["Ikke endre"]).value = "1.1.x"
    assert "Kolonnen «Ikke endre» er endret." in brought_back(browser, runde, book).content.decode()

    response = browser.post(f"/prioritering/{runde.pk}/arbeidsark/lagre/", {"ark": "tull:1:2"})
    assert response.status_code == 409


@pytest.mark.parametrize(
    ("name", "content"),
    [("ark.xlsx", b"PK\x03\x04tull"), ("ark.xlsx", b"<html></html>"), ("ark.csv", b"\x00\x01"),
     ("ark.xlsm", b"PK"), ("ark.csv", b"Sak;Plass\n1;2\n")],
)  # fmt: skip
def test_a_hostile_or_foreign_file_gets_a_sentence(as_user, frida, runde, saker, name, content):
    upload = SimpleUploadedFile(name, content)
    response = as_user(frida).post(
        f"/prioritering/{runde.pk}/arbeidsark/", {"file": upload, "lagre": "1"}
    )

    assert response.status_code == 422
    assert not Endring.objects.exists()


def test_a_text_that_begins_a_formula_stays_a_text(as_user, frida, runde, saker):
    make_draft(saker[0], "refused", reason='=HYPERLINK("http://x","y")')
    book, heads = taken_out(as_user(frida), runde)

    cell = book.active.cell(2, heads[REASON])
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x","y")', "s")


def test_the_union_takes_no_worksheet_out(as_user, turid, runde, saker):
    for path in ("arbeidsark/", "arbeidsark.xlsx"):
        assert as_user(turid).get(f"/prioritering/{runde.pk}/{path}").status_code == 403


def test_it_is_written_in_the_audit_trail_by_case(as_user, frida, runde, saker):
    browser = as_user(frida)
    book, heads = taken_out(browser, runde)
    write(book, heads, 1, Plass=2, Utfall="Venteliste")

    confirm(browser, runde, brought_back(browser, runde, book))

    trail = AuditEvent.objects.exclude(action="rolle.give").values_list("action", flat=True)
    assert sorted(trail) == ["soknadsrunde.reorder", "vedtak.draft"]
