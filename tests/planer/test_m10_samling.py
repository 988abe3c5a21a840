"""M10: units send in, the advisor sees what several need and makes it one, and undoes it."""

from datetime import date, datetime

import pytest

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import once
from kompetanse.organisasjon.models import Kompetanse
from planer.actions import arshjul, opplaring, samling
from planer.models import Planinnlevering, Tiltak
from planer.queries import opplaring as plans
from planer.queries import samling as queries
from planer.queries.opplaring import Filters
from tests.planer.conftest import cells, make_tiltak, plain

DECEMBER = datetime(2026, 12, 10, 9, 0, tzinfo=clock.OSLO)


def html_of(response) -> str:
    return plain(response.content.decode())


@pytest.fixture
def three(nord, sykehjemmet, hjemmetjenesten) -> list[Tiltak]:
    """The same need in three units, and something that is one unit's own."""
    skill = Kompetanse.objects.create(name="Forflytning")
    rows = [
        make_tiltak("Forflytning", enhet=nord, participants=4, belop={"fee": 1_000, "own": 500}),
        make_tiltak("forflytning ", enhet=sykehjemmet, participants=6, belop={"fee": 2_000}),
        make_tiltak("Løft", enhet=hjemmetjenesten, participants=3, belop={"travel": 300}),
    ]
    for row, level in zip(rows, (2, None, 3), strict=True):
        row.kompetanser.create(kompetanse=skill, level=level)
    make_tiltak("Eget", enhet=nord, belop={"fee": 70})
    return rows


def test_m10_a_unit_sends_in_and_the_advisor_sees_who_has_not(
    as_user, vidar, frida, hjemmetjenesten, sykehjemmet
) -> None:
    answers = {
        "engangsnokkel": once.new_token(), "enhet": hjemmetjenesten.pk, "note": "Uke 41 er full",
    }  # fmt: skip

    as_user(vidar).post("/opplaringsplan/2027/innlevering/", answers)

    row = Planinnlevering.objects.get()
    assert (row.enhet, row.year, row.by) == (hjemmetjenesten, 2027, vidar)
    html = html_of(as_user(frida).get("/opplaringsplan/2027/samling/"))
    assert "Uke 41 er full" in html
    assert html.count("Ikke ennå") == 1


def test_m10_nobody_sends_in_for_a_unit_that_is_not_theirs(
    as_user, vidar, kari, sykehjemmet
) -> None:
    answers = {"engangsnokkel": once.new_token(), "enhet": sykehjemmet.pk}

    refused = as_user(vidar).post("/opplaringsplan/2027/innlevering/", answers)

    assert refused.status_code == 422
    assert as_user(kari).get("/opplaringsplan/2027/innlevering/").status_code == 403
    assert as_user(vidar).get("/opplaringsplan/2027/samling/").status_code == 403
    assert not Planinnlevering.objects.exists()


def test_m10_what_several_need_is_made_one_with_the_sums_kept(as_user, frida, three, nord) -> None:
    before = plans.joint_plan(2027)
    browser, path = as_user(frida), "/opplaringsplan/2027/samling/"
    offered = html_of(browser.get(path))
    answers = {
        "engangsnokkel": once.new_token(), "tiltak": [row.pk for row in three],
        "theme": "Forflytning for alle",
    }  # fmt: skip

    first = browser.post(path, answers)
    second = browser.post(path, answers)

    assert "Forflytning" in offered
    assert first.url == second.url
    common = Tiltak.objects.get(theme="Forflytning for alle")
    after = plans.joint_plan(2027)
    assert sorted(line.theme for line in after.lines) == ["Eget", "Forflytning for alle"]
    assert (after.cost, after.financing) == (before.cost, before.financing)
    assert after.participants == before.participants
    assert list(common.kompetanser.values_list("level", flat=True)) == [3]
    assert {row.merged_into_id for row in Tiltak.objects.filter(pk__in=[t.pk for t in three])} == {
        common.pk
    }
    rows = cells(browser.get("/opplaringsplan/2027/felles/regneark/"))
    heading = next(row for row in rows if "Sum kostnad" in row)
    sums = next(row for row in rows if row[0] == "Sum")
    assert sums[heading.index("Sum kostnad")] == before.cost
    own = plans.training_plan(2027, filters=Filters(enhet=nord))
    assert [(line.theme, line.into) for line in own.lines] == [
        ("Forflytning", "Forflytning for alle"),
        ("Eget", ""),
    ]


def test_m10_what_is_merged_is_changed_in_the_common_measure_only(
    as_user, frida, three, nord
) -> None:
    common = samling.merge(three, theme="Felles", by=frida)

    with pytest.raises(DomainError):
        opplaring.move(three[0], status=Tiltak.Status.ONGOING, by=frida)
    opplaring.move(common, status=Tiltak.Status.ONGOING, by=frida)

    own = plans.training_plan(2027, filters=Filters(enhet=nord))
    assert own.lines[0].status == Tiltak.Status.ONGOING
    with pytest.raises(DomainError):
        samling.merge(three, theme="En gang til", by=frida)


def test_m10_it_is_undone_and_the_units_have_their_own_again(as_user, frida, three) -> None:
    before = plans.joint_plan(2027)
    common = samling.merge(three, theme="Felles", by=frida)

    as_user(frida).post(f"/opplaringsplan/tiltak/{common.pk}/del/")

    after = plans.joint_plan(2027)
    told = [(line.theme, line.cost, line.participants) for line in after.lines]
    assert told == [(line.theme, line.cost, line.participants) for line in before.lines]
    assert not Tiltak.objects.filter(pk=common.pk).exists()


def test_m10_one_alone_or_one_that_is_not_there_cannot_be_merged(as_user, frida, three) -> None:
    path = "/opplaringsplan/2027/samling/"
    one = {"engangsnokkel": once.new_token(), "tiltak": [three[0].pk], "theme": "Felles"}
    none = {"engangsnokkel": once.new_token(), "theme": "Felles"}

    assert as_user(frida).post(path, one).status_code == 409
    assert as_user(frida).post(path, none).status_code == 422
    assert queries.joined(2027) == []


def test_m10_leaders_and_advisor_have_it_as_a_duty_until_15_january(
    as_user, vidar, frida, kari, hjemmetjenesten
) -> None:
    with clock.frozen(DECEMBER):
        arshjul.set_activity(
            "tilskuddssoknad", 2027, title="Søknad", text="", starts=DECEMBER.date(),
            ends=date(2027, 1, 15), is_meeting=False, roles=["fagradgiver"], by=frida,
        )  # fmt: skip
        duty = "Send inn tiltakene til felles opplæringsplan 2027"
        leader, advisor = as_user(vidar), as_user(frida)

        assert duty in html_of(leader.get("/hjem/"))
        assert "Samle felles opplæringsplan 2027 og få den vedtatt" in html_of(
            advisor.get("/hjem/")
        )
        assert duty not in html_of(as_user(kari).get("/hjem/"))
        samling.submit(year=2027, enhet=hjemmetjenesten, by=vidar)
        assert duty not in html_of(leader.get("/hjem/"))


def test_m10_a_measure_is_counted_where_it_is_also_when_two_units_have_one_name(
    three, nord, sykehjemmet, hjemmetjenesten
) -> None:
    type(nord).objects.filter(pk__in=(nord.pk, sykehjemmet.pk)).update(name="Nord")

    units = {unit.id: unit.measures for unit in queries.units(2027, plans.joint_plan(2027).lines)}

    assert (units[sykehjemmet.pk], units[hjemmetjenesten.pk]) == (1, 3)


def test_m10_what_is_one_already_is_not_offered_again_and_the_page_asks_little(
    as_user, frida, three, nord, sykehjemmet, queries_of
) -> None:
    samling.merge(list(three), theme="Eget", by=frida)
    browser, path = as_user(frida), "/opplaringsplan/2027/samling/"

    assert "Gjør til ett tiltak" not in html_of(browser.get(path))
    for enhet in (nord, sykehjemmet):
        make_tiltak("Hygiene", enhet=enhet, belop={"fee": 1})
    assert "Gjør til ett tiltak" in html_of(browser.get(path))
    assert queries_of(browser, path) <= 10


def test_m10_competences_that_differ_in_their_parentheses_are_not_alike(nord, sykehjemmet) -> None:
    for name, enhet in (("HLR (barn)", nord), ("HLR (voksne)", sykehjemmet)):
        row = make_tiltak(f"Kurs {name}", enhet=enhet, belop={"fee": 1})
        row.kompetanser.create(kompetanse=Kompetanse.objects.create(name=name), level=None)

    assert queries.alike(plans.joint_plan(2027).lines, common=()) == []
