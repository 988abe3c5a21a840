"""A form acts once: a second click with the same token leads to the first one's result."""

from uuid import UUID, uuid4

from django.db import connection

from kompetanse import clock
from kompetanse.kommuner.models import Engangsnokkel

_CLAIM = """
INSERT INTO kommuner_engangsnokkel (kommune_id, token, used_at, result) VALUES (%s, %s, %s, '')
ON CONFLICT (kommune_id, token) DO NOTHING
"""


def new_token() -> str:
    """Return a token for the hidden field of a form that is shown for the first time."""
    return str(uuid4())


def claim(token: UUID | str, *, kommune_id: int) -> bool:
    """Return True to the first who comes with the token; a second waits, then gets False."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [kommune_id, str(token), clock.now()])
        return bool(cursor.rowcount == 1)


def remember(token: UUID | str, result: str) -> None:
    """Store where the first use led, a path such as `/modum/mine/7/`."""
    Engangsnokkel.objects.filter(token=token).update(result=result)


def result_of(token: UUID | str) -> str | None:
    """Return where an earlier use of the token led, or None when it is unused."""
    return Engangsnokkel.objects.filter(token=token).values_list("result", flat=True).first()
