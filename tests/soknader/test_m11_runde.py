"""M11: the advisor prepares, edits and opens the round, from last year's; also one in spring."""

from datetime import date, datetime

import pytest

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import AuditEvent
from kompetanse.varsler import actions as varsler
from kompetanse.varsler.models import Varsel
from soknader.actions import runde as actions
from soknader.actions import soknad as soknad_actions
from soknader.forms.runde import DATES
from soknader.models import Kriterium, Poeng, Soknad, Soknadsrunde, Utlysning

pytestmark = pytest.mark.usefixtures("october")

AUTUMN = {
    "year": "2027",
    "kind": "autumn",
    "opens": "01.09.2027",
    "deadline": "15.10.2027",
    "leader_deadline": "22.10.2027",
    "meeting_on": "28.10.2027",
    "answer_by": "05.11.2027",
    "accept_by": "20.11.2027",
    "budget": "850 000",
    "announcement": "Vi støtter det vi trenger.",
    "allows_late": "on",
}


def rows(*values, **more):
    told = {"rad-TOTAL_FORMS": len(values), "rad-INITIAL_FORMS": 0}
    for number, row in enumerate(values):
        told |= {f"rad-{number}-{name}": value for name, value in row.items()}
    return told | more


def test_m11_the_first_round_is_filled_with_the_wheels_dates(active, frida, as_user):
    page = as_user(frida).get("/runder/ny/").content.decode()

    for day in ("01.09.2026", "15.10.2026", "22.10.2026", "28.10.2026", "05.11.2026", "20.11.2026"):
        assert f'value="{day}"' in page


def test_m11_the_next_round_begins_from_last_years(runde, utlysning, frida, as_user):
    Kriterium.objects.create(runde=runde, name="Behov", weight=3, texts=["a", "b", "c", "d"])
    browser = as_user(frida)
    page = browser.get("/runder/ny/").content.decode()

    made = browser.post("/runder/ny/", AUTUMN)

    assert 'value="15.10.2027"' in page
    new = Soknadsrunde.objects.get(year=2027)
    assert made.url == f"/fjordvik/runder/{new.pk}/"
    assert (new.status, new.budget, new.allows_late) == ("draft", 850_000, True)
    assert new.utlysninger.get().title == utlysning.title
    assert new.kriterier.get().texts == ["a", "b", "c", "d"]
    assert AuditEvent.objects.get(action="runde.prepare").details == {
        "year": 2027,
        "budget": 850_000,
    }


def test_m11_the_first_round_of_all_gets_criteria_to_begin_with(active, frida, as_user):
    as_user(frida).post("/runder/ny/", AUTUMN)

    criteria = Kriterium.objects.all()
    assert len(criteria) == 4
    assert {len(each.texts) for each in criteria} == {4}


def test_m11_a_spring_round_is_a_round_of_its_own(runde, frida, as_user):
    browser = as_user(frida)
    page = browser.get("/runder/ny/?slag=spring").content.decode()
    spring = AUTUMN | {
        "year": "2026",
        "kind": "spring",
        "opens": "01.03.2026",
        "deadline": "15.04.2026",
        "leader_deadline": "25.04.2026",
        "meeting_on": "10.05.2026",
        "answer_by": "31.05.2026",
        "accept_by": "15.06.2026",
    }

    browser.post("/runder/ny/", spring)

    assert 'value="15.04.2026"' in page
    made = Soknadsrunde.objects.get(kind="spring")
    assert made.reference(7) == "2026V-0007"


def test_m11_the_same_round_twice_is_refused_in_words(runde, frida, as_user):
    answered = as_user(frida).post("/runder/ny/", AUTUMN | {"year": "2026"})

    page = answered.content.decode()
    assert answered.status_code == 422
    assert "Høstrunden 2026 finnes allerede." in page
    assert "Vi støtter det vi trenger." in page


def test_m11_dates_out_of_order_come_back_with_sentences(runde, frida, as_user):
    wrong = AUTUMN | {"leader_deadline": "01.10.2027", "answer_by": "27.10.2027"}

    answered = as_user(frida).post("/runder/ny/", wrong)

    page = answered.content.decode()
    assert answered.status_code == 422
    assert "Lederens frist må være etter søknadsfristen." in page
    assert "Svaret må komme etter møtet." in page


@pytest.mark.parametrize(
    ("day", "status", "told"),
    [
        (date(2026, 8, 31), 409, "Runden kan åpnes fra 1.\xa0september 2026."),
        (date(2026, 9, 1), 302, ""),
        (date(2026, 10, 16), 409, "Søknadsfristen er passert."),
    ],
)
def test_m11_the_round_opens_from_its_day(runde, frida, as_user, day, status, told):
    Soknadsrunde.objects.update(status="draft")
    with clock.frozen(clock.start_of(day, hour=7)):
        answered = as_user(frida).post(f"/runder/{runde.pk}/apne/")

    assert answered.status_code == status
    assert told in answered.content.decode()
    runde.refresh_from_db()
    assert (runde.status == "open") == (status == 302)


def test_m11_opening_twice_is_no_step(runde, frida, as_user):
    assert as_user(frida).post(f"/runder/{runde.pk}/apne/").status_code == 409


def test_m11_an_open_round_can_be_edited_and_one_in_prioritising_cannot(runde, frida, as_user):
    browser = as_user(frida)
    told = {name: value for name, value in AUTUMN.items() if name not in {"year", "kind"}}

    edited = browser.post(f"/runder/{runde.pk}/endre/", told)
    Soknadsrunde.objects.update(status="prioritising")
    refused = browser.post(f"/runder/{runde.pk}/endre/", told | {"budget": "1"})

    assert edited.status_code == 302
    assert refused.status_code == 409
    runde.refresh_from_db()
    assert (runde.budget, runde.deadline) == (850_000, date(2027, 10, 15))


def test_m11_educations_are_edited_as_rows_without_javascript(
    runde, utlysning, fokusomrade, frida, as_user
):
    browser = as_user(frida)
    url = f"/runder/{runde.pk}/utdanninger/"
    kept = {"id": utlysning.pk, "title": "Geriatri", "text": "", "fokusomrade": fokusomrade.pk}
    new = {"id": "", "title": "Fagbrev", "text": "For assistenter", "fokusomrade": ""}

    more = browser.post(url, rows(kept, legg_til="1"))
    saved = browser.post(url, rows(kept, new))

    assert 'name="rad-1-title"' in more.content.decode()
    assert saved.status_code == 302
    first, second = Utlysning.objects.all()
    assert (first.pk, first.title) == (utlysning.pk, "Geriatri")
    assert second.title == "Fagbrev"


def test_m11_an_education_that_someone_applies_for_is_not_deleted(
    runde, utlysning, frida, kari, as_user, make_soknad
):
    make_soknad(kari, utlysning=utlysning)

    answered = as_user(frida).post(f"/runder/{runde.pk}/utdanninger/", rows({"title": ""}))

    assert answered.status_code == 422
    assert "1 søknad viser til en utdanning du vil slette." in answered.content.decode()
    assert Utlysning.objects.exists()


def test_m11_another_rounds_row_is_left_alone(runde, utlysning, frida, as_user):
    other = Soknadsrunde.objects.create(
        year=2025,
        opens=date(2025, 9, 1),
        deadline=date(2025, 10, 15),
        leader_deadline=date(2025, 10, 22),
        meeting_on=date(2025, 10, 28),
        answer_by=date(2025, 11, 5),
        accept_by=date(2025, 11, 20),
        budget=1,
    )

    as_user(frida).post(
        f"/runder/{other.pk}/utdanninger/", rows({"id": utlysning.pk, "title": "Kapret"})
    )

    utlysning.refresh_from_db()
    assert utlysning.title == "Videreutdanning i geriatri"


def test_m11_criteria_are_edited_as_rows(runde, frida, kari, as_user, make_soknad):
    browser = as_user(frida)
    url = f"/runder/{runde.pk}/kriterier/"
    texts = {f"text_{points}": f"poeng {points}" for points in range(4)}

    saved = browser.post(url, rows({"name": "Behov", "weight": "3"} | texts))
    twice = browser.post(url, rows({"name": "A"} | texts, {"name": "A"} | texts))
    kriterium = Kriterium.objects.get()
    Poeng.objects.create(soknad=make_soknad(kari), kriterium=kriterium, points=2, by=frida)
    refused = browser.post(url, rows({"name": ""}))

    assert saved.status_code == 302
    assert (kriterium.weight, kriterium.texts[3]) == (3, "poeng 3")
    assert twice.status_code == 422
    assert "To kriterier har samme navn." in twice.content.decode()
    assert refused.status_code == 422
    assert "Det er gitt poeng på et kriterium du vil slette." in refused.content.decode()
    assert Kriterium.objects.get() == kriterium


def test_m11_each_number_of_points_has_its_text(runde, frida, as_user):
    url = f"/runder/{runde.pk}/kriterier/"
    hole = {"name": "Behov", "weight": "1", "text_0": "Nei", "text_1": "", "text_2": "Ja"}

    with_hole = as_user(frida).post(url, rows(hole))
    without = as_user(frida).post(url, rows({"name": "Behov", "weight": "1"}))
    whole = as_user(frida).post(url, rows(hole | {"text_1": "Litt"}))

    assert [each.status_code for each in (with_hole, without, whole)] == [422, 422, 302]
    assert "Rad 1: Skriv hva 1 poeng betyr." in with_hole.content.decode()
    assert "Rad 1: Skriv hva 0 poeng betyr." in without.content.decode()
    assert Kriterium.objects.get().texts == ["Nei", "Litt", "Ja"]


def test_m11_two_criteria_can_change_names(runde, frida, as_user):
    first, second = (
        Kriterium.objects.create(runde=runde, name=name, texts=["Nei", "Ja"]) for name in "AB"
    )
    texts = {"weight": "1", "text_0": "Nei", "text_1": "Ja"}

    saved = as_user(frida).post(
        f"/runder/{runde.pk}/kriterier/",
        rows({"id": first.pk, "name": "B"} | texts, {"id": second.pk, "name": "A"} | texts),
    )

    assert saved.status_code == 302
    named = dict(Kriterium.objects.values_list("pk", "name"))
    assert named == {first.pk: "B", second.pk: "A"}


def test_m11_the_advisor_says_how_far_back_earlier_support_is_shown(runde, frida, as_user):
    url = f"/runder/{runde.pk}/endre/"
    told = {name: f"{getattr(runde, name):%d.%m.%Y}" for name in DATES} | {"budget": "100000"}
    browser = as_user(frida)

    shown = browser.get(url).content.decode()
    browser.post(url, told | {"lookback_years": "5"})
    page = browser.get(f"/runder/{runde.pk}/").content.decode()
    too_far = browser.post(url, told | {"lookback_years": "11"})

    assert 'name="lookback_years" value="3"' in shown
    assert "Vises fra de siste 5 årene" in page
    assert too_far.status_code == 422
    assert Soknadsrunde.objects.get().lookback_years == 5


@pytest.mark.parametrize(
    "path", ["", "ny/", "{}/", "{}/endre/", "{}/utdanninger/", "{}/kriterier/"]
)
def test_m11_rounds_are_the_advisors(runde, kari, liv, turid, frida, as_user, path):
    url = f"/runder/{path.format(runde.pk)}"

    assert [as_user(each).get(url).status_code for each in (kari, liv, turid)] == [403] * 3
    assert as_user(frida).get(url).status_code == 200


def test_m11_a_round_for_a_service_is_told_and_open_to_those_who_work_there(
    runde, hjemmetjenesten, kari, ola, frida, as_user
):
    page = as_user(frida).get(f"/runder/{runde.pk}/endre/").content.decode()
    assert "Hele kommunen" in page
    Soknadsrunde.objects.update(enhet=hjemmetjenesten)

    with clock.frozen(datetime(2026, 9, 1, 9, tzinfo=clock.OSLO)):
        varsler.remind()

    told = Varsel.objects.filter(kind="runde.opened").values_list("recipient", flat=True)
    assert set(told) == {kari.pk}
    assert "Start søknad" in as_user(kari).get("/soknad/").content.decode()
    assert "Start søknad" not in as_user(ola).get("/soknad/").content.decode()
    assert as_user(kari).get("/hjem/").content.decode().count("Søk om støtte til utdanning</a>")
    assert "Du velger selv om du vil søke." not in as_user(ola).get("/hjem/").content.decode()
    with pytest.raises(DomainError, match="Runden gjelder Hjemmetjenesten"):
        soknad_actions.start(Soknadsrunde.objects.get(), by=ola, received_at=clock.now())


def test_m11_the_advisor_says_whom_a_round_is_for(runde, hjemmetjenesten, nord, frida, as_user):
    fields = {name: f"{getattr(runde, name):%d.%m.%Y}" for name in DATES}
    url = f"/runder/{runde.pk}/endre/"

    as_user(frida).post(url, fields | {"budget": "100000", "enhet": hjemmetjenesten.pk})
    runde.refresh_from_db()
    refused = as_user(frida).post(url, fields | {"budget": "100000", "enhet": nord.pk})

    assert runde.enhet == hjemmetjenesten
    assert "Hjemmetjenesten" in as_user(frida).get(f"/runder/{runde.pk}/").content.decode()
    assert refused.status_code == 422


@pytest.mark.parametrize("count", [1, 30])
def test_m11_the_round_takes_the_same_queries_for_1_and_30(
    runde, frida, kari, as_user, make_soknad, count, queries_of
):
    for number in range(count):
        Utlysning.objects.create(runde=runde, title=f"Utdanning {number}")
        make_soknad(kari, status=Soknad.Status.SUBMITTED)

    assert queries_of(as_user(frida), f"/runder/{runde.pk}/") == 9
    assert queries_of(as_user(frida), "/runder/") == 5


def test_m11_the_page_says_when_the_round_can_be_opened(runde, frida, as_user):
    Soknadsrunde.objects.update(status="draft")
    with clock.frozen(datetime(2026, 8, 20, 9, tzinfo=clock.OSLO)):
        early = as_user(frida).get(f"/runder/{runde.pk}/").content.decode()
    with clock.frozen(datetime(2026, 9, 2, 9, tzinfo=clock.OSLO)):
        page = as_user(frida).get(f"/runder/{runde.pk}/").content.decode()

    assert "Runden kan åpnes fra 1.\xa0september 2026." in early
    assert "Åpne runden" not in early
    assert "Åpne runden" in page


@pytest.mark.parametrize(
    ("status", "leads_to"),
    [("draft", ""), ("open", ""), ("prioritising", "prioritering"), ("answered", "svarbrev")],
)
def test_m11_the_page_of_a_round_leads_on_to_where_its_work_is(
    runde, frida, as_user, status, leads_to
):
    Soknadsrunde.objects.filter(pk=runde.pk).update(status=status)

    page = as_user(frida).get(f"/runder/{runde.pk}/").content.decode()

    led = [path for path in ("prioritering", "svarbrev") if f"/{path}/{runde.pk}/" in page]
    assert led == ([leads_to] if leads_to else [])
    assert ("Det er 14 dager igjen" in page) is (status in {"draft", "open"})


def test_a_row_that_is_left_out_of_the_lists_is_gone(runde, utlysning, frida):
    Kriterium.objects.create(runde=runde, name="Behov", texts=["a", "b"])
    kept = Utlysning.objects.create(runde=runde, title="Demens")
    told = actions.Row({"title": "Demensomsorg"}, id=kept.pk)

    actions.set_educations(runde, [told], by=frida)
    actions.set_criteria(runde, [], by=frida)

    assert list(runde.utlysninger.values_list("title", flat=True)) == ["Demensomsorg"]
    assert not runde.kriterier.exists()


@pytest.mark.parametrize(("path", "name"), [("utdanninger", "title"), ("kriterier", "name")])
def test_m11_a_list_of_more_rows_than_there_can_be_is_refused_and_not_drawn(
    runde, frida, as_user, path, name
):
    url = f"/runder/{runde.pk}/{path}/"

    answer = as_user(frida).post(url, rows(*({name: f"Rad {n}"} for n in range(61))))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Listen kan ha høyst 60 rader. De som er over, er ikke med." in page
    assert 'name="rad-59-' in page
    assert 'name="rad-60-' not in page


def test_m11_a_list_that_claims_two_thousand_rows_draws_no_more_than_there_can_be(
    runde, frida, as_user
):
    told = {"rad-TOTAL_FORMS": "2000", "rad-INITIAL_FORMS": "0"}

    page = as_user(frida).post(f"/runder/{runde.pk}/utdanninger/", told).content.decode()

    assert page.count('-title"') >= 60
    assert 'name="rad-60-' not in page
