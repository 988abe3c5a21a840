"""The order of the Norwegian alphabet, for lists that are put in order here.

What PostgreSQL orders follows by itself: the columns have the collation `nb-x-icu`.
"""

# Æ, ø and å stand after z in this order; so do the letters of neighbours that count as them.
_AFTER_Z = str.maketrans("æäøöå", "{{||}")


def key(text: str) -> str:
    """Return what to order the text by; capitals count as small letters."""
    return text.casefold().translate(_AFTER_Z)
