"""M19: discussions with the unions are recorded, and plans are not adopted before."""

from datetime import date

import pytest

from kompetanse.errors import DomainError
from kompetanse.kommuner import once
from kompetanse.organisasjon.models import Oppsett, Rolle
from planer.actions import drofting as actions
from planer.actions import langplan, opplaringsplan, strategi
from planer.models import Drofting, Langplan, Strategiplan
from tests.planer.conftest import CANARY, discussed, make_mote, make_tiltak


@pytest.fixture
def union(turid):
    Rolle.objects.filter(ansatt=turid).update(union="Fagforbundet")
    return turid


def adopt(plan, frida):
    return strategi.adopt(plan, body="Kommunestyret", on=date(2026, 9, 1), case_number="", by=frida)


def record_answers(drofting, union, **changed):
    return {
        "versjon": drofting.version, "title": drofting.title,
        "strategiplan": drofting.strategiplan_id or "", "held_on": "01.09.2026",
        "party_0": "Arbeidsgiver", "said_0": "Planen følger behovene.",
        "party_1": "Fagforbundet", "ansatt_1": union.pk, "said_1": "Vi støtter planen.",
        "party_2": "", "said_2": "", "result": "agreed", "text": "Enige.",
    } | changed  # fmt: skip


def test_m19_a_plan_is_discussed_before_it_is_adopted(
    as_user, september, frida, union, draft
) -> None:
    with pytest.raises(DomainError, match="ikke drøftet med de tillitsvalgte"):
        adopt(draft, frida)
    page = as_user(frida).get(f"/plan/strategi/{draft.pk}/vedta/").content.decode()
    assert "Før drøftingen først" in page
    asked = {"engangsnokkel": once.new_token(), "title": "Planen", "strategiplan": draft.pk}
    as_user(frida).post("/drofting/ny/", asked)
    drofting = Drofting.objects.get()
    as_user(frida).post(f"/drofting/{drofting.pk}/for/", record_answers(drofting, union))

    adopt(draft, frida)

    draft.refresh_from_db()
    assert draft.status == Strategiplan.Status.ADOPTED
    shown = as_user(union).get(f"/drofting/{drofting.pk}/").content.decode()
    for words in ("Vi støtter planen.", "Enighet", "Ved Turid Aas", "Planen følger behovene."):
        assert words in shown
    assert (
        "Før drøftingen først"
        not in as_user(frida).get(f"/plan/strategi/{draft.pk}/vedta/").content.decode()
    )


def test_m19_a_refused_adoption_leaves_the_plan_as_it_was(as_user, september, frida, draft) -> None:
    answers = {
        "engangsnokkel": once.new_token(), "body": "Kommunestyret", "on": "1. september 2026",
        "case_number": "",
    }  # fmt: skip

    response = as_user(frida).post(f"/plan/strategi/{draft.pk}/vedta/", answers)

    draft.refresh_from_db()
    assert response.status_code == 409
    assert "Før drøftingen under «Drøftinger» først" in response.content.decode()
    assert (draft.status, draft.planvedtak.count()) == (Strategiplan.Status.DRAFT, 0)


def test_m19_the_long_training_plan_too(september, frida, plan) -> None:
    long = Langplan.objects.create(strategiplan=plan, name="Lang", first_year=2027, last_year=2030)

    with pytest.raises(DomainError):
        langplan.adopt(long, body="Utvalget", on=date(2026, 9, 1), case_number="", by=frida)


def test_m19_the_training_plan_of_a_year_too(september, frida) -> None:
    make_tiltak("Sårstell")
    plan = opplaringsplan.begin(year=2027, enhet=None, by=frida)
    decision = {"body": "Ledergruppa", "on": date(2026, 9, 1), "case_number": "", "by": frida}
    with pytest.raises(DomainError, match="ikke drøftet"):
        opplaringsplan.adopt(plan, **decision)
    discussed(plan)

    assert opplaringsplan.adopt(plan, **decision).status == "adopted"


def test_m19_a_kommune_may_choose_not_to_stop(as_user, september, frida, sigurd, draft) -> None:
    as_user(sigurd).post("/innstillinger/", {"version": 0, "fulltime_goal": "75"})

    adopt(draft, frida)

    assert not Oppsett.objects.get().asks_for_discussion
    draft.refresh_from_db()
    assert draft.status == Strategiplan.Status.ADOPTED


def test_a_discussion_has_two_parties_and_a_day_that_has_been(september, frida, union) -> None:
    drofting = actions.ask(title="Vikarmidler", by=union)

    def record(**changed):
        given = {
            "held_on": date(2026, 9, 1), "result": "agreed", "text": "", "version": 1, "by": frida,
            "parties": [actions.Part("Arbeidsgiver"), actions.Part("Fagforbundet")],
        }  # fmt: skip
        return actions.record(drofting, **given | changed)

    with pytest.raises(DomainError, match="to parter"):
        record(parties=[actions.Part("Arbeidsgiver"), actions.Part("")])
    with pytest.raises(DomainError, match="har ikke vært ennå"):
        record(held_on=date(2026, 9, 2))
    assert record().status == Drofting.Status.HELD

    again = record(version=2, parties=[actions.Part("Arbeidsgiver"), actions.Part("Fagforbundet")])
    assert [part.party for part in again.parter.all()] == ["Arbeidsgiver", "Fagforbundet"]


def test_recording_a_discussion_asks_little_before_and_after_it_is_held(
    as_user, september, frida, union, draft, plan, queries_of
) -> None:
    make_mote(date(2026, 9, 1))
    drofting = actions.ask(title="Planen", by=union, strategiplan=draft)
    browser, path = as_user(frida), f"/drofting/{drofting.pk}/for/"

    asked = queries_of(browser, path)
    browser.post(path, record_answers(drofting, union, ansatt_0=frida.pk))

    assert drofting.parter.exclude(ansatt=None).count() == 2
    assert max(asked, queries_of(browser, path)) <= 10


def test_missing_answers_come_back_with_what_was_written(as_user, september, frida, union) -> None:
    drofting = actions.ask(title="Vikarmidler", by=union)
    answers = record_answers(drofting, union, result="", said_1="Vi venter.")

    response = as_user(frida).post(f"/drofting/{drofting.pk}/for/", answers)

    assert response.status_code == 422
    assert "Vi venter." in response.content.decode()


def test_unions_ask_and_the_advisor_records(as_user, september, union, kari, liv) -> None:
    asked = {"engangsnokkel": once.new_token(), "title": "Vikarmidler"}
    as_user(union).post("/drofting/ny/", asked)
    drofting = Drofting.objects.get()

    assert drofting.asked_by == union
    assert as_user(union).get(f"/drofting/{drofting.pk}/for/").status_code == 403
    for person in (kari, liv):
        assert as_user(person).get("/drofting/").status_code == 403
        assert as_user(person).get(f"/drofting/{drofting.pk}/").status_code == 403


def test_the_neighbours_discussions_are_not_found(as_user, frida, neighbour) -> None:
    foreign = neighbour(lambda advisor: actions.ask(title=CANARY, by=advisor))

    assert CANARY not in as_user(frida).get("/drofting/").content.decode()
    for path in ("", "for/"):
        assert as_user(frida).get(f"/drofting/{foreign.pk}/{path}").status_code == 404
