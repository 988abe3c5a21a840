"""The GAP statement against the same figures counted slowly in Python, for data nobody chose."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kartlegging.models import Beholdning, Behovsskjema, Kompetansekrav, UnderUtdanning
from kartlegging.queries import gap
from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt, Kompetanse

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 1)
YEAR = 2027
UNITS = ("helse", "hjemmetjenesten", "nord", "sykehjemmet")
COMPETENCES = 2
# Nothing, expired yesterday, the last day, tomorrow.
DAYS = st.sampled_from([None, ON - timedelta(days=1), ON, ON + timedelta(days=1)])
ENDS = st.sampled_from([ON - timedelta(days=1), ON, date(YEAR, 12, 31), date(YEAR + 1, 1, 1)])


@dataclass(frozen=True)
class Person:
    enhet: str
    left_on: date | None
    levels: dict[int, int]
    valid: dict[int, date | None]
    studies: dict[int, date]


people = st.lists(
    st.builds(
        Person,
        enhet=st.sampled_from(UNITS),
        left_on=DAYS,
        levels=st.dictionaries(st.integers(0, COMPETENCES - 1), st.integers(0, 4)),
        valid=st.fixed_dictionaries(dict.fromkeys(range(COMPETENCES), DAYS)),
        studies=st.dictionaries(st.integers(0, COMPETENCES - 1), ENDS, max_size=1),
    ),
    max_size=8,
)
requirements = st.dictionaries(
    st.tuples(st.sampled_from(UNITS), st.integers(0, COMPETENCES - 1), st.integers(1, 4)),
    st.integers(1, 4),
    max_size=8,
)


def has(person, competence, level):
    valid = person.valid[competence]
    return person.levels.get(competence, 0) >= level and (valid is None or valid >= ON)


def works(person):
    return person.left_on is None or person.left_on > ON


def counted(units, everyone, required):
    """Return unit, competence, level -> (need, have, lack, studying), person by person."""
    figures = {}
    for (unit, competence, level), need in required.items():
        here = [
            person
            for person in everyone
            if works(person) and units[person.enhet].path.startswith(units[unit].path)
        ]
        have = sum(has(person, competence, level) for person in here)
        studying = sum(
            ON <= person.studies.get(competence, date.min) <= date(YEAR, 12, 31)
            and not has(person, competence, level)
            for person in here
        )
        figures[unit, competence, level] = (need, have, max(need - have, 0), studying)
    return figures


def store(units, competences, skjema, everyone, required):
    for n, person in enumerate(everyone):
        ansatt = Ansatt.objects.create(
            number=f"H{n}", first_name="A", last_name="B", enhet=units[person.enhet],
            left_on=person.left_on,
        )  # fmt: skip
        for competence, level in person.levels.items():
            Beholdning.objects.create(
                ansatt=ansatt, kompetanse=competences[competence], level=level,
                valid_until=person.valid[competence],
            )  # fmt: skip
        for competence, expected_on in person.studies.items():
            UnderUtdanning.objects.create(
                skjema=skjema, ansatt=ansatt, study="Kurs", kompetanse=competences[competence],
                expected_on=expected_on,
            )  # fmt: skip
    for (unit, competence, level), need in required.items():
        Kompetansekrav.objects.create(
            enhet=units[unit], kompetanse=competences[competence], level=level, count=need
        )


@pytest.fixture
def world(request, active, vidar):
    units = {name: request.getfixturevalue(name) for name in UNITS}
    competences = [Kompetanse.objects.create(name=f"Kompetanse {n}") for n in range(COMPETENCES)]
    skjema = Behovsskjema.objects.create(
        enhet=units["helse"], year=YEAR, status="submitted", submitted_at=clock.now(),
        submitted_by=vidar,
    )  # fmt: skip
    return units, competences, skjema


@given(everyone=people, required=requirements)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_m5_the_statement_counts_as_a_person_would(world, everyone, required):
    units, competences, skjema = world
    numbers = {competence.pk: n for n, competence in enumerate(competences)}
    names = {enhet.pk: name for name, enhet in units.items()}
    expected = counted(units, everyone, required)
    with transaction.atomic():
        store(units, competences, skjema, everyone, required)

        rows = gap.gap([units["helse"].path], year=YEAR, on=ON)

        assert {
            (names[row.enhet_id], numbers[row.kompetanse_id], row.level): (
                row.need, row.have, row.lack, row.studying,
            )
            for row in rows
        } == expected  # fmt: skip
        assert [row.lack for row in rows] == sorted((row.lack for row in rows), reverse=True)
        below = gap.gap([units["hjemmetjenesten"].path], year=YEAR, on=ON)
        assert sorted(map(key, below)) == sorted(
            key(row) for row in rows if names[row.enhet_id] in {"hjemmetjenesten", "nord"}
        )
        transaction.set_rollback(True)


def key(row):
    return (row.enhet_id, row.kompetanse_id, row.level, row.need, row.have, row.lack, row.studying)
