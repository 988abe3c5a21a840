"""M12: schemes with rates are kept as versions, chosen for a round, announced and counted by."""

from datetime import date

import pytest

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Enhet
from soknader.actions import ordning as actions
from soknader.actions import runde as runder
from soknader.models import Kriterium, Soknadsrunde, Stotteordning
from soknader.queries import ordning as queries
from tests.conftest import make_enhet
from tests.soknader.ordningene import apply, frame_for, make_ordning
from tests.soknader.saker import make_sak
from tests.soknader.test_m11_runde import AUTUMN

pytestmark = pytest.mark.usefixtures("october")
NEW = {
    "name": "Studieavgift", "in_use_from": "01.01.2026", "share": "80 %", "ceiling": "20 000",
    "is_active": "on",
}  # fmt: skip


def test_m12_the_advisor_writes_a_scheme_and_later_a_new_version(active, frida, as_user):
    browser = as_user(frida)

    added = browser.post("/ordninger/ny/?slag=tuition", NEW)
    first = Stotteordning.objects.get()
    changed = NEW | {"in_use_from": "01.01.2027", "ceiling": "25 000", "version": "1"}
    browser.post(f"/ordninger/{first.pk}/", changed)
    stale = browser.post(f"/ordninger/{first.pk}/", changed)
    again = browser.post(f"/ordninger/{Stotteordning.objects.get(version=2).pk}/", changed)

    assert added.status_code == 302
    assert (first.version, first.share, first.ceiling) == (1, 80, 20_000)
    assert stale.status_code == 302, "an older version's page leads to the newest"
    assert again.status_code == 409
    assert Stotteordning.objects.count() == 2
    with clock.frozen(clock.start_of(date(2026, 12, 31))):
        assert [each.ceiling for each in queries.latest(on=date(2026, 12, 31))] == [20_000]
    assert [each.ceiling for each in queries.latest(on=date(2027, 1, 1))] == [25_000]
    page = browser.get("/ordninger/").content.decode()
    assert "Dekker 80\xa0% av kostnaden. Høyst 25\xa0000\xa0kr i alt." in page
    assert "Gjelder seinere" in page


@pytest.mark.parametrize(
    ("slag", "wrong", "told"),
    [
        ("tuition", {"share": "0"}, "share"),
        ("tuition", {"name": ""}, "Fyll ut «Navn på ordningen»."),
        ("substitute", {}, "Skriv hva enheten får for hver dag."),
        ("tuition", {"in_use_from": "i fjor"}, "15.10.2026"),
    ],
)
def test_m12_a_scheme_that_cannot_be_read_comes_back_as_written(
    active, frida, as_user, slag, wrong, told
):
    answered = as_user(frida).post(f"/ordninger/ny/?slag={slag}", NEW | wrong)

    page = answered.content.decode()
    assert answered.status_code == 422
    assert told in page or told == "15.10.2026"
    assert "Studieavgift" in page or "name" in wrong
    assert not Stotteordning.objects.exists()


def test_m12_two_schemes_do_not_share_a_name_and_schemes_are_the_advisors(
    active, frida, kari, liv, turid, as_user
):
    make_ordning(kind="books", name="Studieavgift")

    assert as_user(frida).post("/ordninger/ny/?slag=tuition", NEW).status_code == 409
    for path in ("/ordninger/", "/ordninger/ny/"):
        assert [as_user(each).get(path).status_code for each in (kari, liv, turid)] == [403] * 3


def test_m12_a_round_chooses_schemes_and_frames(runde, helse, frida, as_user):
    tuition = make_ordning(kind="tuition", name="Studieavgift", share=80)
    make_ordning(kind="books", name="Bøker")
    browser = as_user(frida)
    url = f"/runder/{runde.pk}/ordninger/"
    chosen = {
        "ordning_tuition": tuition.pk, "ramme_tuition": "60 000", f"enhet_{helse.pk}": "90 000",
    }  # fmt: skip

    too_large = browser.post(url, chosen | {"ramme_tuition": "100 001"})
    saved = browser.post(url, chosen)

    assert too_large.status_code == 422
    assert saved.status_code == 302
    assert runde.ordninger.get().frame == 60_000
    assert runde.enhetsrammer.get().frame == 90_000
    page = browser.get(f"/runder/{runde.pk}/").content.decode()
    assert "Egen ramme: 60\xa0000\xa0kr." in page
    assert "Ramme 90\xa0000\xa0kr, innvilget 0\xa0kr" in page
    runde.status = "prioritising"
    runde.save()
    with pytest.raises(DomainError, match="under prioritering"):
        actions.choose(runde, [], {}, by=frida)


@pytest.mark.parametrize("inside", ["units", "schemes"])
def test_m12_the_rounds_frame_is_not_lowered_below_those_inside_it(
    runde, helse, kommunen, frida, as_user, inside
):
    if inside == "units":
        frame_for(runde, helse, 50_000)
        frame_for(runde, kommunen, 40_000)
    else:
        apply(runde, make_ordning(kind="tuition", name="Studieavgift"), frame=50_000)
        apply(runde, make_ordning(kind="books", name="Bøker"), frame=40_000)
        apply(runde, make_ordning(kind="leave", name="Fri"), frame=90_000)
    browser, url = as_user(frida), f"/runder/{runde.pk}/endre/"
    told = {name: value for name, value in AUTUMN.items() if name not in {"year", "kind"}}

    refused = browser.post(url, told | {"budget": "89 999"})
    with pytest.raises(DomainError, match="90\xa0000"):
        runder.edit(runde, by=frida, budget=89_999)
    lowered = browser.post(url, told | {"budget": "90 000"})

    assert refused.status_code == 422
    assert "90\xa0000\xa0kr til sammen" in refused.content.decode()
    assert lowered.status_code == 302
    runde.refresh_from_db()
    assert runde.budget == 90_000


@pytest.mark.parametrize("inside", ["units", "schemes"])
def test_m12_frames_that_are_together_more_than_the_rounds_are_not_chosen(
    runde, helse, kommunen, frida, as_user, inside
):
    other = make_enhet("Oppvekst", Enhet.Kind.SEKTOR, kommunen)
    one, two = (f"enhet_{helse.pk}", f"enhet_{other.pk}")
    chosen = {}
    if inside == "schemes":
        one, two = "ramme_tuition", "ramme_books"
        for name in ("tuition", "books"):
            chosen[f"ordning_{name}"] = make_ordning(kind=name, name=name).pk
        chosen |= {"ordning_leave": make_ordning(kind="leave", name="Fri").pk}
        chosen |= {"ramme_leave": "100"}
    browser, url = as_user(frida), f"/runder/{runde.pk}/ordninger/"

    refused = browser.post(url, chosen | {one: "60 000", two: "40 001"})
    chosen_at_first = AuditEvent.objects.filter(action="runde.set_schemes").count()
    saved = browser.post(url, chosen | {one: "60 000", two: "40 000"})

    assert refused.status_code == 422
    page = refused.content.decode()
    assert "100\xa0001\xa0kr til sammen, men rundens ramme er 100\xa0000\xa0kr" in page
    assert 'value="40 001"' in page.replace("\xa0", " "), "what was typed is there still"
    assert chosen_at_first == 0
    assert saved.status_code == 302
    frames = queries.frame_sums(runde)
    assert frames == ((0, 100_000) if inside == "units" else (100_000, 0))


@pytest.mark.parametrize("inside", ["units", "schemes"])
def test_m12_a_copied_round_is_large_enough_for_the_frames_that_come_with_it(
    runde, helse, kommunen, frida, as_user, inside
):
    if inside == "units":
        frame_for(runde, helse, 50_000)
        frame_for(runde, make_enhet("Oppvekst", Enhet.Kind.SEKTOR, kommunen), 40_000)
    else:
        apply(runde, make_ordning(kind="tuition", name="Studieavgift"), frame=50_000)
        apply(runde, make_ordning(kind="books", name="Bøker"), frame=40_000)
        apply(runde, make_ordning(kind="leave", name="Fri"), frame=90_000)
    browser, url = as_user(frida), f"/runder/ny/?fra={runde.pk}"

    refused = browser.post(url, AUTUMN | {"budget": "89 999"})
    rounds = Soknadsrunde.objects.count()
    made = browser.post(url, AUTUMN | {"budget": "90 000"})

    assert (refused.status_code, rounds) == (422, 1)
    page = refused.content.decode()
    assert "90\xa0000\xa0kr til sammen" in page
    assert "Lag runden med minst den rammen" in page
    assert made.status_code == 302
    new = Soknadsrunde.objects.get(year=2027)
    assert sum(queries.frame_sums(new)) == new.budget == 90_000


def test_m12_changed_schemes_count_the_applications_anew(
    runde,
    ordninger,
    frida,
    kari,
    make_soknad,
):
    soknad = make_soknad(kari, exams=2, gatherings=4)

    actions.recount(runde)
    soknad.refresh_from_db()
    # 30 000 at 80 %, at most 20 000; 4 000 at 50 %; 10 days at 1 000.
    assert (soknad.leave_days, soknad.substitute, soknad.covered) == (10, 10_000, 32_000)
    assert soknad.amount == 32_000
    actions.choose(runde, [], {}, by=frida)

    soknad.refresh_from_db()
    assert (soknad.substitute, soknad.covered, soknad.amount) == (None, None, 34_000)


def test_m12_next_years_round_takes_over_all_in_one_form(
    runde,
    utlysning,
    helse,
    ordninger,
    frida,
    as_user,
):
    Soknadsrunde.objects.update(
        announcement="Vi støtter.", permanent_only=True, least_position=50, least_years=2,
        may_complain=True, complaint_weeks=4,
    )  # fmt: skip
    Kriterium.objects.create(runde=runde, name="Behov", weight=3, texts=["a", "b"])
    frame_for(runde, helse, 50_000)
    make_ordning(kind="books", name="Bøker", share=75, version=2, in_use_from=date(2027, 1, 1))
    browser = as_user(frida)
    page = browser.get(f"/runder/ny/?fra={runde.pk}").content.decode()
    terms = {
        "permanent_only": "on", "least_position": "50", "least_years": "2",
        "may_complain": "on", "complaint_weeks": "4",
    }  # fmt: skip

    browser.post(f"/runder/ny/?fra={runde.pk}", AUTUMN | terms)

    assert "Feltene er fylt ut fra Høstrunden 2026" in page
    for value in ('value="15.10.2027"', 'value="50"', 'value="2"', "Vi støtter."):
        assert value in page, value
    new = Soknadsrunde.objects.get(year=2027)
    assert (new.permanent_only, new.least_position, new.least_years) == (True, 50, 2)
    assert (new.may_complain, new.complaint_weeks) == (True, 4)
    assert new.utlysninger.get().title == utlysning.title
    assert new.kriterier.get().texts == ["a", "b"]
    assert new.enhetsrammer.get().frame == 50_000
    copied = queries.in_runde(new)
    assert set(copied) == {"leave", "tuition", "books", "substitute"}
    assert copied["books"].share == 75, "the version in use when the new round opens"
    assert queries.in_runde(runde)["books"].share == 50
    assert as_user(frida).get("/runder/ny/?fra=999999").status_code == 404


def test_m12_the_first_round_begins_with_the_schemes_in_use(active, frida):
    make_ordning(kind="tuition", name="Studieavgift")
    make_ordning(kind="books", name="Bøker", is_active=False)

    made = runder.prepare(
        by=frida, year=2027, opens=date(2027, 9, 1), deadline=date(2027, 10, 15),
        leader_deadline=date(2027, 10, 22), meeting_on=date(2027, 10, 28),
        answer_by=date(2027, 11, 5), accept_by=date(2027, 11, 20), budget=1,
    )  # fmt: skip

    assert list(queries.in_runde(made)) == ["tuition"]


def test_m12_criteria_have_as_many_points_as_texts(runde, frida, kari, as_user):
    url = f"/runder/{runde.pk}/kriterier/"
    rows = {"rad-TOTAL_FORMS": 1, "rad-INITIAL_FORMS": 0, "rad-0-name": "Behov"}
    texts = {f"rad-0-text_{points}": f"Betydning {points}" for points in range(6)}
    as_user(frida).post(url, rows | texts | {"rad-0-weight": "2"})
    kriterium = Kriterium.objects.get()
    Soknadsrunde.objects.update(status="prioritising")
    soknad = make_sak(kari, runde)

    page = as_user(frida).get(f"/prioritering/{runde.pk}/sak/{soknad.pk}/").content.decode()

    assert kriterium.most == 5
    assert "5 – Betydning 5" in page
    kriterium.texts = ["Nei", "Ja"]
    kriterium.save()
    page = as_user(frida).get(f"/prioritering/{runde.pk}/sak/{soknad.pk}/").content.decode()
    assert "1 – Ja" in page
    assert 'value="2"' not in page.split("1 – Ja")[1][:400]
