"""M14, the scheme as data: edited, copied, and never touching what was put forward."""

from datetime import date, datetime

import pytest

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from rapporter.actions import ordning as actions
from rapporter.actions import tilskudd
from rapporter.models import Linjestudie, Tilskuddslinje, Tilskuddsordning
from rapporter.queries import forslag, kalender
from rapporter.queries import tilskudd as queries
from rapporter.queries.linje import lines
from soknader.actions import opplaring
from soknader.models import Soknad
from tests.rapporter.conftest import deliver, make_tiltak, propose
from tests.rapporter.test_m14_fordeling import plain
from tests.rapporter.test_tilskudd import HEAD, again
from tests.soknader.saker import make_draft, make_runde, make_sak

JANUARY = datetime(2027, 1, 8, 9, tzinfo=clock.OSLO)


@pytest.fixture
def january():
    with clock.frozen(JANUARY):
        yield


@pytest.fixture
def soknad(january, ordning, geriatri, veiledning, frida):
    soknad = tilskudd.begin(ordning, by=frida)
    tilskudd.write_head(soknad, version=soknad.version, by=frida, **HEAD)
    tilskudd.take_in(soknad, tiltak=[geriatri.pk, veiledning.pk], by=frida)
    Tilskuddslinje.objects.update(effect="Flere får hjelp tidlig.")
    return again(soknad)


def form_of(ordning, **fields):
    rules = dict.fromkeys(
        ("focus", "own_share", "short_course", "same_cost", "carried_over"), "advice"
    )
    return {
        "version": ordning.version, "name": ordning.name, "county": ordning.county,
        "year": ordning.year, "ready_by": "15.01.2027", "deadline": "16.03.2027",
        "distribute_by": "", "report_by": "01.03.2028", "attested_from": "200 000",
        "may_carry": "on", **{f"regel_{code}": value for code, value in rules.items()}, **fields,
    }  # fmt: skip


def test_m14_a_scheme_is_made_edited_and_copied_in_the_browser(january, ordning, frida, as_user):
    browser = as_user(frida)
    path = f"/tilskudd/ordning/{ordning.pk}/"

    late = browser.post(path, form_of(ordning, ready_by="17.03.2027"))
    assert late.status_code == 422
    assert "Søknaden må være klar før Statsforvalterens frist." in plain(late)
    assert browser.post(path, form_of(ordning, county="Agder")).status_code == 302
    assert browser.post(f"{path}kopier/").status_code == 302

    made = Tilskuddsordning.objects.get(year=2028)
    assert (made.county, made.deadline, made.report_by) == (
        "Agder", date(2028, 3, 16), date(2029, 3, 1),
    )  # fmt: skip
    assert made.columns == ordning.columns
    new = form_of(ordning, name="Kompetansepluss", version="")
    assert browser.post("/tilskudd/ordning/ny/", new).status_code == 302
    same = browser.post("/tilskudd/ordning/ny/", new)
    assert same.status_code == 422
    assert "finnes alt for 2027" in plain(same)


def test_m14_the_columns_are_data_and_the_page_follows_them(soknad, frida, as_user):
    browser, ordning = as_user(frida), soknad.ordning
    path = f"/tilskudd/ordning/{ordning.pk}/tabell/soknad/"
    form = {"version": ordning.version, "plass_amount": "1", "plass_theme": "2",
            "overskrift_amount": "Kronebeløp", "overskrift_theme": ""}  # fmt: skip

    empty = browser.post(path, {"version": ordning.version})
    assert empty.status_code == 422
    assert "Gi minst ett felt en plass." in plain(empty)
    assert browser.post(path, form).status_code == 302
    assert browser.post(path, form).status_code == 409

    document = queries.document(again(soknad), applicant="F")
    assert document.headings == ("Kronebeløp", "Tiltak eller utdanning")
    assert browser.get(f"/tilskudd/ordning/{ordning.pk}/tabell/finnes-ikke/").status_code == 404


def test_m14_a_change_of_the_scheme_never_touches_what_was_sent(soknad, frida, dagny):
    sent = deliver(soknad, by=frida, signer=dagny)
    before = queries.document(again(sent), applicant="F")

    scheme = Tilskuddsordning.objects.get()
    columns = [{"field": "effect", "heading": "Noe helt annet"}]
    actions.arrange(scheme, "columns", columns, version=scheme.version, by=frida)

    assert queries.document(again(sent), applicant="F") == before


@pytest.mark.parametrize(("strictness", "told"), [("off", []), ("advice", [False, False]),
                                                  ("fault", [True, True])])  # fmt: skip
def test_m14_the_scheme_says_how_strictly_a_rule_is_taken(soknad, strictness, told):
    Tilskuddsordning.objects.update(warnings={"own_share": strictness})
    for linje in Tilskuddslinje.objects.all():
        linje.amount, linje.own_share = linje.amount + linje.own_share, 0
        linje.save()

    found = queries.missing(again(soknad), lines(again(soknad)))

    assert [each.is_fault for each in found if "egenandel" in each.text] == told


def test_m14_the_same_measure_in_two_schemes_is_warned_of(soknad, geriatri, frida):
    other = Tilskuddsordning.objects.create(
        year=2027, name="Lønnstilskudd", county="F", ready_by=date(2027, 5, 1),
        deadline=date(2027, 6, 1),
    )  # fmt: skip
    second = tilskudd.begin(other, by=frida)
    tilskudd.take_in(second, tiltak=[geriatri.pk], by=frida)

    found = [each.text for each in queries.missing(soknad, lines(soknad))]

    assert [text for text in found if "«Lønnstilskudd»" in text]


def test_m14_what_is_put_forward_needs_the_signer_and_no_one_else(soknad, frida, stein, as_user):
    propose(soknad, by=frida)
    version = {"versjon": again(soknad).version}

    for person in (frida, stein):
        answer = as_user(person).post(f"/tilskudd/{soknad.pk}/godkjenn/", version)
        assert answer.status_code == 403
    with pytest.raises(DomainError):
        tilskudd.write_head(soknad, version=again(soknad).version, by=frida, purpose="x")


def test_a_stale_scheme_is_refused(january, ordning, frida):
    with pytest.raises(StaleError):
        actions.write(ordning, {"name": "x", "year": 2027}, version=99, by=frida)


# --- what falls in the year


@pytest.mark.parametrize(
    ("starts", "ends", "weights"),
    [
        (date(2027, 8, 15), date(2028, 6, 15), {2027: 1, 2028: 1}),
        (date(2027, 1, 10), date(2027, 12, 10), {2027: 2}),
        (date(2026, 8, 15), date(2029, 6, 15), {2026: 1, 2027: 2, 2028: 2, 2029: 1}),
    ],
)
def test_credits_follow_the_terms_of_the_education(starts, ends, weights):
    assert kalender.terms_by_year(starts, ends) == weights


@pytest.mark.parametrize("whole", [0, 1, 7, 60, 9_500, 99_999])
def test_the_parts_of_the_years_always_add_up(whole):
    parts = kalender.split(whole, {2026: 1, 2027: 2, 2028: 2, 2029: 1})

    assert sum(parts.values()) == whole
    assert parts[2027] >= parts[2026]


@pytest.fixture
def studies(january, ordning, kari, ola, frida, nord):
    """Two at the same study from autumn 2027, 30 credits and 9 501 kr each over two years."""
    runde = make_runde()
    for ansatt, starts in ((kari, date(2027, 8, 15)), (ola, date(2026, 8, 15))):
        ends = date(starts.year + 1, 6, 15)
        soknad = make_sak(
            ansatt, runde, status=Soknad.Status.ACCEPTED, study="Videreutdanning i geriatri",
            institution="Høgskolen", credits=30, starts=starts, ends=ends, tuition=9_501,
            books=0,
        )  # fmt: skip
        vedtak = make_draft(soknad, status="decided", decided_at=JANUARY, decided_by=frida)
        opplaring.plan(vedtak, by=frida)
    return tilskudd.begin(ordning, by=frida)


def test_m14_granted_education_is_proposed_split_by_calendar_year(studies, frida):
    found = [each for each in forslag.proposals(studies) if each.studies]

    assert len(found) == 1
    assert (found[0].new, found[0].continuing) == (1, 1)
    assert (found[0].all_credits, found[0].credits) == (60, 30)
    # 4 751 of the one that begins, 4 750 of the one that goes on.
    assert found[0].cost == 9_501


def test_m14_a_line_of_education_keeps_who_studies_out_of_sight(studies, frida, as_user):
    lead = forslag.proposals(studies)[0].tiltak
    form = {"tiltak": [lead.pk], "own_percent": "20"}

    assert as_user(frida).post(f"/tilskudd/{studies.pk}/tiltak/", form).status_code == 302

    linje = Tilskuddslinje.objects.get()
    assert (linje.own_share, linje.amount) == (1_900, 7_601)
    assert (linje.credits, linje.new_participants, linje.continuing) == (30, 1, 1)
    assert Linjestudie.objects.filter(linje=linje).count() == 2
    assert [each for each in forslag.proposals(studies) if each.studies] == []
    page = plain(as_user(frida).get(f"/tilskudd/{studies.pk}/"))
    assert "Kari" not in page


def test_credits_of_the_year_are_counted_when_the_field_is_left_open(
    january, ordning, fokus, frida, as_user
):
    soknad = tilskudd.begin(ordning, by=frida)
    tilskudd.take_in(soknad, tiltak=[make_tiltak("Master", fokus, fee=1_000).pk], by=frida)
    linje = Tilskuddslinje.objects.get()
    form = {
        "version": again(soknad).version, "area": "competence", "starts": "15.08.2026",
        "ends": "15.06.2029", "all_credits": "120", "credits": "", "amount": "1 000",
    }  # fmt: skip

    answer = as_user(frida).post(f"/tilskudd/{soknad.pk}/linje/{linje.pk}/", form)

    assert answer.status_code == 302
    assert Tilskuddslinje.objects.get().credits == 40
