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

pytestmark = pytest.mark.django_db


def url(enhet, rest="", year=2027):
    return f"/behov/{year}/{enhet.pk}/{rest}"


def version(client, enhet, key):
    page = client.get(url(enhet, f"{key}/"))
    assert page.status_code == 200
    return page.context["skjema"].version


def behov_row(n, **fields):
    fields = {
        "id": "",
        "what": "",
        "reason": "",
        "kind": "learn",
        "number": "1",
        "urgency": "2",
        "fokusomrade_id": "",
        "kompetanse_id": "",
        "is_lifted": "True",
    } | fields
    return {f"rad-{n}-{name}": value for name, value in fields.items()}


def rows(*each, version, **extra):
    data = {"version": version, "rad-TOTAL_FORMS": len(each), "rad-INITIAL_FORMS": 0} | extra
    for row in each:
        data |= row
    return data


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


def test_m3_rows_are_added_and_deleted_without_javascript(september, as_user, vidar, skjema):
    client = as_user(vidar)
    here = url(skjema.enhet, "mangler/")
    first = Behov.objects.get()
    stored = behov_row(0, id=first.pk, what="Palliasjon", number="2", urgency="1")

    added = client.post(here, rows(stored, version=skjema.version, legg_til="1"))
    page = client.get(added.url.partition("#")[0])
    assert len(page.context["rows"].forms) == 2
    assert added.url.endswith("#rad-2")

    second = behov_row(1, what="Demens", number="4")
    saved = client.post(
        here, rows(stored, second, version=page.context["skjema"].version, legg_til="1")
    )
    page = client.get(saved.url.partition("#")[0])
    assert [row.what for row in Behov.objects.all()] == ["Palliasjon", "Demens"]
    assert len(page.context["rows"].forms) == 3

    client.post(here, rows(stored, second, version=page.context["skjema"].version, slett="0"))
    assert [row.what for row in Behov.objects.all()] == ["Demens"]


def test_m3_numbers_that_no_browser_sends_are_answered(september, as_user, vidar, skjema):
    here, huge = url(skjema.enhet, "mangler/"), "1" * 5000
    client = as_user(vidar)

    assert client.post(here, {"version": huge, "rad-TOTAL_FORMS": "0"}).status_code == 409
    sent = {"version": skjema.version, "rad-TOTAL_FORMS": huge, "slett": huge}
    assert client.post(here, sent).status_code == 302
    assert client.get("/gap/", {"enhet": huge}).status_code == 200


def test_m3_a_row_that_is_not_finished_is_shown_again_with_all_that_was_written(
    september, as_user, vidar, skjema
):
    client = as_user(vidar)
    good = behov_row(0, what="Demens", number="4")
    bad = behov_row(1, what="Rus", number="mange", reason="Flere unge")

    page = client.post(url(skjema.enhet, "mangler/"), rows(good, bad, version=skjema.version))

    told = page.content.decode()
    assert page.status_code == 422
    assert "Rad 2: Skriv et helt tall, for eksempel 3." in told
    for text in ("Demens", "Rus", "mange", "Flere unge"):
        assert text in told
    assert [row.what for row in Behov.objects.all()] == ["Demens"]


def test_m3_adding_a_row_keeps_what_is_written_in_one_that_is_not_finished(
    september, as_user, vidar, skjema
):
    client = as_user(vidar)
    bad = behov_row(0, what="Rus", number="mange")

    page = client.post(
        url(skjema.enhet, "mangler/"), rows(bad, version=skjema.version, legg_til="1")
    )

    assert page.status_code == 200
    assert "mange" in page.content.decode()
    assert len(page.context["rows"].forms) == 2


def test_m3_a_stored_row_that_is_being_mended_stays_as_it_was(september, as_user, vidar, skjema):
    client = as_user(vidar)
    stored = Behov.objects.get()
    broken = behov_row(0, id=stored.pk, what="Palliasjon", number="")

    client.post(url(skjema.enhet, "mangler/"), rows(broken, version=skjema.version))

    assert Behov.objects.get().number == 2


def test_m3_the_form_saves_itself_and_tells_the_time(september, as_user, vidar, skjema):
    client = as_user(vidar)

    saved = client.post(
        url(skjema.enhet, "mal/"),
        {"version": skjema.version, "goals": "Flere helger"},
        headers={"X-Autosave": "1"},
    )

    assert saved.json() == {"version": 2, "saved_at": "09.00"}
    skjema.refresh_from_db()
    assert skjema.goals == "Flere helger"


def test_m3_autosave_of_rows_says_which_row_is_not_finished(september, as_user, vidar, skjema):
    good, bad = behov_row(0, what="Demens"), behov_row(1, what="Rus", number="x")

    saved = as_user(vidar).post(
        url(skjema.enhet, "mangler/"),
        rows(good, bad, version=skjema.version),
        headers={"X-Autosave": "1"},
    )

    assert saved.json()["version"] == 2
    assert saved.json()["saved_at"].startswith("09.00. Rad 2 er ikke ferdig")
    assert [row.what for row in Behov.objects.all()] == ["Demens"]


@pytest.mark.parametrize("headers", [{}, {"X-Autosave": "1"}])
def test_m3_two_windows_do_not_overwrite_each_other(september, as_user, vidar, skjema, headers):
    client = as_user(vidar)
    client.post(url(skjema.enhet, "mal/"), {"version": 1, "goals": "Fra det første vinduet"})

    second = client.post(
        url(skjema.enhet, "mal/"),
        {"version": 1, "goals": "Fra det andre vinduet"},
        headers=headers,
    )

    assert second.status_code == 409
    skjema.refresh_from_db()
    assert skjema.goals == "Fra det første vinduet"
    if not headers:
        told = second.content.decode()
        assert "endret i et annet vindu" in told
        assert "Fra det andre vinduet" in told
        assert "Fra det første vinduet" in told
        client.post(
            url(skjema.enhet, "mal/"),
            {
                "version": second.context["form"]["version"].value(),
                "goals": "Fra det andre vinduet",
            },
        )
        skjema.refresh_from_db()
        assert skjema.goals == "Fra det andre vinduet"


def test_m3_a_stale_window_with_rows_loses_nothing(september, as_user, vidar, skjema):
    client = as_user(vidar)
    here = url(skjema.enhet, "mangler/")
    client.post(here, rows(behov_row(0, what="Først"), version=1))

    stale = client.post(here, rows(behov_row(0, what="Sist"), version=1))

    assert stale.status_code == 409
    assert "Sist" in stale.content.decode()
    assert "Først" in stale.content.decode()
    assert [row.what for row in Behov.objects.all()] == ["Først"]


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


def test_m3_a_sent_form_takes_no_more_answers(september, as_user, vidar, skjema):
    skjema.status, skjema.submitted_by, skjema.submitted_at = "submitted", vidar, clock.now()
    skjema.save()

    answer = as_user(vidar).post(
        url(skjema.enhet, "mal/"), {"version": skjema.version, "goals": "Nytt"}
    )

    assert answer.status_code == 409
    skjema.refresh_from_db()
    assert skjema.goals == "Flere kveldsvakter."


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


@pytest.mark.parametrize(
    ("who", "reads", "fills", "reminds"),
    [("vidar", 200, 200, 403), ("liv", 403, 403, 403), ("siri", 200, 403, 403),
     ("frida", 200, 403, 200), ("kristin", 200, 403, 200), ("kari", 403, 403, 403),
     ("turid", 403, 403, 403)],
)  # fmt: skip
def test_m3_who_may_read_fill_in_and_remind(
    september, as_user, request, skjema, who, reads, fills, reminds
):
    client = as_user(request.getfixturevalue(who))

    assert client.get(url(skjema.enhet)).status_code == reads
    assert client.get(url(skjema.enhet, "mal/")).status_code == fills
    assert client.get("/behov/2027/purr/").status_code == reminds
    for rest in ("start/", "mal/", "send/", "apne/"):
        answer = client.post(url(skjema.enhet, rest), {"version": "99"})
        assert (answer.status_code == 403) == (fills == 403)


def test_m3_a_draft_is_read_by_those_who_write_it_only(september, as_user, frida, vidar, skjema):
    assert "Flere kveldsvakter." not in as_user(frida).get(url(skjema.enhet)).content.decode()
    skjema.status, skjema.submitted_by, skjema.submitted_at = "submitted", vidar, clock.now()
    skjema.save()

    assert "Flere kveldsvakter." in as_user(frida).get(url(skjema.enhet)).content.decode()


def test_m3_who_is_under_education_is_not_named_to_other_leaders(
    september, as_user, frida, siri, kari, vidar, skjema
):
    UnderUtdanning.objects.create(
        skjema=skjema, ansatt=kari, study="Sårstell", expected_on=date(2027, 6, 1)
    )
    skjema.status, skjema.submitted_by, skjema.submitted_at = "submitted", vidar, clock.now()
    skjema.save()

    other = as_user(siri).get(url(skjema.enhet)).content.decode()
    assert "Sårstell" in other
    assert "Kari Nilsen" not in other
    assert "Kari Nilsen" in as_user(frida).get(url(skjema.enhet)).content.decode()


def test_m3_another_municipalitys_form_is_not_found(september, as_user, vidar, frida, canaries):
    for rest in ("", "mal/", "mangler/", "oppsummering/", "kvittering/"):
        path = f"/behov/2027/{canaries['enhet']}/{rest}"
        assert as_user(vidar).get(path).status_code == 404
    assert as_user(vidar).post(f"/behov/2027/{canaries['enhet']}/start/").status_code == 404
    assert as_user(frida).get(f"/behov/2027/{canaries['enhet']}/").status_code == 404


def test_m3_another_municipalitys_ids_are_not_taken(september, as_user, vidar, skjema, canaries):
    row = behov_row(
        0, what="Rus", fokusomrade_id=canaries["fokusomrade"], kompetanse_id=canaries["kompetanse"]
    )

    page = as_user(vidar).post(url(skjema.enhet, "mangler/"), rows(row, version=skjema.version))

    assert page.status_code == 422
    assert CANARY not in page.content.decode()
    assert not Behov.objects.filter(what="Rus").exists()


def test_m3_a_row_of_another_unit_is_not_changed(
    september, as_user, vidar, siri, skjema, sykehjemmet
):
    other = Behovsskjema.objects.create(enhet=sykehjemmet, year=2027)
    theirs = Behov.objects.create(skjema=other, what="Deres", kind="learn", number=1, urgency=2)

    as_user(vidar).post(
        url(skjema.enhet, "mangler/"),
        rows(behov_row(0, id=theirs.pk, what="Kapret"), version=skjema.version),
    )

    theirs.refresh_from_db()
    assert (theirs.what, theirs.skjema) == ("Deres", other)


def test_m3_a_form_for_another_year_is_not_begun(september, as_user, vidar, hjemmetjenesten):
    answer = as_user(vidar).post(url(hjemmetjenesten, "start/", year=2050))

    assert answer.status_code == 409
    assert list(Behovsskjema.objects.all()) == []


def _three_needs(skjema):
    for kind, what, number in (
        ("mobilise", "Veiledere til studenter", 2),
        ("learn", "Palliasjon", 6),
        ("acquire", "Vernepleier på natt", 1),
    ):
        Behov.objects.create(skjema=skjema, what=what, kind=kind, number=number, urgency=2)


@pytest.fixture
def sent_form(september, vidar, hjemmetjenesten):
    skjema = Behovsskjema.objects.create(
        enhet=hjemmetjenesten,
        year=2027,
        status=Behovsskjema.Status.SUBMITTED,
        submitted_at=clock.now(),
        submitted_by=vidar,
    )
    _three_needs(skjema)
    return skjema


def test_a3_needs_are_sorted_into_mobilise_learn_and_acquire(as_user, frida, sent_form):
    advisor = as_user(frida)

    html = " ".join(advisor.get("/behov/2027/mate/").content.decode().split())

    parts = [html.index(what) for what in ("Mobilisere (", "Lære</h2>", "Anskaffe (")]
    needs = [html.index(f">{what}") for what in ("Veiledere til", "Palliasjon", "Vernepleier på")]
    assert sorted(parts + needs) == [
        place for pair in zip(parts, needs, strict=True) for place in pair
    ]
    assert "1 behov, til sammen 6 personer." in html
    assert "/behov/2027/mate/" in advisor.get("/behov/2027/").content.decode()


def test_a3_a_measure_meets_the_need_in_the_way_that_is_chosen(as_user, frida, sent_form):
    advisor = as_user(frida)
    page = advisor.get("/behov/2027/mate/").content.decode().replace("&amp;", "&")
    link = next(
        part.split('"')[0]
        for part in page.split('href="')
        if "way=samarbeide" in part.split('"')[0] and "Palliasjon" in part.split('"')[0]
    )

    form = advisor.get(link.removeprefix("/fjordvik")).content.decode()

    assert '<option value="samarbeide" selected>' in form
    assert '<optgroup label="Anskaffe">' in form
    assert 'value="Palliasjon"' in form


def test_a3_a_leader_sees_the_needs_of_the_own_units_only(as_user, liv, vidar, sent_form):
    assert "Palliasjon" in as_user(vidar).get("/behov/2027/mate/").content.decode()
    assert "Palliasjon" not in as_user(liv).get("/behov/2027/mate/").content.decode()


def test_a3_the_page_asks_as_much_of_3_needs_as_of_30(queries_of, as_user, frida, sent_form):
    few = queries_of(as_user(frida), "/behov/2027/mate/")
    for _ in range(9):
        _three_needs(sent_form)

    assert queries_of(as_user(frida), "/behov/2027/mate/") == few
    assert few <= 10
