"""What the tests of units and people share."""

from collections.abc import Iterator
from contextlib import contextmanager

from kompetanse.kommuner import tenancy
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune


@contextmanager
def in_kommune(kommune: Kommune) -> Iterator[None]:
    """Work in the other Kommune for a while; the test's own is active again afterwards."""
    outer = tenancy.require_id()
    token = tenancy._active.set(None)
    try:
        with as_kommune(kommune.pk):
            yield
    finally:
        tenancy._active.reset(token)
        tenancy._set_database_kommune(str(outer))
