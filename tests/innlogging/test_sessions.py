"""Where people are logged in, one-time passwords, and the administrator's pages."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import get_hasher

from kompetanse import clock
from kompetanse.innlogging import actions
from kompetanse.innlogging.device import describe
from kompetanse.innlogging.models import Identitet, Okt, Tilbyder
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Ansatt, Kjennetegn, Oppsett
from kompetanse.varsler.models import Varsel
from tests.conftest import PASSWORD, forget_cached, make_ansatt

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile"
GIVEN = re.compile(r"<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</code>")


@pytest.fixture(autouse=True)
def unthrottled():
    forget_cached()


@pytest.fixture
def kari(kari):
    kari.bruker.set_password(PASSWORD)
    kari.bruker.save()
    return kari


def log_in(browser, ansatt, password=PASSWORD):
    answer = {"login": ansatt.bruker.username, "password": password}
    return browser.post("/konto/logg-inn/", answer)


def is_in(browser):
    return browser.get("/hjem/").status_code == 200


@pytest.fixture
def here(as_user, kari):
    browser = as_user(None)
    log_in(browser, kari)
    assert is_in(browser)
    return browser


@pytest.fixture
def there(as_user, kari):
    """Kari's phone, logged in too."""
    browser = as_user(None)
    browser.defaults["HTTP_USER_AGENT"] = PHONE
    log_in(browser, kari)
    assert is_in(browser)
    return browser


def test_one_sees_where_one_is_logged_in(here, there):
    page = here.get("/profil/innlogget/").content.decode()

    assert "Chrome, Android" in page
    assert page.count("Logg ut der") == 1


def test_one_place_can_be_logged_out(here, there):
    okt = Okt.objects.get(device="Chrome, Android")

    here.post(f"/profil/innlogget/{okt.pk}/ut/")

    assert is_in(here)
    assert not is_in(there)


def test_all_places_can_be_logged_out(here, there):
    here.post("/profil/innlogget/ut/")

    assert not is_in(here)
    assert not is_in(there)


def test_all_means_also_places_without_a_row(here, there):
    Okt.objects.all().delete()

    here.post("/profil/innlogget/ut/")

    assert not is_in(there)


def test_nobody_logs_out_a_colleague(here, as_user, liv):
    okt = Okt.objects.get()

    assert as_user(liv).post(f"/profil/innlogget/{okt.pk}/ut/").status_code == 404
    assert is_in(here)


def test_a_new_password_ends_the_other_sessions(here, there):
    new = "en helt ny setning"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    here.post("/konto/passord/", form)

    assert is_in(here)
    assert not is_in(there)


def test_rows_of_dead_sessions_are_not_shown(here, there):
    there.post("/konto/logg-ut/")

    assert "Android" not in here.get("/profil/innlogget/").content.decode()


def test_the_list_costs_the_same_for_many_places(here, kari, queries_of):
    before = queries_of(here, "/profil/innlogget/")
    Okt.objects.bulk_create(
        [Okt(bruker=kari.bruker, session_key=f"nøkkel{n}", device="X") for n in range(30)]
    )

    assert queries_of(here, "/profil/innlogget/") == before <= 10


def test_a_device_is_described_coarsely():
    assert describe(PHONE) == "Chrome, Android"
    assert describe("curl/8") == ""


def test_who_has_left_cannot_log_in_and_is_out_at_once(here, as_user, kari):
    Ansatt.objects.filter(pk=kari.pk).update(left_on=date(2020, 1, 1))

    assert here.get("/hjem/")["Location"].startswith("/fjordvik/konto/logg-inn/")
    answer = log_in(as_user(None), kari)
    assert answer["Location"] == "/fjordvik/konto/sperret/"


# --- one-time passwords -----------------------------------------------------------------------


def give_one_time(browser, ansatt):
    page = browser.post(f"/innlogging/{ansatt.pk}/engangspassord/").content.decode()
    return GIVEN.search(page)[1]


@pytest.fixture
def admin(as_user, sigurd):
    return as_user(sigurd)


def test_a_one_time_password_leads_to_choosing_ones_own(admin, as_user, kari, here):
    password = give_one_time(admin, kari)
    assert not is_in(here)
    browser = as_user(None)

    log_in(browser, kari, password)

    led = browser.get("/profil/")["Location"]
    assert led == "/fjordvik/konto/passord/?next=%2Ffjordvik%2Fprofil%2F"
    new = "en helt ny setning"
    form = {"oldpassword": password, "password1": new, "password2": new}
    assert browser.post("/konto/passord/", form).status_code == 302
    assert is_in(browser)
    browser.post("/konto/logg-ut/")
    assert log_in(browser, kari, password).status_code == 422


def test_a_one_time_password_goes_out(admin, as_user, kari):
    password = give_one_time(admin, kari)
    browser = as_user(None)

    with clock.frozen(clock.now() + actions.LASTS + timedelta(minutes=1)):
        answer = log_in(browser, kari, password)

    assert answer["Location"] == "/fjordvik/konto/utgatt/"
    assert not is_in(browser)


def test_the_person_is_told_and_the_password_is_kept_nowhere(admin, kari, everything):
    password = give_one_time(admin, kari)

    assert Varsel.objects.get(recipient=kari).subject == "Passordet ditt er nullstilt"
    assert password not in everything()
    event = AuditEvent.objects.get(action="bruker.give_one_time_password")
    assert event.object_id == kari.pk


def test_nobody_gives_oneself_a_one_time_password(admin, sigurd):
    assert admin.post(f"/innlogging/{sigurd.pk}/engangspassord/").status_code == 403


def test_only_the_administrator_opens_the_pages(as_user, frida, kari):
    browser = as_user(frida)

    for path in ("", f"{kari.pk}/", f"{kari.pk}/engangspassord/", "tjenester/", "tjenester/ny/"):
        assert browser.get(f"/innlogging/{path}").status_code == 403


def test_the_way_out_of_a_forgotten_password_is_a_person(as_user, kari):
    browser = as_user(None)
    assert browser.get("/konto/glemt/")["Location"] == "/fjordvik/konto/glemt-passord/"

    page = browser.get("/konto/glemt-passord/").content.decode()

    assert "Vi sender aldri passord eller lenke" in page


# --- people and services ----------------------------------------------------------------------


def test_people_are_found_by_name_and_number(admin, kari, liv):
    page = admin.get("/innlogging/?text=kari nil").content.decode()

    assert "Kari Nilsen" in page
    assert "Liv Berg" not in page
    assert "Kari Nilsen" in admin.get(f"/innlogging/?text={kari.number}").content.decode()


def test_the_list_of_people_costs_the_same_for_many(admin, nord, queries_of):
    before = queries_of(admin, "/innlogging/")
    for n in range(29):
        make_ansatt(f"Ansatt{n}", "Lie", nord)

    assert queries_of(admin, "/innlogging/") == before <= 10


def test_marks_are_kept_and_an_identity_number_is_not(admin, kari, everything):
    oid = "7D1C0F3A-52F4-4A4E-9D7B-1F0C5A2B3C4D"
    form = {"oid": oid, "upn": "Kari@k.no", "pid": "130177 12345"}

    admin.post(f"/innlogging/{kari.pk}/", form)

    stored = dict(Kjennetegn.objects.values_list("kind", "value"))
    assert stored["oid"] == oid.lower()
    assert stored["upn"] == "kari@k.no"
    assert len(stored["pid"]) == 64
    assert "13017712345" not in everything()


def test_marks_stay_when_the_form_is_sent_as_it_stands(admin, kari):
    form = {"oid": "", "upn": "", "pid": "13017712345"}
    admin.post(f"/innlogging/{kari.pk}/", form)
    before = Kjennetegn.objects.get().value

    admin.post(f"/innlogging/{kari.pk}/", form | {"pid": "••••••"})
    assert Kjennetegn.objects.get().value == before

    admin.post(f"/innlogging/{kari.pk}/", form | {"pid": ""})
    assert not Kjennetegn.objects.exists()


def test_two_people_do_not_share_a_mark(admin, kari, liv):
    admin.post(f"/innlogging/{kari.pk}/", {"upn": "kari@k.no"})

    answer = admin.post(f"/innlogging/{liv.pk}/", {"upn": "KARI@k.no"})

    assert answer.status_code == 422
    assert "En annen ansatt har det samme kjennetegnet" in answer.content.decode()


ENTRA = {
    "name": "Jobbkonto",
    "kind": "entra",
    "directory": "6f1b8c1e-0d9c-4a62-9d1c-2f6f2b1a0001",
    "issuer": "",
    "client_id": "abc",
    "secret": "en hemmelighet",
    "match": "oid",
    "claim": "",
    "level": "",
    "is_active": "on",
}


def test_a_service_is_set_up_with_its_secret_sealed(admin, everything):
    admin.post("/innlogging/tjenester/ny/", ENTRA)

    tilbyder = Tilbyder.objects.get()
    assert tilbyder.issuer == f"https://login.microsoftonline.com/{ENTRA['directory']}/v2.0"
    assert (tilbyder.claim, tilbyder.secret) == ("oid", "en hemmelighet")
    assert "en hemmelighet" not in everything()
    page = admin.get(f"/innlogging/tjenester/{tilbyder.pk}/").content.decode()
    assert "en hemmelighet" not in page
    assert f"http://testserver/fjordvik/konto/openid/{tilbyder.pk}/svar/" in page


def test_an_empty_secret_keeps_the_one_that_is_there(admin):
    admin.post("/innlogging/tjenester/ny/", ENTRA)
    tilbyder = Tilbyder.objects.get()

    admin.post(f"/innlogging/tjenester/{tilbyder.pk}/", ENTRA | {"secret": "", "name": "Konto"})

    tilbyder.refresh_from_db()
    assert (tilbyder.name, tilbyder.secret) == ("Konto", "en hemmelighet")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"directory": ""}, "Skriv leietaker-ID-en fra Entra ID."),
        ({"directory": "tull"}, "Skriv hele ID-en, med 32 tegn og bindestreker."),
        ({"kind": "other"}, "Skriv hele adressen til utstederen"),
        ({"kind": "other", "issuer": "ftp://x"}, "Skriv hele adressen til utstederen"),
        ({"secret": ""}, "Lim inn hemmeligheten fra tjenesten."),
        ({"name": ""}, "Fyll ut «Hva skal stå på knappen?»"),
    ],
)
def test_a_faulty_service_is_sent_back(admin, wrong, sentence):
    answer = admin.post("/innlogging/tjenester/ny/", ENTRA | wrong)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Tilbyder.objects.exists()


def test_idporten_is_always_asked_for_a_level(admin):
    admin.post("/innlogging/tjenester/ny/", ENTRA | {"kind": "idporten", "match": "pid"})

    tilbyder = Tilbyder.objects.get()
    assert tilbyder.levels == ("idporten-loa-substantial", "idporten-loa-high")
    assert tilbyder.issuer == "https://idporten.no"


def test_what_is_asked_is_set_on_the_page(admin):
    form = {"version": 0, "second_factor": "deciders", "openid_for": "none"}

    assert admin.post("/innlogging/tjenester/", form).status_code == 302

    assert Oppsett.objects.get().second_factor == "deciders"
    assert admin.post("/innlogging/tjenester/", form).status_code in {302, 409}


def test_a_service_and_its_ties_are_deleted_together(admin, kari):
    admin.post("/innlogging/tjenester/ny/", ENTRA)
    tilbyder = Tilbyder.objects.get()
    Identitet.objects.create(ansatt=kari, tilbyder=tilbyder, subject="x")

    admin.post(f"/innlogging/tjenester/{tilbyder.pk}/slett/")

    assert not Tilbyder.objects.exists()
    assert not Identitet.objects.exists()


def test_a_tie_is_undone(admin, kari):
    admin.post("/innlogging/tjenester/ny/", ENTRA)
    tie = Identitet.objects.create(ansatt=kari, tilbyder=Tilbyder.objects.get(), subject="x")

    admin.post(f"/innlogging/kobling/{tie.pk}/slett/")

    assert not Identitet.objects.exists()


def test_the_login_page_shows_the_services_in_use(admin, as_user):
    admin.post("/innlogging/tjenester/ny/", ENTRA)

    page = as_user(None).get("/konto/logg-inn/").content.decode()

    assert "Logg inn med Jobbkonto" in page


@pytest.mark.parametrize("name", ["user name", "e-mail", "nobody's", "one who never logs in"])
def test_a_wrong_password_takes_as_long_whether_or_not_there_is_such_a_user(
    kari, liv, as_user, monkeypatch, name
):
    """Each name costs one run of the slow hash, so that the clock tells a stranger nothing."""
    kari.bruker.username = "kari"
    kari.bruker.save()
    named = {"user name": "kari", "e-mail": kari.bruker.email, "nobody's": "ingen@fjordvik.example"}
    hasher, runs = type(get_hasher()), []
    slow = hasher.encode
    monkeypatch.setattr(
        hasher, "encode", lambda *args, **more: runs.append(1) or slow(*args, **more)
    )

    login = {"login": named.get(name, liv.bruker.username), "password": "feil-passord-her"}
    answer = as_user(None).post("/konto/logg-inn/", login)

    assert answer.status_code == 422
    assert len(runs) == 1
