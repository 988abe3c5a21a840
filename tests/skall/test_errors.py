"""Pages for what went wrong. 500 and 503 need neither database nor session."""

import re

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import include, path
from django.utils import translation

from kompetanse.errors import DomainError, StaleError
from kompetanse.organisasjon.access import Act, page, public
from kompetanse.skall.views import errors


@public
def breaks_rule(request):
    raise DomainError("Fristen gikk ut i går.")


@public
def is_stale(request):
    raise StaleError("Noen andre har endret søknaden.")


@public
def is_too_large(request):
    raise RequestDataTooBig


@public
def has_bug(request):
    raise ZeroDivisionError


@public
def has_no_database(request):
    raise OperationalError("connection refused")


@page(Act.RUN_ROUND)
def for_advisors(request):
    return HttpResponse("ok")


handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("regel/", breaks_rule),
    path("gammel/", is_stale),
    path("stor/", is_too_large),
    path("feil/", has_bug),
    path("nede/", has_no_database),
    path("runde/", for_advisors),
    path("", include("kompetanse.urls")),
]


@pytest.fixture
def kari_asks(kari, as_user):
    client = as_user(kari)
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=__name__):
        yield client


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize(
    ("url", "status", "told"),
    [
        ("/runde/", 403, "Du har ikke tilgang til denne siden"),
        ("/finnes-ikke/", 404, "Vi finner ikke siden"),
        ("/sprak/", 405, "Adressen hører til en knapp på en annen side."),
        ("/regel/", 409, "Fristen gikk ut i går."),
        ("/gammel/", 409, "Noen andre har endret søknaden."),
        ("/stor/", 413, "Det du sendte, er for stort"),
        ("/feil/", 500, "Det skyldes ikke noe du gjorde"),
        ("/nede/", 503, "Tjenesten er ikke tilgjengelig akkurat nå"),
    ],
)
def test_each_error_is_a_page_that_says_what_happened_and_where_to_go(
    kari_asks, url, status, told, caplog
):
    response = kari_asks.get(url)

    assert response.status_code == status
    assert told in words(response)
    assert "Til forsiden" in words(response)
    assert "Fjordvik kommune" in words(response)
    assert "text/html" in response["Content-Type"]


def test_the_error_number_on_the_page_is_the_one_in_the_log(kari_asks, caplog):
    response = kari_asks.get("/feil/")

    number = re.search(r'error-number">([0-9A-F]{3}-[0-9A-F]{3})<', response.content.decode())
    assert number
    assert f"error {number[1]} at /fjordvik/feil/" in caplog.text


def test_the_heading_follows_the_language(kari_asks, kari):
    kari.bruker.language = "nn"
    kari.bruker.save()

    assert "Vi finn ikkje sida" in words(kari_asks.get("/finnes-ikke/"))


def test_500_and_503_are_drawn_without_any_database():
    request = RequestFactory().get("/hjem/")

    def refuse(execute, sql, *rest):
        raise AssertionError(sql)

    with translation.override("nb"), connection.execute_wrapper(refuse):
        assert errors.server_error(request).status_code == 500
        down = errors.unavailable(request)

    assert down.status_code == 503
    assert down["Retry-After"] == "120"


def test_a_foreign_host_name_gets_a_plain_400(client):
    response = client.get("/", headers={"host": "ond.example"})

    assert response.status_code == 400
    assert "Vi forstod ikke forespørselen" in words(response)


def test_too_many_attempts_is_a_page(kari_asks, kari):
    request = RequestFactory().get("/konto/logg-inn/")
    request.kommune, request.actor = kari.kommune, None

    response = errors.throttled(request)

    assert response.status_code == 429
    assert "Vent noen minutter" in words(response)


def test_a_form_without_its_token_says_that_the_page_is_old(kari, as_user):
    client = as_user(kari)
    client.handler.enforce_csrf_checks = True

    response = client.post("/sprak/", {"sprak": "nn"})

    assert response.status_code == 403
    assert "Siden har stått åpen for lenge" in words(response)
