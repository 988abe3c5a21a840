"""A provider over HTTP, and the Kommune's tie to it."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from kompetanse import sealing
from kompetanse.innlogging.models import Tilbyder
from tests.conftest import forget_cached
from tests.innlogging import leverandor as leverandorer
from tests.innlogging.leverandor import CLIENT, SECRET


@pytest.fixture
def leverandor(settings):
    settings.OPENID_ALLOW_PRIVATE = True
    forget_cached()
    with leverandorer.running() as running:
        yield running


@pytest.fixture
def make_tilbyder(active, leverandor):
    """Tie Fjordvik to the provider, as the administrator does on the page."""

    def make(**fields):
        answers = {
            "name": "Jobbkonto",
            "kind": Tilbyder.Kind.OTHER,
            "issuer": leverandor.issuer,
            "client_id": CLIENT,
            "sealed_secret": sealing.seal(SECRET),
            "match": Tilbyder.Match.NUMBER,
            "claim": "employeeid",
        }
        return Tilbyder.objects.create(**answers | fields)

    return make


@pytest.fixture
def tilbyder(make_tilbyder):
    return make_tilbyder()


@pytest.fixture
def everything(active):
    """Return all that is stored: every row of every table, and what the sessions hold."""

    def read():
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = [name for (name,) in cursor.fetchall()]
            found = []
            for name in tables:
                cursor.execute(f'SELECT t::text FROM "{name}" t')
                found += [row for (row,) in cursor.fetchall()]
        found += [str(session.get_decoded()) for session in Session.objects.all()]
        return "\n".join(found)

    return read
