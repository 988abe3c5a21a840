"""20 000 people with two positions each, from file to register; prints, and judges nothing."""

import csv
import datetime as dt
import io
import json
import os
import random
import resource
import threading
import time
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from django.db import connection

from kompetanse import clock
from kompetanse.hrimport import book
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.hr import actions
from kompetanse.organisasjon.models import Ansatt, Hrimport, Kjennetegn, Stilling

PEOPLE, UNITS = 20_000, 1_500
HEADINGS = (
    "Ansattnr", "Fornavn", "Etternavn", "E-post", "Fødselsår", "Enhetskode", "Enhet",
    "Overordnet enhetskode", "Stillingskode", "Stilling", "Stillingsprosent", "Ansettelsesform",
    "Fra", "Til", "Leder", "Objekt-ID", "UPN",
)  # fmt: skip
FIRST = ("Kari", "Ola", "Ingrid", "Lars", "Solveig", "Per", "Nina", "Bjørn", "Åse", "Trond")
LAST = ("Hansen", "Nilsen", "Berg", "Dahl", "Lund", "Moen", "Vik", "Solberg", "Haugen", "Bakke")


def units():
    yield "1000", "Storvik kommune", ""
    for n in range(8):
        yield str(1100 + n), f"Sektor {n}", "1000"
    for n in range(150):
        yield str(2000 + n), f"Virksomhet {n}", str(1100 + n % 8)
    for n in range(UNITS - 159):
        yield str(3000 + n), f"Avdeling {n}", str(2000 + n % 150)


def rows(*, changed=0, linked=False):
    """Yield two rows for each person; the first `changed` people have another share and unit.

    Those who are `linked` have the two marks of Entra ID.
    """
    chance, places = random.Random(1), list(units())
    for n in range(PEOPLE):
        first, last = chance.choice(FIRST), chance.choice(LAST)
        for post in range(2):
            leads = post == 0 and n < len(places)
            place = places[n] if leads else chance.choice(places)
            share = chance.choice((20, 37.5, 50))
            if n < changed and post == 1:
                place, share = places[-1 - n % 100], 45
            yield (
                100_000 + n, first, last, f"ansatt.{n}@storvik.example",
                1960 + n % 45, *place, str(7000 + n % 400), f"Stilling {chance.randrange(70)}",
                share, "Fast", dt.date(2000 + n % 25, 1 + n % 12, 1 + (post * 7 + n) % 28), None,
                "J" if leads else "N", f"{n:08x}-0000-4000-8000-000000000000" if linked else "",
                f"ansatt.{n}@storvik.example" if linked else "",
            )  # fmt: skip


def as_csv(table):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(HEADINGS)
    for row in table:
        writer.writerow(["" if cell is None else cell for cell in row])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(table):
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Ansatte")
    sheet.append(HEADINGS)
    for row in table:
        sheet.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


@contextmanager
def peak():
    """Follow the resident memory of this process, in megabytes, while the block runs."""
    told = {"start": resident(), "peak": 0}
    over = threading.Event()

    def follow():
        while not over.wait(0.02):
            told["peak"] = max(told["peak"], resident())

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        yield told
    finally:
        over.set()
        thread.join()


def resident():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def timed(work):
    """Return what the work gave, and its seconds by the clock and of processors.

    The latter are those of this process, its children and its PostgreSQL backend: they stay the
    same when others use the machine.
    """
    started, used = time.perf_counter(), processor_seconds()
    done = work()
    wall, cpu = time.perf_counter() - started, processor_seconds() - used
    return done, {"wall": round(wall, 2), "cpu": round(cpu, 2)}


def processor_seconds():
    """Return what this process, its children and its PostgreSQL backend have used."""
    own = os.times()
    told = own.user + own.system + own.children_user + own.children_system
    return told + backend_seconds()


def backend_seconds():
    """Return what the PostgreSQL backend has used, to the microsecond where the kernel tells."""
    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}")
    with suppress(OSError):
        return int((backend / "schedstat").read_text().split()[0]) / 1e9
    user, system = (backend / "stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def checked(kommune_id, hrimport, sheets):
    with as_kommune(kommune_id):
        return actions.check(hrimport, sheets)


def written(kommune_id, hrimport):
    with as_kommune(kommune_id):
        return actions.write(hrimport, by=None)


def run(kommune_id, content, name):
    """Read, check and write as the worker does; return seconds and megabytes."""
    with peak() as memory:
        with as_kommune(kommune_id):
            hrimport = Hrimport.objects.create(file_name=name)
        sheets, reading = timed(lambda: book.of(content, name))
        report, checking = timed(partial(checked, kommune_id, hrimport, sheets))
        sheets = None
        _done, writing = timed(partial(written, kommune_id, hrimport))
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return {
        "file": name,
        "megabytes_of_file": round(len(content) / 2**20, 1),
        "read_s": reading,
        "check_s": checking,
        "shown_after_s": {kind: round(reading[kind] + checking[kind], 2) for kind in reading},
        "write_s": writing,
        "worker_mb": memory["peak"],
        "worker_mb_before": memory["start"],
        "child_mb": child,
        "figures": report.figures,
    }


@pytest.mark.bench
def test_twenty_thousand_people_with_two_positions_each(real_db):
    kommune = Kommune.objects.get(slug="fjordvik")
    told = []
    with clock.frozen(dt.datetime(2026, 9, 1, 8, tzinfo=clock.OSLO)):
        told.append(run(kommune.pk, as_xlsx(rows()), "alle.xlsx"))
        told.append(run(kommune.pk, as_csv(rows()), "uendret.csv"))
        told.append(run(kommune.pk, as_csv(rows(changed=5_000)), "endret.csv"))
        with as_kommune(kommune.pk):
            last = Hrimport.objects.latest("pk")
            _done, undoing = timed(lambda: actions.angre.hindrances(last))
            told.append({"hindrances_s": undoing, "found": len(_done)})
            _done, undoing = timed(lambda: actions.angre.revert(last))
            told.append({"undo_of_endret_s": undoing})
        told.append(run(kommune.pk, as_csv(rows(linked=True)), "koblet.csv"))
        with as_kommune(kommune.pk):
            assert Kjennetegn.objects.count() == 2 * PEOPLE
            assert Ansatt.objects.count() == PEOPLE
            assert Stilling.objects.count() == 2 * PEOPLE

    print(json.dumps(told, ensure_ascii=False, indent=1))  # noqa: T201 (the print is the purpose)
