"""M3: the needs form for every service, from the front page to the receipt."""

from datetime import date, datetime

import pytest

from kartlegging.models import Behov, Behovsskjema, Onske, UnderUtdanning
from kompetanse import clock
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Enhet, Rolle
from kompetanse.varsler.models import Varsel
from planer.models import Aktivitet
from tests.conftest import give, make_ansatt, make_enhet
from tests.kartlegging.conftest import CANARY
from tests.kartlegging.skjemaet import behov_row, rows, url, version

pytestmark = pytest.mark.django_db


def test_m3_a_leader_fills_in_the_form_from_the_front_page_to_the_receipt(
    september, as_user, vidar, kari, hjemmetjenesten, fokus, sarstell
):
    client = as_user(vidar)
    assert url(hjemmetjenesten) in client.get("/hjem/").content.decode()

    assert "Start skjemaet" in client.get(url(hjemmetjenesten)).content.decode()
    client.post(url(hjemmetjenesten, "start/"))
    client.post(
        url(hjemmetjenesten, "mal/"),
        {"version": version(client, hjemmetjenesten, "mal"), "goals": "Flere kveldsvakter"},
    )
    client.post(
        url(hjemmetjenesten, "kan/"),
        {
            "version": version(client, hjemmetjenesten, "kan"),
            "strengths": "Sårstell",
            "surplus": "Veileder i sårstell",
        },
    )
    needs = behov_row(
        0, what="Palliasjon", kind="acquire", number="2", urgency="1",
        fokusomrade_id=fokus[0].pk, kompetanse_id=sarstell.pk, is_lifted="False",
        reason="Flere syke",
    )  # fmt: skip
    client.post(
        url(hjemmetjenesten, "mangler/"),
        rows(needs, version=version(client, hjemmetjenesten, "mangler")),
    )
    studying = {
        "rad-0-id": "",
        "rad-0-ansatt_id": kari.pk,
        "rad-0-study": "Videreutdanning i sårstell",
        "rad-0-kompetanse_id": sarstell.pk,
        "rad-0-expected_on": "15. juni 2027",
    }
    client.post(
        url(hjemmetjenesten, "utdanning/"),
        rows(studying, version=version(client, hjemmetjenesten, "utdanning")),
    )
    wish = {"rad-0-id": "", "rad-0-fokusomrade_id": fokus[1].pk, "rad-0-text": "Digitale tilsyn"}
    last = client.post(
        url(hjemmetjenesten, "onsker/"),
        rows(wish, version=version(client, hjemmetjenesten, "onsker")),
    )
    assert last.url == f"/fjordvik{url(hjemmetjenesten, 'oppsummering/')}"

    summary = client.get(last.url)
    told = summary.content.decode()
    for text in ("Palliasjon", "Kari Nilsen", "Digitale tilsyn", "Veileder i sårstell"):
        assert text in told
    sent = client.post(
        url(hjemmetjenesten, "send/"),
        {
            "version": summary.context["skjema"].version,
            "engangsnokkel": summary.context["token"],
        },
    )
    receipt = client.get(sent.url).content.decode()

    assert "Behovsskjemaet er sendt inn" in receipt
    assert "1. september 2026" in receipt.replace("\xa0", " ")
    skjema = Behovsskjema.objects.get()
    assert (skjema.status, skjema.submitted_by) == ("submitted", vidar)
    need = Behov.objects.values_list(
        "what", "kind", "number", "urgency", "fokusomrade", "kompetanse", "is_lifted", "reason"
    ).get()
    assert need == (
        "Palliasjon", "acquire", 2, 1, fokus[0].pk, sarstell.pk, False, "Flere syke",
    )  # fmt: skip
    assert UnderUtdanning.objects.get().expected_on == date(2027, 6, 15)
    assert Onske.objects.get().fokusomrade == fokus[1]
    event = AuditEvent.objects.get(action="behovsskjema.submit")
    assert (event.by_id, event.details) == (vidar.pk, {"needs": 1, "studying": 1, "wishes": 1})
    assert url(hjemmetjenesten) not in client.get("/hjem/").content.decode()


def test_m3_the_advisor_sees_who_is_missing_and_asks_them(
    september, as_user, frida, vidar, siri, skjema, sykehjemmet, canaries
):
    skjema.status, skjema.submitted_at, skjema.submitted_by = "submitted", clock.now(), vidar
    skjema.save()
    client = as_user(frida)

    overview = client.get("/behov/")
    told = overview.content.decode()
    assert "1 av 2 har levert" in told
    assert "Purr 1 enhet" in told
    assert CANARY not in told

    preview = client.get("/behov/2027/purr/")
    text = preview.content.decode()
    assert "Siri Lund" in text
    assert "Vidar Dahl" not in text
    assert "Purr 1 enhet" in text
    done = client.post("/behov/2027/purr/", {"engangsnokkel": preview.context["token"]})
    client.post("/behov/2027/purr/", {"engangsnokkel": preview.context["token"]})

    assert done.status_code == 302
    varsel = Varsel.objects.get(kind="behov.purr")
    assert varsel.recipient == siri
    assert "Sykehjemmet" in varsel.subject
    assert varsel.body.startswith("Hei, Siri!")
    assert "http" not in varsel.body


def test_m3_last_years_answers_are_fetched(
    september, as_user, vidar, hjemmetjenesten, last_year, kari
):
    client = as_user(vidar)
    assert "Hent svar fra i fjor" in client.get(url(hjemmetjenesten)).content.decode()

    client.post(url(hjemmetjenesten, "start/"), {"copy": "1"})

    skjema = Behovsskjema.objects.get(year=2027)
    assert (skjema.goals, skjema.strengths) == ("Mål i fjor.", "Styrker i fjor.")
    assert [row.what for row in skjema.behov.all()] == ["Demens"]
    assert [row.study for row in skjema.under_utdanning.all()] == ["Sykepleie"]
    assert [row.text for row in skjema.onsker.all()] == ["Digitale tilsyn"]
    assert last_year.behov.count() == 1


def test_m3_answers_are_not_overwritten_by_last_years(september, as_user, vidar, skjema, last_year):
    refused = as_user(vidar).post(url(skjema.enhet, "start/"), {"copy": "1"})

    assert refused.status_code == 409
    skjema.refresh_from_db()
    assert skjema.goals == "Flere kveldsvakter."


def test_m3_an_unfinished_form_is_not_sent(september, as_user, vidar, hjemmetjenesten):
    client = as_user(vidar)
    client.post(url(hjemmetjenesten, "start/"))
    summary = client.get(url(hjemmetjenesten, "oppsummering/"))
    assert "Send inn skjemaet" not in summary.content.decode()

    refused = client.post(
        url(hjemmetjenesten, "send/"), {"version": 1, "engangsnokkel": summary.context["token"]}
    )

    assert refused.status_code == 409
    assert Behovsskjema.objects.get().status == "draft"


def test_m3_a_double_click_submits_once(september, as_user, vidar, skjema):
    client = as_user(vidar)
    summary = client.get(url(skjema.enhet, "oppsummering/"))
    data = {"version": skjema.version, "engangsnokkel": summary.context["token"]}

    first = client.post(url(skjema.enhet, "send/"), data)
    second = client.post(url(skjema.enhet, "send/"), data)

    assert first.url == second.url == f"/fjordvik{url(skjema.enhet, 'kvittering/')}"
    assert AuditEvent.objects.filter(action="behovsskjema.submit").count() == 1


def test_m3_a_form_that_changed_after_it_was_read_is_not_sent(september, as_user, vidar, skjema):
    client = as_user(vidar)
    summary = client.get(url(skjema.enhet, "oppsummering/"))
    client.post(url(skjema.enhet, "mal/"), {"version": 1, "goals": "Nytt"})

    refused = client.post(
        url(skjema.enhet, "send/"), {"version": 1, "engangsnokkel": summary.context["token"]}
    )

    assert refused.status_code == 409
    assert Behovsskjema.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (datetime(2026, 9, 20, 23, 59, tzinfo=clock.OSLO), 302),
        (datetime(2026, 9, 21, 0, 1, tzinfo=clock.OSLO), 409),
    ],
)
def test_m3_a_sent_form_is_opened_again_until_the_deadline(as_user, vidar, skjema, moment, status):
    skjema.status, skjema.submitted_by, skjema.submitted_at = "submitted", vidar, moment
    skjema.save()

    with clock.frozen(moment):
        client = as_user(vidar)
        shown = client.get(url(skjema.enhet)).content.decode()
        answer = client.post(url(skjema.enhet, "apne/"))

    assert answer.status_code == status
    assert ("Åpne skjemaet igjen" in shown) == (status == 302)
    skjema.refresh_from_db()
    assert skjema.status == ("draft" if status == 302 else "submitted")


def test_m3_the_wheel_gives_the_deadline(active, as_user, vidar, skjema):
    Aktivitet.objects.create(
        year=2026, code="behov", title="Behovsskjema",
        starts=date(2026, 8, 20), ends=date(2026, 10, 2),
    )  # fmt: skip

    with clock.frozen(datetime(2026, 10, 1, 9, 0, tzinfo=clock.OSLO)):
        told = as_user(vidar).get(url(skjema.enhet)).content.decode()

    assert "fredag 2. oktober" in told.replace("\xa0", " ")


def test_m3_a_late_form_is_taken_and_shown_as_late(october, as_user, vidar, frida, skjema):
    client = as_user(vidar)
    summary = client.get(url(skjema.enhet, "oppsummering/"))
    assert "blir merket som sent" in summary.content.decode()

    client.post(
        url(skjema.enhet, "send/"),
        {"version": skjema.version, "engangsnokkel": summary.context["token"]},
    )

    assert "Kom etter fristen" in as_user(frida).get("/behov/").content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_m3_the_lists_cost_the_same_with_1_and_30_rows(
    september, as_user, frida, vidar, helse, hjemmetjenesten, skjema, own_queries, number
):
    for n in range(number):
        unit = make_enhet(f"Virksomhet {n}", Enhet.Kind.VIRKSOMHET, helse)
        give(make_ansatt(f"Leder{n}", "Lie", unit), Rolle.Kode.LEDER, unit)
        Behov.objects.create(skjema=skjema, what=f"Behov {n}", kind="learn", number=1, urgency=2)
    advisor, leader = as_user(frida), as_user(vidar)
    for client, path, count in (
        (advisor, "/behov/", 2),
        (advisor, "/behov/2027/purr/", 3),
        (leader, "/behov/", 2),
        (leader, url(hjemmetjenesten), 6),
        (leader, url(hjemmetjenesten, "mangler/"), 6),
        (leader, url(hjemmetjenesten, "oppsummering/"), 6),
    ):
        assert (path, own_queries(client, path)) == (path, count)
