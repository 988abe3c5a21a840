"""The health page, for monitoring and for the container's health check."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError

from kompetanse.kommuner import queries
from kompetanse.kommuner.queries import Sign


def health(_request: HttpRequest) -> JsonResponse:
    """Answer for database, Redis, worker, beat and pending notices: 200, or 503 with why."""
    database = _database()
    signs = [database, _redis()]
    if database.is_well:
        signs += [queries.pulse("beat"), queries.pulse("worker"), queries.waiting_notices()]
    is_well = all(sign.is_well for sign in signs)
    parts = {sign.name: {"ok": sign.is_well, "melding": sign.told} for sign in signs}
    return JsonResponse({"ok": is_well, "deler": parts}, status=200 if is_well else 503)


def _database() -> Sign:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Sign("database", is_well=False, told=type(error).__name__)
    return Sign("database", is_well=True, told="svarer")


def _redis() -> Sign:
    try:
        cache.set("helse", "ok", 10)
    except RedisError as error:
        return Sign("redis", is_well=False, told=type(error).__name__)
    return Sign("redis", is_well=True, told="svarer")


health.act = None  # type: ignore[attr-defined]
