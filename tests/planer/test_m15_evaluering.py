"""M15 and N9: the yearly evaluation with its three questions, and those along the way."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import once
from planer.actions import evaluering as actions
from planer.models import Evaluering, Planendring, Tiltak
from planer.queries import evaluering as queries
from tests.planer.conftest import CANARY, make_tiltak, pdf_text, plain

TODAY = date(2026, 9, 1)
ANSWERS = {
    "carried_out": "Fire av seks er gjennomført.",
    "goals_met": "Det første målet er nådd.",
    "must_change": "Kurset i geriatri må flyttes.",
}


def html_of(response) -> str:
    return plain(response.content.decode())


def begun(frida, **values: Any) -> Evaluering:
    return actions.begin(
        **{
            "year": 2026,
            "kind": "arlig",
            "held_on": TODAY,
            "enhet": None,
            "mote": None,
            "by": frida,
        }
        | values
    )


def answered(frida, **values: Any) -> Evaluering:
    evaluering = begun(frida, **values)
    return actions.answer(evaluering, version=evaluering.version, by=frida, **ANSWERS)


def change(kind: str, **answers: Any) -> dict[str, Any]:
    return {
        "engangsnokkel": once.new_token(), "kind": kind, "half": "var",
        "reason": "Kursholderen kan ikke.",
    } | answers  # fmt: skip


# --- M15: once a year, three questions, minutes ---------------------------------------------------


def test_m15_three_questions_answered_with_the_figures_beside_finished_and_read_by_all(
    as_user, frida, kari, september
) -> None:
    make_tiltak("Ferdig", year=2026, status=Tiltak.Status.DONE)
    make_tiltak("Utsatt", year=2026, status=Tiltak.Status.POSTPONED)
    make_tiltak("Neste års", year=2027)
    advisor = as_user(frida)
    advisor.post(
        "/evaluering/ny/",
        {
            "engangsnokkel": once.new_token(), "kind": "arlig", "year": "2026",
            "held_on": "01.09.2026",
        },
    )  # fmt: skip
    evaluering = Evaluering.objects.get()
    assert as_user(kari).get(f"/evaluering/{evaluering.pk}/").status_code == 404
    advisor.post(f"/evaluering/{evaluering.pk}/svar/", {"versjon": evaluering.version, **ANSWERS})
    advisor.post(f"/evaluering/{evaluering.pk}/fullfor/")
    make_tiltak("Kom etterpå", year=2026)

    html = html_of(as_user(kari).get(f"/evaluering/{evaluering.pk}/"))
    text = pdf_text(as_user(kari).get(f"/evaluering/{evaluering.pk}/pdf/"))

    for said in ("Er tiltakene gjennomført som planlagt?", "Er målene nådd?", "Hva må endres?"):
        assert said in html
        assert said in text
    for answer in ANSWERS.values():
        assert answer in html
        assert answer in text
    assert "<dt>Tiltak i 2026</dt><dd>2</dd>" in html
    assert "1 utsatt, 0 avlyst" in html
    assert "Planen for 2026 er evaluert." in html_of(as_user(kari).get("/evaluering/"))


def test_m15_it_is_not_finished_before_all_three_are_answered(as_user, frida, september) -> None:
    evaluering = begun(frida)
    actions.answer(evaluering, version=1, by=frida, **ANSWERS | {"must_change": ""})

    response = as_user(frida).post(f"/evaluering/{evaluering.pk}/fullfor/")

    assert response.status_code == 409
    assert "Svar på alle de tre spørsmålene" in html_of(response)
    evaluering.refresh_from_db()
    assert evaluering.status == Evaluering.Status.DRAFT


def test_m15_a_year_has_one_yearly_evaluation_of_the_whole(as_user, frida, september) -> None:
    begun(frida)
    again = {
        "engangsnokkel": once.new_token(), "kind": "arlig", "year": "2026",
        "held_on": "01.09.2026",
    }  # fmt: skip

    response = as_user(frida).post("/evaluering/ny/", again)

    assert response.status_code == 422
    assert "Planen for 2026 har en årlig evaluering fra før." in html_of(response)
    with pytest.raises(DomainError):
        begun(frida)


def test_m15_what_is_finished_is_not_written_in(as_user, frida, september) -> None:
    evaluering = actions.finish(answered(frida), by=frida, on=TODAY)
    tiltak = make_tiltak("Kurs", year=2026)

    with pytest.raises(TransitionError):
        actions.answer(evaluering, version=evaluering.version, by=frida, **ANSWERS)
    with pytest.raises(TransitionError):
        actions.revise(
            evaluering, tiltak, kind=Planendring.Kind.CANCELLED, reason="For sent", by=frida
        )
    page = html_of(as_user(frida).get(f"/evaluering/{evaluering.pk}/"))
    assert "Svar på spørsmålene" not in page
    assert "Fullfør evalueringen" not in page


# --- N9: several along the way, each able to change the plan --------------------------------------


def test_n9_several_evaluations_along_the_way(frida, september) -> None:
    begun(frida, kind="underveis")
    begun(frida, kind="underveis", held_on=date(2026, 8, 20))

    assert Evaluering.objects.filter(kind=Evaluering.Kind.ALONG).count() == 2


@pytest.mark.parametrize(
    ("kind", "half", "year", "status", "after"),
    [
        ("flyttet", "host", 2026, "planlagt", "Høst 2026"),
        ("utsatt", "var", 2026, "utsatt", "Utsatt"),
        ("avlyst", "var", 2026, "avlyst", "Avlyst"),
    ],
)
def test_n9_the_evaluation_changes_the_measure_and_the_reason_stays_with_it(
    as_user, frida, september, kind, half, year, status, after
) -> None:
    tiltak = make_tiltak("Kurs i geriatri", year=2026)
    evaluering = begun(frida, kind="underveis")
    advisor = as_user(frida)

    advisor.post(f"/evaluering/{evaluering.pk}/endre-planen/", change(kind, tiltak=tiltak.pk))

    tiltak.refresh_from_db()
    assert (tiltak.half, tiltak.year, tiltak.status) == (half, year, status)
    html = html_of(advisor.get(f"/evaluering/{evaluering.pk}/"))
    assert f">{after}</td>" in html
    assert "Kursholderen kan ikke." in html
    measure = html_of(advisor.get(f"/opplaringsplan/tiltak/{tiltak.pk}/"))
    assert "Endret etter evaluering" in measure
    assert "Kursholderen kan ikke." in measure


def test_n9_from_autumn_a_measure_is_moved_to_the_next_spring(frida, september) -> None:
    tiltak = make_tiltak("Kurs", year=2026, half=Tiltak.Halvar.AUTUMN, timing="uke 40")

    actions.revise(begun(frida), tiltak, kind=Planendring.Kind.MOVED, reason="Fullt", by=frida)

    tiltak.refresh_from_db()
    assert (tiltak.half, tiltak.year, tiltak.timing) == (Tiltak.Halvar.SPRING, 2027, "")


def test_n9_the_evaluation_adds_a_measure_whose_need_is_the_reason(
    as_user, frida, september
) -> None:
    evaluering = begun(frida)

    as_user(frida).post(
        f"/evaluering/{evaluering.pk}/endre-planen/",
        change("nytt", theme="Nytt kurs", year="2027", reason="Målet er ikke nådd."),
    )

    tiltak = Tiltak.objects.get(theme="Nytt kurs")
    assert (tiltak.year, tiltak.half, tiltak.need) == (2027, "var", "Målet er ikke nådd.")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (change("utsatt"), "Velg tiltaket som skal endres."),
        (change("nytt"), "Skriv hva det nye tiltaket er."),
        (change("nytt", theme="Kurs"), "Skriv hvilket år tiltaket skal gjennomføres."),
    ],
)
def test_n9_a_change_with_something_missing_says_what(
    as_user, frida, september, answers, sentence
) -> None:
    evaluering = begun(frida)

    response = as_user(frida).post(f"/evaluering/{evaluering.pk}/endre-planen/", answers)

    assert response.status_code == 422
    assert sentence in html_of(response)
    assert "Kursholderen kan ikke." in html_of(response)
    assert not Planendring.objects.exists()


# --- who ------------------------------------------------------------------------------------------


def test_m15_a_leader_evaluates_the_own_unit_and_no_other(
    as_user, liv, kari, nord, sykehjemmet, september
) -> None:
    evaluering = begun(liv, enhet=nord)
    theirs = make_tiltak("Sykehjemmets", year=2026, enhet=sykehjemmet)

    assert as_user(liv).get(f"/evaluering/{evaluering.pk}/").status_code == 200
    assert as_user(kari).get(f"/evaluering/{evaluering.pk}/svar/").status_code == 404
    with pytest.raises(PermissionDenied):
        begun(liv, enhet=sykehjemmet)
    with pytest.raises(PermissionDenied):
        begun(liv, enhet=None)
    refused = as_user(liv).post(
        f"/evaluering/{evaluering.pk}/endre-planen/", change("avlyst", tiltak=theirs.pk)
    )
    assert refused.status_code == 422
    theirs.refresh_from_db()
    assert theirs.status == Tiltak.Status.PLANNED
    assert as_user(kari).get("/evaluering/ny/").status_code == 403


def test_m15_another_municipality_sees_nothing(as_user, frida, neighbour) -> None:
    foreign = neighbour(lambda advisor: answered(advisor, mote=None).pk)
    advisor = as_user(frida)

    assert advisor.get(f"/evaluering/{foreign}/").status_code == 404
    assert CANARY not in html_of(advisor.get("/evaluering/"))


@pytest.mark.parametrize("rows", [1, 30])
def test_m15_list_and_document_cost_the_same_queries_whatever_the_rows(
    as_user, queries_of, frida, september, rows
) -> None:
    evaluering = begun(frida)
    for number in range(rows):
        tiltak = make_tiltak(f"Tiltak {number}", year=2026)
        actions.revise(
            evaluering, tiltak, kind=Planendring.Kind.POSTPONED, reason="Fullt", by=frida
        )
        begun(frida, kind="underveis")

    assert queries_of(as_user(frida), "/evaluering/") <= 8
    assert queries_of(as_user(frida), f"/evaluering/{evaluering.pk}/") <= 10
    assert len(queries.document(evaluering, on=TODAY).changes) == rows


def test_a_change_made_after_midnight_is_told_with_the_norwegian_day(frida, september) -> None:
    tiltak = make_tiltak("Kurs", year=2026)
    with clock.frozen(datetime(2026, 9, 2, 0, 30, tzinfo=clock.OSLO)):
        evaluering = answered(frida)
        actions.revise(evaluering, tiltak, kind=Planendring.Kind.POSTPONED, reason="Syk", by=frida)

    assert queries.changes_of(tiltak)[0].on == date(2026, 9, 2)
