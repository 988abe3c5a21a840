"""A backup that is laid back gives the same rows, the same policies and the same files."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Enhet
from tests.conftest import make_enhet

ROOT = Path(__file__).resolve().parents[2]
POLICIES = "SELECT tablename, policyname, qual, with_check FROM pg_policies ORDER BY 1, 2"
FORCED = "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relrowsecurity ORDER BY 1"
RIGHTS = (
    "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
    " WHERE grantee = 'kompetanse_app' ORDER BY 1, 2"
)
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
UNITS = "SELECT kommune_id, name FROM organisasjon_enhet ORDER BY 1, 2"


def at(variable: str, database: str) -> str:
    return urlunsplit(urlsplit(os.environ[variable])._replace(path=f"/{database}"))


def read(query: str, database: str) -> list[tuple[object, ...]]:
    with psycopg.connect(at("DATABASE_BACKUP_URL", database)) as backup:
        return backup.execute(query).fetchall()


def run(
    script: str, argument: Path, *, database: str, files: Path
) -> subprocess.CompletedProcess[str]:
    roles = ("DATABASE_OWNER_URL", "DATABASE_BACKUP_URL")
    return subprocess.run(
        [ROOT / "ops" / script, argument],
        env=os.environ | {role: at(role, database) for role in roles} | {"FILES_ROOT": str(files)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def database(real_db: None) -> str:
    """Two municipalities with a unit each."""
    for kommune in Kommune.objects.all():
        with as_kommune(kommune.pk):
            make_enhet(f"{kommune.name} kommune", Enhet.Kind.KOMMUNE)
    return str(connection.settings_dict["NAME"])


@pytest.fixture
def empty_database(real_db: None) -> Iterator[str]:
    name = f"kompetanse_tilbake_{os.getpid()}"
    with psycopg.connect(at("DATABASE_OWNER_URL", "postgres"), autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield name
        owner.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_backup_laid_back_gives_rows_policies_rights_and_files(
    database: str, empty_database: str, tmp_path: Path
):
    (tmp_path / "filer/fjordvik").mkdir(parents=True)
    (tmp_path / "filer/fjordvik/brev.pdf").write_bytes(b"%PDF-1.7")

    backup = run("backup", tmp_path / "kopi", database=database, files=tmp_path / "filer")
    folder = Path(backup.stdout.strip())
    restored = run("restore", folder, database=empty_database, files=tmp_path / "tilbake")

    assert (backup.stderr, restored.stderr) == ("", "")
    assert len(read(UNITS, database)) == 2
    assert read(UNITS, empty_database) == read(UNITS, database)
    for what in (POLICIES, FORCED, RIGHTS):
        assert read(what, empty_database) == read(what, database)
    assert (tmp_path / "tilbake/fjordvik/brev.pdf").read_bytes() == b"%PDF-1.7"


def test_a_backup_is_readable_by_its_owner_alone(database: str, tmp_path: Path):
    (tmp_path / "filer").mkdir()

    folder = Path(
        run("backup", tmp_path / "kopi", database=database, files=tmp_path / "filer").stdout.strip()
    )

    assert {path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir())} == {0}


def test_a_role_that_does_not_see_every_municipality_makes_no_backup(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "filer").mkdir()
    monkeypatch.setenv("DATABASE_BACKUP_URL", os.environ["DATABASE_URL"])

    result = run("backup", tmp_path / "kopi", database=database, files=tmp_path / "filer")

    assert result.returncode == 1
    assert "ser ikke alle kommuner" in result.stderr


def test_a_changed_backup_is_not_laid_back(database: str, empty_database: str, tmp_path: Path):
    (tmp_path / "filer").mkdir()
    folder = Path(
        run("backup", tmp_path / "kopi", database=database, files=tmp_path / "filer").stdout.strip()
    )
    (folder / "antall.txt").write_text("organisasjon_enhet|0\n")

    result = run("restore", folder, database=empty_database, files=tmp_path / "tilbake")

    assert result.returncode == 1
    assert read("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", empty_database) == [
        (0,)
    ]
