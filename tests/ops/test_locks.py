"""What is fetched is locked to content, and no file says from which address."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTS = ("requirements.txt", "requirements-dev.txt", "ops/uv.txt", "ops/node.txt")


@pytest.mark.parametrize("name", LISTS)
def test_requirements_name_no_address(name: str):
    lines = (ROOT / name).read_text().splitlines()

    assert [line for line in lines if "://" in line or line.startswith("-")] == []


@pytest.mark.parametrize("name", LISTS)
def test_every_requirement_has_one_version_and_a_hash(name: str):
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text())
    packages = [entry for entry in entries if not entry.startswith("#")]

    loose = [entry for entry in packages if "==" not in entry or "--hash=sha256:" not in entry]

    assert packages
    assert loose == []


def test_what_tests_need_holds_what_the_product_needs_in_the_same_versions():
    runtime, with_tests = (
        set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / name).read_text(), flags=re.MULTILINE))
        for name in LISTS[:2]
    )

    assert runtime - with_tests == set()


def test_the_npm_lock_holds_hashes_and_no_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = {name: entry for name, entry in packages.items() if name}

    assert [name for name, entry in fetched.items() if "resolved" in entry] == []
    assert [name for name, entry in fetched.items() if "integrity" not in entry] == []


def test_npm_packages_are_asked_for_in_one_version():
    package = json.loads((ROOT / "package.json").read_text())
    wished = package["dependencies"] | package["devDependencies"]

    assert [name for name, version in wished.items() if not re.fullmatch(r"[\d.]+", version)] == []
