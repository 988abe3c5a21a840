"""The ground that `make demo` and `make test` stand on: its passwords and its ports."""

import os
import re
import socket
import stat
import subprocess
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from aiosmtpd.handlers import Mailbox

from demo import post

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ground() -> Iterator[Path]:
    """A new ground, where nothing runs, in a place that the services' user can reach too."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        lokal = Path(folder) / "lokal"
        prepare(lokal)
        yield lokal


def prepare(lokal: Path) -> None:
    subprocess.run(
        [ROOT / "ops/services", "prepare"], env=os.environ | {"LOKAL": str(lokal)}, check=True
    )


def values(lokal: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (lokal / "env").read_text().splitlines())


def test_passwords_are_readable_by_their_owner_alone(ground: Path):
    modes = {name: stat.S_IMODE((ground / name).stat().st_mode) for name in ("env", "superuser")}

    assert modes == {"env": 0o600, "superuser": 0o600}


def test_every_role_has_a_password_of_its_own(ground: Path):
    passwords = re.findall(r"://\w*:(\w+)@", (ground / "env").read_text())

    assert [len(password) for password in passwords] == [48] * 4
    assert len(set(passwords)) == 4


def test_the_mail_that_the_demonstration_receives_is_kept_and_read(ground: Path, settings):
    root = settings.DEMO_MAIL_ROOT = values(ground)["DEMO_MAIL_ROOT"]
    letter = EmailMessage()
    letter["Date"], letter["Subject"] = formatdate(), "Vi har fått søknaden din"
    letter["From"], letter["To"] = "kompetanse@modum.example", "nina.antonsen@modum.example"
    letter.set_content("Du får svar innen 5. november.")

    # As the receiver does with each letter (ops/run_demo.py).
    Mailbox(root).handle_message(letter)

    assert [each.subject for each in post.received(to="nina")] == ["Vi har fått søknaden din"]


def test_preparing_again_keeps_passwords_and_ports(ground: Path):
    before = values(ground)

    prepare(ground)

    assert values(ground) == before


def test_a_port_that_another_program_took_is_exchanged_for_a_free_one(ground: Path):
    before = values(ground)
    port = int(before["DATABASE_URL"].rsplit(":", 1)[1].split("/")[0])
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()

        prepare(ground)

    after = values(ground)
    moved = {key for key in before if after[key] != before[key]}
    assert moved == {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BACKUP_URL"}
    assert f":{port}/" not in after["DATABASE_URL"]


def test_a_mail_port_that_another_program_took_is_exchanged_too(ground: Path):
    port = int(values(ground)["EMAIL_PORT"])
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()

        prepare(ground)

    assert int(values(ground)["EMAIL_PORT"]) > port
