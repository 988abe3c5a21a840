"""M11: someone without mail is registered for, and it is shown."""

from datetime import timedelta

import pytest

from kompetanse.kommuner.models import AuditEvent
from soknader.forms.runde import DATES
from soknader.models import Soknad, Soknadsrunde
from tests.soknader.conftest import ANSWERS
from tests.soknader.soknadsskjema import send

pytestmark = pytest.mark.usefixtures("october")


def test_m11_who_registers_begins_in_the_round_of_the_employees_unit(
    runde, hjemmetjenesten, sykehjemmet, kari, ola, frida, as_user
):
    """Two rounds take applications: the first to end is not the one that Kari can apply in."""
    later = {name: getattr(runde, name) + timedelta(days=30) for name in DATES}
    spring = Soknadsrunde.objects.create(
        year=2027, kind="spring", status="open", budget=1000, enhet=hjemmetjenesten,
        **later | {"opens": runde.opens},
    )  # fmt: skip
    Soknadsrunde.objects.filter(pk=runde.pk).update(enhet=sykehjemmet)
    browser = as_user(frida)

    browser.post("/soknad/pa-vegne/", {"number": kari.number})
    begun = Soknad.objects.get()
    Soknadsrunde.objects.filter(pk=spring.pk).update(status="decided")
    refused = browser.post("/soknad/pa-vegne/", {"number": kari.number})

    assert (begun.ansatt, begun.runde) == (kari, spring)
    assert refused.status_code == 422
    assert "Ingen runde tar imot søknader fra Nord nå." in refused.content.decode()


def test_m11_a_leader_registers_for_someone_without_mail_and_it_is_shown(
    runde, kari, liv, siri, as_user, make_soknad
):
    kari.email = ""
    kari.save()
    browser = as_user(liv)
    begun = browser.post("/soknad/pa-vegne/", {"number": kari.number})
    soknad = Soknad.objects.get()
    Soknad.objects.update(**ANSWERS)
    sent = send(browser, soknad)
    stranger = as_user(siri).post("/soknad/pa-vegne/", {"number": kari.number})

    assert begun.url == f"/fjordvik/soknad/{soknad.pk}/steg/1/"
    assert "på vegne av Kari Nilsen" in browser.get(sent.url).content.decode()
    assert "Registrert av Liv Berg" in as_user(kari).get(f"/mine/{soknad.pk}/").content.decode()
    assert AuditEvent.objects.get(action="soknad.submit").details["on_behalf_of"] is True
    assert stranger.status_code == 422
    assert "Vi finner ingen med det nummeret" in stranger.content.decode()
