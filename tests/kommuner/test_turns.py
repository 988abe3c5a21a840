"""Files from outside are read in turns, so that they cannot hold all of the web."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from kompetanse.kommuner import turns
from kompetanse.kommuner.tenancy import as_kommune
from tests.conftest import ROOT, owner_url

READERS = ("tables.read(", "tables.read_book(", "tables.read_form(", "oppmoteark.read(")


@contextmanager
def reading(*kommune_ids: int) -> Iterator[None]:
    """Have a file read in each Kommune by another process meanwhile."""
    with psycopg.connect(owner_url(connection.settings_dict["NAME"])) as other:
        for number, kommune_id in enumerate(kommune_ids):
            other.execute("SELECT pg_advisory_xact_lock(%s, %s)", [turns._OWN, kommune_id])
            other.execute("SELECT pg_advisory_xact_lock(%s, %s)", [turns._SHARED, number])
        yield


def test_one_at_a_time_in_a_kommune(fjordvik, nabovik) -> None:
    with reading(fjordvik.pk):
        with as_kommune(fjordvik.pk), pytest.raises(turns.BusyError, match="En annen fil"):
            turns.take()
        with as_kommune(nabovik.pk):
            turns.take()

    with as_kommune(fjordvik.pk):
        turns.take()


def test_as_many_at_a_time_in_all_as_leave_the_web_room(active, nabovik) -> None:
    others = [nabovik.pk + number for number in range(turns.AT_ONCE)]

    with reading(*others), pytest.raises(turns.BusyError):
        turns.take()
    with reading(*others[1:]):
        turns.take()


def test_the_web_has_more_processes_than_files_are_read() -> None:
    told = (ROOT / "Dockerfile").read_text()
    workers = int(told.partition('"--workers", "')[2].partition('"')[0])

    assert workers > turns.AT_ONCE


def test_every_page_that_reads_a_file_takes_its_turn() -> None:
    apps = ("kompetanse", "planer", "kartlegging", "soknader", "rapporter")
    views = [path for app in apps for path in (ROOT / app).rglob("views/*.py")]
    sources = {path.name: path.read_text() for path in views}
    readers = {name for name, text in sources.items() if any(part in text for part in READERS)}

    assert {"arbeidsbok.py", "innlesing.py", "oppmote.py", "tiltaksark.py"} <= readers
    assert [name for name in readers if "turns.take()" not in sources[name]] == []
