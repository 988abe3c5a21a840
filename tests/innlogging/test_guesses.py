"""Wrong passwords are counted by where they come from: a stranger cannot keep someone out."""

import pytest
from allauth.account import app_settings as account
from django.core import signing

from kompetanse.innlogging import browser, guesses
from tests.conftest import PASSWORD, forget_cached

LOGIN = "/konto/logg-inn/"
PAUSE = "Det ble for mange forsøk."


@pytest.fixture(autouse=True)
def unthrottled():
    forget_cached()
    yield
    forget_cached()


@pytest.fixture
def kari(kari):
    kari.bruker.set_password(PASSWORD)
    kari.bruker.save()
    return kari


@pytest.fixture
def at(as_user):
    """Give a browser that nobody has logged in with, at an address."""

    def make(address):
        made = as_user(None)
        made.defaults["REMOTE_ADDR"] = address
        return made

    return make


def guess(client, ansatt, password="feil-passord-her", login=""):
    told = {"login": login or ansatt.bruker.username, "password": password}
    return client.post(LOGIN, told)


def guess_away(at, ansatt, *, addresses, each):
    """Let strangers guess; each from a new browser."""
    for n in range(addresses):
        for _ in range(each):
            guess(at(f"198.51.100.{n + 1}"), ansatt)


def is_let_in(answer):
    return answer.status_code == 302


def test_a_stranger_does_not_close_the_name_for_its_owner(at, kari):
    guess_away(at, kari, addresses=1, each=8)

    assert is_let_in(guess(at("203.0.113.9"), kari, PASSWORD))


def test_a_town_hall_behind_one_address_logs_in_within_the_minute(at, kari):
    answers = [guess(at("203.0.113.9"), kari, PASSWORD) for _ in range(40)]

    assert all(is_let_in(answer) for answer in answers)


def test_the_stranger_is_refused_after_five_even_with_the_right_one(at, kari):
    guess_away(at, kari, addresses=1, each=5)

    answer = guess(at("198.51.100.1"), kari, PASSWORD)

    assert answer.status_code == 422
    assert PAUSE in answer.content.decode()


def test_many_strangers_together_have_thirty_an_hour(at, kari):
    guess_away(at, kari, addresses=6, each=5)

    answer = guess(at("203.0.113.9"), kari, PASSWORD)

    assert answer.status_code == 422
    assert PAUSE in answer.content.decode()


def test_a_known_browser_is_let_in_while_the_name_is_closed_to_others(at, kari):
    mine = at("203.0.113.9")
    assert is_let_in(guess(mine, kari, PASSWORD))
    mine.post("/konto/logg-ut/")
    guess_away(at, kari, addresses=6, each=5)

    assert is_let_in(guess(mine, kari, PASSWORD))


def test_a_known_browser_is_known_by_the_email_too(at, kari):
    mine = at("203.0.113.9")
    guess(mine, kari, PASSWORD)
    mine.post("/konto/logg-ut/")
    for n in range(6):
        for _ in range(5):
            guess(at(f"198.51.100.{n + 1}"), kari, login=kari.bruker.email)
    assert not is_let_in(guess(at("192.0.2.1"), kari, PASSWORD, login=kari.bruker.email))

    assert is_let_in(guess(mine, kari, PASSWORD, login=kari.bruker.email.upper()))


def test_a_known_browser_has_five_guesses_and_takes_none_from_the_name(at, kari):
    mine = at("203.0.113.9")
    guess(mine, kari, PASSWORD)
    mine.post("/konto/logg-ut/")
    for _ in range(5):
        guess(mine, kari)

    assert PAUSE in guess(mine, kari, PASSWORD).content.decode()
    assert is_let_in(guess(at("203.0.113.9"), kari, PASSWORD))


def test_a_browser_known_to_one_is_a_stranger_to_another(at, kari, liv):
    livs = at("203.0.113.9")
    liv.bruker.set_password(PASSWORD)
    liv.bruker.save()
    guess(livs, liv, PASSWORD)
    livs.post("/konto/logg-ut/")
    guess_away(at, kari, addresses=6, each=5)

    assert not is_let_in(guess(livs, kari, PASSWORD))


def test_a_cookie_that_we_have_not_signed_makes_nobody_known(at, kari):
    """Not one made by hand, nor one signed for something else."""
    guess_away(at, kari, addresses=6, each=5)
    mark = browser._mark(guesses.name_of(kari.bruker.username))
    for forged in (f"aaaa.{mark}", signing.get_cookie_signer(salt="x").sign(f"aaaa.{mark}")):
        client = at("203.0.113.9")
        client.cookies[browser.COOKIE] = forged

        assert not is_let_in(guess(client, kari, PASSWORD))


def test_the_cookie_goes_to_the_account_alone_and_names_nobody(at, kari):
    client = at("203.0.113.9")

    answer = guess(client, kari, PASSWORD)

    cookie = answer.cookies[browser.COOKIE]
    assert cookie["path"] == "/fjordvik/konto/"
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert kari.bruker.username not in cookie.value
    assert client.session.session_key not in cookie.value


def test_a_browser_that_many_share_knows_the_latest(rf):
    request = rf.get("/")
    for n in range(15):
        answer = _Answer()
        browser.remember(request, answer, [f"user {n}", f"mail {n}"])
        request.COOKIES[browser.COOKIE] = answer.value

    assert browser.known(request, "user 14") == browser.known(request, "mail 5") != ""
    assert not browser.known(request, "user 4")


class _Answer:
    """Keeps the cookie that it is given, signed."""

    def set_signed_cookie(self, key, value, *, salt, **_how):
        self.value = signing.get_cookie_signer(salt=key + salt).sign(value)


@pytest.mark.parametrize("spelling", ["KARI.NILSEN", "kari.nil\u017fen", "\uff4bari.nilsen"])
def test_another_spelling_gives_no_new_guesses(spelling):
    assert guesses.name_of(spelling) == guesses.name_of("kari.nilsen")


def test_the_limits_are_those_that_the_decision_tells_of():
    limits = account.RATE_LIMITS

    assert limits["login_failed_anywhere"] == "60/m/ip,30/h/key"
    assert limits["login_failed_here"] == "5/5m/key,10/h/key"
    assert limits["login_failed_known"] == "5/5m/key,20/h/key"


def test_the_codes_of_the_second_step_keep_their_own_limit():
    assert account.RATE_LIMITS["login_failed"] == "10/m/ip,5/300s/key"
