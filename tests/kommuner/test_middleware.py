"""The Kommune in the path and on a host of its own; what is kept and what is rolled back."""

from datetime import datetime

import psycopg
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_script_prefix, set_script_prefix

from kompetanse import clock
from kompetanse.kommuner.middleware import TenantMiddleware
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.responses import PDF, LateFile
from kompetanse.kommuner.tenancy import as_kommune, is_active
from kompetanse.organisasjon.models import Kompetanse
from tests.conftest import owner_url


@pytest.fixture(autouse=True)
def _prefix():
    yield
    set_script_prefix("/")


def passing(respond, path="/fjordvik/hjem/", **headers):
    request = RequestFactory().get(path, **headers)
    return TenantMiddleware(respond)(request), request


def test_the_kommune_is_taken_off_the_path(fjordvik):
    seen = {}

    def respond(request):
        seen.update(path=request.path_info, prefix=get_script_prefix(), kommune=request.kommune)
        return HttpResponse()

    passing(respond)

    assert seen == {"path": "/hjem/", "prefix": "/fjordvik/", "kommune": fjordvik}


def test_the_request_knows_its_prefix_and_when_it_came(fjordvik):
    seen = {}

    def respond(request):
        seen.update(script=request.META["SCRIPT_NAME"], came=request.received_at)
        return HttpResponse()

    moment = datetime(2026, 10, 15, 23, 59, 59, tzinfo=clock.OSLO)
    with clock.frozen(moment):
        passing(respond)

    assert seen == {"script": "/fjordvik", "came": moment}


def test_a_path_without_a_kommune_is_the_platforms_own(fjordvik):
    def respond(request):
        assert not is_active()
        return HttpResponse(request.urlconf)

    response, request = passing(respond, "/helse/")

    assert (response.content, request.kommune) == (b"kompetanse.urls_platform", None)


def test_a_kommune_can_have_a_host_of_its_own(real_db, settings):
    settings.ALLOWED_HOSTS = ["kompetanse.fjordvik.example"]
    with psycopg.connect(owner_url(str(connection.settings_dict["NAME"]))) as owner:
        owner.execute(
            "UPDATE kommuner_kommune SET host = 'kompetanse.fjordvik.example'"
            " WHERE slug = 'fjordvik'"
        )
    seen = {}

    def respond(request):
        seen.update(path=request.path_info, prefix=get_script_prefix(), name=request.kommune.name)
        return HttpResponse()

    passing(respond, "/hjem/", HTTP_HOST="kompetanse.fjordvik.example")

    assert seen == {"path": "/hjem/", "prefix": "/", "name": "Fjordvik"}


@pytest.mark.parametrize(
    ("status", "is_kept"),
    [(200, True), (302, True), (422, True), (404, False), (409, False), (500, False)],
)
def test_what_a_request_wrote_is_kept_only_when_the_answer_is_not_an_error(
    fjordvik, status, is_kept
):
    def respond(request):
        Kompetanse.objects.create(name="Skrevet")
        return HttpResponse(status=status)

    passing(respond)

    with as_kommune(fjordvik.pk):
        assert Kompetanse.objects.exists() is is_kept


def test_a_file_is_rendered_when_the_transaction_is_over(fjordvik):
    def respond(request):
        return LateFile(lambda: str(is_active()).encode(), filename="a.pdf", content_type=PDF)

    response, _ = passing(respond)

    assert (response.content, response["Content-Length"]) == (b"False", "5")
    assert response["Content-Disposition"] == 'attachment; filename="a.pdf"'


def test_all_kommuner_are_found_by_their_address(fjordvik, nabovik):
    assert [k.slug for k in Kommune.objects.all()] == ["fjordvik", "nabovik"]


@pytest.mark.parametrize(
    "path", ["/fjord%00vik/hjem/", "/%00/", "/%F0%9F%92%A9/", f"/{'a' * 9000}/"]
)
def test_a_path_that_no_kommune_can_have_is_not_found(fjordvik, path):
    assert Client().get(path).status_code == 404


def test_every_answer_says_what_the_browser_may_not_use(fjordvik):
    for path in ("/", "/fjordvik/", "/fjordvik/finnes-ikke/", "/helse/"):
        assert "camera=()" in Client().get(path)["Permissions-Policy"], path
