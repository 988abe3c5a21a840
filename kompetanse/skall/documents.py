"""The common look of documents: one template is both the page on screen and the PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation

from kompetanse import pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who a document is from, its date and reference; for letters also to whom and signed by whom.

    `lang` is the kommune's målform: letters follow it whatever the reader has chosen. `arms` is
    the static name of a bundled picture; without it a shield with the initial is drawn, as a coat
    of arms may be used by the kommune's own leave only.
    """

    kommune: str
    on: date
    unit: str = ""
    arms: str = ""
    reference: str = ""
    case_worker: str = ""
    contact: str = ""
    lang: str = "nb"
    recipient: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()

    @property
    def initial(self) -> str:
        return self.kommune[:1].upper()

    @property
    def footer(self) -> str:
        """Return the foot of every page: «Modum kommune · Helse- og sosialetaten»."""
        return " · ".join(each for each in (self.kommune, self.unit, self.contact) if each)


def as_html(template: str, document: object, *, head: Letterhead) -> str:
    """Return the whole HTML document that `as_pdf` prints, in the letterhead's language."""
    context = {"document": document, "head": head, "frame": "skall/_document_pdf.html"}
    with translation.override(head.lang):
        return render_to_string(template, context)


def as_pdf(
    template: str,
    document: object,
    *,
    head: Letterhead,
    stylesheets: Sequence[str] = pdf.STYLESHEETS,
) -> bytes:
    """Return the document as PDF bytes. It reads no database and saves nothing.

    `stylesheets` are those that the document needs, where many are made at once.
    """
    html = as_html(template, document, head=head)
    return pdf.render(html, lang=head.lang, stylesheets=stylesheets)
