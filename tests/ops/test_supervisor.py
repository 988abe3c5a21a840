"""Whoever ends the demonstration, and however, nothing goes on running."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORK = f"""
import sys
sys.path.insert(0, {str(ROOT / "ops")!r})
import supervisor

def work():
    try:
        return supervisor.call(["sh", "-c", "sleep 1000 & echo started; wait"])
    except supervisor.Ended as ended:
        print("ended by", ended)
        return 7

supervisor.run(work)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "logg").mkdir()
    return os.environ | {"LOKAL": str(tmp_path)}


@pytest.fixture
def program(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A program that waits for a child that waits for a child."""
    with subprocess.Popen(
        [sys.executable, "-u", "-c", WORK], stdout=subprocess.PIPE, text=True, env=environment
    ) as program:
        assert program.stdout
        assert program.stdout.readline() == "started\n"
        yield program
        program.kill()


def descendants(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(child) for child in found] + [x for child in found for x in descendants(int(child))]


def running(processes: list[int]) -> list[int]:
    """Those of the processes that still run, after they have had a moment."""
    for _ in range(50):
        left = [process for process in processes if alive(process)]
        if not left:
            return []
        time.sleep(0.1)
    return left


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_children_and_theirs(
    program: subprocess.Popen[str], number: signal.Signals
):
    children = descendants(program.pid)

    program.send_signal(number)

    assert program.wait(20) == 7
    assert len(children) == 2
    assert running(children) == []


def test_a_sudden_death_takes_the_child_along(program: subprocess.Popen[str]):
    child = descendants(program.pid)[0]

    program.kill()

    assert running([child]) == []


def test_ctrl_c_sent_to_make_alone_ends_the_work(tmp_path: Path, environment: dict[str, str]):
    (tmp_path / "work.py").write_text(WORK)
    (tmp_path / "Makefile").write_text(f"work:\n\t@exec {sys.executable} -u {tmp_path}/work.py\n")
    with subprocess.Popen(
        ["make", "work"], cwd=tmp_path, stdout=subprocess.PIPE, text=True, env=environment
    ) as make:
        assert make.stdout
        assert make.stdout.readline() == "started\n"
        children = descendants(make.pid)

        make.send_signal(signal.SIGINT)
        said = make.stdout.read()

    assert said == "ended by parent interrupted\n"
    assert running(children) == []


def run_demo(environment: dict[str, str], port: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "ops/run_demo.py"],
        env=environment | {"PORT": port},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_taken_web_port_is_one_sentence_with_a_way_on(environment: dict[str, str]):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        result = run_demo(environment, str(port))

    assert result.returncode == 1
    assert result.stderr == (
        f"\nStoppet: port {port} er opptatt av et annet program;"
        f" velg en annen, for eksempel «make demo PORT={port + 1}».\n"
    )


def test_a_port_that_is_no_number_is_one_sentence(environment: dict[str, str]):
    result = run_demo(environment, "åtte")

    assert result.returncode == 1
    assert result.stderr == (
        "\nStoppet: «åtte» er ikke et portnummer; prøv for eksempel «make demo PORT=8001».\n"
    )
