"""What a kind of document is: where it is found, how it is named, and its addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.functional import Promise

from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt

UNNAMED, UNDATED, KEY = Value(""), Value(0), F("pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document: its name, its page, and the files it can be had as."""

    name: str
    page: str
    pdf: str = ""
    xlsx: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a source found: a row's id, its name and its year; `name` may be empty, `year` 0."""

    id: int
    name: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A kind of document: where it stands, who may see it, where it is found, and what it is.

    `act`: None for anyone. `source` gives the rows to an Ansatt; `id`, `name`, `year`: the
    expressions of Found. `page`, `pdf`, `xlsx`: URL names, asked with the id unless `is_single`,
    and the year before it when `is_yearly`; `query` is added to the address, `xlsx_form` is what
    the workbook's address ends with.
    """

    group: str | Promise
    act: Act | None
    source: Callable[[Ansatt], QuerySet[Any]]
    label: Callable[[Found], str]
    page: str
    pdf: str = ""
    xlsx: str = ""
    name: Combinable = UNNAMED
    year: Combinable = UNDATED
    id: Combinable = KEY
    is_single: bool = False
    is_yearly: bool = False
    query: str = ""
    xlsx_form: str = ""

    def listed(self, found: Found) -> Listed:
        return Listed(
            name=self.label(found),
            page=self._address(self.page, found),
            pdf=self._address(self.pdf, found),
            xlsx=self._address(self.xlsx, found, self.xlsx_form),
        )

    def _address(self, name: str, found: Found, form: str = "") -> str:
        key: list[int | str] = [] if self.is_single else [found.id]
        key = [found.year, *key] if self.is_yearly else key
        ending = [form] if form else []
        return reverse(name, args=[*key, *ending]) + self.query if name else ""
