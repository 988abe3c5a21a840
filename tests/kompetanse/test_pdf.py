"""The door to paper: what a document gets, and that it reaches nothing outside the bundle."""

import base64
import io
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from PIL import Image
from pypdf import PdfReader

from kompetanse import pdf
from kompetanse.pdf import bundle

CANARY = "KANARIFUGL4711"
SVG = "http://www.w3.org/2000/svg"


@pytest.fixture
def outside():
    """A real server outside the bundle: its address, and the list of what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(CANARY.encode())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def secret(tmp_path):
    """A file that the process may read and a document must not."""
    path = tmp_path / "hemmelig.txt"
    path.write_text(CANARY)
    picture = tmp_path / "hemmelig.svg"
    picture.write_text(f'<svg xmlns="{SVG}" viewBox="0 0 99 9"><text y="9">{CANARY}</text></svg>')
    stylesheet = tmp_path / "hemmelig.css"
    stylesheet.write_text(f'body::after {{ content: "{CANARY}" }}')
    return tmp_path


def page(body: str, *, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="nb"><head><meta charset="utf-8"><title>Brev</title>{head}'
        f"</head><body><h1>Overskrift</h1>{body}</body></html>"
    )


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    return "\n".join(each.extract_text() for each in read(content).pages)


def everything_in(content: bytes) -> bytes:
    """All bytes of the file, its compressed streams unpacked."""
    parts = [content]
    reader = read(content)
    for number in range(1, reader.trailer["/Size"]):
        found = reader.get_object(number)
        parts.append(str(found).encode())
        if hasattr(found, "get_data"):
            parts.append(found.get_data())
    return b"\n".join(parts)


HOSTILE = {
    "image": '<img src="{url}/a.svg" alt="x">',
    "image without protocol": '<img src="{bare}/a.svg" alt="x">',
    "image from a path": '<img src="../../../../../../../..{path}" alt="x">',
    "image from an escaped path": '<img src="%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e{path}" alt="x">',
    "style import": '<style>@import "{url}/a.css";</style>',
    "style import by url": "<style>@import url({url}/a.css);</style>",
    "style background": "<style>body {{ background: url({url}/a.svg) }}</style>",
    "style content": '<style>h1::after {{ content: url("{url}/a.svg") }}</style>',
    "style list": "<style>ul {{ list-style-image: url({url}/a.svg) }}</style><ul><li>x</li></ul>",
    "style attribute": '<p style="background-image: url({url}/a.svg)">x</p>',
    "style font": "<style>@font-face {{ font-family: Ond; src: url({url}/a.woff2) }}"
    " h1 {{ font-family: Ond }}</style>",
    "style page": '<style>@page {{ @top-left {{ content: url("{url}/a.svg") }} }}</style>',
    "style counter": '<style>@counter-style x {{ symbols: url("{url}/a.svg") }}</style>',
    "linked stylesheet": '<link rel="stylesheet" href="{url}/a.css">',
    "linked attachment": '<link rel="attachment" href="{url}/a.txt">',
    "attachment": '<a rel="attachment" href="{url}/a.txt">fil</a>',
    "attachment in capitals": '<a rel="nofollow ATTACHMENT" href="{url}/a.txt">fil</a>',
    "object": '<object data="{url}/a.svg" type="image/svg+xml"></object>',
    "embed": '<embed src="{url}/a.svg" type="image/svg+xml">',
    "frame": '<iframe src="{url}/a.html"></iframe>',
    "script": '<script src="{url}/a.js"></script>',
    "base": '<base href="{url}/"><img src="a.svg" alt="x"><link rel="stylesheet" href="a.css">',
    "picture set": '<img srcset="{url}/a.svg 2x" src="{url}/a.svg" alt="x">',
    "video": '<video poster="{url}/a.svg" src="{url}/a.mp4"></video>',
    "drawing with image": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    '<image href="{url}/a.svg" width="9" height="9"/></svg>',
    "drawing with old image": '<svg viewBox="0 0 9 9"><image xlink:href="{url}/a.svg"'
    ' width="9" height="9"/></svg>',
    "drawing that uses": '<svg viewBox="0 0 9 9"><use href="{url}/a.svg#x"/></svg>',
    "drawing with style": '<svg viewBox="0 0 9 9"><style>@import "{url}/a.css";</style>'
    '<rect width="9" height="9" fill="url({url}/a.svg#x)"/></svg>',
    "drawing as data": '<img alt="x" src="data:image/svg+xml;base64,{drawing}">',
    "stylesheet as data": '<link rel="stylesheet" href="data:text/css;base64,{style}">',
    "redirecting refresh": '<meta http-equiv="refresh" content="0;url={url}/">',
}


def fill(payload: str, *, url: str, path: str) -> str:
    drawing = f'<svg xmlns="{SVG}" viewBox="0 0 9 9"><image href="{url}/a.svg"/></svg>'
    return payload.format(
        url=url,
        bare=url.partition(":")[2],
        path=path,
        drawing=base64.b64encode(drawing.encode()).decode(),
        style=base64.b64encode(f'@import "{url}/a.css";'.encode()).decode(),
    )


@pytest.mark.parametrize("payload", HOSTILE.values(), ids=HOSTILE)
def test_a_document_asks_no_server_for_anything(outside, secret, payload):
    url, asked = outside
    made = pdf.render(page(fill(payload, url=url, path=str(secret / "hemmelig.svg"))))

    assert asked == []
    assert CANARY.encode() not in everything_in(made)
    assert "Overskrift" in text_of(made)


@pytest.mark.parametrize("payload", HOSTILE.values(), ids=HOSTILE)
def test_a_document_reads_no_file(secret, payload):
    there = re.sub(r"/a\.\w+", "", payload)
    paths = [secret / f"hemmelig.{kind}" for kind in ("txt", "svg", "css")]
    body = "".join(fill(there, url=f"file://{each}", path=str(each)) for each in paths)
    made = pdf.render(page(body))

    assert CANARY.encode() not in everything_in(made)
    assert "/EmbeddedFiles" not in str(read(made).trailer["/Root"])
    assert "Overskrift" in text_of(made)


def test_a_link_in_the_bundle_that_leads_out_is_not_followed(secret, monkeypatch, tmp_path):
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / "rett.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>")
    monkeypatch.setattr(bundle, "FOLDERS", {"pdf": folder})
    bundle.files.cache_clear()
    try:
        found = bundle.Bundle()
        assert found("https://bundle.invalid/static/pdf/rett.svg").read().startswith(b"<svg")
        for name in ("../hemmelig.svg", "%2e%2e/hemmelig.svg", "rett.svg/../../hemmelig.svg"):
            with pytest.raises(bundle.DeniedError):
                found(f"https://bundle.invalid/static/pdf/{name}")
    finally:
        bundle.files.cache_clear()


def picture(width: int, height: int) -> str:
    content = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(content, "PNG")
    return base64.b64encode(content.getvalue()).decode()


def test_a_small_picture_in_the_document_is_printed():
    made = pdf.render(page(f'<img alt="Våpen" src="data:image/png;base64,{picture(20, 20)}">'))

    assert len(read(made).pages[0].images) == 1


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(f"data:image/png;base64,{picture(3000, 2000)}", id="too many pixels"),
        pytest.param(f"data:image/png;base64,{'A' * bundle.DATA_LIMIT}", id="too long"),
        pytest.param(f"data:image/jpeg;base64,{picture(9, 9)}", id="not what it says"),
        pytest.param(f"data:text/html;base64,{picture(9, 9)}", id="not a picture"),
        pytest.param("data:image/png,%89PNG", id="not base64"),
    ],
)
def test_any_other_picture_in_the_document_is_left_out(address):
    made = pdf.render(page(f'<img alt="Våpen" src="{address}">'))

    assert len(read(made).pages[0].images) == 0
    assert "Overskrift" in text_of(made)


def test_the_pdf_says_its_language_title_and_structure():
    made = read(pdf.render(page("<p>Tekst</p>")))
    root = made.trailer["/Root"]

    assert made.metadata.title == "Brev"
    assert root["/Lang"] == "nb"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


def test_a_document_without_language_gets_the_one_it_is_printed_in():
    html = page("<p>Tekst</p>").replace(' lang="nb"', "")

    assert read(pdf.render(html, lang="nn")).trailer["/Root"]["/Lang"] == "nn"


def test_the_same_html_gives_the_same_bytes():
    html = page("<p>Tekst</p>", head='<meta name="dcterms.created" content="2026-11-05">')

    assert pdf.render(html) == pdf.render(html)
    assert read(pdf.render(html)).metadata.creation_date.date().isoformat() == "2026-11-05"


def test_inter_is_embedded_with_norwegian_and_sami_letters():
    made = pdf.render(page('<p class="document">Æøå Čáhci ŋ đ ŧ š ž</p>'))
    fonts = {str(font["/BaseFont"]) for font in fonts_of(made)}

    assert "Æøå Čáhci ŋ đ ŧ š ž" in text_of(made)
    assert any("Inter" in font for font in fonts)


def fonts_of(content: bytes):
    for each in read(content).pages:
        fonts = each["/Resources"]["/Font"].get_object()
        yield from (font.get_object() for font in fonts.values())


def test_the_search_for_leaks_sees_compressed_text_and_attachments():
    made = pdf.render(
        page(f"<p>Tekst</p><!-- {CANARY} -->", head=f'<meta name="keywords" content="{CANARY}">')
    )

    assert CANARY.encode() in everything_in(made)


def test_a_long_table_repeats_its_head_and_numbers_its_pages():
    rows = "".join(f"<tr><td>Rad {n}</td><td>Tekst</td></tr>" for n in range(120))
    table = (
        '<article class="document" data-from="Modum kommune"><table class="table"><thead><tr>'
        f'<th scope="col">Nummer</th><th scope="col">Hva</th></tr></thead>{rows}</table></article>'
    )
    pages = [each.extract_text() for each in read(pdf.render(page(table))).pages]

    assert len(pages) > 2
    assert all("Nummer" in each for each in pages)
    assert all(f"Side {n} av {len(pages)}" in each for n, each in enumerate(pages, 1))
    assert all("Modum kommune" in each for each in pages)


def headings_of(tag):
    """Yield the scope of each table heading below the tag, in the order of the document."""
    below = tag.get("/K", [])
    for each in below if isinstance(below, list) else [below]:
        child = each.get_object()
        if isinstance(child, dict) and "/S" in child:
            if child["/S"] == "/TH":
                yield child["/A"]["/Scope"]
            yield from headings_of(child)


def test_a_heading_of_a_table_says_whether_it_is_of_its_row_or_its_column():
    table = (
        '<table><thead><tr><th scope="col">Enhet</th><th scope="col" colspan="2">Timer</th></tr>'
        '</thead><tbody><tr><th scope="row" rowspan="2">Nord</th><td>1</td><td>2</td></tr>'
        '<tr><td>3</td><td>4</td></tr><tr><th colspan="3">Andre enheter</th></tr>'
        '<tr><th scope="row">Sør</th><td>5</td><td>6</td></tr></tbody></table>'
    )
    made = read(pdf.render(page(table)))

    scopes = list(headings_of(made.trailer["/Root"]["/StructTreeRoot"]))
    assert scopes == ["/Column", "/Column", "/Row", "/Column", "/Row"]


def test_a_link_inside_the_site_is_printed_as_text_and_a_whole_address_is_kept():
    body = '<a href="/modum/plan/">planen</a> <a href="https://lovdata.no/">loven</a>'
    made = pdf.render(page(body))
    targets = [link.get_object()["/A"]["/URI"] for link in read(made).pages[0].get("/Annots", [])]

    assert targets == ["https://lovdata.no/"]
    assert "planen loven" in text_of(made)


def test_web_processes_do_not_load_the_printer_before_they_need_it():
    code = "import sys, kompetanse.pdf; sys.exit('weasyprint' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
