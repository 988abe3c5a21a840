"""How wide a line of text is, and where to break it, without a browser to ask."""

# Widths in thousandths of the font size. Source: Inter 4, Regular, horizontal metrics.
_WIDTHS = {
    "a": 560, "b": 610, "c": 570, "d": 610, "e": 580, "f": 370, "g": 610, "h": 590, "i": 240,
    "j": 240, "k": 550, "l": 240, "m": 880, "n": 590, "o": 600, "p": 610, "q": 610, "r": 380,
    "s": 530, "t": 330, "u": 590, "v": 560, "w": 820, "x": 550, "y": 560, "z": 550, "æ": 920,
    "ø": 600, "å": 560, "A": 690, "B": 650, "C": 730, "D": 720, "E": 600, "F": 590, "G": 750,
    "H": 740, "I": 270, "J": 570, "K": 670, "L": 570, "M": 900, "N": 750, "O": 760, "P": 640,
    "Q": 760, "R": 640, "S": 640, "T": 650, "U": 740, "V": 690, "W": 990, "X": 680, "Y": 680,
    "Z": 630, "Æ": 990, "Ø": 760, "Å": 690, "1": 410, " ": 280, "\u00a0": 280, ".": 290,
    ",": 290, "-": 460, "/": 360, "(": 360, ")": 360, "–": 500, ":": 290, "%": 980,
}  # fmt: skip
_OTHER = 650
_BOLD = 1.06


def width(words: str, *, size: float, weight: int = 400) -> float:
    """Return the width of a line in the picture's units, a little on the safe side."""
    units = sum(_WIDTHS.get(letter, _OTHER) for letter in words)
    return units / 1000 * size * (_BOLD if weight >= 600 else 1)  # noqa: PLR2004


def wrap(words: str, *, size: float, room: float, lines: int, weight: int = 400) -> list[str]:
    """Return at most `lines` lines that each fit in `room`; what is too long ends with «…»."""
    made: list[str] = []
    for word in words.split():
        joined = f"{made[-1]} {word}" if made else word
        if made and width(joined, size=size, weight=weight) <= room:
            made[-1] = joined
        else:
            made.append(word)
    kept = made[:lines]
    if len(made) > lines:
        kept[-1] += " …"
    return [clip(each, size=size, room=room, weight=weight) for each in kept]


def clip(words: str, *, size: float, room: float, weight: int = 400) -> str:
    """Return the words, or as much of them as fits in `room` with «…» after it."""
    if width(words, size=size, weight=weight) <= room:
        return words
    kept = words.removesuffix(" …")
    while kept and width(f"{kept}…", size=size, weight=weight) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
