"""Logs carry neither names nor what people write, also when things go wrong."""

import logging
from datetime import timedelta
from io import StringIO
from logging.config import DictConfigurator
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from gunicorn.config import Config

from kompetanse import clock
from kompetanse.kommuner import audit
from kompetanse.kommuner.models import AuditEvent
from kompetanse.logs import AccessLogger
from kompetanse.personvern import tasks
from kompetanse.personvern.actions import rydding
from tests import world
from tests.conftest import ROOT
from tests.test_isolation import LIBRARY, path_of, urls

WRITTEN = "HEMMELIGGRUNN"


@pytest.fixture
def ours(fjordvik, active):
    with clock.frozen(world.MOMENT):
        yield world.build(fjordvik)


@pytest.fixture
def log():
    """Everything that any logger says, as the process would write it."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        DictConfigurator(settings.LOGGING).configure_formatter(
            dict(settings.LOGGING["formatters"]["plain"])
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def test_forms_with_every_kind_of_fault_leave_no_text_in_the_log(ours, as_user, log):
    """Every page is posted to with a private text, by those who may: 302, 404, 409 and 422."""
    ids = world.keys(ours) | {"ansatt": ours.people["ansatt"].pk}
    fields = (
        "reason", "text", "study", "use_at_work", "body", "comment", "hvem", "username", "answer",
        "first_name", "q", "search", "name",
    )  # fmt: skip
    statuses = set()
    for role in ("ansatt", "leder", "fagradgiver", "systemansvarlig"):
        browser = as_user(ours.people[role])
        for name, entry, _view in urls():
            if name in LIBRARY or name.startswith("demo:"):
                continue
            answer = browser.post(path_of(name, entry, ids), dict.fromkeys(fields, WRITTEN))
            statuses.add(answer.status_code)

    told = log.getvalue()
    assert {403, 404, 405, 422} <= statuses
    assert WRITTEN not in told
    assert ours.canary not in told.upper()


def test_an_error_that_holds_a_persons_text_is_logged_without_it(ours, as_user, log, monkeypatch):
    def break_down(*args, **kwargs):
        raise ValueError(f"{WRITTEN} {ours.people['ansatt'].full_name}")

    monkeypatch.setattr("kompetanse.personvern.views.mine.everything", break_down)
    browser = as_user(ours.people["ansatt"])
    browser.raise_request_exception = False

    answer = browser.get("/mine-data/")

    assert answer.status_code == 500
    assert "ERROR" in log.getvalue()
    assert WRITTEN not in log.getvalue()
    assert ours.canary not in log.getvalue().upper()


def test_a_night_that_fails_names_the_kommune_and_not_the_row(ours, log, monkeypatch):
    def break_down(*args):
        raise DatabaseError(f"duplicate key: {WRITTEN}")

    monkeypatch.setattr(rydding, "clean", break_down)
    with clock.frozen(world.MOMENT.replace(hour=2)):
        tasks._clean_in(ours.kommune.pk, world.MOMENT.date())

    assert f"kommune {ours.kommune.pk}" in log.getvalue()
    assert WRITTEN not in log.getvalue()


def test_failed_logins_leave_no_user_name_in_the_log(ours, log):
    Client().post("/fjordvik/konto/logg-inn/", {"login": WRITTEN, "password": WRITTEN})

    assert WRITTEN not in log.getvalue()


def test_the_trail_holds_no_text_of_the_world(ours):
    audit.record("ansatt.open", ours.people["ansatt"], by=ours.people["leder"])

    told = " ".join(str(event.details) for event in AuditEvent.objects.all())
    assert ours.canary not in told.upper()


KEY = "2bXq0c5d7_mYw9d1uYk3o8c0Jt5sLw1a-eRtY6uIo4P"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (f"/modum/kalender/{KEY}/kompetanse.ics", "GET /modum/kalender/…/kompetanse.ics HTTP/1.1"),
        (f"/plattform/velkommen/{KEY}/", "GET /plattform/velkommen/…/ HTTP/1.1"),
        (f"/plattform/velkommen/{KEY}", "GET /plattform/velkommen/… HTTP/1.1"),
        (f"/modum/folk/?q={WRITTEN}&kode={KEY}", "GET /modum/folk/ HTTP/1.1"),
        ("/modum/opplaringsplan/2027/pdf/", "GET /modum/opplaringsplan/2027/pdf/ HTTP/1.1"),
    ],
)
def test_the_webs_own_log_holds_neither_keys_nor_what_people_search_for(asked, told):
    path, _mark, query = asked.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "RAW_URI": asked, "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": path, "QUERY_STRING": query, "HTTP_REFERER": f"https://kommune.example{asked}",
    }  # fmt: skip
    answer = SimpleNamespace(status="200 OK", sent=1, headers=())
    config = Config()

    atoms = AccessLogger(config).atoms(answer, (), environ, timedelta(milliseconds=4))
    line = config.access_log_format % AccessLogger.atoms_wrapper_class(atoms)

    assert atoms["r"] == told
    assert KEY not in line
    assert WRITTEN not in line


def test_an_address_with_a_key_is_not_written_whole(fjordvik, log):
    Client().get(f"/fjordvik/kalender/{KEY}/kompetanse.ics")

    assert "/fjordvik/kalender/…/kompetanse.ics" in log.getvalue()
    assert KEY not in log.getvalue()


def test_production_and_demonstration_log_by_it():
    for path in ("Dockerfile", "ops/run_demo.py"):
        assert '"--logger-class", "kompetanse.logs.AccessLogger"' in (ROOT / path).read_text()
