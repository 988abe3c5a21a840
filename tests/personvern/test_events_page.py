"""The page of the audit trail: filters in the address, pages by key, files."""

from datetime import timedelta

import pytest

from kompetanse import clock, tables
from kompetanse.kommuner import audit
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Rolle
from kompetanse.personvern import tasks
from kompetanse.personvern.models import Uttrekk
from kompetanse.personvern.views import hendelser as views
from kompetanse.varsler.models import Kjoring
from tests import world
from tests.conftest import OCTOBER


@pytest.fixture
def ours(fjordvik, active):
    with clock.frozen(world.MOMENT):
        yield world.build(fjordvik)


@pytest.fixture
def admin(ours, as_user):
    return as_user(ours.people["systemansvarlig"])


def trail(ours, count, *, action="soknad.submit", by="ansatt"):
    """Write `count` lines, a minute apart."""
    soknad = ours.rows.soknad
    for minute in range(count):
        with clock.frozen(OCTOBER + timedelta(minutes=minute)):
            audit.record(action, soknad, by=ours.people[by], number=minute)


def text(answer):
    return answer.content.decode()


def test_who_did_what_in_which_role_is_told_in_norwegian(ours, admin):
    trail(ours, 1, action="soknad.recommend", by="leder")

    page = text(admin.get("/hendelser/?handling=soknad.recommend"))

    assert "Ga uttalelse til søknaden" in page
    assert ours.people["leder"].full_name in page
    assert "Leder" in page
    assert f"Søknad {ours.rows.soknad.pk}" in page
    assert ours.people["ansatt"].full_name in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("hvem=Leif", True),
        ("hvem=Vera", False),
        ("handling=soknad.recommend", True),
        ("handling=soknad.submit", False),
        ("objekt=soknader.soknad", True),
        ("objekt=soknader.soknad&nummer=999999", False),
        ("fra=01.10.2026&til=01.10.2026", True),
        ("fra=02.10.2026", False),
        ("til=30.09.2026", False),
    ],
)
def test_every_filter_narrows(ours, admin, query, is_found):
    trail(ours, 1, action="soknad.recommend", by="leder")

    page = text(admin.get(f"/hendelser/?{query}"))

    assert ("number: 0" in page) is is_found


def test_a_case_finds_what_was_done_in_it(ours, admin):
    audit.record("vedtak.draft", ours.rows.vedtak, by=ours.people["fagradgiver"])
    soknad_id = ours.rows.vedtak.soknad_id

    page = text(admin.get(f"/hendelser/?objekt=soknader.soknad&nummer={soknad_id}"))

    assert f"Vedtak {ours.rows.vedtak.pk}" in page


@pytest.mark.parametrize(
    "query", ["fra=i+går", "fra=02.10.2026&til=01.10.2026", "nummer=3", "handling=finnes.ikke"]
)
def test_a_filter_that_cannot_be_read_comes_back_with_a_sentence(admin, query):
    answer = admin.get(f"/hendelser/?{query}")

    assert answer.status_code == 422
    assert "For å gå videre" in text(answer)


def test_pages_follow_each_other_without_gap_or_repeat(ours, admin):
    trail(ours, 120)
    seen, path = [], "/hendelser/?handling=soknad.submit"
    while path:
        side = admin.get(path).context["side"]
        seen += [line.details for line in side.lines]
        path = (
            f"/hendelser/?handling=soknad.submit&etter={side.following}" if side.following else ""
        )

    assert seen == [f"number: {number}" for number in reversed(range(120))]


def test_a_mark_in_the_address_that_is_none_gives_the_first_page(ours, admin):
    trail(ours, 1)

    for mark in ("tull", "2026-10-01T09:00:00_5", "_", "2026-10-01T09:00:00%2B02:00_x"):
        assert admin.get(f"/hendelser/?etter={mark}").status_code == 200


@pytest.mark.parametrize("count", [1, 60])
def test_the_page_costs_the_same_whatever_it_shows(ours, admin, queries_of, count):
    trail(ours, count)

    assert queries_of(admin, "/hendelser/?hvem=Ansgar&handling=soknad.submit") <= 10


def test_a_short_file_comes_at_once_and_is_written_in_the_trail(ours, admin):
    trail(ours, 3)

    answer = admin.post("/hendelser/hent/csv/?handling=soknad.submit")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("Tid;Hvem;I rollen;Handling")
    assert "Sendte søknaden" in lines[1]
    assert AuditEvent.objects.get(action="hendelser.export").details == {"form": "csv", "count": 3}


def test_a_long_file_is_made_by_a_worker_and_fetched_by_who_asked(
    ours, admin, as_user, monkeypatch
):
    trail(ours, 12)
    monkeypatch.setattr(views, "MOST_AT_ONCE", 5)

    answer = admin.post("/hendelser/hent/xlsx/?handling=soknad.submit&hvem=Ansgar&fra=01.10.2026")
    kjoring = Kjoring.objects.get(by=ours.people["systemansvarlig"])
    uttrekk = Uttrekk.objects.get(fil__isnull=True)
    tasks.export_events.run(
        kommune_id=uttrekk.kommune_id, uttrekk_id=uttrekk.pk, kjoring_id=kjoring.pk
    )

    assert answer.status_code == 302
    content = admin.get(f"/mine-data/filer/{uttrekk.pk}/").content
    assert len(tables.read(content, filename="hendelser.xlsx").rows) == 12
    assert (
        as_user(ours.people["fagradgiver"]).get(f"/mine-data/filer/{uttrekk.pk}/").status_code
        == 404
    )


def test_who_no_longer_administers_may_not_fetch_the_trail_ordered_before(ours, admin, monkeypatch):
    trail(ours, 12)
    monkeypatch.setattr(views, "MOST_AT_ONCE", 5)
    admin.post("/hendelser/hent/xlsx/")
    uttrekk = Uttrekk.objects.get(fil__isnull=True)
    tasks.export_events.run(
        kommune_id=uttrekk.kommune_id, uttrekk_id=uttrekk.pk, kjoring_id=uttrekk.kjoring_id
    )
    file = f"/mine-data/filer/{uttrekk.pk}/"
    assert admin.get(file).status_code == 200

    Rolle.objects.filter(ansatt=ours.people["systemansvarlig"]).delete()

    assert admin.get(file).status_code == 403


def test_only_the_administrator_sees_the_trail(ours, as_user):
    for role, person in ours.people.items():
        expected = 200 if role == "systemansvarlig" else 403
        assert as_user(person).get("/hendelser/").status_code == expected


def test_opening_anothers_application_is_logged_and_ones_own_is_not(ours, as_user):
    soknad, runde = ours.rows.soknad, ours.rows.runde
    as_user(ours.people["leder"]).get(f"/leder/soknader/{soknad.pk}/")
    as_user(ours.people["fagradgiver"]).get(f"/prioritering/{runde.pk}/sak/{soknad.pk}/")
    as_user(ours.people["tillitsvalgt"]).get(f"/prioritering/{runde.pk}/sak/{soknad.pk}/")
    as_user(ours.people["fagradgiver"]).get(f"/vedlegg/{ours.rows.vedlegg.pk}/")
    as_user(ours.people["ansatt"]).get(f"/vedlegg/{ours.rows.vedlegg.pk}/")

    opened = AuditEvent.objects.filter(action__in=audit.openings()).order_by("pk")
    assert list(opened.values_list("action", "by_id", "about_id")) == [
        ("soknad.open", ours.people["leder"].pk, soknad.ansatt_id),
        ("soknad.open", ours.people["fagradgiver"].pk, soknad.ansatt_id),
        ("vedlegg.open", ours.people["fagradgiver"].pk, soknad.ansatt_id),
    ]
