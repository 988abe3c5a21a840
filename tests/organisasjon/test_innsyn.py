"""An administrator sees the service as another sees it: reads only, marked, timed and logged."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon import actions
from kompetanse.organisasjon.models import Innsyn, Rolle

REASON = "Kari finner ikke søknadene"


@pytest.fixture
def looking(october, as_user, sigurd, liv):
    """Sigurd's browser, seeing as Liv sees."""
    browser = as_user(sigurd)
    answer = browser.post(f"/innsyn/{liv.pk}/", {"reason": REASON, "minutes": 30})
    assert answer.status_code == 302
    return browser


def trail():
    rows = AuditEvent.objects.filter(action__startswith="innsyn.").order_by("pk")
    return list(rows.values_list("action", flat=True))


def test_the_pages_are_the_others_and_say_so(looking, liv):
    page = looking.get("/hjem/").content.decode()

    assert "Hei, Liv" in page
    assert "Sigurd Foss ser tjenesten slik Liv Berg ser den." in page
    assert REASON in page
    assert looking.get("/leder/soknader/").status_code == 200


def test_it_is_logged_at_the_start_each_page_and_the_end(looking, sigurd, liv):
    looking.get("/hjem/")
    looking.get("/leder/soknader/")
    assert looking.post("/innsyn/avslutt/").status_code == 302
    looking.get("/hjem/")

    assert trail() == ["innsyn.start", "innsyn.page", "innsyn.page", "innsyn.end"]
    opened = AuditEvent.objects.filter(action="innsyn.page").first()
    assert (opened.by_id, opened.role) == (sigurd.pk, "systemansvarlig")
    assert opened.details == {"ansatt_id": liv.pk, "page": "skall:home", "ids": {}}
    assert REASON not in str(list(AuditEvent.objects.values()))
    assert Innsyn.objects.get().ended_at == clock.now()


def test_afterwards_the_administrator_is_back(looking):
    looking.post("/innsyn/avslutt/")

    page = looking.get("/hjem/").content.decode()
    assert "Hei, Sigurd" in page
    assert "ser tjenesten slik" not in page


def test_nothing_can_be_sent(looking, liv):
    answer = looking.post("/profil/", {"language": "nn"})

    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Du ser tjenesten slik Liv Berg ser den. Da kan du ikke lagre" in page
    liv.bruker.refresh_from_db()
    assert liv.bruker.language == ""


def test_not_even_the_language(looking, liv):
    assert looking.post("/sprak/", {"sprak": "nn"}).status_code == 403
    liv.bruker.refresh_from_db()
    assert liv.bruker.language == ""


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Accept": "application/json"}])
def test_a_script_is_told_in_a_sentence(looking, headers):
    answer = looking.post("/profil/", headers=headers)

    assert answer.status_code == 403
    assert "Da kan du ikke lagre" in answer.json()["message"]


def test_what_a_page_writes_when_it_is_shown_is_undone(looking, monkeypatch, liv):
    from kompetanse.skall import forside  # noqa: PLC0415

    def writing(actor, _on):
        actor.bruker.language = "nn"
        actor.bruker.save()

    monkeypatch.setattr(forside, "_sections", [writing])

    assert looking.get("/hjem/").status_code == 200
    liv.bruker.refresh_from_db()
    assert liv.bruker.language == ""
    assert trail() == ["innsyn.start", "innsyn.page"]


@pytest.mark.parametrize("path", ["/profil/", "/mine/", "/soknad/", "/min-kompetanse/", "/innsyn/"])
def test_own_pages_stay_closed(looking, path):
    answer = looking.get(path)

    assert answer.status_code == 403
    assert "Denne siden vises ikke i innsyn" in answer.content.decode()


def test_it_ends_by_itself_when_the_time_is_over(october, as_user, sigurd, liv):
    browser = as_user(sigurd)
    browser.post(f"/innsyn/{liv.pk}/", {"reason": REASON, "minutes": 15})

    with clock.frozen(october + timedelta(minutes=16)):
        answer = browser.get("/hjem/")
        assert answer.status_code == 302
        assert "Hei, Sigurd" in browser.get("/hjem/").content.decode()
    assert trail() == ["innsyn.start", "innsyn.end"]


def test_it_ends_when_the_administrator_is_one_no_more(looking, sigurd, frida):
    Rolle.objects.filter(ansatt=sigurd).update(ends=clock.today() - timedelta(days=1))

    assert "Hei, Sigurd" in looking.get("/hjem/").content.decode()


def test_it_asks_why(october, as_user, sigurd, liv):
    answer = as_user(sigurd).post(f"/innsyn/{liv.pk}/", {"reason": " ", "minutes": 30})

    assert answer.status_code == 422
    assert "Skriv hvorfor du trenger innsyn." in answer.content.decode()
    assert not Innsyn.objects.exists()


def test_only_the_administrator_looks_and_never_at_oneself(october, sigurd, frida, liv, as_user):
    with pytest.raises(PermissionDenied):
        actions.look(liv, reason=REASON, minutes=15, by=frida)
    with pytest.raises(DomainError):
        actions.look(sigurd, reason=REASON, minutes=15, by=sigurd)
    assert as_user(frida).get(f"/innsyn/{liv.pk}/").status_code == 403


def test_the_list_says_who_has_looked_and_why(looking, as_user, sigurd):
    looking.post("/innsyn/avslutt/")

    page = looking.get("/innsyn/").content.decode()
    assert "Liv Berg" in page
    assert REASON in page


def test_who_looks_can_log_out(looking):
    assert looking.post("/konto/logg-ut/").status_code == 302
    assert looking.get("/hjem/").status_code == 302
