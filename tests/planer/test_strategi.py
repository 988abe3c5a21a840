"""M1: a four-year strategy plan, read, written, adopted and rolled, through pages and database."""

from datetime import date

import pytest

from kompetanse.errors import StaleError, TransitionError
from kompetanse.kommuner import once
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Enhet
from planer.actions import strategi as actions
from planer.actions.innlasting import plan_from
from planer.models import (
    Fokusomrade,
    Horing,
    Hovedmal,
    Planomfang,
    Planvedtak,
    Strategiplan,
    Tiltak,
)
from planer.queries import strategi as queries
from tests.planer.conftest import (
    CANARY,
    TESTS_OWN,
    discussed,
    hearing_answers,
    pdf_text,
    plain,
)

S = Strategiplan.Status


def test_m1_the_plan_of_the_sector_is_a_document_on_the_page_and_as_pdf(
    as_user, kari, modum, modum_data
) -> None:
    browser = as_user(kari)

    page = browser.get(f"/plan/strategi/{modum.pk}/")
    pdf = browser.get(f"/plan/strategi/{modum.pk}/pdf/")

    html, text = plain(page.content.decode()), pdf_text(pdf)
    assert "I Modum kommune strekker vi oss lenger" in html
    areas = [row["name"] for row in modum_data["fokusomrade"]]
    assert len([row for row in modum_data["fokusomrade"] if "under" not in row]) == 4
    goals = ["Beholde", "Utvikle", "Rekruttere", "Benytte"]
    units = [f"Virksomhet {number}" for number in range(1, 12)]
    references = [row["title"] for row in modum_data["henvisning"]]
    chapters = [row["heading"] for row in modum_data["kapittel"]]
    for words in (*goals, *areas, *units, *references, *chapters):
        assert plain(words) in html, words
        assert plain(words) in text, words
    assert "Kommunestyret" in text
    assert "12. desember 2024" in text
    assert "24/131" in text
    assert "Planen gjelder for 11 enheter" in text


def test_m1_loading_twice_changes_nothing(modum, modum_data, frida) -> None:
    def count() -> list[int]:
        return [
            m.objects.count() for m in (Strategiplan, Fokusomrade, Planvedtak, Planomfang, Tiltak)
        ]

    before = count()

    again = plan_from(modum_data, by=frida)

    assert again == modum
    assert count() == before
    assert count() == [1, 15, 4, 11, 11]


def test_m1_the_advisor_writes_a_plan_from_empty_to_in_force(as_user, frida, kari, helse) -> None:
    browser = as_user(frida)
    token = once.new_token()
    answers = {"engangsnokkel": token, "name": "Ny plan", "first_year": "2027", "last_year": "2030"}
    made = browser.post("/plan/strategi/ny/", answers)
    plan = Strategiplan.objects.get()
    edit = f"/plan/strategi/{plan.pk}/endre/"

    browser.post(f"{edit}hovedmal/ny/", {"versjon": 1, "name": "Beholde", "text": "Bli hos oss."})
    browser.post(f"{edit}fokusomrade/ny/", {"versjon": 2, "name": "Bredde"})
    top = Fokusomrade.objects.get()
    browser.post(f"{edit}fokusomrade/ny/", {"versjon": 3, "name": "Geriatri", "parent": top.pk})
    browser.post(f"{edit}kapittel/ny/", {"versjon": 4, "heading": "Innledning", "text": "Tekst"})
    browser.post(f"{edit}henvisning/ny/", {"versjon": 5, "title": "En lov", "kind": "national"})
    browser.post(f"{edit}enheter/", {"versjon": 6, "enheter": [helse.pk]})
    browser.post(f"/plan/strategi/{plan.pk}/horing/", hearing_answers("01.12.2030"))
    Horing.objects.update(begun_on=date(2026, 1, 1), until=date(2026, 1, 31))
    adopted = {
        "engangsnokkel": once.new_token(),
        "body": "Kommunestyret",
        "on": "15. desember 2026",
        "case_number": "45/2026",
    }
    discussed(plan)
    browser.post(f"/plan/strategi/{plan.pk}/vedta/", adopted)
    browser.post(f"/plan/strategi/{plan.pk}/steg/kraft/")

    assert made.url.endswith(edit)
    plan.refresh_from_db()
    assert plan.status == S.IN_FORCE
    html = as_user(kari).get(f"/plan/strategi/{plan.pk}/").content.decode()
    for words in ("Beholde", "Bredde", "Geriatri", "Innledning", "En lov", helse.name, "45/2026"):
        assert words in html


def test_a_second_click_makes_one_plan(as_user, frida) -> None:
    answers = {
        "engangsnokkel": once.new_token(), "name": "P", "first_year": 2027, "last_year": 2030,
    }  # fmt: skip

    first = as_user(frida).post("/plan/strategi/ny/", answers)
    second = as_user(frida).post("/plan/strategi/ny/", answers)

    assert Strategiplan.objects.count() == 1
    assert second.url == first.url


def test_a_part_changed_by_two_at_once_keeps_the_text_and_tells(as_user, frida, draft) -> None:
    goal = Hovedmal.objects.create(plan=draft, order=1, name="Beholde")
    url = f"/plan/strategi/{draft.pk}/endre/hovedmal/{goal.pk}/"
    browser = as_user(frida)
    browser.post(url, {"versjon": 1, "name": "Først"})

    stale = browser.post(url, {"versjon": 1, "name": "Sist"})

    goal.refresh_from_db()
    assert stale.status_code == 409
    assert goal.name == "Først"
    html = stale.content.decode()
    assert "Noen andre endret planen" in html
    assert 'value="Sist"' in html
    again = browser.post(
        url, {"versjon": html.split('name="versjon" value="')[1].split('"')[0], "name": "Sist"}
    )
    goal.refresh_from_db()
    assert again.status_code == 302
    assert goal.name == "Sist"


def test_change_with_an_old_version_is_refused(frida, draft) -> None:
    actions.change(draft, version=1, by=frida, vision="A")

    with pytest.raises(StaleError):
        actions.change(draft, version=1, by=frida, vision="B")


def test_an_adopted_plan_cannot_be_changed(as_user, frida, draft) -> None:
    discussed(draft)
    actions.adopt(draft, body="Kommunestyret", on=date(2026, 1, 1), case_number="", by=frida)

    with pytest.raises(TransitionError):
        actions.change(draft, version=2, by=frida, vision="B")
    assert as_user(frida).get(f"/plan/strategi/{draft.pk}/endre/").status_code == 409


def test_adopt_fills_the_awaited_body_and_adds_a_new_one(frida, draft) -> None:
    Planvedtak.objects.create(plan=draft, body="Kommunestyret", order=1)

    discussed(draft)
    actions.adopt(draft, body="kommunestyret", on=date(2026, 1, 1), case_number="1/26", by=frida)
    actions.adopt(draft, body="Fellesnemnda", on=date(2026, 2, 1), case_number="", by=frida)

    chain = list(draft.planvedtak.values_list("body", "adopted_on"))
    assert chain == [("Kommunestyret", date(2026, 1, 1)), ("Fellesnemnda", date(2026, 2, 1))]


def test_enforce_supersedes_the_plan_for_the_same_units_only(
    frida, plan, draft, hjemmetjenesten, sykehjemmet
) -> None:
    other = Strategiplan.objects.create(
        name="Annen", first_year=2025, last_year=2028, status=S.IN_FORCE
    )
    for each, enhet in ((plan, hjemmetjenesten), (other, sykehjemmet), (draft, hjemmetjenesten)):
        Planomfang.objects.create(plan=each, enhet=enhet)
    discussed(draft)
    actions.adopt(draft, body="Kommunestyret", on=date(2026, 1, 1), case_number="", by=frida)

    actions.enforce(draft, by=frida)

    statuses = dict(Strategiplan.objects.values_list("pk", "status"))
    assert statuses == {plan.pk: S.SUPERSEDED, other.pk: S.IN_FORCE, draft.pk: S.IN_FORCE}


def _areas(document) -> list[tuple[str, list[str]]]:
    return [(area.name, [each.name for each in area.children]) for area in document.areas]


def test_roll_copies_everything_into_a_draft_one_year_later(as_user, frida, modum) -> None:
    response = as_user(frida).post(f"/plan/strategi/{modum.pk}/ny-utgave/")

    edition = Strategiplan.objects.get(status=S.DRAFT)
    assert response.url.endswith(f"/plan/strategi/{edition.pk}/endre/")
    assert (edition.first_year, edition.last_year) == (2026, 2029)
    old, new = queries.document(modum), queries.document(edition)
    assert _areas(new) == _areas(old) != []
    assert [c.name for c in new.chapters] == [c.name for c in old.chapters]
    assert new.units == old.units
    assert len(new.national) == 14
    assert len(new.municipal) == 4


def test_a_plan_that_was_superseded_can_be_taken_up_again(as_user, frida, draft) -> None:
    Strategiplan.objects.filter(pk=draft.pk).update(status=S.SUPERSEDED)

    made = as_user(frida).post(f"/plan/strategi/{draft.pk}/ny-utgave/")

    assert made.status_code == 302
    assert Strategiplan.objects.exclude(pk=draft.pk).get().status == S.DRAFT


def test_a_draft_is_hidden_from_all_but_the_advisor(
    as_user, kari, vidar, turid, frida, draft
) -> None:
    url = f"/plan/strategi/{draft.pk}/"

    answers = {
        person: as_user(person).get(url).status_code for person in (kari, vidar, turid, frida)
    }

    assert answers == {kari: 404, vidar: 404, turid: 404, frida: 200}
    assert "Utkastet" not in as_user(kari).get("/plan/strategi/").content.decode()


@pytest.mark.parametrize("path", ["endre/", "endre/forside/", "endre/hovedmal/ny/", "vedta/"])
def test_only_the_advisor_opens_the_forms(as_user, vidar, plan, path) -> None:
    assert as_user(vidar).get(f"/plan/strategi/{plan.pk}/{path}").status_code == 403


def test_an_advisor_of_another_sector_may_not_change_the_plan(
    as_user, frida, draft, kommunen
) -> None:
    Planomfang.objects.create(plan=draft, enhet=kommunen)

    response = as_user(frida).post(
        f"/plan/strategi/{draft.pk}/horing/", hearing_answers("01.12.2030")
    )

    draft.refresh_from_db()
    assert response.status_code == 403
    assert draft.status == S.DRAFT


def test_a_part_is_deleted_after_a_question(as_user, frida, draft) -> None:
    goal = Hovedmal.objects.create(plan=draft, order=1, name="Beholde")
    url = f"/plan/strategi/{draft.pk}/endre/hovedmal/{goal.pk}/slett/"
    browser = as_user(frida)

    asked = browser.get(url)
    assert Hovedmal.objects.exists()
    browser.post(url)

    assert "Slette «Beholde»?" in asked.content.decode()
    assert not Hovedmal.objects.exists()
    assert AuditEvent.objects.filter(action="hovedmal.remove", object_id=goal.pk).exists()


def test_years_in_the_wrong_order_are_told(as_user, frida, draft) -> None:
    answers = {"versjon": 1, "name": "P", "first_year": "2030", "last_year": "2027"}

    response = as_user(frida).post(f"/plan/strategi/{draft.pk}/endre/forside/", answers)

    assert response.status_code == 422
    assert "kan ikke være før det første" in response.content.decode()


def test_the_neighbours_plan_is_not_there(as_user, frida, neighbour) -> None:
    def make(advisor):
        return Strategiplan.objects.create(
            name=CANARY, first_year=2025, last_year=2028, status=S.IN_FORCE
        )

    foreign = neighbour(make)
    browser = as_user(frida)

    assert CANARY not in browser.get("/plan/strategi/").content.decode()
    for path in ("", "pdf/", "endre/"):
        assert browser.get(f"/plan/strategi/{foreign.pk}/{path}").status_code == 404


def test_the_list_asks_a_constant_number_of_queries(
    as_user, kari, plan, django_assert_num_queries
) -> None:
    browser = as_user(kari)
    browser.get("/plan/strategi/")
    with django_assert_num_queries(5 + TESTS_OWN):
        browser.get("/plan/strategi/")
    for number in range(29):
        Strategiplan.objects.create(
            name=f"Plan {number}", first_year=2025, last_year=2028, status=S.IN_FORCE
        )

    with django_assert_num_queries(5 + TESTS_OWN):
        browser.get("/plan/strategi/")


def test_an_employee_sees_no_tools(as_user, kari, plan) -> None:
    html = as_user(kari).get(f"/plan/strategi/{plan.pk}/").content.decode()

    assert "Lag ny utgave" not in html
    assert "Endre planen" not in html


def test_the_units_to_choose_are_the_advisors_own(as_user, frida, draft, kommunen, helse) -> None:
    html = as_user(frida).get(f"/plan/strategi/{draft.pk}/endre/enheter/").content.decode()

    assert helse.name in html
    assert "Fjordvik kommune</label>" not in html
    assert Enhet.objects.count() >= 2
