"""A new Kommune is usable at once, its list shows figures alone, and it can be paused."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from kompetanse import clock
from kompetanse.kommuner import queries as kommuner
from kompetanse.kommuner.maler import Mal
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune, as_operator
from kompetanse.organisasjon.models import Ansatt, Niva, Rolle, Stillingskategori
from kompetanse.plattform.actions import kommune as actions
from kompetanse.plattform.actions import tall
from kompetanse.plattform.models import Plattformhendelse, Velkomst
from planer.models import Aktivitet, Laringsarena
from tests.plattform.conftest import PASSWORD

TOLD = {
    "name": "Skogvik", "slug": "skogvik", "number": "9903", "maalform": "nn", "mal": "siljan",
    "contact": "Servicetorget", "region": "", "first_name": "Sol", "last_name": "Lie",
    "email": "sol.lie@skogvik.example", "employee_number": "77", "top_code": "1",
}  # fmt: skip
ACTIVITIES = {"modum": 9, "reks": 8, "nittedal": 12, "siljan": 8}


def found(drift, **changed):
    return drift.post("/plattform/ny/", TOLD | changed)


def address_in(answer):
    return answer.content.decode().split('value="http://testserver')[1].split('"')[0]


def test_a_new_kommune_is_made_from_the_template_and_its_administrator_gets_in(drift, as_user, db):
    answer = found(drift)
    path = address_in(answer)
    browser = as_user(None)
    browser.prefix = "/skogvik"
    told = {"password": PASSWORD, "again": PASSWORD}

    assert answer.status_code == 201
    assert "sol.lie@skogvik.example" in browser.get(path).content.decode()
    assert browser.post(path, told).status_code == 302
    login = browser.post("/konto/logg-inn/", {"login": TOLD["email"], "password": PASSWORD})
    assert (login.status_code, login["Location"]) == (302, "/skogvik/hjem/")
    home = browser.get("/hjem/").content.decode()
    assert "Kom i gang" in home
    assert browser.get(path).status_code == 404
    kommune = Kommune.objects.get(slug="skogvik")
    assert (kommune.number, kommune.maalform) == ("9903", "nn")


@pytest.mark.parametrize("mal", list(Mal))
def test_every_template_gives_wheel_arenas_levels_and_categories(drift, mal):
    found(drift, mal=str(mal))

    with as_kommune(Kommune.objects.get(slug="skogvik").pk):
        this_year = Aktivitet.objects.filter(year=clock.today().year)
        assert this_year.count() == ACTIVITIES[mal]
        assert Aktivitet.objects.count() == 2 * ACTIVITIES[mal]
        assert Laringsarena.objects.count() == 15
        assert list(Niva.objects.values_list("level", flat=True)) == [0, 1, 2, 3, 4]
        assert Stillingskategori.objects.get(name="Jordmor").group == "Sykepleiere"
        assert Rolle.objects.get().kode == Rolle.Kode.SYSTEMANSVARLIG
        assert Ansatt.objects.get().number == "77"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"slug": "fjordvik"}, "er opptatt"),
        ({"slug": "plattform"}, "er opptatt"),
        ({"number": "9901"}, "allerede satt opp"),
        ({"number": "99"}, "har fire siffer"),
        ({"slug": "Å"}, "a–z"),
        ({"employee_number": ""}, "Fyll ut «Ansattnummer»"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(drift, fjordvik, changed, said):
    answer = found(drift, **changed)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="Sol"' in answer.content.decode()
    assert Kommune.objects.count() == 2


def test_the_address_works_for_a_day_only_and_a_new_one_ends_the_old(drift, as_user):
    first = address_in(found(drift))
    again = drift.post("/plattform/kommune/skogvik/ny-adresse/", {"number": "77"})
    browser = as_user(None)
    browser.prefix = "/skogvik"

    assert browser.get(first).status_code == 404
    assert browser.get(address_in(again)).status_code == 200
    with clock.frozen(clock.now() + timedelta(hours=24, seconds=5)):
        assert browser.get(address_in(again)).status_code == 404
    stranger = drift.post("/plattform/kommune/skogvik/ny-adresse/", {"number": "78"})
    assert stranger.status_code == 422
    with as_kommune(Kommune.objects.get(slug="skogvik").pk):
        assert first.split("/")[-2] not in str(list(Velkomst.objects.values()))


def test_a_password_that_is_too_weak_is_refused_with_a_sentence(drift, as_user):
    path = address_in(found(drift))
    browser = as_user(None)
    browser.prefix = "/skogvik"

    assert browser.post(path, {"password": "kort", "again": "kort"}).status_code == 422
    assert browser.get(path).status_code == 200


def test_getting_started_leaves_the_page_when_all_is_done(drift, as_user):
    found(drift)
    kommune = Kommune.objects.get(slug="skogvik")
    with as_kommune(kommune.pk):
        sol = Ansatt.objects.select_related("kommune", "bruker", "enhet").get()
    browser = as_user(sol)
    assert "0 av 5 er gjort" in browser.get("/hjem/").content.decode()

    with as_kommune(kommune.pk):
        for kode in (Rolle.Kode.FAGRADGIVER, Rolle.Kode.VERNEOMBUD):
            Rolle.objects.create(ansatt=sol, kode=kode, enhet=sol.enhet)

    assert "2 av 5 er gjort" in browser.get("/hjem/").content.decode()


def test_the_list_shows_counts_and_nobody(drift, fjordvik, sigurd, kari):
    tall.count()

    page = drift.get("/plattform/").content.decode()

    assert "Fjordvik" in page
    for secret in (kari.first_name, kari.last_name, kari.email, sigurd.email):
        assert secret not in page
    assert '<td role="cell" class="number" data-label="Ansatte">2</td>' in page


def test_the_list_costs_the_same_for_two_and_for_thirty(drift, olga, django_assert_num_queries):
    drift.get("/plattform/")
    with django_assert_num_queries(10):  # Of them six find the operator and hold the transaction.
        drift.get("/plattform/")
    with as_operator(olga.pk):
        for number in range(28):
            Kommune.objects.create(slug=f"k{number}", name=f"K{number}", number=f"{8000 + number}")

    with django_assert_num_queries(10):
        assert drift.get("/plattform/").content.decode().count("<tr") == 31


def test_a_paused_kommune_is_closed_and_keeps_everything(drift, as_user, kari, fjordvik):
    browser = as_user(kari)

    assert drift.get("/plattform/kommune/fjordvik/pause/").status_code == 200
    assert browser.get("/hjem/").status_code == 200
    drift.post("/plattform/kommune/fjordvik/pause/")

    closed = browser.get("/hjem/")
    assert closed.status_code == 503
    assert "Fjordvik kommune" in closed.content.decode()
    assert browser.get("/hva/som/helst/").status_code == 503
    assert "fjordvik" not in kommuner.running().values_list("slug", flat=True)
    assert "På pause" in drift.get("/plattform/").content.decode()

    drift.post("/plattform/kommune/fjordvik/apne/")
    assert browser.get("/hjem/").status_code == 200
    acts = list(Plattformhendelse.objects.order_by("pk").values_list("action", flat=True))
    assert acts[-2:] == ["kommune.pause", "kommune.resume"]


def test_pausing_twice_is_one_event(olga, fjordvik):
    with as_operator(olga.pk):
        actions.pause(fjordvik, by=olga)
        actions.pause(fjordvik, by=olga)

    assert Plattformhendelse.objects.filter(action="kommune.pause").count() == 1


def test_the_command_makes_one_too_and_prints_the_address(db, as_user):
    out = io.StringIO()
    admin = ["77", "Sol", "Lie", "sol@skogvik.example"]

    call_command("new_kommune", "skogvik", "Skogvik", "9903", admin=admin, mal="reks", stdout=out)

    path = "/skogvik/velkommen/" + out.getvalue().split("/velkommen/")[1].split("/")[0] + "/"
    browser = as_user(None)
    browser.prefix = "/skogvik"
    assert browser.get(path).status_code == 200
    with pytest.raises(CommandError, match="opptatt"):
        call_command("new_kommune", "skogvik", "Skogvik", "9904", admin=admin, stdout=out)


def test_the_command_for_an_operator_prints_where_to_begin(db, anyone):
    out = io.StringIO()

    call_command("new_operator", "kari@drift.example", "Kari Moen", stdout=out)

    key = out.getvalue().split("/velkommen/")[1].split("/")[0]
    assert anyone.get(f"/plattform/velkommen/{key}/").status_code == 200
