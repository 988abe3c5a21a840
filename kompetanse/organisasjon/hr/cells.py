"""From the cell of a spreadsheet to a value of ours, or a sentence about what is wrong."""

import datetime as dt
import difflib
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kompetanse.tables import Cell

IDENTITY_NUMBER = re.compile(r"\d{6} ?\d{5}")
OLDEST_BIRTH_YEAR = 1900
YOUNGEST_AGE = 13
PERMANENT = {"fast": True, "f": True, "midlertidig": False, "m": False, "vikar": False}
PERMANENT |= {"vikariat": False, "engasjement": False, "tilkalling": False, "timelønn": False}
YES_NO = {"j": True, "ja": True, "n": False, "nei": False, "": False}
# What no name or code begins with, but what a spreadsheet reads as a formula.
FORMULA_START = ("=", "+", "@", "\uff1d")
_PLAIN_EMAIL = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}"
)
_OBJECT_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# The characters that Entra ID takes, and those of guests (#EXT#).
_PRINCIPAL_NAME = re.compile(r"[\w.'!#^~+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{4})-(\d{2})-(\d{2})")


class CellError(ValueError):
    """The cell cannot be used. The text is Norwegian; `suggestion` is what was perhaps meant."""

    def __init__(self, reason: str, suggestion: str = "") -> None:
        super().__init__(reason)
        self.suggestion = suggestion


def text(cell: Cell, *, longest: int) -> str:
    """Return the cell as one line of text; a whole number as its digits."""
    if cell is None:
        return ""
    line = " ".join(str(cell).split())
    if len(line) > longest:
        raise CellError(_("Teksten er lengre enn %(longest)s tegn.") % {"longest": longest})
    return line


def required(cell: Cell, *, longest: int) -> str:
    line = text(cell, longest=longest)
    if not line:
        raise CellError(_("Feltet er tomt."))
    return line


def name(cell: Cell, *, longest: int) -> str:
    """Return a required text that is nobody's formula."""
    line = required(cell, longest=longest)
    if line.startswith(FORMULA_START):
        raise CellError(_("Cellen inneholder en formel. Skriv verdien i stedet."))
    return line


def code(cell: Cell, *, longest: int) -> str:
    """Return an optional code that is nobody's formula."""
    return name(cell, longest=longest) if text(cell, longest=longest) else ""


def employee_number(cell: Cell) -> str:
    line = name(cell, longest=20)
    if IDENTITY_NUMBER.fullmatch(line):
        raise CellError(_("Dette ser ut som et fødselsnummer. Fødselsnummer lagres ikke her."))
    return line


def email(cell: Cell) -> str:
    line = text(cell, longest=254).lower()
    if not line or _PLAIN_EMAIL.fullmatch(line):
        return line
    try:
        validate_email(line)
    except ValidationError as error:
        raise CellError(_("«%(text)s» er ikke en e-postadresse.") % {"text": line}) from error
    return line


def object_id(cell: Cell) -> str:
    """Return the object id of an account in Entra ID in small letters, or nothing."""
    line = text(cell, longest=60).strip("{}").lower()
    if line and not _OBJECT_ID.fullmatch(line):
        raise CellError(
            _("«%(text)s» er ikke en objekt-ID. Den har 32 tegn delt av fire bindestreker.")
            % {"text": line}
        )
    return line


def principal_name(cell: Cell) -> str:
    """Return the user name of an account in Entra ID, which is written as an address, or ""."""
    line = text(cell, longest=200).lower()
    if line and not _PRINCIPAL_NAME.fullmatch(line):
        raise CellError(
            _("«%(text)s» er ikke et brukernavn i Entra ID, som ser ut som en e-postadresse.")
            % {"text": line}
        )
    return line


def birth_year(cell: Cell, *, on: dt.date) -> int | None:
    line = text(cell, longest=20)
    if not line:
        return None
    if IDENTITY_NUMBER.fullmatch(line):
        raise CellError(_("Dette ser ut som et fødselsnummer. Oppgi bare fødselsåret."))
    year = int(line) if re.fullmatch(r"\d{4}", line) else 0
    if not OLDEST_BIRTH_YEAR <= year <= on.year - YOUNGEST_AGE:
        raise CellError(_("«%(text)s» er ikke et fødselsår med fire siffer.") % {"text": line})
    return year


def percentage(cell: Cell) -> Decimal:
    """Return the percentage, 0-100."""
    line = required(cell, longest=20)
    try:
        value = Decimal(line.removesuffix("%").strip().replace(",", "."))
    except InvalidOperation as error:
        raise CellError(_("«%(text)s» er ikke et tall.") % {"text": line}) from error
    if not value.is_finite() or not 0 <= value <= 100:  # noqa: PLR2004
        raise CellError(_("«%(text)s» er ikke en prosent fra 0 til 100.") % {"text": line})
    if 0 < value < 1:
        whole = f"{(value * 100).normalize():f}"
        raise CellError(_("Oppgi prosenten som et tall fra 0 til 100."), whole)
    return value.quantize(Decimal("0.01"))


def date(cell: Cell) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    line = text(cell, longest=30)
    return _parsed_date(line) if line else None


def _parsed_date(line: str) -> dt.date:
    match = _DATE.fullmatch(line)
    try:
        if match and match[1]:
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
        if match:
            return dt.date(int(match[4]), int(match[5]), int(match[6]))
    except ValueError:
        pass
    raise CellError(_("«%(text)s» er ikke en dato som 31.12.2026.") % {"text": line})


def is_permanent(cell: Cell) -> bool:
    """Return whether the position is permanent; an empty cell is."""
    line = text(cell, longest=40).lower()
    return _chosen(line, PERMANENT, ("Fast", "Midlertidig")) if line else True


def is_leader(cell: Cell) -> bool:
    return _chosen(text(cell, longest=20).lower(), YES_NO, ("J", "N"))


def _chosen(line: str, choices: dict[str, bool], shown: tuple[str, str]) -> bool:
    if line in choices:
        return choices[line]
    raise CellError(
        _("«%(text)s» er verken «%(one)s» eller «%(other)s».")
        % {"text": line, "one": shown[0], "other": shown[1]},
        suggested(line, [choice for choice in choices if len(choice) > 1]),
    )


def suggested(line: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return what among the known is closest to what was written, or nothing."""
    close = difflib.get_close_matches(line, list(known), n=1, cutoff=cutoff)
    return close[0] if close else ""
