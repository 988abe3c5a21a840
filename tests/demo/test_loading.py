"""Both municipalities load by the real verbs, stand where they should, and mail nobody."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from demo import actions, files, queries
from demo.loading import year
from demo.loading.register import Register
from kartlegging.models import Beholdning, Behovsskjema
from kartlegging.queries import gap
from kompetanse import clock, jobs
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.queries import roles_in_force
from kompetanse.varsler import actions as varsler
from kompetanse.varsler.models import Varsel
from planer.models import Aktivitet, Evaluering, Mote, Strategiplan, Tiltak
from rapporter.models import Fordeling, Tilskuddssoknad
from soknader.actions import runde as runde_actions
from soknader.models import Poeng, Soknad, Soknadsrunde, Uttalelse, Vedtak
from tests.conftest import empty, owner_url

SLUGS = ("modum", "siljan")
EMPLOYEES = {"modum": 300, "siljan": 72}

# Only the owner may make a Kommune.
FOUND = """
INSERT INTO kommuner_kommune (slug, name, number, host, maalform, theme, contact)
VALUES (%(slug)s, %(name)s, %(number)s, '', %(maalform)s, 'standard', %(contact)s)
"""


@pytest.fixture(scope="module")
def founded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Both Kommuner, loaded and committed once for all tests here; removed by the owner."""
    database = str(connection.settings_dict["NAME"])
    with psycopg.connect(owner_url(database)) as owner:
        for slug in SLUGS:
            owner.execute(FOUND, files.read(slug, "plan")["kommune"])
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "enqueue", lambda *_names, **_ids: None)
        for slug in SLUGS:
            with as_kommune(Kommune.objects.get(slug=slug).pk):
                year.load(slug)
        connection.close()
    yield
    empty(database)


@pytest.fixture
def loaded(request: pytest.FixtureRequest, founded: None, db: None) -> Iterator[str]:
    """One Kommune's year, active at the demonstration's first moment."""
    slug = str(getattr(request, "param", "modum"))
    with as_kommune(Kommune.objects.get(slug=slug).pk), clock.frozen(year.START):
        yield slug


@pytest.fixture
def own_clock() -> Iterator[None]:
    """The commands move this process's clock; put it back."""
    yield
    clock.move(timedelta(0))


both = pytest.mark.parametrize("loaded", SLUGS, indirect=True)
siljan = pytest.mark.parametrize("loaded", ["siljan"], indirect=True)


@both
def test_everyone_can_log_in_and_a_plan_is_in_force(loaded: str) -> None:
    plan = Strategiplan.objects.get(name=files.read(loaded, "plan")["plan"]["name"])

    assert Ansatt.objects.filter(bruker__isnull=False).count() == EMPLOYEES[loaded]
    assert plan.status == Strategiplan.Status.IN_FORCE
    offered = queries.parts(loaded)
    named = [part.text for part in offered][: len(files.read(loaded, "roller")["innlogging"])]
    assert named == [row["tekst"] for row in files.read(loaded, "roller")["innlogging"]]
    roles = set(roles_in_force().filter(ansatt__in=[part.pk for part in offered]))
    assert {rolle.kode for rolle in roles} == {rolle.kode for rolle in roles_in_force()}


@both
def test_wheel_meetings_and_measures_stand_in_the_year(loaded: str) -> None:
    told = files.read(loaded, "plan")

    assert dict(Counter(Aktivitet.objects.values_list("year", flat=True))) == {
        2026: len(told["aktivitet"]),
        2027: len(told["aktivitet"]),
    }
    behind = Aktivitet.objects.filter(ends__lt=year.START.date())
    assert not behind.filter(done_at__isnull=True).exists()
    assert not Aktivitet.objects.filter(year=2027, done_at__isnull=False).exists()
    assert Mote.objects.count() == len(told["mote"])
    held = Mote.objects.filter(held_on__lt=year.START.date())
    assert all(mote.protokoller.exists() and mote.deltakere.exists() for mote in held)
    added = files.read(loaded, "evaluering").get("nytt_tiltak", ())
    planned = {row["theme"] for row in (*told["tiltak"], *added)}
    assert planned <= set(Tiltak.objects.values_list("theme", flat=True))


def test_modums_evaluation_in_may_is_finished_and_has_added_a_measure(loaded: str) -> None:
    done = Evaluering.objects.filter(status=Evaluering.Status.DONE)

    assert done.count() == (1 if loaded == "modum" else 0)
    assert Tiltak.objects.filter(planendringer__isnull=False).count() == done.count()


def test_modum_has_last_years_needs_forms_and_none_of_this_year(loaded: str) -> None:
    forms = Behovsskjema.objects.values_list("year", "status")

    assert list(forms) == [(2026, "submitted")] * 11


@siljan
def test_siljan_lacks_one_needs_form(loaded: str) -> None:
    delivered = Behovsskjema.objects.filter(year=2027, status="submitted")

    assert "4310" not in delivered.values_list("enhet__code", flat=True)
    assert delivered.count() == 6


@both
def test_the_stock_shows_lack_expiry_and_competence_that_one_alone_has(loaded: str) -> None:
    on = clock.today()
    top = Register.of(loaded).units[{"modum": "1000", "siljan": "4000"}[loaded]]
    sums = gap.sums(gap.gap([top.path], year=2027, on=on))

    assert sums.lack > 0
    assert sums.single > 0
    assert Beholdning.objects.filter(valid_until__lt=on).exists()
    assert Beholdning.objects.filter(status="declared").exists()


def test_modums_stock_is_six_to_eight_for_each(loaded: str) -> None:
    assert 6 <= Beholdning.objects.count() / EMPLOYEES["modum"] <= 8


def test_modums_round_can_be_opened_at_once_by_the_advisor(loaded: str) -> None:
    runde = Soknadsrunde.objects.get(year=2026, kind="autumn")

    assert (runde.status, runde.utlysninger.count(), runde.kriterier.count()) == ("draft", 6, 5)
    opened = runde_actions.open(runde, by=Register.of(loaded).advisor)
    assert opened.status == Soknadsrunde.Status.OPEN


@siljan
def test_siljan_is_in_the_middle_of_prioritising(loaded: str) -> None:
    runde = Soknadsrunde.objects.get(year=2026, kind="autumn")
    soknader = Soknad.objects.order_by("rank")

    assert runde.status == Soknadsrunde.Status.PRIORITISING
    assert list(soknader.values_list("rank", flat=True)) == list(range(1, 10))
    assert set(soknader.values_list("status", "is_late")) == {("recommended", False)}
    assert Uttalelse.objects.count() == 9
    assert Poeng.objects.count() == 9 * 4
    assert set(Vedtak.objects.values_list("status", flat=True)) == {"draft"}
    assert 0 < Vedtak.objects.count() < 9


@both
def test_the_grant_application_is_begun_in_the_countys_own_columns(loaded: str) -> None:
    soknad = Tilskuddssoknad.objects.select_related("ordning").get(ordning__year=2027)

    assert soknad.status == Tilskuddssoknad.Status.DRAFT
    assert soknad.contact_name
    assert soknad.ordning.columns == files.read(loaded, "plan")["tilskuddsordning"]["columns"]


@both
def test_modum_got_and_distributed_last_years_grant(loaded: str) -> None:
    kept = [each.snapshot for each in Fordeling.objects.filter(status="approved")]

    given = [sum(post["amount"] for post in each["posts"]) for each in kept if each]
    assert given == ([96_000] if loaded == "modum" else [])


@both
def test_nobody_is_mailed_at_the_start_nor_at_the_first_tick(loaded: str) -> None:
    varsler.remind()

    assert set(Varsel.objects.values_list("status", flat=True)) <= {"skipped"}
    assert Varsel.objects.filter(is_reminder=True).count() < EMPLOYEES[loaded]


@both
def test_every_trace_is_older_than_the_demonstrations_start(loaded: str) -> None:
    assert not AuditEvent.objects.filter(at__gt=year.START).exists()
    assert not Soknad.objects.filter(submitted_at__gt=year.START).exists()


def test_colleagues_apply_once_and_leave_the_visitors_part_to_the_visitor(loaded: str) -> None:
    register = Register.of(loaded)
    runde = runde_actions.open(
        Soknadsrunde.objects.get(year=2026, kind="autumn"), by=register.advisor
    )
    told = files.read(loaded, "soknader")["soknad"]

    first = actions.let_colleagues_apply(loaded, runde, most=20)
    again = actions.let_colleagues_apply(loaded, runde, most=20)

    assert (first, again) == (len(told) - 1, 0)
    assert not Soknad.objects.filter(runde=runde, ansatt__number="10175").exists()
    waiting = Soknad.objects.filter(runde=runde, status=Soknad.Status.SUBMITTED)
    asked = waiting.filter(sporsmal__status="open")
    assert asked.count() == 1
    others = waiting.exclude(pk__in=asked.values("pk"))
    assert set(others.values_list("ansatt__enhet__code", flat=True)) == {"2210"}
    assert Uttalelse.objects.filter(soknad__runde=runde).count() == first - waiting.count()


def test_colleagues_asked_after_the_deadline_have_applied_before_it(loaded: str) -> None:
    runde = runde_actions.open(
        Soknadsrunde.objects.get(year=2026, kind="autumn"), by=Register.of(loaded).advisor
    )

    with clock.frozen(clock.start_of(runde.meeting_on, hour=9)):
        sent = actions.let_colleagues_apply(loaded, runde, most=3)

    assert sent == 3
    assert not Soknad.objects.filter(is_late=True).exists()


def test_the_button_lets_colleagues_apply_only_in_an_open_round(loaded: str, as_user) -> None:
    advisor = Register.of(loaded).advisor
    browser = as_user(advisor)

    assert "La kollegene søke" not in browser.get("/demo/klokke/").content.decode()
    assert f"Åpne den som <strong>{advisor.full_name}</strong>" in _offered(browser)
    assert browser.post("/demo/kollegene/").status_code == 409
    runde_actions.open(Soknadsrunde.objects.get(year=2026, kind="autumn"), by=advisor)
    assert "Åpne den som" not in _offered(browser)
    assert "La kollegene søke" in browser.get("/demo/klokke/").content.decode()
    assert browser.post("/demo/kollegene/").status_code == 302
    assert Soknad.objects.filter(runde__year=2026, runde__kind="autumn").count() == 19


def _offered(browser: Any) -> str:
    """Return the page of whom one can be."""
    return browser.get("/demo/bytt/").content.decode()


def test_loading_again_changes_nothing(founded: None, db: None, own_clock: None) -> None:
    once = _figures()

    call_command("load_demo", *SLUGS, stdout=io.StringIO())

    assert _figures() == once
    assert clock.today() == year.START.date()


@siljan
def test_s1_the_units_plans_follow_the_period_of_the_municipalitys_and_of_the_economic_plan(
    loaded: str, as_user: Any
) -> None:
    whole = Strategiplan.objects.get(name__contains="Siljan kommune")
    of_units = Strategiplan.objects.exclude(pk=whole.pk)
    page = as_user(Register.of(loaded).holder("personalsjef")).get(f"/plan/strategi/{whole.pk}/")

    assert (whole.last_year - whole.first_year + 1, of_units.count()) == (4, 3)
    assert set(of_units.values_list("first_year", "last_year", "status")) == {
        (whole.first_year, whole.last_year, Strategiplan.Status.IN_FORCE)
    }
    covered = of_units.values_list("omfang__enhet__code", flat=True)
    assert sorted(covered) == ["4100", "4200", "4300"]
    economic = f"Strategi- og økonomiplanen {whole.first_year}–{whole.last_year}"
    assert economic in page.content.decode()
    # Action plans are made for a year at a time, and all of this year's have a price.
    measures = Tiltak.objects.filter(year=2027)
    assert measures.exists()
    assert not measures.filter(belop__isnull=True).exists()


@siljan
@pytest.mark.parametrize(
    ("kode", "sees_gap", "sees_priorities"),
    [
        ("personalsjef", True, True),
        ("kommunedirektor", True, True),
        ("kommunalsjef", True, True),
        ("tillitsvalgt", False, True),
        ("verneombud", False, True),
        ("systemansvarlig", False, False),
    ],
)
def test_s1_those_on_siljans_path_hold_their_roles_and_have_their_pages(
    loaded: str, as_user: Any, kode: str, *, sees_gap: bool, sees_priorities: bool
) -> None:
    browser = as_user(Register.of(loaded).holder(kode))
    runde = Soknadsrunde.objects.get(year=2026, kind="autumn")

    assert browser.get("/arshjul/", follow=True).status_code == 200
    for path, may in (
        ("/gap/2027/", sees_gap),
        (f"/prioritering/{runde.pk}/", sees_priorities),
    ):
        assert browser.get(path).status_code == (200 if may else 403), path


def _figures() -> list[tuple[int, ...]]:
    figures = []
    for kommune in Kommune.objects.filter(slug__in=SLUGS):
        with as_kommune(kommune.pk):
            figures.append(
                tuple(
                    model.objects.count()
                    for model in (AuditEvent, Ansatt, Beholdning, Aktivitet, Tiltak, Soknad, Varsel)
                )
            )
    return figures
