"""M6: the stock of competence: declared, confirmed, seen in a matrix, searched across services."""

from datetime import date, timedelta

import pytest

from kartlegging.models import Beholdning
from kompetanse import clock
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Kompetanse
from tests.conftest import make_ansatt
from tests.kartlegging.conftest import CANARY

pytestmark = pytest.mark.django_db


def answers(kompetanse, **fields):
    return {"kompetanse": kompetanse.pk, "level": "3", "valid_until": ""} | fields


def test_m6_an_employee_declares_and_the_leader_confirms(september, as_user, kari, liv, sarstell):
    employee, leader = as_user(kari), as_user(liv)
    assert "Du har ikke lagt inn noe ennå" in employee.get("/min-kompetanse/").content.decode()
    employee.post("/min-kompetanse/ny/", answers(sarstell))
    assert "Venter på leder" in employee.get("/min-kompetanse/").content.decode()

    assert "Bekreft 1 kompetanse" in leader.get("/hjem/").content.decode()
    page = leader.get("/kompetanse/bekreft/")
    (row,) = page.context["rows"]
    assert "Kari Nilsen" in page.content.decode()
    leader.post(f"/kompetanse/bekreft/{row.pk}/", {"version": row.version})

    assert "Bekreftet" in employee.get("/min-kompetanse/").content.decode()
    row = Beholdning.objects.get(pk=row.pk)
    assert (row.status, row.confirmed_by, row.level) == ("confirmed", liv, 3)
    assert "Bekreft 1 kompetanse" not in leader.get("/hjem/").content.decode()
    actions = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    assert actions[-2:] == ["beholdning.declare", "beholdning.confirm"]


def test_m6_what_is_changed_must_be_confirmed_anew(september, as_user, kari, liv, sarstell, has):
    row = has(kari, sarstell, 2, status="confirmed", confirmed_by=liv)
    client = as_user(kari)
    assert (
        "må den bekreftes på nytt"
        in client.get(f"/min-kompetanse/{row.pk}/endre/").content.decode()
    )

    client.post(f"/min-kompetanse/{row.pk}/endre/", answers(sarstell, level="4"))

    row.refresh_from_db()
    assert (row.level, row.status, row.confirmed_by) == (4, "declared", None)


def test_m6_the_leader_confirms_what_was_seen_not_what_was_changed_since(
    september, as_user, kari, liv, sarstell, has
):
    row = has(kari, sarstell, 2)
    as_user(kari).post(f"/min-kompetanse/{row.pk}/endre/", answers(sarstell, level="4"))

    stale = as_user(liv).post(f"/kompetanse/bekreft/{row.pk}/", {"version": 1})

    assert stale.status_code == 409
    assert Beholdning.objects.get().status == "declared"


def test_m6_what_must_be_renewed_asks_for_its_last_day(september, as_user, kari, medisin):
    client = as_user(kari)

    page = client.post("/min-kompetanse/ny/", answers(medisin))
    assert page.status_code == 422
    assert "Skriv siste dag den er gyldig." in page.content.decode()

    client.post("/min-kompetanse/ny/", answers(medisin, valid_until="1. mars 2028"))
    assert Beholdning.objects.get().valid_until == date(2028, 3, 1)


def test_m6_an_employee_takes_away_own_competence(september, as_user, kari, sarstell, has):
    row = has(kari, sarstell)
    client = as_user(kari)
    assert "Slette kompetansen?" in client.get(f"/min-kompetanse/{row.pk}/slett/").content.decode()

    client.post(f"/min-kompetanse/{row.pk}/slett/")

    assert list(Beholdning.objects.all()) == []


def test_m6_nobody_confirms_own_competence(september, as_user, liv, vidar, sarstell, has):
    row = has(liv, sarstell)

    assert as_user(liv).post(f"/kompetanse/bekreft/{row.pk}/", {"version": 1}).status_code == 403
    assert as_user(vidar).post(f"/kompetanse/bekreft/{row.pk}/", {"version": 1}).status_code == 302


def test_m6_a_leader_elsewhere_does_not_find_the_row(september, as_user, kari, siri, sarstell, has):
    row = has(kari, sarstell)

    assert as_user(siri).post(f"/kompetanse/bekreft/{row.pk}/", {"version": 1}).status_code == 404
    assert as_user(siri).get(f"/min-kompetanse/{row.pk}/endre/").status_code == 404
    assert as_user(siri).post(f"/min-kompetanse/{row.pk}/slett/").status_code == 404
    assert Beholdning.objects.get().status == "declared"


def test_m6_the_leader_registers_what_an_employee_has(
    september, as_user, kari, liv, nord, sarstell
):
    client = as_user(liv)

    client.post(f"/kompetanse/{nord.pk}/registrer/", answers(sarstell, ansatt=kari.pk))
    own = client.post(f"/kompetanse/{nord.pk}/registrer/", answers(sarstell, ansatt=liv.pk))

    row = Beholdning.objects.get()
    assert (row.ansatt, row.level, row.status, row.confirmed_by) == (kari, 3, "confirmed", liv)
    assert own.status_code == 422


def test_m6_the_matrix_shows_people_beside_requirements(
    september, as_user, kari, liv, vidar, nord, sarstell, medisin, require, has
):
    require(nord, sarstell, level=2)
    require(nord, medisin, level=1)
    has(kari, sarstell, 3, status="confirmed")
    has(liv, sarstell, 1)
    has(kari, medisin, 2, valid_until=clock.today() - timedelta(days=1))

    page = as_user(vidar).get(f"/kompetanse/{nord.pk}/")

    matrise = page.context["matrise"]
    assert [(column.name, column.have) for column in matrise.columns] == [
        ("Medisinhåndtering", 0),
        ("Sårstell", 1),
    ]
    assert [person.name for person in matrise.people] == ["Berg, Liv", "Nilsen, Kari"]
    told = page.content.decode()
    assert "Bare én" in told
    assert "gikk ut 31.08.2026" in told

    single = as_user(vidar).get(f"/kompetanse/{nord.pk}/", {"kompetanse": sarstell.pk})
    text = single.content.decode()
    assert "Nivå 3, bekreftet" in text
    assert "Nivå 1, under kravet" in text
    assert "Bare én har dette" in text


def test_m6_those_who_are_not_shown_are_counted(
    september, as_user, kari, liv, vidar, nord, sarstell, require, has, monkeypatch
):
    monkeypatch.setattr("kartlegging.queries.beholdning.MOST_PEOPLE", 1)
    require(nord, sarstell, level=2)
    has(kari, sarstell, 2)
    has(liv, sarstell, 3)

    matrise = as_user(vidar).get(f"/kompetanse/{nord.pk}/").context["matrise"]

    assert (len(matrise.people), matrise.is_cut, matrise.columns[0].have) == (1, True, 2)


def test_m6_a_unit_is_measured_by_what_those_above_require_too(
    september, as_user, kari, vidar, helse, nord, sarstell, require, has
):
    require(helse, sarstell, level=2)
    has(kari, sarstell, 2)

    page = as_user(vidar).get(f"/kompetanse/{nord.pk}/")

    assert [column.name for column in page.context["matrise"].columns] == ["Sårstell"]


def test_m6_competence_is_found_across_units_and_the_search_is_written_down(
    september, as_user, kari, ola, liv, siri, sarstell, has, canaries
):
    has(kari, sarstell, 4, status="confirmed", confirmed_by=liv)
    has(ola, sarstell, 2)
    has(liv, sarstell, 4, valid_until=clock.today() - timedelta(days=1))
    client = as_user(siri)
    form = client.get("/kompetanse/sok/").content.decode()
    assert CANARY not in form

    page = client.get("/kompetanse/sok/", {"kompetanse": sarstell.pk, "level": "3"})

    told = page.content.decode()
    assert "Kari Nilsen" in told
    assert "Bare én har dette" in told
    assert "Ola Hansen" not in told
    assert "Liv Berg" not in told
    event = AuditEvent.objects.get(action="kompetanse.search")
    assert (event.by_id, event.object_id, event.details) == (
        siri.pk, sarstell.pk, {"level": 3, "hits": 1},
    )  # fmt: skip


def test_m6_a_search_for_another_municipalitys_competence_finds_nothing(
    september, as_user, siri, canaries
):
    page = as_user(siri).get(
        "/kompetanse/sok/", {"kompetanse": canaries["kompetanse"], "level": "1"}
    )

    assert CANARY not in page.content.decode()
    assert "hits" not in page.context


@pytest.mark.parametrize(
    ("who", "search", "matrix"),
    [("liv", 200, 200), ("vidar", 200, 200), ("frida", 200, 200), ("siri", 200, 403),
     ("kristin", 403, 403), ("kari", 403, 403), ("turid", 403, 403)],
)  # fmt: skip
def test_m6_who_sees_people(september, as_user, request, nord, who, search, matrix):
    client = as_user(request.getfixturevalue(who))

    assert client.get("/kompetanse/sok/").status_code == search
    assert client.get(f"/kompetanse/{nord.pk}/").status_code == matrix


def test_m6_another_municipalitys_rows_are_not_found(september, as_user, vidar, canaries, nord):
    client = as_user(vidar)

    for path in (
        f"/kompetanse/{canaries['enhet']}/",
        f"/kompetanse/{canaries['enhet']}/krav/",
        f"/kompetanse/{canaries['enhet']}/registrer/",
        f"/min-kompetanse/{canaries['beholdning']}/endre/",
        f"/krav/{canaries['krav']}/endre/",
    ):
        assert client.get(path).status_code == 404
    answer = client.post(f"/kompetanse/bekreft/{canaries['beholdning']}/", {"version": 1})
    assert answer.status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_m6_the_lists_cost_the_same_with_1_and_30_rows(
    september, as_user, nord, liv, kari, require, has, rows, own_queries
):
    for n in range(rows):
        person = make_ansatt(f"Ansatt{n}", "Lie", nord)
        kompetanse = Kompetanse.objects.create(name=f"Kompetanse {n}")
        require(nord, kompetanse)
        has(person, kompetanse)
        has(kari, kompetanse)
    leader, employee = as_user(liv), as_user(kari)
    for client, path, count in (
        (employee, "/min-kompetanse/", 2),
        (leader, "/kompetanse/bekreft/", 3),
        (leader, f"/kompetanse/{nord.pk}/", 3),
        (leader, f"/kompetanse/{nord.pk}/krav/", 3),
        (leader, "/kompetanse/", 2),
        (leader, f"/kompetanse/sok/?kompetanse={kompetanse.pk}&level=1", 7),
    ):
        assert (path, own_queries(client, path)) == (path, count)
