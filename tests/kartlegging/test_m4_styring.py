"""M4: the year's guidance, short and long term, entered by the leader group and the advisor."""

import pytest

from kartlegging.models import Styringssignal
from kompetanse.kommuner.models import AuditEvent
from tests.kartlegging.conftest import CANARY

pytestmark = pytest.mark.django_db


def answers(**fields):
    return {
        "version": "0",
        "source": "Leve hele livet",
        "asks": "Flere som kan palliasjon",
        "horizon": "long",
        "fokusomrade_id": "",
    } | fields


@pytest.fixture
def signal(fokus, frida):
    return Styringssignal.objects.create(
        year=2027, horizon="short", source="Demensplan", asks="Kurs", by=frida
    )


@pytest.mark.parametrize("who", ["frida", "vidar"])
def test_m4_the_advisor_and_the_leaders_of_services_enter_guidance(
    september, as_user, request, fokus, who
):
    actor = request.getfixturevalue(who)
    client = as_user(actor)
    form = client.get("/styringssignaler/2027/ny/").content.decode()
    assert "Kort sikt" in form
    assert "Lang sikt" in form
    assert "Bredere kompetanse" in form

    done = client.post("/styringssignaler/2027/ny/", answers(fokusomrade_id=fokus[0].pk))
    client.post("/styringssignaler/2027/ny/", answers(source="Budsjettet", horizon="short"))

    told = client.get(done.url).content.decode()
    assert told.index("Kort sikt") < told.index("Budsjettet") < told.index("Lang sikt")
    assert told.index("Lang sikt") < told.index("Leve hele livet")
    signal = Styringssignal.objects.get(source="Leve hele livet")
    assert (signal.year, signal.horizon, signal.fokusomrade, signal.by) == (
        2027, "long", fokus[0], actor,
    )  # fmt: skip
    assert AuditEvent.objects.filter(action="styringssignal.write", by_id=actor.pk).count() == 2


def test_m4_guidance_is_changed_and_deleted(september, as_user, vidar, signal):
    client = as_user(vidar)
    here = f"/styringssignaler/{signal.pk}/endre/"
    assert "Demensplan" in client.get(here).content.decode()

    client.post(here, answers(version=signal.version, source="Demensplan 2030"))
    signal.refresh_from_db()
    assert (signal.source, signal.horizon, signal.version) == ("Demensplan 2030", "long", 2)

    assert (
        "Slette føringen?" in client.get(f"/styringssignaler/{signal.pk}/slett/").content.decode()
    )
    client.post(f"/styringssignaler/{signal.pk}/slett/")
    assert list(Styringssignal.objects.all()) == []
    assert AuditEvent.objects.filter(action="styringssignal.delete").count() == 1


def test_m4_a_stale_change_loses_nothing(september, as_user, vidar, signal):
    client = as_user(vidar)
    here = f"/styringssignaler/{signal.pk}/endre/"
    client.post(here, answers(version=1, source="Fra den første"))

    stale = client.post(here, answers(version=1, source="Fra den andre"))

    told = stale.content.decode()
    assert stale.status_code == 409
    assert "endret av en annen" in told
    assert "Fra den første" in told
    assert "Fra den andre" in told
    signal.refresh_from_db()
    assert signal.source == "Fra den første"


def test_m4_what_must_be_written_is_asked_for(september, as_user, frida, fokus):
    page = as_user(frida).post("/styringssignaler/2027/ny/", answers(asks=""))

    assert page.status_code == 422
    assert "Skriv hva føringen krever av kompetanse." in page.content.decode()
    assert list(Styringssignal.objects.all()) == []


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [("frida", 200, 200), ("vidar", 200, 200), ("liv", 200, 403), ("kristin", 200, 403),
     ("kari", 403, 403), ("turid", 403, 403)],
)  # fmt: skip
def test_m4_who_may_read_and_write(september, as_user, request, signal, who, reads, writes):
    client = as_user(request.getfixturevalue(who))

    assert client.get("/styringssignaler/2027/").status_code == reads
    assert client.get("/styringssignaler/2027/ny/").status_code == writes
    assert client.get(f"/styringssignaler/{signal.pk}/endre/").status_code == writes
    assert client.post(f"/styringssignaler/{signal.pk}/slett/").status_code in {302, writes}
    assert Styringssignal.objects.exists() is (writes == 403)


def test_m4_another_municipalitys_guidance_is_not_found(september, as_user, frida, canaries):
    client = as_user(frida)

    assert CANARY not in client.get("/styringssignaler/2027/").content.decode()
    assert CANARY not in client.get("/styringssignaler/2027/ny/").content.decode()
    for act in ("endre", "slett"):
        answer = client.get(f"/styringssignaler/{canaries['signal']}/{act}/")
        missing = client.get(f"/styringssignaler/999999/{act}/")
        assert (answer.status_code, missing.status_code) == (404, 404)


def test_m4_another_municipalitys_focus_area_is_not_chosen(september, as_user, frida, canaries):
    page = as_user(frida).post(
        "/styringssignaler/2027/ny/", answers(fokusomrade_id=canaries["fokusomrade"])
    )

    assert page.status_code == 422
    assert list(Styringssignal.objects.all()) == []


@pytest.mark.parametrize("rows", [1, 30])
def test_m4_the_page_costs_the_same_with_1_and_30_rows(
    september, as_user, frida, fokus, rows, own_queries
):
    for n in range(rows):
        Styringssignal.objects.create(
            year=2027, horizon="short", source=f"Føring {n}", asks="Kurs", by=frida,
            fokusomrade=fokus[0],
        )  # fmt: skip

    assert own_queries(as_user(frida), "/styringssignaler/2027/") == 1
