"""One Kommune at a time: the only door to tenant data, kept by PostgreSQL row level security."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from kompetanse.errors import TenantError

_active: ContextVar[int | None] = ContextVar("active_kommune_id", default=None)


@contextmanager
def as_kommune(kommune_id: int) -> Iterator[None]:
    """Run the block in one transaction that can see and write one Kommune's rows only.

    Nested calls for the same Kommune join the outer one. Used by the request middleware,
    by TenantTask and by management commands; nowhere else.

    Raises:
        TenantError: another Kommune is already active.

    Source: docs/adr/0002-row-level-security.md.
    """
    active = _active.get()
    if active is not None:
        if active != kommune_id:
            raise TenantError(f"Kommune {active} is active, {kommune_id} was asked for")
        yield
        return

    is_nested = connection.in_atomic_block
    token = _active.set(kommune_id)
    try:
        with transaction.atomic():
            _set_database_kommune(str(kommune_id))
            yield
            # The setting ends with the transaction; inside an outer one it must be taken back.
            if is_nested and not connection.needs_rollback:
                _set_database_kommune("")
    finally:
        _active.reset(token)


@contextmanager
def as_operator(operator_id: int) -> Iterator[None]:
    """Run the block in one transaction that may write the rows of the platform itself.

    The twin of `as_kommune` for those who run the platform: it opens no Kommune's rows but those
    that are made to be shown. Used by the operator's pages and the platform's commands.

    Source: docs/adr/0017-operators-stand-outside.md.
    """
    is_nested = connection.in_atomic_block
    with transaction.atomic():
        _set_database_operator(str(operator_id))
        yield
        if is_nested and not connection.needs_rollback:
            _set_database_operator("")


def current_id() -> int | None:
    """Return the active Kommune's id, which every tenant row gets by default; None outside."""
    return _active.get()


def require_id() -> int:
    """Return the active Kommune's id.

    Raises:
        TenantError: no Kommune is active.
    """
    active = _active.get()
    if active is None:
        raise TenantError("No Kommune is active; tenant data is reached through as_kommune()")
    return active


def is_active() -> bool:
    return _active.get() is not None


def _set_database_kommune(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kompetanse.kommune_id', %s, true)", [value])


def _set_database_operator(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kompetanse.operator_id', %s, true)", [value])
