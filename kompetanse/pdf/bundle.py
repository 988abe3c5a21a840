"""What a document finds: the fonts and pictures of the bundle, and small pictures of its own."""

import base64
import functools
import io
import re
from pathlib import Path

import weasyprint
from PIL import Image
from weasyprint.urls import URLFetcherResponse

_ROOM = Path(__file__).resolve().parents[1]

# Where the bundle lies, by its place under /static/. A page on screen loads the same files there.
FOLDERS = {
    "pdf": _ROOM / "skall" / "static" / "pdf",
    "vendor/inter": _ROOM.parent / "static" / "vendor" / "inter",
}
CONTENT_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
}

# The address that a document's own addresses are read against. «.invalid» can never be a machine
# (RFC 6761).
STATIC = "https://bundle.invalid/static/"
BASE = f"{STATIC}pdf/"
_HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")

# A picture inside the document itself: a municipality's arms, a photograph on a poster.
_DATA = re.compile(r"data:image/(png|jpeg);base64,([A-Za-z0-9+/=\s]+)")
DATA_LIMIT = 400_000  # characters
PIXEL_LIMIT = 4_000_000  # width times height, so that a small file cannot unpack to gigabytes


class DeniedError(ValueError):
    """A document asked for something outside the bundle. The document is made without it."""


class Bundle(weasyprint.URLFetcher):
    """Hands WeasyPrint the bundle's files by name, and small pictures written in the document.

    It is the printer's own fetcher in name only: no address is ever opened.
    """

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return what lies at `url`.

        Raises:
            DeniedError: it is neither in the bundle nor a small PNG or JPEG in the document.
        """
        content, content_type = _inline(url) if url.startswith("data:") else _bundled(url)
        return URLFetcherResponse(url, content, {"Content-Type": content_type})


def stylesheet(name: str) -> str:
    """Return the CSS of the bundle's stylesheet.

    Raises:
        FileNotFoundError: there is no such stylesheet.
    """
    return (FOLDERS["pdf"] / f"{name}.css").read_text()


def _bundled(url: str) -> tuple[bytes, str]:
    name = _HASH.sub("", url.removeprefix(STATIC))
    path = files().get(name)
    if path is None:
        raise DeniedError(f"Not in the bundle: {url[:200]}")
    return path.read_bytes(), CONTENT_TYPES[path.suffix]


@functools.cache
def files() -> dict[str, Path]:
    """Return the bundle's fonts and pictures by their names under /static/."""
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
