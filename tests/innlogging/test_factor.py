"""The second factor, what the Kommune asks of whom, and the throttling of guesses."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection

from kompetanse import sealing
from kompetanse.kommuner import tenancy
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import For, Oppsett, Rolle
from tests.conftest import PASSWORD, forget_cached, give

SECRET = re.compile(r"<code>([A-Z2-7]{32})</code>")


def code_of(secret, *, ahead=0):
    """Return the code of this half minute, or of one after it; each is good for once.

    A code is taken half a minute early or late: `ahead=-1` would be too old when the half minute
    ends between here and the server.
    """
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture(autouse=True)
def unthrottled():
    forget_cached()


@pytest.fixture
def kari(kari):
    kari.bruker.set_password(PASSWORD)
    kari.bruker.save()
    return kari


def log_in(browser, ansatt, password=PASSWORD, **fields):
    answer = {"login": ansatt.bruker.username, "password": password}
    return browser.post("/konto/logg-inn/", answer | fields)


def is_in(browser):
    return browser.get("/hjem/").status_code == 200


def confirm(browser, path):
    """Write the password once more, as the page asks before it opens."""
    asked = browser.get(path)
    assert asked["Location"].startswith("/fjordvik/konto/bekreft/")
    return browser.post(asked["Location"], {"password": PASSWORD})


def set_up_app(browser):
    """Set up an app with codes; return its secret and the recovery codes."""
    confirm(browser, "/konto/to-trinn/app/")
    secret = SECRET.search(browser.get("/konto/to-trinn/app/").content.decode())[1]
    answer = browser.post("/konto/to-trinn/app/", {"code": code_of(secret)})
    assert answer["Location"] == "/fjordvik/konto/to-trinn/reservekoder/"
    page = browser.get(answer["Location"]).content.decode()
    return secret, re.findall(r"<code>(\d{8})</code>", page)


@pytest.fixture
def with_app(as_user, kari):
    """Kari has an app with codes, and is logged out: a browser, her secret and her codes."""
    browser = as_user(None)
    log_in(browser, kari)
    secret, codes = set_up_app(browser)
    browser.post("/konto/logg-ut/")
    return browser, secret, codes


def test_password_and_code_together_let_in(with_app, kari):
    browser, secret, _codes = with_app

    asked = log_in(browser, kari)
    assert asked["Location"] == "/fjordvik/konto/logg-inn/kode/"
    assert not is_in(browser)
    browser.post("/konto/logg-inn/kode/", {"code": code_of(secret, ahead=1)})

    assert is_in(browser)


def test_a_wrong_code_is_told_by_the_field(with_app, kari):
    browser, _secret, _codes = with_app
    log_in(browser, kari)

    answer = browser.post("/konto/logg-inn/kode/", {"code": "000000"})

    assert answer.status_code == 422
    assert "Koden stemmer ikke" in answer.content.decode()
    assert not is_in(browser)


def test_a_code_is_used_once(with_app, kari):
    browser, secret, _codes = with_app
    code = code_of(secret, ahead=1)
    log_in(browser, kari)
    browser.post("/konto/logg-inn/kode/", {"code": code})
    browser.post("/konto/logg-ut/")
    log_in(browser, kari)

    assert browser.post("/konto/logg-inn/kode/", {"code": code}).status_code == 422


def test_a_recovery_code_is_used_once(with_app, kari):
    browser, _secret, codes = with_app
    assert len(codes) == 10
    log_in(browser, kari)
    browser.post("/konto/logg-inn/kode/", {"code": codes[0]})
    assert is_in(browser)
    browser.post("/konto/logg-ut/")
    log_in(browser, kari)

    assert browser.post("/konto/logg-inn/kode/", {"code": codes[0]}).status_code == 422


def test_guessing_codes_is_throttled_for_the_user(with_app, kari):
    browser, secret, codes = with_app
    log_in(browser, kari)
    for guess in range(5):
        browser.post("/konto/logg-inn/kode/", {"code": f"{guess:06}"})

    for code in (code_of(secret, ahead=1), codes[0]):
        answer = browser.post("/konto/logg-inn/kode/", {"code": code})
        assert answer.status_code == 422

    assert not is_in(browser)


def test_guessing_passwords_is_throttled_in_each_kommune_by_itself(as_user, kari):
    browser = as_user(None)
    for guess in range(5):
        log_in(browser, kari, password=f"gjetning nummer {guess}")

    answer = log_in(browser, kari)

    assert answer.status_code == 422
    assert "for mange forsøk" in answer.content.decode()


def test_guessing_passkeys_is_throttled_by_address(as_user, kari):
    browser = as_user(None)

    answers = [
        browser.post("/konto/logg-inn/passnokkel/", {"credential": "{}"}).status_code
        for _ in range(12)
    ]

    assert answers[:10] == [302] * 10
    assert answers[10:] == [429] * 2


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", "null", '{"response":{"userHandle":5}}', "x"]
)
def test_a_passkey_that_is_none_lets_nobody_in(as_user, kari, credential):
    browser = as_user(None)

    answer = browser.post("/konto/logg-inn/passnokkel/", {"credential": credential})

    assert answer.status_code == 302
    assert not is_in(browser)


def test_the_session_gets_a_new_key_at_login_and_at_the_factor(as_user, kari):
    browser = as_user(None)
    browser.get("/konto/logg-inn/")
    log_in(browser, kari)
    keys = [browser.cookies["sessionid"].value]

    confirm(browser, "/konto/to-trinn/app/")
    keys.append(browser.cookies["sessionid"].value)
    set_up_again = browser.get("/konto/to-trinn/app/").content.decode()
    browser.post("/konto/to-trinn/app/", {"code": code_of(SECRET.search(set_up_again)[1])})
    keys.append(browser.cookies["sessionid"].value)

    assert len(set(keys)) == 3


def test_the_secrets_are_sealed_in_the_database(with_app, kari):
    _browser, secret, codes = with_app

    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        stored = " ".join(row for (row,) in cursor.fetchall())

    assert secret not in stored
    assert not [code for code in codes if code in stored]


def test_what_is_sealed_opens_with_an_older_key(settings):
    settings.SEALING_KEYS = ["the old key"]
    sealed = sealing.seal("hemmelig")
    settings.SEALING_KEYS = ["the new key", "the old key"]

    assert sealing.unseal(sealed) == "hemmelig"
    assert sealing.fingerprint("1", purpose="a") != sealing.fingerprint("1", purpose="b")


def test_a_factor_of_another_kommune_is_not_there(with_app, nabovik):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM mfa_authenticator")
        assert cursor.fetchone() == (2,)
        cursor.execute("SELECT set_config('kompetanse.kommune_id', %s, true)", [str(nabovik.pk)])
        cursor.execute("SELECT count(*) FROM mfa_authenticator")
        assert cursor.fetchone() == (0,)


def test_pages_of_the_factor_ask_for_the_password_first(as_user, kari):
    browser = as_user(kari)

    for path in ("app/", "passnokler/ny/", "reservekoder/nye/"):
        asked = browser.get(f"/konto/to-trinn/{path}")
        assert asked.status_code == 302
        assert asked["Location"].startswith("/fjordvik/konto/bekreft/")


def test_nobody_edits_the_passkey_of_a_colleague(as_user, kari, liv):
    theirs = Authenticator.objects.create(
        user=liv.bruker, type="webauthn", data={"name": "Livs", "credential": {}}
    )
    browser = as_user(None)
    log_in(browser, kari)
    confirm(browser, "/konto/to-trinn/app/")

    assert browser.get(f"/konto/to-trinn/passnokler/{theirs.pk}/").status_code == 404
    assert browser.post(f"/konto/to-trinn/passnokler/{theirs.pk}/slett/").status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


# --- what the Kommune asks --------------------------------------------------------------------


def ask(**fields):
    Oppsett.objects.update_or_create(defaults=fields)


def test_a_decider_is_led_to_set_up_the_factor_first(as_user, frida):
    browser = as_user(frida)
    assert is_in(browser)

    ask(second_factor=For.DECIDERS)

    asked = browser.get("/runder/")
    assert asked["Location"] == "/fjordvik/konto/to-trinn/?next=%2Ffjordvik%2Frunder%2F"
    page = browser.get(asked["Location"]).content.decode()
    assert "Kommunen krever to trinn for rollen din" in page


def test_who_decides_nothing_goes_on_with_a_password(as_user, kari):
    browser = as_user(kari)

    ask(second_factor=For.DECIDERS)

    assert is_in(browser)


def test_all_can_be_asked(as_user, kari):
    browser = as_user(kari)

    ask(second_factor=For.ALL)

    assert browser.get("/hjem/").status_code == 302
    assert browser.get("/hjelp/").status_code == 200


def test_who_has_set_it_up_goes_on_at_once(as_user, kari):
    browser = as_user(None)
    log_in(browser, kari)
    give(kari, Rolle.Kode.FAGRADGIVER, kari.enhet)
    ask(second_factor=For.DECIDERS)
    assert not is_in(browser)

    set_up_app(browser)

    assert is_in(browser)


def test_a_session_without_the_factor_is_asked_for_it(with_app, as_user, kari):
    _browser, secret, _codes = with_app
    ask(second_factor=For.ALL)
    elsewhere = as_user(kari)

    asked = elsewhere.get("/hjem/")
    assert asked["Location"].startswith("/fjordvik/konto/bekreft/kode/")
    elsewhere.post(asked["Location"], {"code": code_of(secret, ahead=1)})

    assert is_in(elsewhere)


def test_a_role_that_is_given_asks_at_the_next_request(as_user, kari):
    ask(second_factor=For.DECIDERS)
    browser = as_user(kari)
    assert is_in(browser)

    give(kari, Rolle.Kode.FAGRADGIVER, kari.enhet)

    assert not is_in(browser)


def test_openid_can_be_asked_of_all_but_the_administrator(as_user, kari, sigurd):
    ask(openid_for=For.ALL)

    assert "/konto/openid/" in as_user(kari).get("/hjem/")["Location"]
    assert "/konto/to-trinn/" in as_user(sigurd).get("/hjem/")["Location"]


def test_what_is_asked_costs_no_query(as_user, kari, queries_of):
    before = queries_of(as_user(kari), "/hjem/")

    ask(second_factor=For.DECIDERS)

    assert queries_of(as_user(kari), "/hjem/") == before


def test_what_one_kommune_asks_is_not_asked_in_another(as_user, kari, nabovik):
    browser = as_user(kari)

    token = tenancy._active.set(None)
    with as_kommune(nabovik.pk):
        ask(second_factor=For.ALL)
    tenancy._active.reset(token)
    tenancy._set_database_kommune(str(kari.kommune_id))

    assert is_in(browser)
