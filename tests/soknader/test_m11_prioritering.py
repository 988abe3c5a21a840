"""M11: from the deadline to the decisions, through the pages, by those who do it."""

from datetime import datetime
from uuid import uuid4

import pytest

from kompetanse import clock
from kompetanse.kommuner.models import AuditEvent
from soknader.models import Endring, Soknad, Soknadsrunde, Vedtak
from tests.soknader.saker import make_runde, make_sak, order, version


@pytest.fixture
def runde(active, october):
    return make_runde(status=Soknadsrunde.Status.OPEN, budget=75_000)


def test_m11_the_group_prioritises_and_the_advisor_decides(as_user, runde, frida, vidar, kari, ola):
    first, second, third = (make_sak(a, runde, rank=None) for a in (kari, ola, kari))
    advisor, leader = as_user(frida), as_user(vidar)
    url = f"/prioritering/{runde.pk}/"

    with clock.frozen(datetime(2026, 10, 28, 12, 0, tzinfo=clock.OSLO)):
        advisor.post(f"{url}start/")
        for sak, points in ((first, "1"), (second, "3"), (third, "2")):
            fields = {f"kriterium_{k.pk}": points for k in runde.kriterier.all()}
            leader.post(f"{url}sak/{sak.pk}/poeng/", fields | {"versjon": 0})
        leader.post(f"{url}sorter/", {"versjon": 2})
        assert order(runde) == [2, 3, 1]

        advisor.post(f"{url}flytt/", {"versjon": 3, "flytt": first.pk, f"plass-{first.pk}": "1"})
        advisor.post(f"{url}angre/{Endring.objects.order_by('pk').last().pk}/")
        assert order(runde) == [2, 3, 1]

        advisor.post(f"{url}utkast/")
        page = advisor.get(url).content.decode()
        assert "Innvilget 0\xa0kr. Foreslått 60\xa0000\xa0kr." in page
        assert "Igjen 15\xa0000\xa0kr." in page
        advisor.post(
            f"{url}sak/{first.pk}/utkast/",
            {"versjon": version(first), "outcome": "refused", "reason": "Rammen er brukt opp."},
        )
        decisions = advisor.get(f"/vedtak/{runde.pk}/").content.decode()
        assert "Vedta 3 saker" in decisions
        advisor.post(f"/vedtak/{runde.pk}/vedta/", {"engangsnokkel": str(uuid4())})

    runde.refresh_from_db()
    assert (runde.status, runde.granted) == ("decided", 60_000)
    found = dict(Vedtak.objects.values_list("soknad__number", "outcome"))
    assert found == {1: "refused", 2: "granted", 3: "granted"}
    assert set(Soknad.objects.values_list("status", flat=True)) == {"decided"}
    trail = AuditEvent.objects.values_list("action", flat=True)
    assert list(trail).count("vedtak.decide") == 3
    names = " ".join(str(event.details) for event in AuditEvent.objects.all())
    assert "Kari" not in names
    assert "Rammen er brukt opp" not in names


def test_m11_the_meeting_page_shows_one_case_at_a_time(as_user, runde, frida, kari, ola):
    Soknadsrunde.objects.update(status=Soknadsrunde.Status.PRIORITISING)
    saker = [make_sak(ansatt, runde) for ansatt in (kari, ola) * 5]
    browser, url = as_user(frida), f"/prioritering/{runde.pk}/mote/"

    page = browser.get(url).content.decode()
    assert 'class="mote"' in page
    assert "Geriatri 7<" in page
    assert "Geriatri 8<" not in page
    assert 'data-key="next" href="?side=2"' in page

    page = browser.get(f"{url}?sak={saker[1].pk}").content.decode()
    assert "Plass 2" in page
    assert f'data-key="prev" href="?sak={saker[0].pk}"' in page
    assert f'data-key="next" href="?sak={saker[2].pk}"' in page
    assert browser.get(f"{url}?sak=999999").status_code == 404
    assert browser.get(f"{url}?side=99").status_code == 200


def test_m11_the_meeting_page_shows_no_names_and_no_free_text(as_user, runde, frida, liv):
    Soknadsrunde.objects.update(status=Soknadsrunde.Status.PRIORITISING)
    sak = make_sak(liv, runde, exception="kanari-unntak")
    Vedtak.objects.create(soknad=sak, outcome="refused", reason="kanari-avslag")
    url = f"/prioritering/{runde.pk}/mote/"

    pages = "".join(as_user(frida).get(u).content.decode() for u in (url, f"{url}?sak={sak.pk}"))

    for hidden in ("Liv", "Berg", "kanari", "Nord", "Avdelingsleder"):
        assert hidden not in pages
    assert "Skjult, liten gruppe" in pages
