"""M16: the signed list on paper comes back as a scan or a photograph, and is read as ticks."""

import io
from datetime import date, time

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

from kompetanse import clock, scanning
from kompetanse.scanning import ScanError
from planer.actions import arrangement as actions
from planer.actions import oppmoteark
from planer.documents import deltakerliste
from planer.models import Arrangement, Pamelding
from planer.queries import papirliste
from tests.conftest import make_ansatt
from tests.planer.conftest import plain

DOTS_A_MM = 6


@pytest.fixture
def kurs(september, frida) -> Arrangement:
    return actions.arrange(
        by=frida, title="Hjertestarter", on=date(2026, 9, 10), begins=time(9), ends=time(12)
    )


def sign_up(kurs, *people) -> None:
    for each in people:
        actions.sign_up(kurs, each, by=each, at=clock.now())


def printed(browser, kurs) -> list[Image.Image]:
    """Return each sheet of the list as it comes out of the printer."""
    document = pypdfium2.PdfDocument(browser.get(f"/kurs/{kurs.pk}/liste.pdf").content)
    return [page.render(scale=DOTS_A_MM * 25.4 / 72).to_pil().convert("RGB") for page in document]


def write(sheet: Image.Image, row: int, *, strokes: int = 12) -> None:
    """Sign in the row's box (from 0) with blue ballpoint; each stroke is about a centimetre."""
    box, pen = deltakerliste.SHEET.boxes[row], ImageDraw.Draw(sheet)
    points = [
        (box.left + 4 + 3.5 * each, box.top + (2.5 if each % 2 else 7.5))
        for each in range(strokes + 1)
    ]
    scaled = [(x * DOTS_A_MM, y * DOTS_A_MM) for x, y in points]
    pen.line(scaled, fill=(40, 60, 150), width=round(0.5 * DOTS_A_MM), joint="curve")


def scanned(*sheets: Image.Image, kind: str = "PDF", **options) -> bytes:
    file = io.BytesIO()
    more = {"save_all": True, "append_images": sheets[1:]} if kind == "PDF" else {}
    sheets[0].save(file, kind, **more, **options)
    return file.getvalue()


def photographed(sheet: Image.Image) -> bytes:
    """Return the sheet askew, seen at an angle, in uneven light and a little out of focus."""
    wide, high = sheet.size
    corners = (-0.06 * wide, 0.02 * high, -0.02 * wide, 1.08 * high,
               1.09 * wide, 1.02 * high, 1.05 * wide, -0.09 * high)  # fmt: skip
    askew = sheet.transform(
        sheet.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=(90, 80, 70)
    )
    light = Image.linear_gradient("L").resize(sheet.size).point(lambda value: 150 + value // 3)
    shaded = Image.composite(askew, Image.new("RGB", sheet.size), light)
    return scanned(shaded.filter(ImageFilter.GaussianBlur(1)), kind="JPEG", quality=70)


def upload(browser, kurs, content: bytes, name: str = "liste.pdf"):
    file = SimpleUploadedFile(name, content)
    return browser.post(f"/kurs/{kurs.pk}/oppmote/skann/", {"file": file})


def ticked(answer) -> set[int]:
    html = answer.content.decode()
    boxes = [part.split(">")[0] for part in html.split('name="mott"')[1:]]
    return {int(box.split('value="')[1].split('"')[0]) for box in boxes if " checked" in box}


def people(number: int, enhet) -> list:
    return [make_ansatt(f"Person{each:02}", "Moe", enhet) for each in range(number)]


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(scanned, id="scan"),
        pytest.param(lambda sheet: scanned(sheet.rotate(180)), id="upside-down"),
        pytest.param(lambda sheet: scanned(sheet.rotate(2, fillcolor="white")), id="crooked"),
        pytest.param(photographed, id="photograph"),
    ],
)
def test_m16_a_signed_list_comes_back_as_ticks(as_user, kurs, kari, ola, liv, frida, picture):
    sign_up(kurs, kari, ola, liv)
    browser = as_user(frida)
    [sheet] = printed(browser, kurs)
    write(sheet, 0)
    write(sheet, 2)

    answer = upload(browser, kurs, picture(sheet))

    assert answer.status_code == 200
    assert "Vi fant 2 underskrifter." in plain(answer.content.decode())
    assert ticked(answer) == {liv.pk, kari.pk}
    assert Arrangement.objects.get().status == Arrangement.Status.PLANNED, "nothing is saved yet"

    browser.post(f"/kurs/{kurs.pk}/oppmote/", {"mott": [*ticked(answer)], "papir": "ja"})
    status = dict(Pamelding.objects.values_list("ansatt__first_name", "status"))
    assert status == {"Liv": "mott", "Ola": "fravar", "Kari": "mott"}
    assert Pamelding.objects.get(ansatt=liv).met_how == Pamelding.How.PAPER


def test_m16_a_stray_mark_is_shown_as_unsure_and_not_ticked(as_user, kurs, kari, ola, frida):
    sign_up(kurs, kari, ola)
    browser = as_user(frida)
    [sheet] = printed(browser, kurs)
    write(sheet, 0, strokes=1)

    answer = upload(browser, kurs, scanned(sheet))

    assert ticked(answer) == set()
    assert "usikker, se på lista" in plain(answer.content.decode())


def test_m16_every_box_of_every_sheet_is_read_at_its_own_row(as_user, kurs, frida) -> None:
    there = people(43, frida.enhet)
    sign_up(kurs, *there)
    browser = as_user(frida)
    sheets = printed(browser, kurs)
    assert len(sheets) == 3
    rows = papirliste.attendance(kurs).rows
    for row in rows[::3]:
        write(sheets[(row.number - 1) // 20], (row.number - 1) % 20)

    answer = upload(browser, kurs, scanned(*reversed(sheets)))

    assert ticked(answer) == {row.ansatt_id for row in rows[::3]}


def test_m16_a_sheet_that_is_missing_is_named(as_user, kurs, frida) -> None:
    sign_up(kurs, *people(21, frida.enhet))
    browser = as_user(frida)
    first, _second = printed(browser, kurs)
    write(first, 4)

    answer = upload(browser, kurs, scanned(first, kind="PNG"), "liste.png")

    assert "kunne ikke leses: 2." in plain(answer.content.decode())
    assert len(ticked(answer)) == 1


def test_m16_who_told_by_phone_stays_ticked_without_a_signature(as_user, kurs, kari, ola, frida):
    sign_up(kurs, kari, ola)
    Pamelding.objects.filter(ansatt=ola).update(status="mott", met_how="mobil", met_at=clock.now())
    browser = as_user(frida)

    answer = upload(browser, kurs, scanned(*printed(browser, kurs)))

    assert ticked(answer) == {ola.pk}


def told(answer) -> str:
    assert answer.status_code == 422
    return plain(answer.content.decode())


def test_m16_a_list_from_before_someone_signed_up_is_refused(as_user, kurs, kari, ola, frida):
    sign_up(kurs, kari)
    browser = as_user(frida)
    sheets = printed(browser, kurs)
    sign_up(kurs, ola)

    assert "numrene stemmer ikke" in told(upload(browser, kurs, scanned(*sheets)))


def test_m16_the_list_of_another_event_is_refused(as_user, kurs, kari, frida) -> None:
    sign_up(kurs, kari)
    browser = as_user(frida)
    other = actions.arrange(
        by=frida, title="Forflytning", on=date(2026, 9, 11), begins=time(9), ends=time(12)
    )
    sign_up(other, kari)

    answer = upload(browser, kurs, scanned(*printed(browser, other)))

    assert "gjelder et annet arrangement" in told(answer)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x90", "Filen må være PDF, PNG eller JPG."),
        (b"%PDF-1.7\nnothing at all", "Filen kunne ikke leses."),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "Filen kunne ikke leses."),
        (scanned(Image.new("L", (900, 1200), 255)), "Vi fant ikke kodene i hjørnene"),
        (scanned(*[Image.new("L", (90, 120), 255)] * 21), "flere enn 20 sider"),
        (scanned(Image.new("1", (9000, 9000)), kind="PNG"), "for mange piksler"),
    ],
)
def test_m16_a_file_that_is_no_list_is_answered_with_what_to_do(
    as_user, kurs, kari, frida, content, sentence
) -> None:
    sign_up(kurs, kari)

    assert sentence in told(upload(as_user(frida), kurs, content))


def test_m16_a_file_that_is_too_large_is_refused_before_it_is_read(
    as_user, kurs, kari, frida, monkeypatch
) -> None:
    sign_up(kurs, kari)
    monkeypatch.setattr(oppmoteark, "read", None)

    answer = upload(as_user(frida), kurs, b"%PDF-" + bytes(10 * 1024**2))

    assert answer.status_code == 422
    assert "Filen er større enn 10 MB. Skann i gråtoner" in told(answer)


def test_m16_a_picture_that_unpacks_to_gigabytes_is_refused_by_its_head() -> None:
    bomb = scanned(Image.new("1", (60_000, 60_000)), kind="PNG")

    with pytest.raises(ScanError, match="for mange piksler"):
        scanning.read(bomb, sheet=deltakerliste.SHEET)


def test_m16_only_who_arranges_may_read_the_list(as_user, kurs, kari) -> None:
    assert as_user(kari).get(f"/kurs/{kurs.pk}/oppmote/skann/").status_code == 403
    assert upload(as_user(kari), kurs, b"%PDF-").status_code == 403
