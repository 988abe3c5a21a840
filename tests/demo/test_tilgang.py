"""Deputies and declared habilitet in the demonstration: there, in force, and seen on the pages."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from demo.loading import people, tilgang
from demo.loading.register import Register
from demo.loading.year import START
from kompetanse import clock
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Ansatt, Habilitetserklaring, Rolle, Stedfortreder


@pytest.mark.parametrize("slug", ["modum", "siljan"])
def test_a_deputy_has_the_roles_now_another_later_and_one_pair_is_declared(active, as_user, slug):
    with clock.frozen(START):
        people.load(slug)
        tilgang.load(Register.of(slug))

        now, later = Stedfortreder.objects.select_related("ansatt", "stedfortreder").order_by("pk")
        browser = as_user(now.stedfortreder)
        found = browser.get(f"/folk/?navn={now.ansatt.last_name}").content.decode()
        mine = browser.get("/stedfortreder/").content.decode()

        assert _roles(now.ansatt) <= _roles(now.stedfortreder)
        assert not _roles(later.ansatt) <= _roles(later.stedfortreder)
        assert escape(now.stedfortreder.email) in found
        assert escape(now.ansatt.full_name) in mine

        declared = Habilitetserklaring.objects.select_related("ansatt", "other").get()
        page = as_user(declared.ansatt).get("/habilitet/").content.decode()
        assert escape(declared.other.full_name) in page

    with clock.frozen(START + timedelta(days=60)):
        assert not _roles(now.ansatt) <= _roles(now.stedfortreder)

    kinds = AuditEvent.objects.filter(action__in=("stedfortreder.set", "habilitet.declare"))
    assert kinds.count() == 3


def _roles(ansatt: Ansatt) -> set[tuple[str, str]]:
    """Return the roles that the person has today, also as a deputy."""
    fresh = Ansatt.objects.select_related("enhet").get(pk=ansatt.pk)
    held = access.held(fresh)
    return {(role.kode, role.path) for role in held if role.kode != Rolle.Kode.ANSATT}
