"""The printer: WeasyPrint with what one process keeps of it from document to document.

To import it takes half a second and some 40 MB, so it is done with the first document.
"""

import atexit
import functools
import gc
import hashlib
import logging
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from kompetanse.heavy import Told
from kompetanse.pdf.bundle import BASE, Bundle, stylesheet

_LINK = re.compile(r"(?i)https?://|mailto:|tel:|#")


@functools.cache
def edition(stylesheets: tuple[str, ...]) -> str:
    """Return a fingerprint of the looks and the printer."""
    looks = "".join(stylesheet(name) for name in stylesheets).encode()
    return f"{weasyprint.__version__}:{hashlib.sha256(looks).hexdigest()}"


def printed(
    html: str, *, lang: str, stylesheets: Sequence[str], variant: str | None, told: Told | None
) -> bytes:
    """Return the PDF of the document; `told` hears the number of each page that is set."""
    press = _press()
    with press.lock, _told_of_pages(told):
        return press.print(press.page(html, lang=lang), stylesheets=stylesheets, variant=variant)


class _Press:
    """What one process keeps from document to document: fonts and parsed stylesheets.

    Not the pictures: WeasyPrint's drawing remembers the whole layout of the first document it
    stood in. Pango is not made for several threads at once, so one document is printed at a time.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.bundle = Bundle()
        self.fonts = FontConfiguration()
        self.sheets: dict[str, Any] = {}

    def page(self, html: str, *, lang: str) -> Any:
        page = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=self.bundle)
        page.base_url = BASE  # A <base> in the document moves nothing.
        root = page.etree_element
        if lang and not root.get("lang"):
            root.set("lang", lang)
        _drop_attachments_and_dead_links(root)
        for title in root.iter("title"):
            title.text = " ".join((title.text or "").split())
        return page

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
            self.sheets[name] = weasyprint.CSS(
                string=stylesheet(name),
                base_url=BASE,
                url_fetcher=self.bundle,
                font_config=self.fonts,
            )
        return self.sheets[name]


@functools.cache
def _press() -> _Press:
    # The fonts lie in a temporary folder, which is removed while Python can still do so.
    atexit.register(_press.cache_clear)
    return _Press()


def _drop_attachments_and_dead_links(root: Any) -> None:
    """Files are not attached by a document, and a link inside the site leads nowhere on paper."""
    for element in (each for name in ("a", "link", "area") for each in root.iter(name)):
        if "attachment" in element.get("rel", "").lower().split():
            del element.attrib["rel"]
        if element.tag == "a" and not _LINK.match(element.get("href", "#").strip()):
            del element.attrib["href"]


def _scope_headings(_document: Any, pdf: Any) -> None:
    """Say of each heading of a table whether it stands over a column or before a row.

    WeasyPrint gives each cell the names of its headings, which is enough for PDF/UA; not all screen
    readers follow them. A heading that a cell of its own row names is the row's.
    Source: ISO 32000-1:2008, 14.8.5.7; ISO 14289-1:2014, 7.5.
    """
    tags = [each for each in pdf.objects if isinstance(each, dict)]
    named = {
        (cell["P"], heading.string)
        for cell in tags
        if cell.get("S") == "/TD"
        for heading in cell["A"].get("Headers", ())
    }
    for heading in tags:
        if heading.get("S") == "/TH":
            is_row = "ID" in heading and (heading["P"], heading["ID"].string) in named
            heading["A"]["Scope"] = "/Row" if is_row else "/Column"


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
