"""The number of a row or a version, as an address or a hidden field tells it."""

# No id of a row has more (a bigint has nineteen); int() refuses thousands of digits.
MOST_DIGITS = 18


def read(text: str) -> int | None:
    """Return the number; None for what cannot be one, such as «²», «-1» or too many digits."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def read_all(texts: list[str]) -> list[int]:
    """Return the numbers among the texts."""
    return [number for each in texts if (number := read(each)) is not None]
