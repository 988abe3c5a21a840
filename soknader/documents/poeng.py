"""Points as people write them: a whole number, or one decimal when the members differ."""

from kompetanse.skall import norsk


def in_words(points: float | None) -> str:
    """Return «7», «7,5», or a dash when there are none to show."""
    if points is None:
        return norsk.NOTHING
    return f"{points:g}".replace(".", ",")
