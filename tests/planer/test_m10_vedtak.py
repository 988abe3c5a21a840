"""Plans are drafted, heard, adopted and frozen, and read by anyone without persons."""

from datetime import date, datetime, timedelta

import pytest

from kompetanse import clock, pdf
from kompetanse.errors import DomainError
from kompetanse.kommuner import once
from planer.actions import horing, opplaringsplan
from planer.models import Horing, Horingssvar, Offentligplan, Opplaringsplan
from planer.queries import opplaringsplan as queries
from tests.conftest import forget_cached
from tests.planer.conftest import cells, discussed, hearing_answers, make_tiltak, pdf_text, plain

S = Opplaringsplan.Status
TODAY = date(2026, 9, 1)


def html_of(response) -> str:
    return plain(response.content.decode())


def adopted(**answers):
    return {
        "engangsnokkel": once.new_token(), "body": "Ledergruppen", "on": "01.09.2026",
        "case_number": "26/1",
    } | answers  # fmt: skip


def adopt(plan, by) -> Opplaringsplan:
    return opplaringsplan.adopt(plan, body="Ledergruppen", on=TODAY, case_number="26/1", by=by)


@pytest.fixture(autouse=True)
def discussed_year(active) -> None:
    """The year's plans have been discussed with the unions."""
    discussed(Opplaringsplan(year=2027))


@pytest.fixture
def joint(september, frida) -> Opplaringsplan:
    make_tiltak("Sårstell", participants=12, responsible="Leder", belop={"fee": 12_000})
    return opplaringsplan.begin(year=2027, enhet=None, by=frida)


def test_m10_the_joint_plan_is_heard_answered_adopted_and_frozen(
    as_user, frida, turid, liv, kari, joint
) -> None:
    advisor = as_user(frida)
    page = f"/opplaringsplan/utgaver/{joint.pk}/"
    assert as_user(kari).get(page).status_code == 404
    advisor.post(f"{page}horing/", hearing_answers("10.09.2026", text="Er det nok?"))
    heard = Horing.objects.get()
    for person, text in ((turid, "Fagforbundet støtter planen."), (liv, "Vi mangler vikarer.")):
        answers = {"engangsnokkel": once.new_token(), "text": text}
        as_user(person).post(f"/horing/{heard.pk}/", answers)
    early = advisor.post(f"{page}vedta/", adopted())
    with clock.frozen(datetime(2026, 9, 11, 9, 0, tzinfo=clock.OSLO)):
        late = as_user(turid).post(
            f"/horing/{heard.pk}/", {"engangsnokkel": once.new_token(), "text": "For sent"}
        )
        advisor.post(f"{page}vedta/", adopted())

    joint.refresh_from_db()
    assert (early.status_code, late.status_code) == (409, 409)
    assert joint.status == S.ADOPTED
    told = html_of(as_user(kari).get(f"/horing/{heard.pk}/"))
    for words in ("Fagforbundet støtter planen.", "Vi mangler vikarer.", "Er det nok?"):
        assert words in told
    assert "For sent" not in told
    assert Horingssvar.objects.get(by=turid).capacity == "Tillitsvalgt"
    frozen = html_of(as_user(kari).get(page))
    assert "Vedtatt av Ledergruppen 1. september 2026, sak 26/1." in frozen


def test_m10_a_later_change_does_not_touch_the_adopted_plan_and_is_told(
    as_user, frida, joint
) -> None:
    tiltak = make_tiltak("Går ut", belop={"fee": 500})
    plan = adopt(joint, frida)
    page, browser = f"/opplaringsplan/utgaver/{plan.pk}/", as_user(frida)
    before = [pdf_text(browser.get(f"{page}pdf/")), cells(browser.get(f"{page}regneark/"))]

    type(tiltak).objects.filter(theme="Sårstell").update(responsible="En annen")
    tiltak.delete()
    make_tiltak("Nytt")

    after = [pdf_text(browser.get(f"{page}pdf/")), cells(browser.get(f"{page}regneark/"))]
    assert after == before
    html = html_of(browser.get(page))
    assert "Endret etter vedtaket" in html
    assert "Endret: ansvarlig" in html
    assert queries.since_adopted(plan).gone[0].theme == "Går ut"
    assert [line.theme for line in queries.since_adopted(plan).new] == ["Nytt"]


def test_m10_the_adopted_plan_has_the_same_sums_on_page_pdf_and_spreadsheet(
    as_user, frida, joint
) -> None:
    plan = adopt(joint, frida)
    page, browser = f"/opplaringsplan/utgaver/{plan.pk}/", as_user(frida)

    html, text = html_of(browser.get(page)), pdf_text(browser.get(f"{page}pdf/"))
    rows = cells(browser.get(f"{page}regneark/"))

    assert queries.edition(plan).plan.cost == 12_000
    assert "12 000 kr" in html
    assert "12 000 kr" in text
    heading = next(row for row in rows if "Kostnad" in row or "Sum kostnad" in row)
    sums = next(row for row in rows if row[0] == "Sum")
    assert sums[heading.index("Sum kostnad")] == 12_000


def test_a_new_edition_supersedes_and_the_old_public_page_says_by_what(
    as_user, frida, joint
) -> None:
    first = adopt(joint, frida)
    with pytest.raises(DomainError):
        opplaringsplan.begin(year=2027, enhet=None, by=frida) and opplaringsplan.begin(
            year=2027, enhet=None, by=frida
        )
    second = adopt(Opplaringsplan.objects.get(status=S.DRAFT), frida)

    first.refresh_from_db()
    assert (first.status, second.status, second.earlier) == (S.SUPERSEDED, S.ADOPTED, first)
    old = Offentligplan.objects.get(opplaringsplan=first)
    html = html_of(as_user(None).get(f"/vedtatte-planer/{old.pk}/"))
    assert "Planen er erstattet av en ny utgave" in html


def test_a_leader_adopts_the_own_units_plan_and_no_other(
    as_user, vidar, hjemmetjenesten, sykehjemmet, september
) -> None:
    make_tiltak("Vårt", enhet=hjemmetjenesten)
    leader = as_user(vidar)

    own = leader.post("/opplaringsplan/2027/utgaver/ny/", {"enhet": hjemmetjenesten.pk})
    other = leader.post("/opplaringsplan/2027/utgaver/ny/", {"enhet": sykehjemmet.pk})
    common = leader.post("/opplaringsplan/2027/utgaver/ny/")
    leader.post(f"{own.url.removeprefix('/fjordvik')}vedta/", adopted())

    assert (other.status_code, common.status_code) == (403, 403)
    assert Opplaringsplan.objects.get().status == S.ADOPTED


def test_the_page_of_a_unit_lists_that_units_editions(
    as_user, frida, joint, hjemmetjenesten, sykehjemmet
) -> None:
    units = (hjemmetjenesten, sykehjemmet)
    own, other = (opplaringsplan.begin(year=2027, enhet=unit, by=frida) for unit in units)

    shown = as_user(frida).get(f"/opplaringsplan/2027/?enhet={hjemmetjenesten.pk}").content.decode()

    assert f"/utgaver/{own.pk}/" in shown
    assert f"/utgaver/{other.pk}/" not in shown
    assert f"/utgaver/{joint.pk}/" not in shown


def test_a_plan_without_measures_or_while_it_is_heard_is_not_adopted(
    frida, september, hjemmetjenesten
) -> None:
    empty = opplaringsplan.begin(year=2027, enhet=hjemmetjenesten, by=frida)
    with pytest.raises(DomainError):
        adopt(empty, frida)
    make_tiltak("Nå", enhet=hjemmetjenesten)
    horing.begin(empty, until=TODAY + timedelta(days=3), by=frida)

    with pytest.raises(DomainError):
        adopt(empty, frida)


def test_only_who_speaks_for_a_unit_or_a_union_answers(as_user, frida, kari, joint) -> None:
    heard = horing.begin(joint, until=TODAY, by=frida)
    answers = {"engangsnokkel": once.new_token(), "text": "Meg også"}

    assert as_user(kari).post(f"/horing/{heard.pk}/", answers).status_code == 403
    assert "Ditt svar" not in html_of(as_user(kari).get(f"/horing/{heard.pk}/"))
    assert not Horingssvar.objects.exists()


def test_a_hearing_is_a_duty_until_it_is_answered(as_user, frida, turid, joint) -> None:
    heard = horing.begin(joint, until=TODAY, by=frida)
    duty = "Svar på høringen om felles opplæringsplan 2027"

    assert duty in html_of(as_user(turid).get("/hjem/"))
    horing.answer(heard, text="Ja", by=turid)
    assert duty not in html_of(as_user(turid).get("/hjem/"))


# --- for anyone ---------------------------------------------------------------------------------


def test_the_public_page_and_pdf_have_no_person_and_no_small_group(
    as_user, frida, kari, liv, nord, joint
) -> None:
    make_tiltak("Kurs for Kari Nilsen", enhet=nord, responsible="Liv Berg", belop={"fee": 100},
                participants=8, target_group="Alle")  # fmt: skip
    make_tiltak("Smalt", enhet=nord, participants=3, target_group="De tre på natt")
    make_tiltak("Master", kind="utdanning", origin="soknad:1", participants=1, enhet=nord,
                belop={"fee": 44_444})  # fmt: skip
    plan = adopt(joint, frida)
    page = Offentligplan.objects.get(opplaringsplan=plan)
    stranger = as_user(None)

    html = html_of(stranger.get(f"/vedtatte-planer/{page.pk}/"))
    text = pdf_text(stranger.get(f"/vedtatte-planer/{page.pk}/plan.pdf"))

    for words in ("Sårstell", "12 000 kr", "Kurs for en ansatt", "Leder, Nord", "12 100 kr"):
        assert words in html
        assert words in text
    for words in ("Kari", "Nilsen", "Liv Berg", "De tre på natt", "Master", "44 444"):
        assert words not in html
        assert words not in text
        assert words not in str(page.content)
    assert "Færre enn 5 personer" in text


def test_what_strangers_ask_for_is_printed_once_however_often_they_ask(
    as_user, frida, joint, monkeypatch
) -> None:
    forget_cached()
    make_tiltak("Sårstell")
    adopt(joint, frida)
    page = Offentligplan.objects.get()
    path = f"/vedtatte-planer/{page.pk}/plan.pdf"
    printed, print_it = [], pdf.Printing.make
    monkeypatch.setattr(
        pdf.Printing, "make", lambda self, told=None: printed.append(1) or print_it(self, told)
    )

    answers = [as_user(None).get(path) for _time in range(3)]
    assert len(printed) == 1
    assert len({answer.content for answer in answers}) == 1
    assert answers[2]["Content-Type"] == "application/pdf"

    page.content["blocks"].pop()
    page.save()
    assert as_user(None).get(path).content != answers[0].content, "what is changed is printed anew"


def test_the_public_page_may_be_kept_by_proxies_and_only_adopted_plans_have_one(
    as_user, frida, kari, joint
) -> None:
    stranger = as_user(None)
    assert "Ingen planer er vedtatt her ennå." in html_of(stranger.get("/vedtatte-planer/"))
    plan = adopt(joint, frida)
    address = f"/vedtatte-planer/{Offentligplan.objects.get().pk}/"

    first = stranger.get(address)
    again = stranger.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    logged_in = as_user(kari).get(address)

    assert first["Cache-Control"] == "public, max-age=3600"
    assert not first.cookies
    assert again.status_code == 304
    assert logged_in["Cache-Control"] == "no-store"
    assert str(plan) in html_of(stranger.get("/vedtatte-planer/"))
    assert stranger.get("/vedtatte-planer/999999/").status_code == 404
