"""Uploads are known by extension and content, bounded, and kept under random names."""

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from kompetanse.kommuner import attachments, files
from kompetanse.kommuner.attachments import AttachmentError, checked, clean_name
from kompetanse.kommuner.models import Fil, Kommune
from kompetanse.kommuner.tenancy import as_kommune

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    + struct.pack(">II", 10, 10)
    + b"\x08\x06\0\0\0....IEND\xaeB`\x82"
)
JPG = b"\xff\xd8\xff\xe0" + bytes(40) + b"\xff\xd9"


def office(*names: str, **contents: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, contents.get(name, b"<x/>"))
    return file.getvalue()


DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")


def refused(name: str, content: bytes) -> str:
    with pytest.raises(AttachmentError) as caught:
        checked(name, content)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("Opptaksbrev.PDF", PDF, "application/pdf"),
        ("bilde.png", PNG, "image/png"),
        ("bilde.jpeg", JPG, "image/jpeg"),
        ("plan.docx", DOCX, attachments.KINDS[".docx"].content_type),
        ("budsjett.xlsx", XLSX, attachments.KINDS[".xlsx"].content_type),
        ("liste.csv", "navn;sum\nÅse;12\n".encode("cp1252"), "text/csv"),
        ("liste.csv", "navn;sum\n".encode("utf-16"), "text/csv"),
    ],
)
def test_the_kinds_we_take_get_our_own_content_type(
    name: str, content: bytes, content_type: str
) -> None:
    attachment = checked(name, content)

    assert (attachment.name, attachment.content_type) == (name, content_type)
    assert attachment.content == content


@pytest.mark.parametrize(
    "name",
    [
        "brev.exe",
        "brev.pdf.exe",
        "brev.html",
        "brev.svg",
        "brev.docm",
        "brev",
        "",
        "brev.pdf\u202eexe",
    ],
)
def test_other_extensions_are_refused_with_those_we_take(name: str) -> None:
    assert "Bruk PDF, PNG, JPG, Word (.docx), Excel (.xlsx) eller CSV." in refused(name, PDF)


HOSTILE = {
    "html as pdf": ("a.pdf", b"<html><script>alert(1)</script></html>"),
    "html before pdf": ("a.pdf", b"<html>" + PDF),
    "cut pdf": ("a.pdf", PDF[:40]),
    "pdf with script": (
        "a.pdf",
        PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"),
    ),
    "pdf with hidden script": (
        "a.pdf",
        PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/J#61vaScript/JS(x)>>"),
    ),
    "pdf that starts a program": (
        "a.pdf",
        PDF.replace(b"/Catalog", b"/Catalog/A<</S/Launch/F(x)>>"),
    ),
    "program as png": ("a.png", b"MZ" + bytes(100)),
    "cut png": ("a.png", PNG[:30]),
    "png of four thousand megapixels": (
        "a.png",
        PNG.replace(struct.pack(">II", 10, 10), struct.pack(">II", 65_000, 65_000)),
    ),
    "svg as png": ("a.png", b"<svg onload='x'/>"),
    "text as jpg": ("a.jpg", b"hei"),
    "cut jpg": ("a.jpg", JPG[:-2]),
    "zip as docx": ("a.docx", office("hei.txt")),
    "xlsx as docx": ("a.docx", XLSX),
    "cut docx": ("a.docx", DOCX[: len(DOCX) // 2]),
    "macros in docx": ("a.docx", office("word/document.xml", "word/vbaProject.bin")),
    "password": ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "nul in csv": ("a.csv", b"a;b\n\0;1"),
    "html as csv": ("a.csv", b"\xef\xbb\xbf <script>alert(1)</script>"),
    "program as csv": ("a.csv", b"\x7fELF;1"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_not_what_it_says_is_refused_with_what_to_do(case: str) -> None:
    sentence = refused(*HOSTILE[case])

    assert sentence[0].isupper()
    assert sentence.endswith(".")


def test_a_zip_bomb_is_refused_unopened() -> None:
    file = io.BytesIO(DOCX)
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/media/1.bin", "w") as entry,
    ):
        for _ in range(210):
            entry.write(bytes(1024 * 1024))

    assert "pakkes ut" in refused("a.docx", file.getvalue())


def test_an_archive_of_very_many_entries_is_refused_before_they_are_listed() -> None:
    file = io.BytesIO(DOCX)
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(30_000):
            archive.writestr(f"word/{number}", b"")
    started = time.process_time()

    assert refused("a.docx", file.getvalue()).startswith("Filen er skadet")
    assert time.process_time() - started < 0.2


class Huge:
    name, size = "a.pdf", 11 * 1024 * 1024

    def read(self) -> bytes:
        pytest.fail("was read")


def test_too_large_is_refused_without_reading() -> None:
    with pytest.raises(AttachmentError, match="større enn 10 MB"):
        attachments.received(Huge())


def test_empty_is_refused() -> None:
    with pytest.raises(AttachmentError, match="Filen er tom"):
        attachments.received(SimpleUploadedFile("a.pdf", b""))


def test_a_received_file_is_what_the_content_says_not_the_browser() -> None:
    upload = SimpleUploadedFile("a.pdf", PDF, content_type="text/html")

    assert attachments.received(upload).content_type == "application/pdf"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Brukere\\kari\\brev.pdf", "brev.pdf"),
        ("brev\r\nSet-Cookie: x.pdf", "brevSet-Cookie: x.pdf"),
        ("brev\x00.pdf", "brev.pdf"),
        ("brev\u202efdp.pdf", "brevfdp.pdf"),
        (".pdf", "vedlegg.pdf"),
        ("  brev   fra  høgskolen.pdf ", "brev fra høgskolen.pdf"),
        ("å" * 300 + ".pdf", "å" * 116 + ".pdf"),
    ],
)
def test_names_lose_what_could_fool_or_harm(name: str, shown: str) -> None:
    assert clean_name(name) == shown


def test_stored_bytes_have_a_random_name_in_the_kommunes_own_folder(
    fjordvik: Kommune, nabovik: Kommune
) -> None:
    stored: list[Fil] = []
    for kommune in (fjordvik, nabovik):
        with as_kommune(kommune.pk):
            attachment = checked("../brev.pdf", PDF)
            fil = files.store(
                attachment.content, name=attachment.name, content_type=attachment.content_type
            )
            assert files.read(fil) == PDF
            stored.append(fil)

    places = [Path(fil.path) for fil in stored]
    assert [place.parts[0] for place in places] == [str(fjordvik.pk), str(nabovik.pk)]
    assert places[0].name != places[1].name
    assert "brev" not in "".join(fil.path for fil in stored)
    assert all((Path(settings.FILES_ROOT) / place).is_file() for place in places)
    assert not str(Path(settings.FILES_ROOT)).startswith(str(settings.STATIC_ROOT))
