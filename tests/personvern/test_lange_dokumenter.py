"""Documents that take over a second: ordered, made by the worker, kept, given and erased."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from pypdf import PdfReader

from kompetanse import clock, heavy, pdf, tables
from kompetanse.kommuner.models import AuditEvent, Fil
from kompetanse.organisasjon.models import Rolle
from kompetanse.personvern import tasks
from kompetanse.personvern.actions import dokument, rydding
from kompetanse.personvern.models import Uttrekk
from kompetanse.tables import Column, Kind, Sheet, writing
from kompetanse.varsler.models import Kjoring
from planer.models import Tiltak
from tests.planer.conftest import make_tiltak

PDF_PATH, BOOK_PATH = "/opplaringsplan/2027/pdf/", "/opplaringsplan/2027/regneark/"


@pytest.fixture
def plan(active, monkeypatch):
    """A plan that is long by what is set to be long here, so that it is soon made."""
    monkeypatch.setattr(pdf, "LONG", 3_000)
    monkeypatch.setattr(writing, "LONG_CELLS", 50)
    for number in range(12):
        make_tiltak(f"Kurs i geriatri {number}", year=2027)


def work_it_off() -> None:
    """Do what waits, as the worker does."""
    for uttrekk in Uttrekk.objects.filter(fil__isnull=True):
        tasks.make_document.run(
            kommune_id=uttrekk.kommune_id, uttrekk_id=uttrekk.pk, kjoring_id=uttrekk.kjoring_id
        )


def ordered(browser, path: str = PDF_PATH) -> str:
    """Ask for it, and return where it is followed."""
    answer = browser.get(path)
    assert answer.status_code == 302, path
    assert "/kjoring/" in answer["Location"]
    return answer["Location"]


def text_of(answer) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


def on_disk() -> list[Path]:
    return [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()]


def test_a_long_document_is_followed_made_and_fetched(plan, as_user, frida) -> None:
    browser = as_user(frida)

    progress = ordered(browser)
    waiting = browser.get(progress).content.decode()
    work_it_off()
    ready = browser.get(progress).content.decode()
    uttrekk = Uttrekk.objects.get()
    answer = browser.get(f"/mine-data/filer/{uttrekk.pk}/")

    assert "Lager opplaringsplan-2027.pdf" in waiting
    assert "Arbeidet venter på å starte." in waiting
    assert "<noscript><meta http-equiv" in waiting
    assert "Last ned" in ready
    assert f"/fjordvik/mine-data/filer/{uttrekk.pk}/" in ready
    assert answer["Content-Type"] == "application/pdf"
    assert "opplaringsplan-2027.pdf" in answer["Content-Disposition"]
    assert "Kurs i geriatri 11" in text_of(answer)
    assert uttrekk.underlag_id is None
    assert AuditEvent.objects.filter(action="dokument.order", by_id=frida.pk).count() == 1


def test_htmx_gets_a_link_that_opens_itself_and_a_page_without_script_does_not(
    plan, as_user, frida
) -> None:
    browser = as_user(frida)
    progress = ordered(browser)
    work_it_off()

    assert " data-open>" in browser.get(progress, headers={"HX-Request": "true"}).content.decode()
    assert "data-open" not in browser.get(progress).content.decode()


def test_what_is_kept_is_given_at_once_until_the_content_changes(plan, as_user, frida) -> None:
    browser = as_user(frida)
    ordered(browser)
    work_it_off()

    again = browser.get(PDF_PATH)
    make_tiltak("Nytt kurs", year=2027)
    changed = browser.get(PDF_PATH)

    assert again.status_code == 200
    assert "Kurs i geriatri 11" in text_of(again)
    assert changed.status_code == 302
    assert Uttrekk.objects.count() == 2


def test_one_whose_bytes_are_lost_is_made_anew(plan, as_user, frida) -> None:
    browser = as_user(frida)
    ordered(browser)
    work_it_off()
    for path in on_disk():
        path.unlink()

    ordered(browser)
    work_it_off()

    assert "Kurs i geriatri 11" in text_of(browser.get(PDF_PATH))


def test_another_who_may_see_the_same_gets_the_kept_one(plan, as_user, frida, kari) -> None:
    path = f"{PDF_PATH}?vis=sju"
    ordered(as_user(frida), path)
    work_it_off()

    assert as_user(kari).get(path).status_code == 200
    assert Uttrekk.objects.get().ansatt == frida


def test_two_clicks_are_one_order(plan, as_user, frida) -> None:
    browser = as_user(frida)

    assert ordered(browser) == ordered(browser)
    assert (Uttrekk.objects.count(), Kjoring.objects.count()) == (1, 1)


def test_an_order_whose_worker_died_is_begun_anew(plan, as_user, frida) -> None:
    browser = as_user(frida)
    with clock.frozen(clock.now()):
        first = ordered(browser)
    left = Fil.objects.get()
    with clock.frozen(clock.now() + dokument.PATIENCE + timedelta(minutes=1)):
        second = ordered(browser)

    assert first != second
    assert Uttrekk.objects.count() == 1
    assert not Fil.objects.filter(pk=left.pk).exists()


def test_a_worker_that_comes_late_with_an_order_that_is_begun_anew_keeps_nothing(
    plan, as_user, frida
) -> None:
    browser = as_user(frida)
    ordered(browser)
    late = Uttrekk.objects.get()
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        ordered(browser)
    files_before = Fil.objects.count()

    dokument.keep(late, content=b"%PDF-")

    assert Uttrekk.objects.get().fil is None
    assert Fil.objects.count() == files_before


def test_only_who_ordered_it_may_follow_and_fetch_it(plan, as_user, frida, kari) -> None:
    progress = ordered(as_user(frida))
    work_it_off()
    other = as_user(kari)

    assert other.get(progress).status_code == 404
    assert other.get(f"/mine-data/filer/{Uttrekk.objects.get().pk}/").status_code == 404


def test_who_may_no_longer_see_the_page_may_not_fetch_the_document(
    active, as_user, frida, monkeypatch
) -> None:
    monkeypatch.setattr(pdf, "LONG", 500)
    monkeypatch.setattr(writing, "LONG_CELLS", 1)
    browser = as_user(frida)
    make_tiltak("Kurs", year=2027)
    ordered(browser)
    ordered(browser, "/heltidskultur/regneark/")
    work_it_off()
    plans, staffing = Uttrekk.objects.order_by("pk")

    Rolle.objects.filter(ansatt=frida).delete()

    assert browser.get(f"/mine-data/filer/{staffing.pk}/").status_code == 403
    anew = browser.get(f"/mine-data/filer/{plans.pk}/")
    assert anew["Location"] == f"/fjordvik{PDF_PATH}"


def test_who_may_see_less_since_the_order_has_the_document_made_anew(
    active, as_user, frida, sykehjemmet, monkeypatch
) -> None:
    """The page is open still, and gives less of each measure to one without the role."""
    monkeypatch.setattr(pdf, "LONG", 500)
    make_tiltak("Kurs", year=2027, enhet=sykehjemmet)
    browser = as_user(frida)
    ordered(browser)
    work_it_off()
    file = f"/mine-data/filer/{Uttrekk.objects.get().pk}/"
    before = text_of(browser.get(file))

    Rolle.objects.filter(ansatt=frida).delete()
    answer = browser.get(file)
    ordered(browser)
    work_it_off()
    after = text_of(browser.get(PDF_PATH))

    assert (answer.status_code, answer["Location"]) == (302, f"/fjordvik{PDF_PATH}")
    assert "Kurs" in before
    assert after != before


def test_an_order_from_before_roles_were_kept_is_made_anew(plan, as_user, frida) -> None:
    browser = as_user(frida)
    ordered(browser)
    work_it_off()
    kept = Uttrekk.objects.get()
    del kept.wanted["reach"]
    kept.save()

    answer = browser.get(f"/mine-data/filer/{kept.pk}/")

    assert (answer.status_code, answer["Location"]) == (302, f"/fjordvik{PDF_PATH}")
    assert browser.get(PDF_PATH).status_code == 200, "the same content is given at once"


def test_a_document_that_could_not_be_made_says_so_and_can_be_tried_again(
    plan, as_user, frida
) -> None:
    browser = as_user(frida)
    progress = ordered(browser, f"{PDF_PATH}?vis=sju")
    for path in on_disk():
        path.write_bytes(b"spoilt")

    with pytest.raises(Exception, match="gzip"):
        work_it_off()
    told = browser.get(progress).content.decode()

    assert "Beklager, dokumentet ble ikke laget." in told
    assert "Prøv igjen" in told
    assert f'href="/fjordvik{PDF_PATH}?vis=sju"' in told
    assert Uttrekk.objects.count() == 0
    assert ordered(browser, f"{PDF_PATH}?vis=sju") != progress


def test_a_long_workbook_is_written_by_the_worker_row_by_row(plan, as_user, frida) -> None:
    browser = as_user(frida)
    progress = ordered(browser, BOOK_PATH)
    assert Kjoring.objects.get().total == 12
    work_it_off()

    book = openpyxl.load_workbook(BytesIO(browser.get(BOOK_PATH).content))

    assert "12 av 12 er ferdige" in " ".join(browser.get(progress).content.decode().split())
    themes = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert "Kurs i geriatri 11" in themes


def test_what_is_far_too_long_is_refused_with_what_to_do(plan, as_user, frida, monkeypatch) -> None:
    monkeypatch.setattr(pdf, "ENDLESS", 3_000)

    answer = as_user(frida).get(PDF_PATH)

    assert answer.status_code == 409
    assert "last det ned som regneark" in answer.content.decode()
    assert "Content-Disposition" not in answer
    assert Uttrekk.objects.count() == 0


def test_short_documents_are_given_at_once(active, as_user, frida) -> None:
    make_tiltak("Kurs", year=2027)

    assert as_user(frida).get(PDF_PATH).status_code == 200
    assert Uttrekk.objects.count() == 0


def test_the_files_are_gone_after_a_week(plan, as_user, frida) -> None:
    browser = as_user(frida)
    ordered(browser)
    work_it_off()
    ordered(browser, BOOK_PATH)
    done = Uttrekk.objects.get(fil__isnull=False)
    later = clock.now() + timedelta(days=8)

    with clock.frozen(later):
        assert browser.get(f"/mine-data/filer/{done.pk}/").status_code == 404
        night = rydding.clean(later.date())

    assert night is not None
    assert night.figures["uttrekk"] == 2
    assert (Uttrekk.objects.count(), Fil.objects.count()) == (0, 0)


def test_the_list_of_my_files_names_them_and_leads_to_the_work(plan, as_user, frida) -> None:
    browser = as_user(frida)
    ordered(browser)
    listed = browser.get("/mine-data/filer/").content.decode()

    assert "Dokument" in listed
    assert f"/kjoring/{Kjoring.objects.get().pk}/" in listed


def test_a_workbook_is_the_same_after_it_is_carried_to_the_worker() -> None:
    day, moment = clock.today(), clock.now().replace(tzinfo=None)
    columns = [Column("Navn"), Column("Når", Kind.DATE, 20), Column("Beløp", Kind.KRONER)]
    sheet = Sheet("Ark", columns, [["=1", day, 5], ["", moment, None]], ["Note"], ["Sum", None, 5])
    book = writing.Workbook((sheet,))

    carried = heavy.unpacked(heavy.packed(book))

    assert values(carried.make()) == values(book.make())
    assert values(book.make())[-1] == ["Sum", None, 5]
    assert heavy.fingerprint(carried) == heavy.fingerprint(book)


def values(content: bytes) -> list[list[object]]:
    return [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows()
    ]


def test_nothing_is_long_where_nobody_waits() -> None:
    rows = [[number] for number in range(writing.LONG_CELLS + 1)]
    sheet = Sheet("Ark", [Column("Tall", Kind.NUMBER)], rows)

    with heavy.briefly(), pytest.raises(heavy.TooLongError):
        tables.write_xlsx([sheet])
    assert tables.write_xlsx([sheet]).startswith(b"PK")


def test_a_drawing_does_not_make_a_document_long() -> None:
    svg = "<svg>" + '<path d="M0 0h1"/>' * 2_000 + "</svg>"
    words = "<p>ord</p>" * 3_000

    assert not pdf.Printing(svg, "nb", (), None).is_long
    assert pdf.Printing(words, "nb", (), None).is_long


def test_pages_are_told_of_as_they_are_set() -> None:
    heard: list[int] = []
    html = '<html lang="nb"><title>x</title>' + '<p style="page-break-after: always">x</p>' * 3

    pdf.Printing(html, "nb", (), None).make(heard.append)

    assert heard[:3] == [1, 2, 3]


def test_measures_of_the_plan_are_all_in_the_document(plan, as_user, frida) -> None:
    browser = as_user(frida)
    ordered(browser)
    work_it_off()
    text = text_of(browser.get(PDF_PATH))

    assert all(theme in text for theme in Tiltak.objects.values_list("theme", flat=True))
