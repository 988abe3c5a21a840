"""The municipalities that begin by the path of a new one: whole, alike each time, and apart."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from demo import enheter, files, hr, queries
from demo.loading import lett, year
from demo.management.commands.load_demo import LIGHT
from kartlegging.models import Beholdning, Kompetansekrav
from kompetanse import clock, jobs
from kompetanse.kommuner.maler import Mal
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle, Stilling
from kompetanse.organisasjon.queries import roles_in_force
from kompetanse.plattform.models import Regionoppslag
from planer.models import Aktivitet, Belopslinje, Laringsarena, Strategiplan, Tiltak
from tests.conftest import empty

# Three of the seven are loaded here; the files of all seven are read.
LOADED = {"masoy": 138, "sondre-land": 180, "nordre-land": 208}
SIZES = {
    "gjovik": 826, "ostre-toten": 353, "vestre-toten": 321, "sondre-land": 180,
    "nordre-land": 208, "nittedal": 1220, "masoy": 138,
}  # fmt: skip
REKS = {"gjovik", "ostre-toten", "vestre-toten", "sondre-land", "nordre-land"}
Kode = Rolle.Kode
EVERY_ROLE = {
    Kode.LEDER, Kode.VIRKSOMHETSLEDER, Kode.FAGRADGIVER, Kode.TILLITSVALGT, Kode.VERNEOMBUD,
    Kode.KOMPETANSETILLITSVALGT, Kode.KOMMUNALSJEF, Kode.KOMMUNEDIREKTOR, Kode.PERSONALSJEF,
    Kode.SYSTEMANSVARLIG,
}  # fmt: skip


@pytest.mark.parametrize("slug", LIGHT)
def test_the_organisation_hangs_together_and_has_its_size(slug: str) -> None:
    units = enheter.read(slug)
    codes = [unit.code for unit in units]

    assert len(units) + sum(count for unit in units for _, count in unit.staff) == SIZES[slug]
    assert len(set(codes)) == len(codes)
    assert [unit.kind for unit in units if not unit.parent] == ["kommune"]
    assert {unit.parent for unit in units} - {""} <= set(codes)
    assert {unit.kind for unit in units} <= set(Enhet.Kind)
    jobs_used = {unit.leader for unit in units} | {key for unit in units for key, _ in unit.staff}
    assert jobs_used <= set(hr.JOBS)


@pytest.mark.parametrize("slug", LIGHT)
def test_the_plan_refers_to_what_is_there_and_every_measure_is_financed(slug: str) -> None:
    plan, codes = files.read(slug, "plan"), {unit.code for unit in enheter.read(slug)}
    known = {row["name"] for row in files.read(slug, "katalog")["kompetanse"]}
    areas = {row["nr"] for row in plan["fokusomrade"]}

    assert plan["mal"] in set(Mal)
    assert set(plan["plan"]["omfang"]) <= codes
    for row in plan["tiltak"]:
        belop = row["belop"]
        assert row["enhet"] in codes
        assert row["fokusomrade"] in areas
        assert row.get("kompetanse", "Palliasjon") in known
        assert sum(belop.get(kind, 0) for kind in Belopslinje.COSTS) == sum(
            belop.get(kind, 0) for kind in Belopslinje.FINANCING
        )
    assert ("region" in plan) == (slug in REKS)
    assert ("coordinator" in plan.get("region", {})) == (slug == "gjovik")


@pytest.mark.parametrize("slug", LIGHT)
def test_names_are_invented_and_drawn_the_same_each_time(slug: str) -> None:
    once, again = lett._register(slug).posts, lett._register(slug).posts

    assert once == again
    people = {(post.person.first_name, post.person.last_name) for post in once}
    assert not people & hr.NAMES_NOT_USED
    assert len(people) == SIZES[slug]


@pytest.fixture(scope="module")
def founded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    database = str(connection.settings_dict["NAME"])
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "enqueue", lambda *_names, **_ids: None)
        with clock.frozen(year.PREPARED):
            for slug in LOADED:
                lett.load(slug)
        connection.close()
    yield
    empty(database)


@pytest.fixture(params=LOADED)
def loaded(request: pytest.FixtureRequest, founded: None, db: None) -> Iterator[str]:
    slug = str(request.param)
    with as_kommune(Kommune.objects.get(slug=slug).pk), clock.frozen(year.START):
        yield slug


def test_everyone_is_in_a_unit_with_a_position_and_can_log_in(loaded: str) -> None:
    assert Ansatt.objects.filter(bruker__isnull=False).count() == LOADED[loaded]
    assert Stilling.objects.count() > LOADED[loaded]
    led = Rolle.objects.filter(kode__in=(Kode.LEDER, Kode.VIRKSOMHETSLEDER)).values("enhet")
    below = Enhet.objects.filter(kind__in=(Enhet.Kind.VIRKSOMHET, Enhet.Kind.AVDELING))
    assert not below.exclude(pk__in=led).exists()


def test_plan_wheel_arenas_requirements_and_stock_are_there(loaded: str) -> None:
    plan = Strategiplan.objects.get()

    assert plan.status == Strategiplan.Status.IN_FORCE
    assert plan.first_year <= 2026 <= plan.last_year
    assert Tiltak.objects.count() == len(files.read(loaded, "plan")["tiltak"])
    assert Laringsarena.objects.count() == 15
    past = Aktivitet.objects.filter(year=2026, ends__lt=year.PREPARED.date())
    assert past.exists()
    assert not past.filter(done_at__isnull=True).exists()
    assert Kompetansekrav.objects.count() > 5
    assert Beholdning.objects.count() > LOADED[loaded]


def test_the_log_in_page_offers_every_role(loaded: str, as_user: Any) -> None:
    offered = {part.pk for part in queries.parts(loaded)}
    roles = {rolle.kode for rolle in roles_in_force().filter(ansatt__in=offered)}
    browser = as_user(None)
    browser.prefix = f"/{loaded}"
    page = browser.get("/konto/logg-inn/").content.decode()

    assert roles >= EVERY_ROLE
    assert len(re.findall(r'class="demo-role"', page)) == len(offered)
    for pk in offered:
        assert browser.post(f"/demo/logg-inn/{pk}/").status_code == 302
        assert browser.get("/hjem/").status_code == 200


def test_the_region_shows_both_and_maasoy_none(loaded: str, as_user: Any) -> None:
    boss = roles_in_force().get(kode=Kode.KOMMUNEDIREKTOR).ansatt
    page = as_user(boss).get("/region/").content.decode()

    if loaded == "masoy":
        assert "ikke med i noen region" in page
        assert not Regionoppslag.shared.exists()
    else:
        assert "Kompetanseplan for helse og omsorg i Søndre Land 2025–2028" in page
        assert "Kompetanseplan for helse og omsorg i Nordre Land 2025–2028" in page
        names = Ansatt.objects.values_list("last_name", flat=True)
        body = page.split("<main", 1)[1].split("</main>", 1)[0]
        assert not {name for name in names if f" {name}" in body}
