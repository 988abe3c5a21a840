"""The demonstration's data files agree with each other, so that loading them cannot stumble."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from demo import files, hr
from kartlegging.models import Behov
from kompetanse.organisasjon.models import Kompetanse, Rolle
from planer.models import Belopslinje, Tiltak

SLUGS = ("modum", "siljan")
REGISTERS = {"modum": hr.modum(), "siljan": hr.siljan()}


def numbers(slug: str) -> set[int]:
    return {post.person.number for post in REGISTERS[slug].posts}


def unit_codes(slug: str) -> set[str]:
    return {unit.code for unit in (hr.MODUM if slug == "modum" else hr.SILJAN)}


def competences(slug: str) -> set[str]:
    return {row["name"] for row in files.read(slug, "plan")["kompetanse"]}


def focus_areas(slug: str) -> set[str]:
    return {row["nr"] for row in files.read(slug, "plan")["fokusomrade"]}


def values(node: Any, key: str) -> Iterator[Any]:
    """Yield every value under the key, wherever it stands."""
    if isinstance(node, dict):
        if key in node:
            yield node[key]
        for value in node.values():
            yield from values(value, key)
    if isinstance(node, list):
        for value in node:
            yield from values(value, key)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("name", ["plan", "roller", "soknader", "behov"])
def test_everything_that_is_referred_to_exists(slug: str, name: str) -> None:
    told = files.read(slug, name)

    assert set(values(told, "ansatt")) | set(values(told, "ansvarlig")) <= numbers(slug)
    focus_areas_used = {each for each in values(told, "fokusomrade") if isinstance(each, str)}
    assert focus_areas_used <= focus_areas(slug)
    competences_used = {each for each in values(told, "kompetanse") if isinstance(each, str)}
    assert competences_used <= competences(slug)
    units = {code for codes in values(told, "enheter") for code in codes}
    assert units | set(values(told, "enhet")) <= unit_codes(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_roles_and_kinds_are_those_of_the_models(slug: str) -> None:
    plan = files.read(slug, "plan")

    roles = {code for codes in values(plan["aktivitet"], "roller") for code in codes}
    assert roles | set(values(files.read(slug, "roller"), "kode")) <= set(Rolle.Kode)
    assert set(values(plan["kompetanse"], "block")) <= set(Kompetanse.Block)
    assert set(values(plan["tiltak"], "half")) <= set(Tiltak.Halvar)
    assert set(values(plan["tiltak"], "kind")) <= set(Tiltak.Kind)
    amounts = {kind for belop in values(plan["tiltak"], "belop") for kind in belop}
    assert amounts <= set(Belopslinje.Kind)
    assert set(values(files.read(slug, "behov"), "kind")) <= set(Behov.Kind)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_measure_is_financed(slug: str) -> None:
    for row in files.read(slug, "plan")["tiltak"]:
        costs = sum(row["belop"].get(kind, 0) for kind in Belopslinje.COSTS)
        financing = sum(row["belop"].get(kind, 0) for kind in Belopslinje.FINANCING)
        assert costs == financing, row["theme"]


@pytest.mark.parametrize("slug", SLUGS)
def test_arenas_and_categories_that_are_used_are_listed(slug: str) -> None:
    plan = files.read(slug, "plan")
    grouped = {name for names in plan["stillingskategorier"].values() for name in names}

    assert {row["arena"] for row in plan["tiltak"] if "arena" in row} <= set(
        plan["laringsarenaer"]["navn"]
    )
    assert {post.job.name for post in REGISTERS[slug].posts} == grouped


@pytest.mark.parametrize("slug", SLUGS)
def test_the_round_has_its_dates_in_order_and_money_for_some_only(slug: str) -> None:
    runde = files.read(slug, "plan")["runde"]
    dates = [
        runde[name]
        for name in ("opens", "deadline", "leader_deadline", "meeting_on", "answer_by", "accept_by")
    ]
    asked = sum(
        row.get(kind, 0)
        for row in files.read(slug, "soknader")["soknad"]
        for kind in ("tuition", "books", "travel", "other_cost")
    )

    assert dates == sorted(dates)
    assert 0 < runde["budget"] < asked


@pytest.mark.parametrize("slug", SLUGS)
def test_an_application_outside_the_announcement_says_why(slug: str) -> None:
    announced = {row["order"] for row in files.read(slug, "plan")["utlysning"]}

    for row in files.read(slug, "soknader")["soknad"]:
        assert row.get("utlysning") in announced or row["exception"], row["study"]
        assert row["starts"] < row["ends"]


def test_modums_plan_has_what_its_seed_has() -> None:
    """Four goals, four focus areas with eleven sub-areas, eleven services, nine duties."""
    plan = files.read("modum", "plan")

    assert [row["name"] for row in plan["hovedmal"]] == [
        "Beholde", "Utvikle", "Rekruttere", "Benytte",
    ]  # fmt: skip
    assert [row["name"] for row in plan["fokusomrade"] if "under" not in row] == [
        "Bredere og økt kompetanse",
        "Økt kapasitet og kvalitet",
        "Fornyelse og innovasjon",
        "Rekruttere og beholde",
    ]
    assert sum("under" in row for row in plan["fokusomrade"]) == 11
    assert len(plan["plan"]["omfang"]) == 11
    assert len(plan["aktivitet"]) == 9
    assert sum(row.get("is_meeting", False) for row in plan["aktivitet"]) == 3
    behov = files.read("modum", "behov")["skjema"]
    assert {row["enhet"] for row in behov} == set(plan["plan"]["omfang"])


def test_siljan_has_its_fifteen_arenas() -> None:
    assert len(files.read("siljan", "plan")["laringsarenaer"]["navn"]) == 15


@pytest.mark.parametrize("slug", SLUGS)
def test_employees_are_as_in_norwegian_care(slug: str) -> None:
    posts = REGISTERS[slug].posts
    shares: dict[int, int] = {}
    for post in posts:
        shares[post.person.number] = shares.get(post.person.number, 0) + post.percentage
    ages = [hr.YEAR - post.person.birth_year for post in posts]

    assert len(shares) == {"modum": 300, "siljan": 72}[slug]
    assert max(shares.values()) <= 100
    assert 60 < sum(shares.values()) / len(shares) < 75
    assert (min(ages) >= 20, max(ages) <= 67) == (True, True)
    emails = {post.person.email for post in posts}
    assert len(emails) == len(shares)
    assert all(re.fullmatch(r"[a-z.]+@[a-z]+\.example", email) for email in emails)


def test_the_wheels_dates_are_days_of_a_year() -> None:
    for slug in SLUGS:
        for row in files.read(slug, "plan")["aktivitet"]:
            assert date.fromisoformat(f"2027-{row['starts']}") <= date.fromisoformat(
                f"2027-{row['ends']}"
            )
