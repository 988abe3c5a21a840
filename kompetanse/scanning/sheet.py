"""The geometry of a sheet to write on, in millimetres from the top left corner of the paper."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Mark: TypeAlias = Literal["ink", "unsure", "blank"]


@dataclass(frozen=True, slots=True)
class Box:
    """What to look for ink in: the whole box, its lines included."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A4 with a square code in each corner and boxes to write in.

    The codes stand top left, top right, bottom left and bottom right; each says `key-page-corner`.
    """

    side: float
    corners: tuple[tuple[float, float], ...]
    boxes: tuple[Box, ...]

    def text(self, key: str, *, page: int, corner: int) -> str:
        """Return what the code in a corner (0–3) of a page (from 1) says."""
        return f"{key}-{page}-{corner}"
