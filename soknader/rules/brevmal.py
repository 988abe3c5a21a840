"""How the text of a letter is read: a flat list of placeholders, paragraphs, headings and facts.

A placeholder is a name in the list and nothing else: no attributes, no filters, no conditions.
What a person wrote is put in after the text is divided, so it is never read as a heading or as a
placeholder. A paragraph or fact with an empty placeholder is left out, and a heading goes with what
stands right below it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACEHOLDERS: Mapping[str, str | Promise] = {
    "navn": _("navnet til den ansatte"),
    "enhet": _("enheten til den ansatte"),
    "studium": _("hva det er søkt om"),
    "saksnummer": _("nummeret på søknaden"),
    "belop": _("innvilget beløp, for eksempel 34 000 kr"),
    "fordeling": _(
        "beløpet for hver ordning, for eksempel studieavgift 30 000 kr og bøker 4 000 kr"
    ),
    "vikar": _("hva enheten får til vikar, for eksempel 10 000 kr"),
    "fridager": _("innvilgede dager fri med lønn, for eksempel 12 dager"),
    "vilkar": _("vilkårene i vedtaket"),
    "begrunnelse": _("begrunnelsen i vedtaket"),
    "svarfrist": _("siste dag for å takke ja"),
    "antall_sokere": _("hvor mange søknader runden hadde"),
    "antall_stotte": _("hvor mange som får støtte"),
    "klagefrist": _("klagefristen når runden gir rett til å klage, for eksempel tre uker"),
    "kontakt": _("kommunens kontaktpunkt"),
    "kommune": _("navnet på kommunen"),
}
HEADING = "## "
# What stands around the name is taken off afterwards: asked for here, it makes a long row of blanks
# take minutes.
_PLACE = re.compile(r"\{\{([^{}]*)\}\}")
_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph (`text`), or facts (`rows` of label and value)."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, str], ...] = ()


def unknown(text: str) -> list[str]:
    """Return what stands in braces and is no placeholder, in order."""
    strange = [name for name in _names(text) if name not in PLACEHOLDERS]
    rest = _PLACE.sub("", text)
    return strange + [mark for mark in ("{{", "}}", "{%", "%}") if mark in rest]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its placeholders filled in, once; a value is never read anew."""
    return _PLACE.sub(lambda found: values[found.group(1).strip()], text)


def _names(text: str) -> list[str]:
    return [name.strip() for name in _PLACE.findall(text)]


def blocks(body: str, values: Mapping[str, str]) -> tuple[Block, ...]:
    """Return the letter's parts with everything filled in."""
    found: list[Block] = []
    waiting: Block | None = None
    for part in _parts(body):
        if part.startswith(HEADING):
            waiting = Block("heading", fill(part.removeprefix(HEADING), values))
            continue
        told = _told(part, values)
        if waiting and told:
            found.append(waiting)
        waiting = None
        found += told
    return tuple(found)


def _parts(body: str) -> list[str]:
    """Return the headings, each by itself, and what stands between blank lines."""
    parts: list[str] = []
    for part in _PARAGRAPHS.split(body.replace("\r\n", "\n").strip()):
        first, _newline, rest = part.strip().partition("\n")
        parts += [first, rest.strip()] if first.startswith(HEADING) else [part.strip()]
    return [part for part in parts if part]


def _told(part: str, values: Mapping[str, str]) -> list[Block]:
    lines = part.split("\n")
    if all(line.startswith("- ") for line in lines):
        rows = tuple(_fact(line, values) for line in lines if _is_filled(line, values))
        return [Block("facts", rows=rows)] if rows else []
    if not _is_filled(part, values):
        return []
    told = _PARAGRAPHS.split(fill(part, values).replace("\r\n", "\n"))
    return [Block("text", text.strip()) for text in told if text.strip()]


def _fact(line: str, values: Mapping[str, str]) -> tuple[str, str]:
    label, _colon, value = line.removeprefix("- ").partition(": ")
    return fill(label, values), fill(value, values)


def _is_filled(text: str, values: Mapping[str, str]) -> bool:
    return all(values[name].strip() for name in _names(text))
