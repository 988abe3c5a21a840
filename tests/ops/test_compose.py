"""What production is started from; without an engine, the files are held against rules."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from gunicorn.config import Config

from kompetanse.tables.reading import FILE_MEGABYTES

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "SECRET_KEY",
    "SEALING_KEYS",
    "POSTGRES_PASSWORD",
    "OWNER_PASSWORD",
    "APP_PASSWORD",
    "BACKUP_PASSWORD",
    "REDIS_PASSWORD",
}
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(:?[-?+])?([^}]*)\}")


@pytest.fixture(scope="module")
def text() -> str:
    return (ROOT / "docker-compose.yml").read_text()


@pytest.fixture(scope="module")
def compose(text: str) -> dict[str, Any]:
    return yaml.safe_load(text)


def test_compose_file_follows_the_compose_schema():
    checker = Path(sys.executable).parent / "check-jsonschema"

    result = subprocess.run(
        [checker, "--builtin-schema", "vendor.compose-spec", ROOT / "docker-compose.yml"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stderr) == (0, "")


def test_a_start_without_a_secret_stops_and_names_it(text: str):
    used = {name: kind for name, kind, _ in VARIABLE.findall(text) if name in SECRETS}

    assert used == dict.fromkeys(SECRETS, ":?")


def test_no_secret_has_a_value_in_any_file_for_production(text: str):
    example = (ROOT / ".env.example").read_text()

    filled = {line for line in example.splitlines() if re.match(r"\w*(KEY|PASSWORD)=.", line)}

    assert filled == set()
    assert re.findall(r"(?i)(?:password|key): (?!\$\{).+", text) == []


def test_the_example_names_every_variable_that_the_compose_file_asks_for(text: str):
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^(\w+)=", example, flags=re.MULTILINE))

    asked = {name for name, _, _ in VARIABLE.findall(text)} - {"VERSION"}

    assert asked == named


def test_every_setting_that_is_read_is_told_in_the_documentation():
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "kompetanse/settings.py").read_text()))
    told = set(re.findall(r"`(\w+)[`=]", (ROOT / "docs/operation.md").read_text()))

    assert read - told == set()


def test_notices_and_welcome_links_name_the_address_that_the_platform_is_served_at(compose):
    settings = compose["services"]["web"]["environment"]

    assert settings["SITE_ADDRESS"] == settings["CSRF_TRUSTED_ORIGINS"].removeprefix("https://")


def test_every_service_that_stays_up_has_a_health_check(compose: dict[str, Any]):
    passing = {"migrate", "backup"}

    without = {
        name for name, service in compose["services"].items() if "healthcheck" not in service
    }

    assert without == passing


def test_only_the_migration_holds_the_owner_role(compose: dict[str, Any]):
    services = compose["services"]

    owners = {
        name for name, service in services.items() if "DATABASE_OWNER_URL" in service["environment"]
    }

    assert owners == {"migrate"}
    assert services["migrate"]["environment"]["KOMPETANSE_ROLE"] == "owner"


def test_database_and_queue_have_no_way_out(compose: dict[str, Any]):
    services = compose["services"]

    assert compose["networks"]["data"] == {"internal": True}
    assert {name: services[name]["networks"] for name in ("db", "redis")} == {
        "db": ["data"],
        "redis": ["data"],
    }
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_files_that_are_mounted_exist(compose: dict[str, Any]):
    mounts = [
        volume.split(":")[0]
        for service in compose["services"].values()
        for volume in service["volumes"]
    ]

    missing = [path for path in mounts if path.startswith("./") and not (ROOT / path).is_file()]

    assert missing == []


def test_the_proxy_takes_the_largest_file_and_lets_nobody_hold_the_web_by_being_slow():
    """Whole requests go on, and the time told is when they began: held against Caddy 2.11."""
    told = (ROOT / "Caddyfile").read_text()
    megabytes = dict(
        re.findall(r"^\s*(max_size|request_buffers|response_buffers) (\d+)MB$", told, re.M)
    )

    assert int(megabytes["max_size"]) > FILE_MEGABYTES
    assert int(megabytes["request_buffers"]) >= int(megabytes["max_size"])
    assert "response_buffers" in megabytes
    assert told.index("vars came {time.now.unix_ms}") < told.index("reverse_proxy")
    assert "header_up X-Request-Start {vars.came}" in told


def test_the_image_is_built_by_the_stages_that_make_uses():
    steps = re.findall(
        r"^RUN (ops/setup production \w+)", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE
    )

    assert steps == [
        f"ops/setup production {stage}" for stage in ("system", "python", "frontend", "static")
    ]


def test_no_caller_tells_the_web_under_which_path_it_lies():
    """gunicorn takes SCRIPT_NAME from whoever calls from its own machine, as a proxy there does."""
    started = re.findall(r"^CMD (.+)$", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    config = Config()

    told = config.parser().parse_args(json.loads(started[-1])[1:])

    config.set("forwarder_headers", told.forwarder_headers)
    assert config.forwarder_headers == []


def test_the_settings_refuse_a_secret_that_is_no_secret():
    result = subprocess.run(
        [sys.executable, "-c", "import kompetanse.settings"],
        env={
            "SECRET_KEY": "changeme",
            "DATABASE_URL": "postgres://a@b/c",
            "REDIS_URL": "redis://r",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode != 0
    assert "SECRET_KEY must be a secret" in result.stderr
