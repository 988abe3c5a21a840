"""Operators get in with two factors, are nobody in a Kommune, and leave a trail."""

import base64
from datetime import timedelta

import pytest
import qrcode
from django.db import ProgrammingError, connection, transaction
from qrcode.image.svg import SvgPathImage

from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from kompetanse.plattform import totp
from kompetanse.plattform.actions import operator as operators
from kompetanse.plattform.models import Operator, Operatorokt, Plattformhendelse
from tests.plattform.conftest import EMAIL, PASSWORD, code_for

LOGIN = "/plattform/logg-inn/"
# RFC 6238, appendix B, cut to six digits: the secret is ASCII "12345678901234567890".
RFC_SECRET = b"12345678901234567890"
RFC_CODES = {59: "287082", 1111111109: "081804", 1234567890: "005924", 2000000000: "279037"}


@pytest.mark.parametrize(("second", "code"), RFC_CODES.items())
def test_codes_are_those_of_the_standard(second, code):
    assert totp.code(RFC_SECRET, second // totp.SECONDS) == code


def test_the_picture_for_the_app_is_made_here_and_says_the_address():
    picture = totp.picture(RFC_SECRET, account=EMAIL)
    kind, _, content = picture.partition(",")

    expected = qrcode.make(
        totp.address(RFC_SECRET, account=EMAIL), image_factory=SvgPathImage
    ).to_string()
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(content) == expected
    assert picture != totp.picture(RFC_SECRET, account="en.annen@drift.example")


def test_password_and_code_together_let_the_operator_in(anyone, olga):
    told = {"email": EMAIL, "password": PASSWORD, "code": code_for(olga)}

    answer = anyone.post(LOGIN, told)

    assert (answer.status_code, answer["Location"]) == (302, "/plattform/")
    cookie = answer.cookies["operator"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        "/plattform/", True, "Strict",
    )  # fmt: skip
    assert cookie.value not in str(list(Operatorokt.objects.values()))
    assert anyone.get("/plattform/").status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"password": "noe-helt-annet-her"}, {"code": "000000"}, {"email": "x@y.example"}]
)
def test_what_was_wrong_is_not_said(anyone, olga, wrong):
    told = {"email": EMAIL, "password": PASSWORD, "code": code_for(olga)} | wrong

    answer = anyone.post(LOGIN, told)

    assert answer.status_code == 422
    assert "E-posten, passordet og koden passer ikke sammen" in answer.content.decode()
    assert not Operatorokt.objects.exists()
    assert Plattformhendelse.objects.filter(action="operator.refuse").count() == 1


def test_a_code_works_once(anyone, olga):
    told = {"email": EMAIL, "password": PASSWORD, "code": code_for(olga)}

    assert anyone.post(LOGIN, told).status_code == 302
    assert anyone.post(LOGIN, told).status_code == 422


def test_a_stranger_who_guesses_does_not_close_the_account_for_its_owner(anyone, olga):
    told = {"email": EMAIL, "password": "feil-passord-feil", "code": "123456"}
    for _ in range(10):
        anyone.post(LOGIN, told, REMOTE_ADDR="198.51.100.1")

    mine = told | {"password": PASSWORD, "code": code_for(olga)}

    assert anyone.post(LOGIN, mine, REMOTE_ADDR="198.51.100.1").status_code == 422
    assert anyone.post(LOGIN, mine, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_after_five_tries_even_the_right_ones_wait(anyone, olga):
    told = {"email": EMAIL, "password": "feil-passord-feil", "code": "123456"}
    for _ in range(5):
        anyone.post(LOGIN, told)

    answer = anyone.post(LOGIN, told | {"password": PASSWORD, "code": code_for(olga)})

    assert answer.status_code == 422
    assert "for mange forsøk" in answer.content.decode()


def test_an_operator_is_nobody_in_a_kommune_and_an_employee_nobody_on_the_platform(
    drift, as_user, sigurd
):
    inside = as_user(None)
    inside.cookies["operator"] = drift.cookies["operator"].value
    outside = as_user(sigurd)
    outside.prefix = "/plattform"

    assert inside.get("/hjem/").status_code == 302
    assert "/plattform/logg-inn/" in outside.get("/")["Location"]


def test_a_session_ends_when_idle_and_at_the_latest_after_eight_hours(drift, olga):
    old = clock.real_now() - timedelta(minutes=16)
    Operatorokt.objects.update(seen_at=old)
    assert drift.get("/plattform/").status_code == 302

    Operatorokt.objects.update(seen_at=clock.real_now())
    assert drift.get("/plattform/").status_code == 200
    Operatorokt.objects.update(started_at=clock.real_now() - timedelta(hours=8, minutes=1))
    assert drift.get("/plattform/").status_code == 302
    assert operators.tidy() == 1


def test_logging_out_ends_every_browser(drift, olga, anyone):
    anyone.cookies["operator"] = operators.begin(olga)

    drift.post("/plattform/logg-ut/")

    assert anyone.get("/plattform/").status_code == 302


def test_a_stopped_operator_is_out_at_the_next_page(drift, olga):
    Operator.objects.update(is_active=False)

    assert drift.get("/plattform/").status_code == 302


def test_a_new_operator_sets_password_and_code_at_an_address_that_works_once(anyone, db):
    key = operators.welcome(email="ny@plattform.example", name="Ny Operatør")
    operator = Operator.objects.get()
    path = f"/plattform/velkommen/{key}/"
    told = {"password": PASSWORD, "again": PASSWORD, "code": code_for(operator)}

    html = anyone.get(path).content.decode()
    secret = totp.secret(operator.totp_sealed)
    assert totp.readable(secret) in html
    assert totp.picture(secret, account=operator.email) in html
    assert anyone.post(path, told | {"code": "000000"}).status_code == 422
    assert anyone.post(path, told | {"again": "noe-annet-enn-det"}).status_code == 422
    assert anyone.post(path, told).status_code == 302
    assert anyone.get(path).status_code == 404
    assert key not in str(list(Operator.objects.values()))


def test_an_old_welcome_is_closed(anyone, db):
    key = operators.welcome(email="ny@plattform.example", name="Ny Operatør")
    Operator.objects.update(welcome_until=clock.real_now() - timedelta(seconds=1))

    assert anyone.get(f"/plattform/velkommen/{key}/").status_code == 404


def test_starting_anew_takes_away_password_phone_and_sessions(drift, olga):
    before = olga.totp_sealed

    operators.welcome(email=EMAIL.upper(), name="Olga Strand")

    olga.refresh_from_db()
    assert (olga.password, olga.totp_sealed == before) == ("", False)
    assert drift.get("/plattform/").status_code == 302


@pytest.mark.parametrize("sql", ["UPDATE {} SET action = 'x'", "DELETE FROM {}"])
def test_the_trail_of_the_platform_can_only_grow(olga, sql):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format("plattform_plattformhendelse"))


def test_only_an_operators_transaction_writes_a_kommune(fjordvik):
    assert Kommune.objects.filter(pk=fjordvik.pk).update(name="Kapret") == 0
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Kommune.objects.create(slug="falsk", name="Falsk", number="9999")
