"""Work that is longer than a person should wait for: the doors tell before they begin it.

The doors to PDF and spreadsheets know what they are asked for. Inside `briefly()`, as in a request,
one that is asked for something long raises `TooLongError`, with all that a worker needs to make the
same. Everywhere else it is made. Source: docs/adr/0022-long-documents-are-ordered.md.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, Protocol

from django.core.cache import cache
from redis.exceptions import RedisError

# Called now and then while something is made, with how many parts are ready.
Told = Callable[[int], None]

# How long what strangers ask for is kept; one that is changed is another, and made at once.
KEPT_SECONDS = 3600

_is_brief: ContextVar[bool] = ContextVar("is_brief", default=False)
_is_kept: ContextVar[bool] = ContextVar("is_kept", default=False)


class Work(Protocol):
    """A file that can be made here, or carried to a worker and made there.

    `parts`: how many parts it has, 0 when nobody knows. `edition` changes when the same data would
    give another file.
    """

    @property
    def kind(self) -> str: ...

    @property
    def edition(self) -> str: ...

    @property
    def is_long(self) -> bool: ...

    @property
    def is_endless(self) -> bool: ...

    @property
    def parts(self) -> int: ...

    def make(self, told: Told | None = None) -> bytes: ...

    def as_json(self) -> dict[str, Any]: ...


class TooLongError(Exception):
    """What was asked for takes over a second, and nobody is to wait for it here."""

    def __init__(self, work: Work) -> None:
        super().__init__(work.kind)
        self.work = work


# How each kind of work is taken up from its JSON, by the door that makes it.
_kinds: dict[str, Callable[[dict[str, Any]], Work]] = {}


def register(kind: str, from_json: Callable[[dict[str, Any]], Work]) -> None:
    _kinds[kind] = from_json


@contextmanager
def briefly() -> Iterator[None]:
    """Let nothing long be made in the block."""
    token = _is_brief.set(True)
    try:
        yield
    finally:
        _is_brief.reset(token)


@contextmanager
def kept() -> Iterator[None]:
    """Let what is made in the block be made once an hour, however often it is asked for."""
    token = _is_kept.set(True)
    try:
        yield
    finally:
        _is_kept.reset(token)


def make(work: Work) -> bytes:
    """Return what the work makes.

    Raises:
        TooLongError: it is long, and this is a place where nothing long is made.
    """
    if work.is_long and _is_brief.get():
        raise TooLongError(work)
    return _once(work) if _is_kept.get() else work.make()


def _once(work: Work) -> bytes:
    """Return what was made of the same content within the hour, else make and keep it."""
    key = f"laget:{fingerprint(work)}"
    with suppress(RedisError):
        if found := cache.get(key):
            return bytes(found)
    made = work.make()
    with suppress(RedisError):
        cache.set(key, made, KEPT_SECONDS)
    return made


def fingerprint(work: Work) -> str:
    """Return what only the same content has: the same file would be made of it."""
    return hashlib.sha256(work.edition.encode() + packed(work)).hexdigest()


def packed(work: Work) -> bytes:
    return json.dumps([work.kind, work.as_json()], ensure_ascii=False, sort_keys=True).encode()


def unpacked(content: bytes) -> Work:
    kind, fields = json.loads(content)
    return _kinds[kind](fields)
