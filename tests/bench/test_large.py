"""Every page without an id, and the record of one person, with 300 and with 20 000 employees.

Prints the slowest: milliseconds by the clock and of processors (this process and its PostgreSQL
backend), queries and kilobytes. Judged is what a person would notice: processor time, and that the
number of queries does not follow the size.

`pytest -m bench -s tests/bench/test_large.py`
"""

import json
import os
import statistics
import time
from datetime import date

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompetanse import clock
from kompetanse.kommuner import files
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon import actions
from kompetanse.organisasjon.models import (
    Ansatt,
    Enhet,
    Hrimport,
    Kompetanse,
    Niva,
    Rolle,
    Stillingskategori,
)
from tests.bench.test_hr_import import FIRST, LAST, processor_seconds
from tests.conftest import OCTOBER, asked, give, make_ansatt, make_enhet, owner_url
from tests.test_isolation import LIBRARY, has_id, path_of, urls

RUNS = 3
# Seconds of processors that a page may take with 20 000 employees.
MOST = 1.5
SHOWN = 25
EVENTS_FOR_EACH = 50

PEOPLE = """
INSERT INTO organisasjon_ansatt (kommune_id, number, first_name, last_name, email, birth_year,
    enhet_id, kategori_id, employed_from)
SELECT %(kommune)s, 100000 + g,
    (%(first)s::text[])[1 + g %% 10], (%(last)s::text[])[1 + g / 7 %% 10],
    'ansatt.' || g || '@storvik.example', 1960 + g %% 45,
    (%(units)s::bigint[])[1 + g %% %(n_units)s], (%(jobs)s::bigint[])[1 + g %% %(n_jobs)s],
    date '2005-01-01' + g %% 7000
FROM generate_series(1, %(people)s) g
"""
POSTS = """
INSERT INTO organisasjon_stilling (kommune_id, ansatt_id, enhet_id, kategori_id, code, percentage,
    is_permanent, starts)
SELECT a.kommune_id, a.id, a.enhet_id, a.kategori_id, '7174', 30 + a.id %% 20, a.id %% 5 > 0,
    a.employed_from + post
FROM organisasjon_ansatt a, generate_series(0, 1) post
WHERE a.number::int BETWEEN 100000 AND 900000
"""
LEADERS = """
INSERT INTO organisasjon_rolle (kommune_id, ansatt_id, kode, enhet_id, "union")
SELECT DISTINCT ON (enhet_id) kommune_id, id, 'leder', enhet_id, '' FROM organisasjon_ansatt
WHERE number::int BETWEEN 100000 AND 900000 ORDER BY enhet_id, id
"""
STOCK = """
INSERT INTO kartlegging_beholdning (kommune_id, ansatt_id, kompetanse_id, level, status,
    updated_at, version)
SELECT a.kommune_id, a.id, (%(skills)s::bigint[])[1 + (a.id + s * 7) %% %(n_skills)s],
    1 + a.id %% 4, 'declared', now(), 1
FROM organisasjon_ansatt a, generate_series(1, 4) s
WHERE a.number::int BETWEEN 100000 AND 900000
"""
LEAVE = """
INSERT INTO organisasjon_permisjon (kommune_id, ansatt_id, kind, percentage, starts, version)
SELECT kommune_id, id, 'foreldre', 100, '2026-08-01', 1 FROM organisasjon_ansatt WHERE id %% 20 = 0
"""
EVENTS = """
INSERT INTO kommuner_auditevent (kommune_id, at, by_id, role, action, object_label, object_id,
    case_label, case_id, about_id, details)
SELECT a.kommune_id, now() - g * interval '7 hours' - a.id * interval '1 second', a.id, 'leder',
    (ARRAY['ansatt.open', 'soknad.open', 'beholdning.confirm', 'rolle.give'])[1 + g %% 4],
    'organisasjon.ansatt', a.id, 'organisasjon.ansatt', a.id, a.id, '{}'
FROM organisasjon_ansatt a, generate_series(1, %(each)s) g
"""
NOTICES = """
INSERT INTO varsler_varsel (kommune_id, key, kind, recipient_id, address, subject, body, calendar,
    is_reminder, status, reason, attempts, not_before, created_at)
SELECT kommune_id, 'x:' || id || ':' || g, 'soknadsfrist', id, '', 'Frist', 'Hei', '', true, 'sent',
    '', 1, now(), now() FROM organisasjon_ansatt, generate_series(1, 2) g
"""
LINES = """
INSERT INTO organisasjon_hrlinje (kommune_id, hrimport_id, kind, place, number, name, unit, "row",
    "column", text, suggestion, changes, content)
SELECT kommune_id, %(run)s, CASE WHEN id %% 50 = 0 THEN 'missing' ELSE 'changed' END, id, number,
    first_name || ' ' || last_name, 'Avdeling', id, '', '', '', '[["Stilling", "50", "60"]]', '{}'
FROM organisasjon_ansatt
"""


def filled(kommune, people):
    """Fill the Kommune with so many employees; return its administrator."""
    top = make_enhet("Storvik kommune", Enhet.Kind.KOMMUNE)
    units = [pk for sector in range(max(1, people // 2500)) for pk in _sector(top, sector, people)]
    jobs = Stillingskategori.objects.bulk_create(
        Stillingskategori(name=f"Stilling {n}") for n in range(70)
    )
    skills = Kompetanse.objects.bulk_create(Kompetanse(name=f"Ferdighet {n}") for n in range(60))
    Niva.objects.bulk_create(Niva(level=n, name=f"Nivå {n}") for n in range(5))
    sol = give(make_ansatt("Sol", "Foss", top, number="1"), Rolle.Kode.SYSTEMANSVARLIG, top)
    give(sol, Rolle.Kode.FAGRADGIVER, top)
    values = {
        "kommune": kommune.pk, "people": people, "first": list(FIRST), "last": list(LAST),
        "units": units, "n_units": len(units), "jobs": [job.pk for job in jobs],
        "n_jobs": len(jobs), "skills": [skill.pk for skill in skills], "n_skills": len(skills),
        "each": EVENTS_FOR_EACH, "run": _run(people),
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in (PEOPLE, POSTS, LEADERS, STOCK, LEAVE, EVENTS, NOTICES, LINES):
            cursor.execute(statement, values)
    return sol


def _sector(top, sector, people):
    above = make_enhet(f"Sektor {sector}", Enhet.Kind.SEKTOR, top)
    services = [
        make_enhet(f"Virksomhet {sector}.{n}", Enhet.Kind.VIRKSOMHET, above)
        for n in range(min(18, max(2, people // 100)))
    ]
    places = [
        make_enhet(f"Avdeling {sector}.{n}", parent=services[n % len(services)])
        for n in range(min(180, max(8, people // 20)))
    ]
    return [enhet.pk for enhet in places]


def _run(people):
    fil = files.store(b"x", name="hr.csv", content_type="text/csv")
    figures = {
        "employees": people, "changed": people, "missing": people // 50, "employed": people,
        "faulty_rows": 0, "faults": 0, "posts_changed": people,
    }  # fmt: skip
    run = Hrimport.objects.create(
        file_name="hr.csv", status="checked", figures=figures, fil=fil, check_number=1,
        headings=[{"name": "Ansattnr", "samples": []}], columns={"number": "Ansattnr"},
    )  # fmt: skip
    return run.pk


@pytest.fixture(params=[300, 20_000])
def large(request, real_db, october):
    kommune = Kommune.objects.get(slug="fjordvik")
    with as_kommune(kommune.pk):
        sol = filled(kommune, request.param)
        actions.keep_history(on=date(2026, 9, 1))
    with psycopg.connect(
        owner_url(str(connection.settings_dict["NAME"])), autocommit=True
    ) as owner:
        owner.execute("VACUUM ANALYZE")
    return request.param, kommune, sol


def measured(browser, path):
    """Return (milliseconds, processor milliseconds, queries, kilobytes) of the page; the median."""
    spent = []
    for _run in range(RUNS):
        started, used = time.perf_counter(), processor_seconds()
        answer = browser.get(path)
        spent.append((time.perf_counter() - started, processor_seconds() - used))
        if answer.status_code != 200:
            return None
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    wall, cpu = (statistics.median(each) * 1e3 for each in zip(*spent, strict=True))
    return round(wall), round(cpu), len(asked(captured)), len(answer.content) // 1024


@pytest.mark.bench
def test_pages_of_a_large_municipality(large, as_user):
    people, kommune, sol = large
    browser = as_user(sol)
    browser.get("/")
    with as_kommune(kommune.pk):
        one = Ansatt.objects.order_by("-pk").first()
        enhet = one.enhet
        run = Hrimport.objects.get()
    found = {}
    paths = {
        name: path_of(name, entry, {})
        for name, entry, _view in urls()
        if name not in LIBRARY and not has_id(entry) and not name.startswith("demo:")
        and not set(entry.converters) - {"year"}
    }  # fmt: skip
    paths |= {
        "people, searched": "/folk/?q=berg&rolle=leder",
        "events, filtered": f"/hendelser/?hvem={one.pk}",
        "events, action": "/hendelser/?handling=soknad.open",
        "one person": f"/ansatt/{one.pk}/",
        "one unit": f"/organisasjon/{enhet.pk}/",
        "hr check": f"/hr-import/{run.pk}/kontroll/",
        "hr check, last page": f"/hr-import/{run.pk}/kontroll/?vis=changed&side=9999",
        "hr confirm": f"/hr-import/{run.pk}/bekreft/",
    }

    with clock.frozen(OCTOBER):
        for name, path in paths.items():
            figures = measured(browser, path)
            if figures:
                found[name] = figures

    slowest = sorted(found.items(), key=lambda pair: -pair[1][1])
    print(f"\n{people} people, load {os.getloadavg()[0]:.1f}: ms, cpu ms, queries, kB")  # noqa: T201
    for name, figures in slowest[:SHOWN]:
        print(f"  {name:40} {json.dumps(figures)}")  # noqa: T201
    assert {name: f for name, f in found.items() if f[1] > MOST * 1e3} == {}
    assert len(found) > 30
