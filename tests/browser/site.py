"""The whole product on ports of its own: web, worker, beat and mail, on a demonstration database.

Nothing is replaced: the processes are those of `make demo`, started for a test and ended with it.
"""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.conftest import ROOT, migrate, migrated_template, owner_url

BIN = Path(sys.executable).parent
# A slow machine with other work starts the parts within half a minute.
START_SECONDS = 240


@dataclass(frozen=True)
class Site:
    """A running product: where it answers, and where its mail and its log are."""

    address: str
    mail: Path
    logs: Path
    database: str

    def kommune(self, slug: str) -> str:
        return f"{self.address}/{slug}"


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """Start the product with the demonstration's data in `folder`; end all of it afterwards."""
    database = f"kompetanse_nettleser_{os.getpid()}_{folder.name}"[:60].replace("-", "_")
    _copy(demonstration(), database)
    ports = _free_ports(2)
    site = Site(f"http://127.0.0.1:{ports[0]}", folder / "post", folder, database)
    environment = _environment(site, database, smtp=ports[1])
    children = [_start(name, command, site, environment) for name, command in _commands(ports)]
    try:
        _await(site, children)
        yield site
    finally:
        for child in reversed(children):
            _end(child)
        _drop(database)


def demonstration() -> str:
    """Return a database with the demonstration loaded; made again when data or code changes."""
    migrated_template()
    digest = hashlib.sha256()
    for pattern in ("demo/**/*", "**/migrations/*.py", "*/actions/*.py", "kompetanse/**/*.py"):
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and not {".lokal", "__pycache__"} & set(path.parts):
                digest.update(path.read_bytes())
    name = f"kompetanse_demo_{digest.hexdigest()[:12]}"
    with _owner() as owner:
        owner.execute("SELECT pg_advisory_lock(7261)")
        if not owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            _forget_older(owner)
            unfinished = f"{name}_ny"
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(unfinished)))
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
            migrate(unfinished)
            _load(unfinished)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            owner.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))
    return name


def _forget_older(owner: psycopg.Connection) -> None:
    older = owner.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'kompetanse_demo_%'"
    ).fetchall()
    for (name,) in older:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        owner.execute(drop.format(sql.Identifier(name)))


def _load(database: str) -> None:
    owned = {"DATABASE_OWNER_URL": owner_url(database), "KOMPETANSE_ROLE": "owner"}
    subprocess.run(
        [sys.executable, "manage.py", "load_demo", "modum", "siljan"],
        check=True,
        cwd=ROOT,
        env=os.environ | owned | {"KOMPETANSE_DEMO": "1"},
        stdout=subprocess.DEVNULL,
    )


def _copy(template: str, database: str) -> None:
    with _owner() as owner:
        owner.execute("SELECT pg_advisory_lock(7261)")
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        owner.execute(create.format(sql.Identifier(database), sql.Identifier(template)))


def _drop(database: str) -> None:
    with _owner() as owner:
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        owner.execute(drop.format(sql.Identifier(database)))


def _owner() -> psycopg.Connection:
    return psycopg.connect(owner_url("postgres"), autocommit=True)


def _environment(site: Site, database: str, *, smtp: int) -> dict[str, str]:
    app = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}")
    return os.environ | {
        "DATABASE_URL": urlunsplit(app),
        "DATABASE_OWNER_URL": owner_url(database),
        "REDIS_PREFIX": f"{database}:",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(smtp),
        "DEMO_MAIL_ROOT": str(site.mail),
        "FILES_ROOT": str(site.logs / "filer"),
        "SITE_ADDRESS": site.address.removeprefix("http://"),
        "KOMPETANSE_DEMO": "1",
        "OPENID_ALLOW_PRIVATE": "1",
        "SECURE": "0",
    }


def _commands(ports: list[int]) -> Iterator[tuple[str, list[str]]]:
    celery = [str(BIN / "celery"), "--app", "kompetanse"]
    yield "epost", [
        str(BIN / "python"), "-m", "aiosmtpd", "--nosetuid", "--listen", f"127.0.0.1:{ports[1]}",
        "--class", "aiosmtpd.handlers.Mailbox", "post",
    ]  # fmt: skip
    yield "web", [
        str(BIN / "gunicorn"), "kompetanse.wsgi", "--bind", f"127.0.0.1:{ports[0]}",
        "--workers", "2", "--timeout", "120", "--no-control-socket", "--chdir", str(ROOT),
    ]  # fmt: skip
    yield "arbeider", [*celery, "--workdir", str(ROOT), "worker", "--concurrency", "2"]
    yield "klokke", [*celery, "--workdir", str(ROOT), "beat", "--pidfile", ""]


def _start(
    name: str, command: list[str], site: Site, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    with (site.logs / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", *command],  # also when the tests are cut off
            cwd=site.logs,
            env=environment | {"PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _await(site: Site, children: list[subprocess.Popen[bytes]]) -> None:
    """Wait until every part says that it is well.

    Raises:
        AssertionError: a part ended, or not all were well in time.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert all(child.poll() is None for child in children), _told(site)
        try:
            urllib.request.urlopen(f"{site.address}/helse/", timeout=5)
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
        else:
            return
    raise AssertionError(_told(site))


def _told(site: Site) -> str:
    return "\n".join(log.read_text(errors="replace")[-2000:] for log in site.logs.glob("*.log"))


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGTERM)
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports
