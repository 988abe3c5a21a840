"""The drill restores into a fresh cluster, counts, repeats erasures, and asks as each Kommune."""

import json
import os
import subprocess
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from kompetanse.kommuner import files
from kompetanse.kommuner.models import Fil, Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Enhet
from tests.conftest import make_ansatt, make_enhet, owner_url
from tests.ops.test_backup import ROOT, run


@pytest.fixture
def backup(real_db, tmp_path):
    """Two municipalities with a unit, a person and a file each; the folder of their backup."""
    for kommune in Kommune.objects.all():
        with as_kommune(kommune.pk):
            top = make_enhet(f"{kommune.name} kommune", Enhet.Kind.KOMMUNE)
            make_ansatt("Kari", "Nilsen", top)
            files.store(b"%PDF-1.7", name="brev.pdf", content_type="application/pdf")
    return made(tmp_path)


def made(tmp_path):
    database = str(connection.settings_dict["NAME"])
    result = run("backup", tmp_path / "kopi", database=database, files=settings.FILES_ROOT)
    assert result.stderr == ""
    return Path(result.stdout.strip())


def drill(folder, pages="restored_row and fagradgiver"):
    return subprocess.run(
        [ROOT / "ops" / "drill", folder],
        env=os.environ | {"PYTEST_ADDOPTS": f"-k '{pages}'"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_good_backup_passes_the_drill(backup):
    result = drill(backup)

    assert result.stderr == ""
    assert "Øvelsen er bestått" in result.stdout
    assert "2 kommuner" in result.stdout
    assert "2 filer" in result.stdout
    assert "Sidene: 1 passed" in result.stdout


def test_erasures_after_the_backup_are_repeated_in_the_copy(backup):
    kommune = Kommune.objects.get(slug="fjordvik")
    with as_kommune(kommune.pk):
        pk = Enhet.objects.get().ansatte.get().pk
    line = {"at": "2126-01-01T00:00:00+00:00", "kommune_id": kommune.pk, "ansatt_id": pk}
    (backup.parent / "slettinger.jsonl").write_text(json.dumps(line) + "\n")

    result = drill(backup)

    assert "Gjentatt: 1 av 1 slettinger." in result.stdout


def test_a_copy_that_is_open_between_municipalities_fails(backup, tmp_path):
    with psycopg.connect(owner_url(str(connection.settings_dict["NAME"]))) as owner:
        owner.execute("ALTER TABLE organisasjon_enhet DISABLE ROW LEVEL SECURITY")
    try:
        result = drill(made(tmp_path / "apen"))
    finally:
        with psycopg.connect(owner_url(str(connection.settings_dict["NAME"]))) as owner:
            owner.execute("ALTER TABLE organisasjon_enhet ENABLE ROW LEVEL SECURITY")

    assert result.returncode == 1
    assert "organisasjon_enhet" in result.stderr


def test_a_file_that_is_gone_fails(backup, tmp_path):
    with as_kommune(Kommune.objects.get(slug="nabovik").pk):
        fil = Fil.objects.get()
    (settings.FILES_ROOT / fil.path).unlink()

    result = drill(made(tmp_path / "uten"))

    assert result.returncode == 1
    assert f"fil {fil.pk} mangler" in result.stderr
