"""The shell's own pages: front page, start page, profile, language, help, statements, log-in."""

from datetime import date, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from kompetanse import clock
from kompetanse.skall import forside
from kompetanse.skall.forside import PublicDeadline, Section
from kompetanse.skall.middleware import SEEN
from kompetanse.varsler import oppgaver
from kompetanse.varsler.oppgaver import Oppgave

DEADLINE = datetime(2026, 10, 15, 23, 59, 59, tzinfo=clock.OSLO)


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Only what a test registers: the apps' own duties and sections are tested with them."""
    monkeypatch.setattr(oppgaver, "_sources", [])
    monkeypatch.setattr(forside, "_sections", [])
    monkeypatch.setattr(forside, "_deadlines", [])


def text(response):
    return " ".join(response.content.decode().split()).replace("\u00a0", " ")


def test_the_front_page_shows_what_waits_with_the_deadline_in_words(kari, as_user, october):
    oppgaver.register(lambda actor, on: [Oppgave("k", "Send søknaden", "/s/", date(2026, 10, 4))])

    page = text(as_user(kari).get("/hjem/"))

    assert "Hei, Kari" in page
    assert '<a class="ds-link" href="/s/">Send søknaden</a>' in page
    assert "Frist søndag 4. oktober kl. 23.59" in page
    assert "Det er 3 dager igjen" in page
    assert 'data-color="warning"' in page


def test_a_duty_that_is_late_says_so(kari, as_user, october):
    oppgaver.register(lambda actor, on: [Oppgave("k", "Svar", "/s/", date(2026, 9, 29))])

    page = text(as_user(kari).get("/hjem/"))

    assert "Fristen gikk ut for 2 dager siden" in page
    assert 'data-color="danger"' in page


def test_the_front_page_says_when_nothing_waits(kari, as_user):
    assert "Ingenting akkurat nå" in text(as_user(kari).get("/hjem/"))


def test_sections_stand_in_their_order_and_are_asked_for_the_actor(kari, as_user, october):
    facts = "skall/_facts.html"
    forside.register(lambda actor, on: Section("Sist", facts, order=90))
    forside.register(lambda actor, on: Section(f"{actor.first_name} {on}", facts, order=10))
    forside.register(lambda actor, on: None)

    page = text(as_user(kari).get("/hjem/"))

    assert page.index("Kari 2026-10-01</h2>") < page.index("Sist</h2>")


def test_the_start_page_is_public_and_names_the_next_deadline(fjordvik, as_user, october):
    forside.register_deadline(lambda on: PublicDeadline("Søk om støtte", DEADLINE))

    response = as_user(None).get("/")

    assert response.status_code == 200
    assert "Søk om støtte: torsdag 15. oktober kl. 23.59. Det er 14 dager igjen." in text(response)
    assert "servicetorget" in text(response)


def test_one_who_is_logged_in_goes_home_from_the_start_page(kari, as_user):
    assert as_user(kari).get("/").url == "/fjordvik/hjem/"


@pytest.mark.parametrize(
    "url", ["/hjelp/", "/tilgjengelighet/", "/personvern/", "/konto/logg-inn/"]
)
def test_public_pages_are_shown_to_strangers(fjordvik, as_user, url):
    assert as_user(None).get(url).status_code == 200


@pytest.mark.parametrize("url", ["/hjem/", "/profil/"])
def test_own_pages_ask_a_stranger_to_log_in(fjordvik, as_user, url):
    response = as_user(None).get(url)

    assert response.status_code == 302
    assert response.url == f"/fjordvik/konto/logg-inn/?next=/fjordvik{url}"


def test_the_platform_lists_its_kommuner(fjordvik, nabovik):
    page = text(Client().get("/"))

    assert 'href="/fjordvik/"' in page
    assert "Nabovik kommune" in page


def test_help_leads_to_who_sees_what(kari, as_user):
    assert 'href="/fjordvik/hjelp/hvem-ser-hva/"' in text(as_user(kari).get("/hjelp/"))


def test_a_wrong_password_is_told_in_one_sentence_that_gives_nothing_away(kari, as_user, settings):
    client = as_user(None)
    wrong = {"login": kari.bruker.username, "password": "feil"}

    known = text(client.post("/konto/logg-inn/", wrong))
    unknown = text(client.post("/konto/logg-inn/", wrong | {"login": "finnes.ikke"}))

    told = "Brukernavnet og passordet passer ikke sammen."
    assert told in known
    assert told in unknown
    assert "data-error-summary" in known


def test_too_many_attempts_at_the_door_is_a_page(kari, as_user, rf):
    request = rf.get("/")
    request.kommune, request.actor = kari.kommune, None

    page = render_to_string("429.html", request=request)

    assert "Vent noen minutter og prøv en gang til." in page


# --- language ---------------------------------------------------------------------------------


def language_of(response):
    return response.headers["Content-Language"]


def test_a_stranger_reads_the_maalform_of_the_kommune_and_may_choose_another(fjordvik, as_user):
    client = as_user(None)
    assert language_of(client.get("/")) == "nb"

    response = client.post("/sprak/", {"sprak": "nn", "next": "/fjordvik/hjelp/"})

    assert response.url == "/fjordvik/hjelp/"
    assert language_of(client.get("/")) == "nn"
    assert '<html lang="nn">' in text(client.get("/"))


def test_the_choice_follows_the_person_to_another_browser(kari, as_user):
    as_user(kari).post("/sprak/", {"sprak": "nn"})

    assert language_of(as_user(kari).get("/hjem/")) == "nn"


def test_an_unknown_language_changes_nothing(kari, as_user):
    client = as_user(kari)

    client.post("/sprak/", {"sprak": "sv"})

    assert language_of(client.get("/hjem/")) == "nb"


@pytest.mark.parametrize("wanted", ["https://ond.example/", "//ond.example/", ""])
def test_the_way_back_stays_with_us(fjordvik, as_user, wanted):
    assert as_user(None).post("/sprak/", {"sprak": "nn", "next": wanted}).url == "/fjordvik/"


def test_the_profile_saves_the_language_and_shows_roles(liv, as_user):
    client = as_user(liv)
    assert "Leder, Nord" in text(client.get("/profil/"))

    client.post("/profil/", {"language": "nn"})

    liv.bruker.refresh_from_db()
    assert liv.bruker.language == "nn"


def test_a_wrong_profile_comes_back_with_its_mistakes(kari, as_user):
    response = as_user(kari).post("/profil/", {"language": "sv"})

    assert response.status_code == 422
    assert "data-error-summary" in text(response)
    assert "<title>Feil: Din profil" in text(response)


# --- session ----------------------------------------------------------------------------------


def seen_before(client, ago):
    session = client.session
    session[SEEN] = int((timezone.now() - ago).timestamp())
    session.save()


def test_one_who_has_been_away_too_long_logs_in_again_and_comes_back(kari, as_user, settings):
    client = as_user(kari)
    client.get("/hjem/")
    seen_before(client, timedelta(seconds=settings.SESSION_IDLE_SECONDS + 5))

    response = client.get("/profil/")

    assert response.url == "/fjordvik/konto/logg-inn/?next=/fjordvik/profil/"
    assert client.get("/hjem/").status_code == 302


def test_one_who_asks_to_stay_stays(kari, as_user, settings):
    client = as_user(kari)
    client.get("/hjem/")
    seen_before(client, timedelta(seconds=settings.SESSION_IDLE_SECONDS - 60))

    before = int(timezone.now().timestamp())

    assert client.post("/profil/her/").status_code == 204

    assert client.session[SEEN] >= before


def test_the_page_knows_how_long_one_may_be_away(kari, as_user, settings):
    page = text(as_user(kari).get("/hjem/"))

    assert f'data-idle-seconds="{settings.SESSION_IDLE_SECONDS}"' in page
    assert 'data-stay-url="/fjordvik/profil/her/"' in page


# --- the page itself --------------------------------------------------------------------------


def test_no_page_holds_script_or_style_of_its_own(kari, as_user):
    for client, url in (
        (as_user(kari), "/hjem/"),
        (as_user(None), "/"),
        (as_user(None), "/hjelp/"),
    ):
        page = text(client.get(url))
        assert " style=" not in page
        assert "<style" not in page
        assert page.count("<script") == page.count("<script src=")
        assert not any(f" on{event}=" in page for event in ("click", "change", "submit", "load"))


def test_the_browser_is_told_not_to_evaluate(kari, as_user):
    response = as_user(kari).get("/hjem/")

    assert '"allowEval":false' in text(response)
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "url", ["/", "/hjelp/", "/personvern/", "/vedtatte-planer/", "/utlysning/"]
)
def test_a_document_system_may_ask_whether_a_public_page_is_there(fjordvik, as_user, url):
    answer = as_user(None).head(url)

    assert (answer.status_code, answer.content) == (200, b"")


def test_a_page_behind_log_in_answers_the_same_when_only_its_headers_are_asked_for(kari, as_user):
    asked = [as_user(kari).head(url).status_code for url in ("/hjem/", "/profil/")]

    assert asked == [200, 200]
    assert as_user(kari).head("/profil/her/").status_code == 405
    assert as_user(None).head("/hjem/").status_code == 302
