"""Two thousand employees send their application in the last minute before the deadline.

Against gunicorn as the Dockerfile starts it (four workers), with real commits, audit, notices and
work laid on the queue. More come the closer it gets; some come too late, and the round takes none
after the deadline. Judged is that nothing is lost: each who came in time has a number of their
own and a receipt, nobody is late for having stood in line, and no answer is a 5xx. Printed are
milliseconds as an employee waits, the throughput, and processor milliseconds for each application.

`pytest -m bench -s tests/bench/test_storm.py`
"""

import json
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Count

from kompetanse import clock
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Bruker, Enhet, Rolle, Stilling
from kompetanse.varsler.models import Varsel
from soknader.models import Soknad, Soknadsrunde, Utlysning
from tests.bench.crowd import Sender, storm
from tests.browser.site import _free_ports as free_ports
from tests.conftest import ROOT, forget_cached, give, make_ansatt, make_enhet
from tests.soknader.saker import make_runde

# Fewer for a quick look: `STORM=200 pytest …`.
PEOPLE = int(os.environ.get("STORM", "2000"))
TOO_LATE, UNITS = PEOPLE // 20, 40
MINUTE, AFTER = 60, 5
WORKERS = 4
DEADLINE = date(2026, 10, 15)
MIDNIGHT = clock.start_of(DEADLINE + timedelta(days=1))
# Seconds from when the web is ready until the last minute begins.
READY = 2
SECRET = "storm" * 6 + "ab"


@pytest.mark.bench
def test_the_last_minute_before_the_deadline(real_db, tmp_path):
    kommune = Kommune.objects.get(slug="fjordvik")
    with as_kommune(kommune.pk):
        runde, drafts = _world()
    senders = _senders(drafts)
    with _web(tmp_path) as web:
        seconds = storm(senders, starts_at=web.starts_at, port=web.port)
        used = web.processor_seconds()

    midnight = web.starts_at + MINUTE
    early = [each for each in senders if each.came < midnight]
    late = [each for each in senders if each.came >= midnight]
    figures = _figures(early, seconds, used)
    print(f"\nstorm {json.dumps(figures)}")  # noqa: T201
    assert [each.fault for each in senders if each.fault] == []
    assert {each.status for each in early} == {302}, web.log()
    assert {each.receipt for each in early} == {200}
    assert {each.status for each in late} == {409}
    with as_kommune(kommune.pk):
        _nothing_is_lost(runde, [each.draft for each in early], [each.draft for each in late])


def _nothing_is_lost(runde, in_time, too_late):
    sent = Soknad.objects.filter(pk__in=in_time)
    told = list(sent.values_list("status", "is_late", "number"))
    assert {(status, is_late) for status, is_late, _no in told} == {("submitted", False)}
    assert sorted(number for *_rest, number in told) == list(range(1, len(in_time) + 1))
    assert max(sent.values_list("submitted_at", flat=True)) < MIDNIGHT
    kept = Soknad.objects.filter(pk__in=too_late)
    assert set(kept.values_list("status", "number")) == {("draft", None)}
    audited = AuditEvent.objects.filter(action="soknad.submit").values_list("object_id", flat=True)
    assert sorted(audited) == sorted(in_time)
    kinds = Varsel.objects.values_list("kind").annotate(n=Count("pk"))
    assert dict(kinds) == {"soknad.submit": len(in_time), "soknad.state": len(in_time)}
    runde.refresh_from_db()
    assert runde.next_number == len(in_time) + 1


def _figures(senders, seconds, used):
    """Return what is printed: milliseconds of the answer and of the receipt after it."""
    answers = sorted(each.answered * 1e3 for each in senders)
    whole = sorted(each.done * 1e3 for each in senders)
    last = max(each.came + each.done for each in senders)
    first = min(each.came for each in senders)
    return {
        "applications": len(senders),
        "answer_p50_ms": round(statistics.median(answers)),
        "answer_p95_ms": round(answers[int(len(answers) * 0.95)]),
        "receipt_p50_ms": round(statistics.median(whole)),
        "receipt_p95_ms": round(whole[int(len(whole) * 0.95)]),
        "slowest_ms": round(whole[-1]),
        "applications_per_s": round(len(senders) / (last - first), 1),
        "seconds": round(seconds, 1),
        "web_cpu_ms_each": round(used * 1e3 / len(senders), 1),
        "load": round(os.getloadavg()[0], 1),
    }


# --- who sends, and when ----------------------------------------------------------------------


def _senders(drafts):
    """Return one for each draft: ever more until the deadline, and some after it."""
    chance = random.Random(2026)
    moments = [MINUTE * chance.random() ** 0.5 for _ in range(PEOPLE)]
    moments += [MINUTE + AFTER * chance.random() ** 2 for _ in range(TOO_LATE)]
    return [
        Sender(
            draft=pk,
            path=f"/fjordvik/soknad/{pk}/oppsummering/",
            session=session,
            fields={
                "csrfmiddlewaretoken": SECRET,
                "version": "1",
                "engangsnokkel": str(uuid4()),
                "confirm": "on",
            },
            at=at,
        )
        for (pk, session), at in zip(drafts.items(), moments, strict=True)
    ]


# --- the municipality -------------------------------------------------------------------------


def _world():
    """Return the round, and every draft's id with the session of the one who wrote it."""
    runde = make_runde(status=Soknadsrunde.Status.OPEN, deadline=DEADLINE, allows_late=False)
    top = make_enhet("Fjordvik kommune", Enhet.Kind.KOMMUNE)
    units = [make_enhet(f"Avdeling {n}", parent=top) for n in range(UNITS)]
    for n, enhet in enumerate(units):
        give(make_ansatt("Liv", f"Berg{n}", enhet), Rolle.Kode.LEDER, enhet)
    people = _people(units)
    drafts = _drafts(runde, people)
    sessions = _sessions(people)
    return runde, dict(zip(drafts, sessions, strict=True))


def _people(units):
    everyone = range(PEOPLE + TOO_LATE)
    users = Bruker.objects.bulk_create(
        Bruker(username=f"kari{n}@fjordvik.example", password="!") for n in everyone
    )
    kategori = Ansatt.objects.first().kategori
    people = Ansatt.objects.bulk_create(
        Ansatt(
            number=f"{50_000 + n}", first_name="Kari", last_name=f"Nilsen{n}", bruker=users[n],
            email=users[n].username, enhet=units[n % UNITS], kategori=kategori,
        )
        for n in everyone
    )  # fmt: skip
    Stilling.objects.bulk_create(
        Stilling(ansatt=each, enhet=each.enhet, kategori=kategori, percentage=100)
        for each in people
    )
    return people


def _drafts(runde, people):
    utlysning = Utlysning.objects.get(runde=runde)
    made = Soknad.objects.bulk_create(
        Soknad(
            ansatt=each, runde=runde, study="Geriatri", institution="Høgskolen", credits=30,
            starts=date(2027, 8, 15), ends=date(2028, 6, 15), leave_days=10, tuition=20_000,
            utlysning=utlysning, fokusomrade_id=utlysning.fokusomrade_id,
            reason="Jeg vil kunne mer.", use_at_work="Jeg kan veilede kolleger.",
        )
        for each in people
    )  # fmt: skip
    return [each.pk for each in made]


def _sessions(people):
    """Log everyone in; return the keys of the sessions."""
    store, ends = SessionStore(), datetime.now(UTC) + timedelta(hours=2)
    rows = [Session(uuid4().hex, store.encode(_known(each.bruker)), ends) for each in people]
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]


def _known(bruker):
    return {
        SESSION_KEY: str(bruker.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: bruker.get_session_auth_hash(),
    }


# --- the web ----------------------------------------------------------------------------------


class Web:
    """gunicorn of the product on a port of its own, a minute before the deadline."""

    def __init__(self, folder):
        self.port, self.log_file = free_ports(1)[0], folder / "web.log"
        self.database = str(connection.settings_dict["NAME"])
        self.clock = folder / "klokke"
        self.clock.write_text("0")
        self.process = self._started(folder)
        self._await()
        self.starts_at = time.time() + READY
        self.clock.write_text(str(MIDNIGHT.timestamp() - MINUTE - self.starts_at))
        self.before = _used(self.process.pid)

    def processor_seconds(self):
        """Return what all its processes have used of processors since it was ready."""
        return _used(self.process.pid) - self.before

    def log(self):
        return self.log_file.read_text()[-3000:]

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _started(self, folder):
        command = [
            Path(sys.executable).parent / "gunicorn", "tests.bench.midnight",
            "--bind", f"127.0.0.1:{self.port}", "--workers", str(WORKERS), "--preload",
            "--no-control-socket",
        ]  # fmt: skip
        with self.log_file.open("wb") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self._environment(folder), stdout=log, stderr=log
            )

    def _environment(self, folder):
        database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{self.database}")
        return os.environ | {
            "DATABASE_URL": urlunsplit(database),
            "REDIS_PREFIX": f"{self.database}:",
            "FILES_ROOT": str(folder / "filer"),
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "ARRIVAL_HEADER": "X-Request-Start",
            "KOMPETANSE_DEMO": "0",
            "SECURE": "0",
            "CLOCK_FILE": str(self.clock),
        }

    def _await(self):
        """Wait until it answers anything at all."""
        for _ in range(600):
            assert self.process.poll() is None, self.log()
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/helse/", timeout=5)
            except urllib.error.HTTPError:
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return
        raise AssertionError(self.log())


@contextmanager
def _web(folder):
    web = Web(folder)
    try:
        yield web
    finally:
        web.end()
        forget_cached()


def _used(parent):
    """Return the seconds of processors that gunicorn and its workers have used."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    stats = [
        Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        for pid in [parent, *children]
    ]
    ticks = sum(int(stat[11]) + int(stat[12]) for stat in stats)
    return ticks / os.sysconf("SC_CLK_TCK")
