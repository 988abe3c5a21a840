"""M19, in part: unions take part in the meetings, and employees find their stewards."""

from datetime import date

from kompetanse.kommuner import once
from kompetanse.organisasjon.models import Rolle
from planer.actions import mote as actions
from planer.models import Mote, Motedeltaker
from tests.conftest import give
from tests.planer.conftest import CANARY, TESTS_OWN, make_mote, plain


def answers(**given):
    return {"title": "Satsingsområder", "held_on": "16.09.2026", "place": "Rådhuset"} | given


def test_m19_unions_take_part_in_the_september_meeting(
    as_user, frida, turid, helse, september
) -> None:
    Rolle.objects.filter(ansatt=turid).update(union="Fagforbundet")
    browser = as_user(frida)
    made = browser.post("/mote/nytt/", answers(engangsnokkel=once.new_token()))
    mote = Mote.objects.get()
    invitation = {"engangsnokkel": once.new_token(), "ansatt": turid.pk, "capacity": ""}

    browser.post(f"/mote/{mote.pk}/deltaker/", invitation)

    assert made.url.endswith(f"/mote/{mote.pk}/")
    html = as_user(turid).get(f"/mote/{mote.pk}/").content.decode()
    assert "Turid Aas" in html
    assert "Tillitsvalgt Fagforbundet" in html
    assert "Legg til deltaker" not in html
    listed = as_user(turid).get("/mote/").content.decode()
    assert "0 holdt, 1 planlagt." in plain(listed)


def test_m19_every_employee_finds_the_stewards_and_the_forum(
    as_user, kari, ola, turid, helse
) -> None:
    give(ola, Rolle.Kode.KOMPETANSETILLITSVALGT, helse)

    html = as_user(kari).get("/mote/").content.decode()

    assert "Kompetansetillitsvalgte" in html
    assert "Ola Hansen" in html
    assert "ola.hansen@fjordvik.example" in html
    assert "Turid Aas" in html


def test_an_employee_sees_the_meetings_they_were_in_only(as_user, kari, frida, helse) -> None:
    own, other = make_mote(date(2026, 5, 1), "Mitt møte"), make_mote(date(2026, 5, 2), "Annet møte")
    actions.invite(own, ansatt=kari, capacity="Gjest", by=frida)
    browser = as_user(kari)

    html = browser.get("/mote/").content.decode()

    assert "Mitt møte" in html
    assert "Annet møte" not in html
    assert browser.get(f"/mote/{own.pk}/").status_code == 200
    assert browser.get(f"/mote/{other.pk}/").status_code == 404


def test_leaders_unions_and_executives_see_all_meetings(as_user, liv, turid, kristin) -> None:
    mote = make_mote(date(2026, 5, 1))

    answers = {as_user(each).get(f"/mote/{mote.pk}/").status_code for each in (liv, turid, kristin)}

    assert answers == {200}


def test_only_the_advisor_writes(as_user, turid, vidar) -> None:
    mote = make_mote(date(2026, 5, 1))
    paths = ("/mote/nytt/", f"/mote/{mote.pk}/endre/", f"/mote/{mote.pk}/deltaker/")

    for person in (turid, vidar):
        assert {as_user(person).post(path).status_code for path in paths} == {403}


def test_a_second_click_makes_one_meeting(as_user, frida) -> None:
    given = answers(engangsnokkel=once.new_token())

    first, second = (as_user(frida).post("/mote/nytt/", given) for _ in range(2))

    assert Mote.objects.count() == 1
    assert first.url == second.url


def test_a_stale_change_is_kept_in_the_form(as_user, frida) -> None:
    mote = make_mote(date(2026, 5, 1))
    browser = as_user(frida)
    browser.post(f"/mote/{mote.pk}/endre/", answers(versjon=1, place="Første"))

    stale = browser.post(f"/mote/{mote.pk}/endre/", answers(versjon=1, place="Andre"))

    mote.refresh_from_db()
    assert stale.status_code == 409
    assert mote.place == "Første"
    assert "Andre" in stale.content.decode()


def test_a_participant_is_taken_out_again(as_user, frida, turid) -> None:
    mote = make_mote(date(2026, 5, 1))
    deltaker = actions.invite(mote, ansatt=turid, capacity="HTV", by=frida)

    as_user(frida).post(f"/mote/{mote.pk}/deltaker/{deltaker.pk}/slett/")

    assert not Motedeltaker.objects.exists()


def test_missing_answers_are_told(as_user, frida) -> None:
    mote = make_mote(date(2026, 5, 1))

    made = as_user(frida).post("/mote/nytt/", {"engangsnokkel": once.new_token(), "title": "M"})
    invited = as_user(frida).post(f"/mote/{mote.pk}/deltaker/", {"engangsnokkel": once.new_token()})

    assert (made.status_code, invited.status_code) == (422, 422)
    assert "Fyll ut «Når er møtet?»." in made.content.decode()


def test_the_list_asks_a_constant_number_of_queries(
    as_user, turid, frida, django_assert_num_queries
) -> None:
    actions.invite(make_mote(date(2026, 5, 1)), ansatt=turid, capacity="", by=frida)
    browser = as_user(turid)
    browser.get("/mote/")
    with django_assert_num_queries(7 + TESTS_OWN):
        browser.get("/mote/")
    for number in range(29):
        actions.invite(make_mote(date(2026, 5, 1)), ansatt=turid, capacity=str(number), by=frida)

    with django_assert_num_queries(7 + TESTS_OWN):
        browser.get("/mote/")


def test_the_neighbours_meetings_and_people_are_not_there(as_user, frida, neighbour) -> None:
    def make(advisor):
        give(advisor, Rolle.Kode.KOMPETANSETILLITSVALGT, advisor.enhet)
        return actions.arrange(title=CANARY, held_on=date(2026, 5, 1), place="", by=advisor)

    foreign = neighbour(make)
    browser = as_user(frida)

    assert CANARY not in browser.get("/mote/").content.decode()
    for path in ("", "endre/"):
        assert browser.get(f"/mote/{foreign.pk}/{path}").status_code == 404


def test_a_foreign_employee_cannot_be_invited(as_user, frida, neighbour) -> None:
    mote = make_mote(date(2026, 5, 1))
    stranger = neighbour(lambda advisor: advisor)
    given = {"engangsnokkel": once.new_token(), "ansatt": stranger.pk}

    response = as_user(frida).post(f"/mote/{mote.pk}/deltaker/", given)

    assert response.status_code == 422
    assert not Motedeltaker.objects.exists()
    assert "Velg et av svarene i «Hvem deltar?»." in response.content.decode()
