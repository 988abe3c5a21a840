"""The bounded reader of scans: a program of its own, started by kompetanse.scanning.reading.

The file comes on standard input, the sheet's geometry (mm) and the limits as a JSON argument. The
answer is JSON on standard output: {"pages": [[key, page, [ink of each box, 0–1]]]}, or
{"error": code, "facts": {...}}.
"""

import io
import json
import re
import resource
import sys
from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
import pypdfium2
import zxingcpp
from PIL import Image, ImageOps

DOTS_PER_INCH = 150
POINTS_PER_INCH = 72
# A page is laid flat at this many pixels a millimetre: a pen stroke is two wide.
FLAT = 4
A4 = (210, 297)
LONGEST_SIDE = 2000  # pixels; a photograph has more than it takes
# Three corners pin the paper's plane; the fourth may be under a thumb.
CORNERS_NEEDED = 3
# What the lines of a box and the play in the measure take of it, in mm.
MARGIN = 1.2
# How much darker than the paper around it something must be to be ink, of 255.
DARKER = 45
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_TEXT = re.compile(r"(.{1,40})-(\d{1,3})-([0-3])")

Point: TypeAlias = tuple[float, float]
Found: TypeAlias = dict[int, list[Point]]


class RefusedError(Exception):
    """The file is not read; `code` names a sentence in kompetanse.scanning.reading."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def main() -> None:
    asked: dict[str, Any] = json.loads(sys.argv[1])
    _bind(asked["memory_bytes"], asked["cpu_seconds"])
    answer: dict[str, object]
    try:
        pages = _pages(sys.stdin.buffer.read(), asked)
        answer = {"pages": [read for page in pages for read in _read(page, asked)]}
    except RefusedError as refused:
        answer = {"error": refused.code, "facts": refused.facts}
    except (MemoryError, Image.DecompressionBombError):
        answer = {"error": "pixels", "facts": {}}
    # Whatever a decoder says of a damaged file, it was not readable.
    except Exception:  # noqa: BLE001
        answer = {"error": "unreadable", "facts": {}}
    sys.stdout.write(json.dumps(answer))


def _bind(memory_bytes: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024 * 1024, 1024 * 1024))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# --- from file to grey pictures


def _pages(content: bytes, asked: dict[str, Any]) -> Iterator[Image.Image]:
    if content.startswith(b"%PDF-"):
        return _pdf_pages(content, asked)
    if content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return iter([_picture(content, asked["pixels"])])
    raise RefusedError("kind")


def _pdf_pages(content: bytes, asked: dict[str, Any]) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(content)
    if len(document) > asked["pages"]:
        raise RefusedError("pages", limit=asked["pages"])
    for page in document:
        inches = max(page.get_size()) / POINTS_PER_INCH
        dots = min(DOTS_PER_INCH, LONGEST_SIDE / inches)
        yield page.render(scale=dots / POINTS_PER_INCH, grayscale=True).to_pil()


def _picture(content: bytes, most_pixels: int) -> Image.Image:
    picture: Image.Image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
    if picture.width * picture.height > most_pixels:
        raise RefusedError("pixels")
    picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
    grey = ImageOps.exif_transpose(picture).convert("L")
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return grey


# --- from picture to ink


def _read(picture: Image.Image, asked: dict[str, Any]) -> Iterator[tuple[str, int, list[float]]]:
    """Yield key, page and ink of each sheet in the picture: most often one."""
    for (key, page), found in _sheets(picture).items():
        if len(found) >= CORNERS_NEEDED:
            flat = _flattened(picture, found, asked)
            yield key, page, [_ink(flat, box) for box in asked["boxes"]]


def _sheets(picture: Image.Image) -> dict[tuple[str, int], Found]:
    """Return the four points of each corner's code, by the sheet's key and page."""
    sheets: dict[tuple[str, int], Found] = {}
    for code in zxingcpp.read_barcodes(picture, formats=_QR):
        if told := _TEXT.fullmatch(code.text):
            place = code.position
            around = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
            found = sheets.setdefault((told[1], int(told[2])), {})
            found[int(told[3])] = [(point.x, point.y) for point in around]
    return sheets


def _flattened(picture: Image.Image, found: Found, asked: dict[str, Any]) -> Image.Image:
    """Return the paper as seen from straight above, at FLAT pixels a millimetre."""
    flat, seen = [], []
    for corner, points in found.items():
        left, top = asked["corners"][corner]
        flat += _square(left, top, asked["side"])
        seen += points
    return picture.transform(
        (A4[0] * FLAT, A4[1] * FLAT),
        Image.Transform.PERSPECTIVE,
        _perspective(flat, seen),
        Image.Resampling.BICUBIC,
        fillcolor=255,
    )


def _square(left: float, top: float, side: float) -> list[Point]:
    right, bottom = left + side, top + side
    around = ((left, top), (right, top), (right, bottom), (left, bottom))
    return [(x * FLAT, y * FLAT) for x, y in around]


def _perspective(flat: list[Point], seen: list[Point]) -> tuple[float, ...]:
    """Return the eight coefficients that take a point of the paper to where the picture has it.

    More points than the four it takes: the least square of the error is chosen.
    Source: Hartley and Zisserman, Multiple View Geometry, ch. 4.1 (direct linear transformation).
    """
    rows, values = [], []
    for (x, y), (u, v) in zip(flat, seen, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    found, *_rest = np.linalg.lstsq(np.array(rows, float), np.array(values, float), rcond=None)
    return tuple(map(float, found))


def _ink(flat: Image.Image, box: dict[str, float]) -> float:
    """Return the share of the box that is darker than the paper in it."""
    left, top = box["left"] + MARGIN, box["top"] + MARGIN
    right = box["left"] + box["width"] - MARGIN
    bottom = box["top"] + box["height"] - MARGIN
    inner = flat.crop((left * FLAT, top * FLAT, right * FLAT, bottom * FLAT))
    values = np.asarray(inner, dtype=np.int16)
    return float((values < np.median(values) - DARKER).mean())


if __name__ == "__main__":
    main()
