"""What was before the demonstration begins: units that moved and closed, leavers, and leave.

All of it by the verbs people use, from `fortid.toml` where the Kommune has one. Former employees
are invented here: the register of today tells nothing of small positions that have ended.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from demo import files
from demo.hr import NAMES_NOT_USED
from kompetanse.organisasjon import queries
from kompetanse.organisasjon.actions import enhet as units
from kompetanse.organisasjon.actions import kategori, permisjon
from kompetanse.organisasjon.models import (
    ALWAYS,
    Ansatt,
    Enhet,
    Permisjon,
    Rolle,
    Stilling,
    Stillingskategori,
)
from kompetanse.organisasjon.queries.kategori import suggested

Row = Mapping[str, Any]
NAME_FILES = ("fornavn", "etternavn")
# Shares of a full position that were common before the work for full-time culture, per cent.
SMALL = (15, 20, 20, 25, 30, 35, 35, 40, 50, 50, 60)


def load(slug: str) -> None:
    """Tell the active Kommune's past, and group its position categories by their names."""
    by = queries.holders(Rolle.Kode.SYSTEMANSVARLIG).first()
    if by is None:
        return
    kategori.group(
        {each.pk: (each.group, suggested(each.name)) for each in Stillingskategori.objects.all()},
        by=by,
    )
    if (files.FOLDER / slug / "fortid.toml").exists():
        _tell(files.read(slug, "fortid"), slug, by=by)


def _tell(past: Mapping[str, Any], slug: str, *, by: Ansatt) -> None:
    closed = [_open(row, by=by) for row in past.get("avsluttet", [])]
    for row in past.get("flyttet", []):
        _move(row, by=by)
    _employ(past["tidligere"], slug)
    for row, enhet in zip(past.get("avsluttet", []), closed, strict=True):
        units.close(enhet, last_day=row["siste_dag"], version=enhet.version, by=by)
    for row in past.get("permisjon", []):
        _leave(row, by=by)


def _unit(code: object) -> Enhet:
    found: Enhet = Enhet.objects.get(code=str(code))
    return found


def _open(row: Row, *, by: Ansatt) -> Enhet:
    return units.create(
        code=str(row["kode"]),
        name=row["navn"],
        kind=Enhet.Kind.AVDELING,
        parent=_unit(row["under"]),
        starts=row["fra"],
        by=by,
    )


def _move(row: Row, *, by: Ansatt) -> None:
    """Let the unit have stood elsewhere, as another kind, until the day it came where it is."""
    enhet, above = _unit(row["enhet"]), _unit(row["fra_enhet"])
    name, kind, parent = enhet.name, Enhet.Kind(enhet.kind), enhet.parent
    for at, stood, was in ((ALWAYS, above, Enhet.Kind.AVDELING), (row["dato"], parent, kind)):
        enhet = units.move(enhet, parent=stood, on=at, version=enhet.version, by=by)
        enhet = units.rename(enhet, name=name, kind=was, on=at, version=enhet.version, by=by)


def _employ(told: Row, slug: str) -> None:
    """Make former employees with small positions, who left one after the other."""
    draw = Random(slug)  # noqa: S311
    names = _names(draw)
    places = [(_unit(code), name) for code, name in told["steder"]]
    kategorier = {each.name: each for each in Stillingskategori.objects.all()}
    span = (told["siste"] - told["forste"]).days
    for number in range(told["antall"]):
        enhet, job = places[number % len(places)]
        last = told["forste"] + timedelta(days=span * number // told["antall"])
        if enhet.code in told.get("sluttet_med_enheten", {}):
            last = told["sluttet_med_enheten"][enhet.code]
        _leaver(f"8{number:04}", next(names), enhet, kategorier[job], last, draw)


def _leaver(
    number: str,
    name: tuple[str, str],
    enhet: Enhet,
    job: Stillingskategori,
    last: date,
    draw: Random,
) -> None:
    starts = date(draw.randint(2012, 2021), draw.choice((1, 3, 8)), 1)
    ansatt = Ansatt.objects.create(
        number=number,
        first_name=name[0],
        last_name=name[1],
        enhet=enhet,
        kategori=job,
        employed_from=starts,
        left_on=last + timedelta(days=1),
    )
    Stilling.objects.create(
        ansatt=ansatt,
        enhet=enhet,
        kategori=job,
        percentage=draw.choice(SMALL),
        starts=starts,
        ends=last,
    )


def _names(draw: Random) -> Iterator[tuple[str, str]]:
    """Yield names that nobody in the Kommune has."""
    taken = set(Ansatt.objects.values_list("first_name", "last_name")) | NAMES_NOT_USED
    first, last = ((files.FOLDER / f"{each}.txt").read_text().split() for each in NAME_FILES)
    while True:
        name = draw.choice(first), draw.choice(last)
        if name not in taken:
            taken.add(name)
            yield name


def _leave(row: Row, *, by: Ansatt) -> None:
    permisjon.register(
        Ansatt.objects.get(number=str(row["ansatt"])),
        kind=Permisjon.Kind(row["slag"]),
        percentage=row["prosent"],
        starts=row["fra"],
        ends=row.get("til"),
        by=by,
    )
