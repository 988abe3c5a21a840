"""What people may attach: known kinds by extension and content, of a bounded size.

A file that passes is kept by `files.store` under a random name and always sent as attachment with
the content type from here, never the one the browser claimed. No file is opened beyond what it
takes to know its kind.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Protocol

from django.utils.translation import gettext as _

from kompetanse.errors import DomainError

MEGABYTES = 10
LONGEST_NAME = 120
UNPACKED_BYTES = 200 * 1024 * 1024
# The list of entries in an Office file takes a few kB; a megabyte of it is an attack.
DIRECTORY_BYTES = 1024 * 1024
LARGEST_PIXELS = 60_000_000

_OFFICE = "application/vnd.openxmlformats-officedocument."
# Control characters, and those that turn the reading direction (exe.fdp shown as pdf.exe).
_UNSHOWN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PDF_ACTION = re.compile(rb"/(?:JavaScript|Launch|RichMedia)[\s/<(\[]")
_PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


class AttachmentError(DomainError):
    """The file is not taken. The text is Norwegian and says what to do."""


class Upload(Protocol):
    """What we use of Django's UploadedFile."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def read(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that may be stored, with the name and type to give it back by."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Kind:
    content_type: str
    check: Callable[[bytes], None]


def received(upload: Upload) -> Attachment:
    """Return what a form received, read only when it is not too large.

    Raises:
        AttachmentError: the file is too large, empty, of a kind we do not take, or not what it
            says it is.
    """
    if (upload.size or 0) > MEGABYTES * 1024**2:
        raise _too_large()
    return checked(upload.name or "", upload.read())


def checked(name: str, content: bytes) -> Attachment:
    """Return the attachment, or raise as `received`."""
    if len(content) > MEGABYTES * 1024**2:
        raise _too_large()
    if not content:
        raise AttachmentError(_("Filen er tom. Sjekk at du har valgt riktig fil."))
    shown = clean_name(name)
    kind = KINDS.get(PurePosixPath(shown).suffix.lower())
    if kind is None:
        raise AttachmentError(
            _("Filer av denne typen tas ikke imot. Bruk %(kinds)s.") % {"kinds": kinds_in_words()}
        )
    kind.check(content)
    return Attachment(shown, content, kind.content_type)


def clean_name(name: str) -> str:
    """Return the last part of the name without what could fool a reader, at most 120 characters."""
    last = re.split(r"[/\\]", name)[-1]
    plain = " ".join(_UNSHOWN.sub("", last).split())
    stem, dot, extension = plain.rstrip(" .").rpartition(".")
    room = LONGEST_NAME - len(extension) - 1
    stem = stem.strip(" .")[:room] or "vedlegg"
    return f"{stem}{dot}{extension}"[:LONGEST_NAME]


def kinds_in_words() -> str:
    """Return the kinds as a sentence lists them: «PDF, PNG, JPG, Word, Excel eller CSV»."""
    return _("PDF, PNG, JPG, Word (.docx), Excel (.xlsx) eller CSV")


def _too_large() -> AttachmentError:
    return AttachmentError(
        _("Filen er større enn %(limit)s MB. Lagre den i mindre oppløsning, eller del den.")
        % {"limit": MEGABYTES}
    )


def _is_not(kind: str) -> AttachmentError:
    return AttachmentError(
        _("Filen er skadet eller ikke en %(kind)s. Lagre den på nytt, og prøv igjen.")
        % {"kind": kind}
    )


# --- one check for each kind


def _check_pdf(content: bytes) -> None:
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise _is_not("PDF")
    if _PDF_ACTION.search(_PDF_ESCAPE.sub(_unescaped, content)):
        raise AttachmentError(
            _("PDF-en inneholder skript. Skriv den ut som ny PDF, og last opp den nye.")
        )


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


def _check_png(content: bytes) -> None:
    starts_right = content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR"
    if not starts_right or b"IEND" not in content[-64:]:
        raise _is_not("PNG")
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    if width * height > LARGEST_PIXELS:
        raise AttachmentError(_("Bildet har for mange piksler. Lagre det i mindre oppløsning."))


def _check_jpg(content: bytes) -> None:
    if not content.startswith(b"\xff\xd8\xff") or b"\xff\xd9" not in content[-4096:]:
        raise _is_not("JPG")


def _check_docx(content: bytes) -> None:
    _check_office(content, kind=_("Word-fil (.docx)"), needs="word/document.xml")


def _check_xlsx(content: bytes) -> None:
    _check_office(content, kind=_("Excel-fil (.xlsx)"), needs="xl/workbook.xml")


def _check_office(content: bytes, *, kind: str, needs: str) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise AttachmentError(
            _("Filen er beskyttet med passord eller i et eldre format. Lagre den uten passord.")
        )
    if not content.startswith(b"PK\x03\x04") or _directory_bytes(content) > DIRECTORY_BYTES:
        raise _is_not(kind)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _is_not(kind) from error
    names = {entry.filename for entry in entries}
    if not {"[Content_Types].xml", needs} <= names:
        raise _is_not(kind)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise AttachmentError(_("Filen inneholder makroer. Lagre den uten makroer."))
    if sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise AttachmentError(_("Filen er større enn den ser ut til når den pakkes ut."))


def _directory_bytes(content: bytes) -> int:
    """Return how large the archive says that its list of entries is, before anyone reads it."""
    end = content.rfind(b"PK\x05\x06")
    return int.from_bytes(content[end + 12 : end + 16], "little") if end >= 0 else 0


def _check_csv(content: bytes) -> None:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in content and not is_wide:
        raise _is_not("CSV")
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<", b"%pdf", b"pk\x03\x04", b"mz", b"\x7felf", b"{\\rtf")):
        raise _is_not("CSV")


KINDS = {
    ".pdf": Kind("application/pdf", _check_pdf),
    ".png": Kind("image/png", _check_png),
    ".jpg": Kind("image/jpeg", _check_jpg),
    ".jpeg": Kind("image/jpeg", _check_jpg),
    ".docx": Kind(f"{_OFFICE}wordprocessingml.document", _check_docx),
    ".xlsx": Kind(f"{_OFFICE}spreadsheetml.sheet", _check_xlsx),
    ".csv": Kind("text/csv", _check_csv),
}
# For the `accept` of a file input.
ACCEPT = ",".join(KINDS)
