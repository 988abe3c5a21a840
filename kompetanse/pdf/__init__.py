"""HTML to PDF. The only package that knows WeasyPrint, and the only door a document has outwards.

A document finds the fonts and pictures that lie in the bundle, by name, and nothing else: no
address is ever fetched, no path from a document is ever opened.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kompetanse import heavy
from kompetanse.heavy import Told

STYLESHEETS = ("fonts", "chart", "document", "letter", "plan", "poster")
# Some 30 to 60 microseconds of processor time for each character that is not part of a drawing:
# measured on 24 documents of the demonstration and on a plan of 400 measures (tests/bench).
LONG = 18_000
# A plan of 12 000 measures; it takes minutes, and more memory than a worker should have.
ENDLESS = 3_000_000
_DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)


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


def load() -> None:
    """Load the printer now, so that the processes that are made from this one have it."""
    from kompetanse.pdf import press  # noqa: F401


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
        from kompetanse.pdf import press

        return press.edition(self.stylesheets)

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
        from kompetanse.pdf import press

        return press.printed(
            self.html,
            lang=self.lang,
            stylesheets=self.stylesheets,
            variant=self.variant,
            told=told,
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "Printing":
        return cls(**fields | {"stylesheets": tuple(fields["stylesheets"])})


heavy.register("pdf", Printing.from_json)
