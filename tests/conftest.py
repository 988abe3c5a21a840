"""The same people and municipalities for all tests, on a real PostgreSQL as the app's own role."""

import contextvars
import hashlib
import os
import shutil
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.middleware import csrf
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import set_script_prefix
from hypothesis import HealthCheck
from hypothesis import settings as hypotheses
from playwright.sync_api import Browser, expect, sync_playwright
from psycopg import sql

from kompetanse import clock
from kompetanse.kommuner import tenancy
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon import actions
from kompetanse.organisasjon.models import (
    Ansatt,
    Bruker,
    Enhet,
    Rolle,
    Stilling,
    Stillingskategori,
)

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "gul-sykkel-under-brua"
OCTOBER = datetime(2026, 10, 1, 9, 0, tzinfo=clock.OSLO)

# Only the owner may make a Kommune, so the two stand in the test database from the start.
KOMMUNER = """
INSERT INTO kommuner_kommune (slug, name, number, host, maalform, theme, contact) VALUES
    ('fjordvik', 'Fjordvik', '9901', '', 'nb', 'standard', 'servicetorget'),
    ('nabovik', 'Nabovik', '9902', '', 'nb', 'standard', 'servicetorget')
"""


# The same examples in every run, on a slow machine too: what fails is what somebody changed.
# HYPOTHESIS_PROFILE=default looks for new ones.
hypotheses.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypotheses.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_configure() -> None:
    """Serve static files from their sources: unit tests need no collected ones."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_AUTOREFRESH = True


# --- the database -----------------------------------------------------------------------------


def owner_url(database: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_OWNER_URL"])._replace(path=f"/{database}"))


def migrated_template() -> str:
    """Return a database with all migrations run; made again when a migration has changed.

    Tests of another state of the code, with another template, do not wait for it.
    """
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("**/migrations/*.py")):
        if ".lokal" not in path.parts:
            digest.update(path.read_bytes())
    name = f"kompetanse_mal_{digest.hexdigest()[:12]}"
    with psycopg.connect(owner_url("postgres"), autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        if not owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            unfinished = f"{name}_ny"
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(unfinished)))
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
            migrate(unfinished)
            owner.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(unfinished), sql.Identifier(name)
                )
            )
    return name


def migrate(database: str) -> None:
    environment = os.environ | {
        "DATABASE_OWNER_URL": owner_url(database),
        "KOMPETANSE_ROLE": "owner",
    }
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity=0"],
        check=True,
        cwd=ROOT,
        env=environment,
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """A database of this process, copied from the migrated template, used as the app's role.

    With RESTORED_COPY it is the one that DATABASE_URL names: a backup that ops/drill has laid back.
    """
    if os.environ.get("RESTORED_COPY"):
        yield from restored_copy()
        return
    template = migrated_template()
    name = f"kompetanse_test_{os.getpid()}"
    with psycopg.connect(owner_url("postgres"), autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(hashtext(%s))", [template])
        # A run that was cut off may have left one, and its number come back.
        left_over = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        owner.execute(left_over.format(sql.Identifier(name)))
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    cache.key_prefix = name
    with psycopg.connect(owner_url(name)) as owner:
        owner.execute(KOMMUNER)
    yield
    with django_db_blocker.unblock():
        connection.close()
    with psycopg.connect(owner_url("postgres"), autocommit=True) as owner:
        owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


# The Kommuner that a restored copy got from here.
TESTS_OWN: list[str] = []


def restored_copy() -> Iterator[None]:
    """Found the two Kommuner of the tests in the copy, unless it has them."""
    cache.key_prefix = f"copy_{os.getpid()}"
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        made = owner.execute(f"{KOMMUNER} ON CONFLICT DO NOTHING RETURNING slug").fetchall()
    TESTS_OWN.extend(slug for (slug,) in made)
    yield


def forget_cached() -> None:
    """Take away this process's own keys; others use the same Redis meanwhile, for queues too."""
    client = cache._cache.get_client(write=True)  # type: ignore[attr-defined]
    if keys := list(client.scan_iter(match=f"{cache.key_prefix}:*")):
        client.delete(*keys)


@pytest.fixture
def real_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Transactions that really commit, for races and crashes; emptied by the owner afterwards."""
    with django_db_blocker.unblock():
        yield
        connection.close()
    empty(str(connection.settings_dict["NAME"]))


def empty(database: str) -> None:
    """Let the owner remove every row, and found the two Kommuner of the tests anew."""
    with psycopg.connect(owner_url(database)) as owner:
        names = owner.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')"
        ).fetchall()
        tables = sql.SQL(", ").join(sql.Identifier(name) for (name,) in names)
        owner.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(tables))
        owner.execute(KOMMUNER)


@pytest.fixture(scope="session", autouse=True)
def tokens_without_names() -> Iterator[None]:
    """Forms' tokens have no capitals here, so that none holds the «Liv» that a test looks for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csrf, "CSRF_ALLOWED_CHARS", string.ascii_lowercase + string.digits)
        yield


@pytest.fixture(autouse=True)
def no_prefix() -> Iterator[None]:
    """Forget the municipality that the last request was in, as the next request would."""
    yield
    set_script_prefix("/")


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> None:
    settings.FILES_ROOT = tmp_path / "filer"


@pytest.fixture
def october() -> Iterator[datetime]:
    """The clock stands at 1 October 2026, 09:00 in Norway."""
    with clock.frozen(OCTOBER):
        yield OCTOBER


# --- municipalities and people ----------------------------------------------------------------


@pytest.fixture
def fjordvik(db: None) -> Kommune:
    """The Kommune whose data most tests work in."""
    return Kommune.objects.get(slug="fjordvik")


@pytest.fixture
def nabovik(db: None) -> Kommune:
    """Has data that could leak."""
    return Kommune.objects.get(slug="nabovik")


@pytest.fixture
def active(fjordvik: Kommune) -> Iterator[Kommune]:
    with as_kommune(fjordvik.pk):
        yield fjordvik


def make_enhet(
    name: str, kind: Enhet.Kind = Enhet.Kind.AVDELING, parent: Enhet | None = None
) -> Enhet:
    enhet = Enhet.objects.create(name=name, code=name.upper().replace(" ", "-"), kind=kind)
    return actions.place(enhet, parent=parent)


def make_ansatt(first_name: str, last_name: str, enhet: Enhet, **fields: Any) -> Ansatt:
    """Make an employee with a user who can log in and one full position."""
    number = fields.pop("number", f"{1000 + Ansatt.objects.count()}")
    email = f"{first_name}.{last_name}@{enhet.kommune.slug}.example".lower()
    kategori, _ = Stillingskategori.objects.get_or_create(name=fields.pop("kategori", "Sykepleier"))
    ansatt = Ansatt.objects.create(
        number=number,
        first_name=first_name,
        last_name=last_name,
        email=email,
        enhet=enhet,
        kategori=kategori,
        **fields,
    )
    Stilling.objects.create(ansatt=ansatt, enhet=enhet, kategori=kategori, percentage=100)
    ansatt.bruker = Bruker.objects.create(username=email, email=email, password="!")
    ansatt.save(update_fields=["bruker"])
    return ansatt


def give(ansatt: Ansatt, kode: Rolle.Kode, enhet: Enhet) -> Ansatt:
    actions.give(kode, ansatt, enhet=enhet, by=None)
    return ansatt


@pytest.fixture
def kommunen(active: Kommune) -> Enhet:
    """The top of the tree."""
    return make_enhet("Fjordvik kommune", Enhet.Kind.KOMMUNE)


@pytest.fixture
def helse(kommunen: Enhet) -> Enhet:
    return make_enhet("Helse og sosial", Enhet.Kind.SEKTOR, kommunen)


@pytest.fixture
def hjemmetjenesten(helse: Enhet) -> Enhet:
    return make_enhet("Hjemmetjenesten", Enhet.Kind.VIRKSOMHET, helse)


@pytest.fixture
def sykehjemmet(helse: Enhet) -> Enhet:
    return make_enhet("Sykehjemmet", Enhet.Kind.VIRKSOMHET, helse)


@pytest.fixture
def nord(hjemmetjenesten: Enhet) -> Enhet:
    """A department of Hjemmetjenesten."""
    return make_enhet("Nord", parent=hjemmetjenesten)


@pytest.fixture
def kari(nord: Enhet) -> Ansatt:
    """An employee without any other role, in Nord."""
    return make_ansatt("Kari", "Nilsen", nord)


@pytest.fixture
def ola(sykehjemmet: Enhet) -> Ansatt:
    """An employee in Sykehjemmet."""
    return make_ansatt("Ola", "Hansen", sykehjemmet)


@pytest.fixture
def liv(nord: Enhet) -> Ansatt:
    """Leads Nord, and so Kari."""
    return give(make_ansatt("Liv", "Berg", nord, kategori="Avdelingsleder"), Rolle.Kode.LEDER, nord)


@pytest.fixture
def vidar(hjemmetjenesten: Enhet) -> Ansatt:
    """Leads Hjemmetjenesten, and so Liv."""
    ansatt = make_ansatt("Vidar", "Dahl", hjemmetjenesten, kategori="Virksomhetsleder")
    return give(ansatt, Rolle.Kode.VIRKSOMHETSLEDER, hjemmetjenesten)


@pytest.fixture
def siri(sykehjemmet: Enhet) -> Ansatt:
    """Leads Sykehjemmet, and so Ola; nothing to do with Kari."""
    ansatt = make_ansatt("Siri", "Lund", sykehjemmet, kategori="Virksomhetsleder")
    return give(ansatt, Rolle.Kode.VIRKSOMHETSLEDER, sykehjemmet)


@pytest.fixture
def frida(helse: Enhet) -> Ansatt:
    """The advisor of the sector."""
    ansatt = make_ansatt("Frida", "Moen", helse, kategori="Fagrådgiver")
    return give(ansatt, Rolle.Kode.FAGRADGIVER, helse)


@pytest.fixture
def turid(helse: Enhet) -> Ansatt:
    """A union representative for the whole sector."""
    return give(make_ansatt("Turid", "Aas", helse), Rolle.Kode.TILLITSVALGT, helse)


@pytest.fixture
def kristin(helse: Enhet) -> Ansatt:
    """Head of the sector (kommunalsjef)."""
    ansatt = make_ansatt("Kristin", "Vik", helse, kategori="Kommunalsjef")
    return give(ansatt, Rolle.Kode.KOMMUNALSJEF, helse)


@pytest.fixture
def stein(helse: Enhet) -> Ansatt:
    """Head of staff of the sector (stabsleder)."""
    ansatt = make_ansatt("Stein", "Dahl", helse, kategori="Stabsleder")
    return give(ansatt, Rolle.Kode.STABSLEDER, helse)


@pytest.fixture
def sigurd(kommunen: Enhet) -> Ansatt:
    """Administers the tenant."""
    ansatt = make_ansatt("Sigurd", "Foss", kommunen, kategori="Rådgiver")
    return give(ansatt, Rolle.Kode.SYSTEMANSVARLIG, kommunen)


# --- requests ---------------------------------------------------------------------------------


class TenantClient(Client):
    """Asks as a browser does: the request finds its own Kommune, whatever the test holds."""

    prefix = "/fjordvik"

    def request(self, **request: Any) -> Any:
        outer = tenancy._active.get()
        response = contextvars.copy_context().run(self._request_from_outside, **request)
        if outer is not None:
            tenancy._set_database_kommune(str(outer))
        return response

    def _request_from_outside(self, **request: Any) -> Any:
        tenancy._active.set(None)
        return super().request(**request)

    def generic(self, method: str, path: str, *args: Any, **kwargs: Any) -> Any:
        """Put the Kommune before a path such as `/soknad/`."""
        if not path.startswith(self.prefix):
            path = f"{self.prefix}{path}"
        return super().generic(method, path, *args, **kwargs)


def asked(captured: CaptureQueriesContext) -> list[str]:
    """Return what one request of a TenantClient asked the database.

    BEGIN and COMMIT are not counted, nor what stands for them inside a test's transaction.
    """
    marks = ("SAVEPOINT", "RELEASE", "SELECT set_config('kompetanse.kommune_id', ''")
    found = [query["sql"] for query in captured if not query["sql"].startswith(marks)]
    # The client sets the test's own Kommune again, when the test holds one.
    is_reset = found[-1].startswith("SELECT set_config")
    return found[:-1] if is_reset else found


@pytest.fixture
def queries_of() -> Callable[[TenantClient, str], int]:
    """Return how many queries a page costs someone who has just been seen."""

    def count(browser: TenantClient, path: str) -> int:
        browser.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(path).status_code == 200
        return len(asked(captured))

    return count


def browser_of(ansatt: Ansatt | None) -> TenantClient:
    """Return a browser where the employee is logged in; nobody for None."""
    client = TenantClient()
    if ansatt is not None:
        client.prefix = f"/{ansatt.kommune.slug}"
        with as_kommune(ansatt.kommune_id):
            client.force_login(ansatt.bruker)
    return client


@pytest.fixture
def as_user(db: None) -> Callable[[Ansatt | None], TenantClient]:
    """Return `browser_of`, for what stands in the test's own transaction."""
    return browser_of


# --- a real browser ---------------------------------------------------------------------------

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


# What a page is given to show something: the machine may be doing much else.
PATIENCE_MS = 60_000


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the process's only browser: Playwright can be started once in each."""
    # It keeps an event loop in this thread; tests that follow in the same process use the
    # database all the same, from this one thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
