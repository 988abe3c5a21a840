"""The isolation matrix against the rows of a restored copy; run by ops/drill, never by itself.

`tests/test_isolation.py` asks with rows that it makes in the copy; here the foreign rows are those
that the backup held: the first of each kind, in every other Kommune.
"""

import os
from typing import Any

import pytest
from django.db import connection

from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Enhet
from tests import world
from tests.conftest import TESTS_OWN
from tests.test_isolation import LIBRARY, MISSING, ROLES, has_id, path_of, urls, words

# A shorter name may stand in a text of ours by chance.
SHORTEST = 8
SAMPLE = 300


@pytest.fixture
def strangers(fjordvik, nabovik):
    """The ids of restored rows by noun, and the names that stand in them, by Kommune."""
    assert os.environ.get("RESTORED_COPY"), "Run this by ops/drill"
    restored = Kommune.objects.exclude(pk=fjordvik.pk).exclude(slug__in=made_by_tests())
    before = {kommune: taken(kommune) for kommune in restored}
    with clock.frozen(world.MOMENT):
        ours = world.build(fjordvik)
        kinds = {noun: type(row) for noun, row in vars(ours.rows).items()}
        found = {
            kommune: (ids_in(kommune, kinds), names) for kommune, names in before.items() if names
        }
        yield ours, found


def made_by_tests() -> set[str]:
    """Return the Kommuner that were not in the copy."""
    return set(TESTS_OWN)


def taken(kommune: Kommune) -> set[str]:
    """Return the names of people and units there; nothing when nobody works there."""
    with as_kommune(kommune.pk):
        people = {ansatt.full_name for ansatt in Ansatt.objects.all()[:SAMPLE]}
        units = set(Enhet.objects.values_list("name", flat=True)[:SAMPLE])
    return {name.upper() for name in people | units if people and len(name) >= SHORTEST}


def ids_in(kommune: Kommune, kinds: dict[str, Any]) -> dict[str, int]:
    with as_kommune(kommune.pk):
        firsts = {noun: kind.objects.order_by("pk").first() for noun, kind in kinds.items()}
    return {noun: row.pk if row else MISSING for noun, row in firsts.items()}


def own_words(kommune: Kommune) -> str:
    """Return what stands in our own Kommune, where others may be called the same."""
    with as_kommune(kommune.pk), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(first_name || ' ' || last_name, ' ')"
                       " FROM organisasjon_ansatt")  # fmt: skip
        (names,) = cursor.fetchone()
    return str(names).upper()


@pytest.mark.parametrize("role", ROLES)
def test_a_restored_row_of_another_kommune_answers_as_a_missing_one(strangers, as_user, role):
    ours, others = strangers
    assert others, "The copy holds no other Kommune with people"
    browser = as_user(ours.people[role] if role else None)
    own = world.keys(ours) | {"ansatt": ours.people["ansatt"].pk}
    common = own_words(ours.kommune)
    failures = []

    for name, entry, _view in urls():
        if name in LIBRARY or not has_id(entry):
            continue
        for method in (browser.get, browser.post):
            nowhere = method(path_of(name, entry, own | dict.fromkeys(own, MISSING)))
            for kommune, (ids, names) in others.items():
                there = method(path_of(name, entry, own | ids))
                if there.status_code != nowhere.status_code or there.status_code >= 500:
                    failures.append((name, kommune.slug, there.status_code, nowhere.status_code))
                seen = words(there)
                if any(each in seen and each not in common for each in names):
                    failures.append((name, kommune.slug, "a name"))

    assert failures == []
