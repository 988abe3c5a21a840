"""The municipality's year so far, made by the same verbs that people use."""

from collections.abc import Callable
from datetime import datetime, timedelta

from demo import files
from demo.loading import (
    avtaler,
    beholdning,
    effekt,
    evaluering,
    fagsystem,
    forrige,
    fortid,
    introduksjon,
    kartlegging,
    katalog,
    kurs,
    lop,
    moter,
    ordning,
    people,
    prioritering,
    runde,
    soknader,
    tilgang,
    tilskudd,
    utgaver,
    varrunde,
)
from demo.loading.register import Register
from kompetanse import clock
from kompetanse.organisasjon.models import Enhet
from kompetanse.varsler import actions as varsler
from planer.actions import innlasting
from soknader.models import Soknadsrunde

# The demonstration's clock begins here; the year's ground was laid the week before.
START = datetime(2026, 9, 1, 8, 0, tzinfo=clock.OSLO)
PREPARED = datetime(2026, 8, 24, 9, 0, tzinfo=clock.OSLO)
SKIPPED = "Lastet inn med demonstrasjonen."


def is_loaded() -> bool:
    return Enhet.objects.exists()


def load(slug: str) -> None:
    """Load everything that the active Kommune begins the demonstration with.

    What has happened before the demonstration begins is not mailed to anyone.
    """
    with clock.frozen(PREPARED):
        _ground(slug)
        register = Register.of(slug)
        kartlegging.guide(register)
        kartlegging.require(register)
        beholdning.load(register)
        tilskudd.load(register)
        kurs.load(register)
        fagsystem.load(register)
        effekt.load(register)
    with clock.frozen(START):
        introduksjon.load()
    moter.load(register)
    evaluering.load(register)
    utgaver.load(register)
    kartlegging.deliver(register)
    _AUTUMN[slug](register)
    with clock.frozen(START):
        fortid.load(slug)
        tilgang.load(Register.of(slug))
        varsler.skip_pending(reason=SKIPPED)


def _ground(slug: str) -> None:
    """Load people, catalogue, strategy plan, wheel, meetings and measures."""
    people.load(slug)
    katalog.load(slug)
    with clock.frozen(START):
        # What has its deadline behind it on the first day is ticked off in the wheel.
        told, by = files.read(slug, "plan"), Register.of(slug).advisor
        # Those of the units first: the newest plan is the one that the year's work hangs on.
        for unit_plan in told.get("avdelingsplan", ()):
            innlasting.plan_from(unit_plan, by=by)
        innlasting.plan_from(told, by=by)


def _before_the_round(register: Register) -> None:
    """Modum: the round is prepared, and the advisor opens it with one click.

    Studies from an earlier round are followed, and have ended in different ways. The spring round
    is being prioritised.
    """
    avtaler.load(register)
    ordning.load(register)
    forrige.load(register)
    varrunde.load(register)
    runde.prepare(register)


def _in_the_middle(register: Register) -> None:
    """Siljan: all have applied, their leaders have stated, and the group has begun."""
    now = runde.open_on_first_day(runde.prepare(register), register)
    rows = register.file("soknader")["soknad"]
    sent = soknader.apply(register, now, rows, at=_before_the_deadline(now, len(rows)))
    soknader.state(register, sent, at=_before_the_leaders_deadline(now))
    prioritering.begin(register, now)
    with clock.frozen(START):
        lop.load(register)


def _before_the_deadline(now: Soknadsrunde, count: int) -> Callable[[int], datetime]:
    """Return moments on the last days before the deadline, one application a day."""
    return lambda number: clock.start_of(
        now.deadline - timedelta(days=count - 1 - number), hour=9 + number
    )


def _before_the_leaders_deadline(now: Soknadsrunde) -> Callable[[int], datetime]:
    return lambda number: (
        clock.start_of(now.leader_deadline - timedelta(days=2 - number % 3), hour=13)
        + timedelta(minutes=7 * number)
    )


_AUTUMN: dict[str, Callable[[Register], None]] = {
    "modum": _before_the_round,
    "siljan": _in_the_middle,
}
