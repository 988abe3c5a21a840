"""Guidance of the year, what each unit requires, and the needs forms that are delivered."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from demo.loading.register import Register
from kartlegging.actions import behov, krav, styring
from kartlegging.models import Behov, Onske, UnderUtdanning
from kompetanse import clock
from kompetanse.organisasjon import queries as organisasjon

Row = Mapping[str, Any]

# The forms came in over a week of working hours, each at a time of its own.
DAYS, FIRST_HOUR, HOURS = 5, 9, 6


def guide(register: Register) -> None:
    for row in register.file("plan")["styringssignal"]:
        styring.write(
            year=row["year"],
            horizon=row["horizon"],
            source=row["source"],
            asks=row["asks"],
            fokusomrade=register.areas[row["fokusomrade"]],
            by=register.advisor,
        )


def require(register: Register) -> None:
    for row in register.file("plan")["krav"]:
        for code in row["enheter"]:
            krav.add(
                register.units[code],
                kompetanse=register.competences[row["kompetanse"]],
                level=row["level"],
                count=row["count"],
                is_statutory=row.get("is_statutory", False),
                by=register.advisor,
            )


def deliver(register: Register) -> None:
    """Let the leaders of the services fill in and submit their needs forms."""
    told = register.file("behov")
    for number, row in enumerate(told["skjema"]):
        with clock.frozen(_delivered(told["levert"], number)):
            _deliver(register, row, year=told["year"])


def _delivered(last_day: date, number: int) -> datetime:
    day = last_day - timedelta(days=number % DAYS)
    return clock.start_of(day, hour=FIRST_HOUR + number % HOURS)


def _deliver(register: Register, row: Row, *, year: int) -> None:
    enhet = register.units[row["enhet"]]
    by = organisasjon.leaders_of(enhet)[0]
    skjema = behov.start(enhet, year=year, by=by)
    texts = {name: row[name] for name in ("goals", "strengths", "surplus")}
    version = behov.save_texts(skjema, texts=texts, version=skjema.version, by=by).version
    for model, rows in _sections(register, row).items():
        behov.save_rows(skjema, model, rows=rows, version=version, by=by)
        version += 1
    behov.submit(skjema, version=version, by=by)


def _sections(register: Register, row: Row) -> dict[Any, list[Row]]:
    """Return the rows of the form's three lists, as the verb takes them."""
    return {
        Behov: [_tied(register, each) for each in row["behov"]],
        UnderUtdanning: [_tied(register, each) for each in row["under_utdanning"]],
        Onske: [_tied(register, each) for each in row["onsker"]],
    }


def _tied(register: Register, row: Row) -> Row:
    """Return the row with ids instead of the file's numbers and names."""
    values = dict(row)
    if "ansatt" in values:
        values["ansatt_id"] = register.person(values.pop("ansatt")).pk
    if "fokusomrade" in values:
        values["fokusomrade_id"] = register.area_id(values.pop("fokusomrade"))
    if "kompetanse" in values:
        values["kompetanse_id"] = register.competence_id(values.pop("kompetanse"))
    return values
