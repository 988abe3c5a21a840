"""HTML to PDF. The only module that knows WeasyPrint, and the only door a document has outwards.

A document finds the fonts and pictures that lie in the bundle, by name, and nothing else: no
address is ever fetched, no path from a document is ever opened.
"""

import atexit
import base64
import functools
import gc
import hashlib
import io
import logging
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from kompetanse import heavy
from kompetanse.heavy import Told

_HERE = Path(__file__).resolve().parent

# Where the bundle lies, by its place under /static/. A page on screen loads the same files there.
FOLDERS = {
    "pdf": _HERE / "skall" / "static" / "pdf",
    "vendor/inter": _HERE.parent / "static" / "vendor" / "inter",
}
CONTENT_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
}
STYLESHEETS = ("fonts", "chart", "document", "letter", "plan", "poster")

# The address that a document's own addresses are read against. «.invalid» can never be a machine
# (RFC 6761).
BASE = "https://bundle.invalid/static/pdf/"
_HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")
_LINK = re.compile(r"(?i)https?://|mailto:|tel:|#")

# A picture inside the document itself: a municipality's arms, a photograph on a poster.
_DATA = re.compile(r"data:image/(png|jpeg);base64,([A-Za-z0-9+/=\s]+)")
DATA_LIMIT = 400_000  # characters
PIXEL_LIMIT = 4_000_000  # width times height, so that a small file cannot unpack to gigabytes


class DeniedError(ValueError):
    """A document asked for something outside the bundle. The document is made without it."""


def render(
    html: str,
    *,
    lang: str = "",
    stylesheets: Sequence[str] = STYLESHEETS,
    variant: str | None = "pdf/ua-1",
) -> bytes:
    """Return the PDF of a whole HTML document, tagged for screen readers.

    `lang` is used when the document's <html> has none. `stylesheets` are names of files in
    skall/static/pdf. The same html gives the same bytes: its dates come from
    <meta name="dcterms.created">, never from the clock.

    What is not in the bundle is left out; the document is made all the same.

    Raises:
        FileNotFoundError: there is no such stylesheet.
        TooLongError: see heavy.make.
    """
    return heavy.make(Printing(html, lang, tuple(stylesheets), variant))


# Some 30 to 60 microseconds of processor time for each character that is not part of a drawing:
# measured on 24 documents of the demonstration and on a plan of 400 measures (tests/bench).
LONG = 18_000
# A plan of 12 000 measures; it takes minutes, and more memory than a worker should have.
ENDLESS = 3_000_000
_DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Printing:
    """A document that is about to be printed. `parts`: nobody knows its pages beforehand."""

    html: str
    lang: str
    stylesheets: tuple[str, ...]
    variant: str | None

    @property
    def kind(self) -> str:
        return "pdf"

    @property
    def edition(self) -> str:
        return _edition(self.stylesheets)

    @property
    def is_long(self) -> bool:
        return len(self.html) > LONG and len(_DRAWING.sub("", self.html)) > LONG

    @property
    def is_endless(self) -> bool:
        return len(self.html) > ENDLESS

    @property
    def parts(self) -> int:
        return 0

    def make(self, told: Told | None = None) -> bytes:
        press = _press()
        with press.lock, _told_of_pages(told):
            page = _read(self.html, lang=self.lang)
            return press.print(page, stylesheets=self.stylesheets, variant=self.variant)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "Printing":
        return cls(**fields | {"stylesheets": tuple(fields["stylesheets"])})


heavy.register("pdf", Printing.from_json)


@functools.cache
def _edition(stylesheets: tuple[str, ...]) -> str:
    """Return a fingerprint of the looks and the printer."""
    looks = b"".join((FOLDERS["pdf"] / f"{name}.css").read_bytes() for name in stylesheets)
    return f"{_weasyprint().__version__}:{hashlib.sha256(looks).hexdigest()}"


class _Pages(logging.Handler):
    """Hears from WeasyPrint's own log which page it sets."""

    def __init__(self, told: Told) -> None:
        super().__init__(logging.INFO)
        self.told = told

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.endswith("Page %d") and record.args:
            self.told(int(record.args[0]))  # type: ignore[index, call-overload]


@contextmanager
def _told_of_pages(told: Told | None) -> Iterator[None]:
    """Tell of each page as it is set; one document is printed at a time."""
    if told is None:
        yield
        return
    _weasyprint()
    log, handler = logging.getLogger("weasyprint.progress"), _Pages(told)
    level, log.propagate = log.level, False
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
        log.propagate = True


class _Press:
    """What one process keeps from document to document: fonts and parsed stylesheets.

    Not the pictures: WeasyPrint's drawing remembers the whole layout of the first document it
    stood in. Pango is not made for several threads at once, so one document is printed at a time.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.fonts = _weasyprint().text.fonts.FontConfiguration()
        self.sheets: dict[str, Any] = {}

    def print(self, page: Any, *, stylesheets: Sequence[str], variant: str | None) -> bytes:
        with _no_collecting():
            pdf: bytes = page.write_pdf(
                stylesheets=[self._sheet(name) for name in stylesheets],
                font_config=self.fonts,
                pdf_variant=variant,
                finisher=_scope_headings,
            )
        return pdf

    def _sheet(self, name: str) -> Any:
        if name not in self.sheets:
            css = (FOLDERS["pdf"] / f"{name}.css").read_text()
            self.sheets[name] = _weasyprint().CSS(
                string=css, base_url=BASE, url_fetcher=Bundle(), font_config=self.fonts
            )
        return self.sheets[name]


def _scope_headings(document: Any, _pdf: Any) -> None:
    """Say of each heading of a table whether it stands over a column or before a row.

    WeasyPrint gives each cell the names of its headings, which is enough for PDF/UA; not all screen
    readers follow them. Source: ISO 32000-1:2008, 14.8.5.7; ISO 14289-1:2014, 7.5.
    """
    for page in document.pages:
        # Only the boxes know both the document's own heading and its tag in the file.
        for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001
            if box.element_tag == "th" and (tag := getattr(box, "mark", None)) is not None:
                is_row = box.element.get("scope") in {"row", "rowgroup"}
                tag["A"]["Scope"] = "/Row" if is_row else "/Column"


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Let no garbage be collected in the block: a page is all in use until it is written.

    Looking through it for garbage took 15 % of a letter's time (tests/bench/bench_letters.py).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load() -> None:
    """Load the printer now, so that the processes that are made from this one have it."""
    _weasyprint()


@functools.cache
def _press() -> _Press:
    # The fonts lie in a temporary folder, which is removed while Python can still do so.
    atexit.register(_press.cache_clear)
    return _Press()


@functools.cache
def _weasyprint() -> Any:
    """Load the printer with the first document: it takes half a second and some 40 MB."""
    # Each step of each document would fill the log, from the moment it is loaded.
    for chatty in ("weasyprint.progress", "fontTools"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    import weasyprint  # noqa: PLC0415, TID251

    return weasyprint


def _read(html: str, *, lang: str) -> Any:
    page = _weasyprint().HTML(string=html, base_url=BASE, url_fetcher=Bundle())
    page.base_url = BASE  # A <base> in the document moves nothing.
    root = page.etree_element
    if lang and not root.get("lang"):
        root.set("lang", lang)
    _drop_attachments_and_dead_links(root)
    for title in root.iter("title"):
        title.text = " ".join((title.text or "").split())
    return page


def _drop_attachments_and_dead_links(root: Any) -> None:
    """Files are not attached by a document, and a link inside the site leads nowhere on paper."""
    for element in (each for name in ("a", "link", "area") for each in root.iter(name)):
        if "attachment" in element.get("rel", "").lower().split():
            del element.attrib["rel"]
        if element.tag == "a" and not _LINK.match(element.get("href", "#").strip()):
            del element.attrib["href"]


class Bundle:
    """Hands WeasyPrint the bundle's files by name, and small pictures written in the document."""

    # WeasyPrint asks its fetcher for this: go on without what was denied.
    _fail_on_errors = False

    def __call__(self, url: str) -> Any:
        """Return what lies at `url`.

        Raises:
            DeniedError: it is neither in the bundle nor a small PNG or JPEG in the document.
        """
        content, content_type = _inline(url) if url.startswith("data:") else _bundled(url)
        headers = {"Content-Type": content_type}
        return _weasyprint().urls.URLFetcherResponse(url, content, headers)


def _bundled(url: str) -> tuple[bytes, str]:
    name = _HASH.sub("", url.removeprefix("https://bundle.invalid/static/"))
    path = _files().get(name)
    if path is None:
        raise DeniedError(f"Not in the bundle: {url[:200]}")
    return path.read_bytes(), CONTENT_TYPES[path.suffix]


@functools.cache
def _files() -> dict[str, Path]:
    return {
        f"{place}/{path.relative_to(folder).as_posix()}": path
        for place, folder in FOLDERS.items()
        for path in folder.rglob("*")
        if path.suffix in CONTENT_TYPES
    }


def _inline(url: str) -> tuple[bytes, str]:
    found = _DATA.fullmatch(url) if len(url) <= DATA_LIMIT else None
    if found is None:
        raise DeniedError(f"Not a small PNG or JPEG: {url[:40]}")
    content = base64.b64decode(found[2])
    _check_pixels(content, kind=found[1])
    return content, f"image/{found[1]}"


def _check_pixels(content: bytes, *, kind: str) -> None:
    with Image.open(io.BytesIO(content), formats=[kind]) as picture:
        if picture.width * picture.height > PIXEL_LIMIT:
            raise DeniedError(f"Too many pixels: {picture.width} × {picture.height}")
