"""The figures on applications: page and workbook, over years, with small figures hidden."""

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from kompetanse import clock
from kompetanse.kommuner import files
from kompetanse.kommuner.responses import PDF
from kompetanse.organisasjon.models import Enhet, Rolle
from soknader.models import Soknad, Svarbrev, Tilsagn, Vedtak
from soknader.queries import tall as queries
from soknader.queries.tall import Deling
from soknader.rules.tall import Utfall
from tests.conftest import give, make_ansatt, make_enhet
from tests.soknader.saker import divided, make_runde, make_sak

PAGE = "/tall/"
NBSP = "\N{NO-BREAK SPACE}"
S, Outcome = Soknad.Status, Vedtak.Outcome


@pytest.fixture
def runde(active, october):
    return make_runde()


@pytest.fixture
def leder(kommunen):
    return give(make_ansatt("Karin", "Moen", kommunen), Rolle.Kode.KOMMUNEDIREKTOR, kommunen)


def make_answered(ansatt, runde, outcome=Outcome.GRANTED, amount=30_000, **fields):
    """An application whose answer was sent; what is granted is half paid."""
    status = fields.pop("status", S.ANSWERED)
    sent_on = fields.pop("sent_on", date(runde.year, 11, 5))
    soknad = make_sak(ansatt, runde, status=status, **fields)
    gives = outcome in {Outcome.GRANTED, Outcome.PARTLY}
    vedtak = Vedtak.objects.create(
        soknad=soknad, outcome=outcome, status=Vedtak.Status.DECIDED,
        decided_at=clock.now(), decided_by=ansatt, reason="Rammen er brukt",
        **(divided(soknad, amount) if gives else {}),
    )  # fmt: skip
    fil = files.store(b"%PDF-1.7", name="brev.pdf", content_type=PDF)
    sent_at = datetime(sent_on.year, sent_on.month, sent_on.day, 12, tzinfo=clock.OSLO)
    Svarbrev.objects.create(vedtak=vedtak, fil=fil, heading="Svar", sent_at=sent_at)
    if gives:
        Tilsagn.objects.create(soknad=soknad, kind="tuition", amount=amount, paid=amount // 2)
    return soknad


def make_many(number, enhet, runde, outcome=Outcome.GRANTED, **fields):
    return [
        make_answered(make_ansatt("Anne", f"Lie{runde.year}{enhet.pk}{outcome}{n}", enhet), runde, outcome, **fields)  # noqa: E501
        for n in range(number)
    ]  # fmt: skip


def of(tall, label):
    return next(row for row in tall.groups if row.label == label)


def test_the_page_counts_what_is_applied_for_granted_and_paid(
    runde, leder, nord, kommunen, as_user
):
    make_many(6, nord, runde)
    oppvekst = make_enhet("Oppvekst", Enhet.Kind.SEKTOR, kommunen)
    make_many(5, oppvekst, runde, Outcome.REFUSED)

    page = as_user(leder).get(PAGE)

    (year,) = page.context["years"]
    assert (year.label, year.applied, year.asked, year.granted, year.paid) == (
        "2026", "11", f"330{NBSP}000{NBSP}kr", f"180{NBSP}000{NBSP}kr", f"90{NBSP}000{NBSP}kr",
    )  # fmt: skip
    counts = dict(year.counts)
    assert (counts["Innvilget"], counts["Avslag"], counts["Venteliste"]) == ("6", "5", "0")
    assert year.days == "21"
    text = page.content.decode()
    assert f"100{NBSP}% svart innen datoen i runden" in text
    assert "Andel av svarene i 2026 som ga støtte" in text
    assert "Vis som tabell" in text


def test_the_years_stand_side_by_side_and_one_is_shared_out(runde, leder, nord, as_user):
    last_year = make_runde(
        year=2025, opens=date(2025, 9, 1), deadline=date(2025, 10, 15),
        leader_deadline=date(2025, 10, 22), meeting_on=date(2025, 10, 28),
        answer_by=date(2025, 11, 5), accept_by=date(2025, 11, 20),
    )  # fmt: skip
    make_many(5, nord, runde)
    make_many(7, nord, last_year, sent_on=date(2025, 11, 9))

    page = as_user(leder).get(PAGE, {"ar": "2025", "etter": "kategori"})

    assert [(row.label, row.applied) for row in page.context["years"]] == [
        ("2026", "5"), ("2025", "7"),
    ]  # fmt: skip
    assert [row.in_time for row in page.context["years"]] == [f"100{NBSP}%", f"0{NBSP}%"]
    assert page.context["total"].applied == "7"
    assert "Søknader i 2025 etter stillingskategori" in page.content.decode()


def test_an_answer_counts_when_it_is_sent_and_not_when_it_is_decided(runde, leder, nord):
    make_many(5, nord, runde)
    for n in range(5):
        soknad = make_sak(make_ansatt("Bo", f"Dahl{n}", nord), runde, status=S.DECIDED)
        Vedtak.objects.create(
            soknad=soknad, outcome=Outcome.REFUSED, reason="Nei", status=Vedtak.Status.DECIDED,
            decided_at=clock.now(), decided_by=leder,
        )  # fmt: skip

    year = queries.figures(leder).years[0]

    assert year.outcomes[Utfall.REFUSED] == 0
    assert year.outcomes[Utfall.PENDING] == 5


def test_one_who_said_no_is_not_among_the_granted(runde, leder, nord):
    make_many(5, nord, runde)
    make_many(5, nord, runde, Outcome.PARTLY, amount=20_000, status=S.DECLINED)

    year = queries.figures(leder).years[0]

    assert (year.outcomes[Utfall.PARTLY], year.outcomes[Utfall.DECLINED]) == (0, 5)
    assert year.granted == 150_000
    assert year.share == 100


def test_fewer_than_five_are_hidden_with_the_neighbour_that_tells(runde, leder, nord, as_user):
    make_many(8, nord, runde)
    make_many(6, nord, runde, Outcome.REFUSED)
    make_many(2, nord, runde, Outcome.WAITING)

    page = as_user(leder).get(PAGE)

    counts = dict(page.context["years"][0].counts)
    assert (counts["Venteliste"], counts["Avslag"], counts["Innvilget"]) == ("–", "–", "8")


def test_two_applications_of_one_person_count_as_one_person(runde, leder, nord):
    make_many(5, nord, runde)
    kari = make_ansatt("Kari", "Nes", nord)
    for _ in range(6):
        make_answered(kari, runde, Outcome.WAITING)

    year = queries.figures(leder).years[0]

    assert year.applied == 11
    assert year.outcomes[Utfall.WAITING] is None


def test_small_sectors_are_one_and_their_money_is_theirs_alone(runde, leder, nord, kommunen):
    oppvekst = make_enhet("Oppvekst", Enhet.Kind.SEKTOR, kommunen)
    kultur = make_enhet("Kultur", Enhet.Kind.SEKTOR, kommunen)
    make_many(9, nord, runde)
    make_many(3, oppvekst, runde)
    make_many(4, kultur, runde)

    tall = queries.figures(leder)

    assert [row.label for row in tall.groups] == ["Helse og sosial", "Andre"]
    assert (of(tall, "Andre").applied, of(tall, "Andre").granted) == (7, 210_000)
    assert tall.total
    assert tall.total.applied == sum(row.applied or 0 for row in tall.groups)


def test_money_that_few_share_is_hidden_also_from_the_sum(runde, leder, nord, kommunen):
    oppvekst = make_enhet("Oppvekst", Enhet.Kind.SEKTOR, kommunen)
    kultur = make_enhet("Kultur", Enhet.Kind.SEKTOR, kommunen)
    make_many(9, nord, runde)
    make_many(2, oppvekst, runde)
    make_many(6, oppvekst, runde, Outcome.REFUSED)
    make_many(7, kultur, runde)

    tall = queries.figures(leder)

    hidden = [row.label for row in tall.groups if row.granted is None]
    assert "Oppvekst" in hidden
    assert len(hidden) > 1
    assert all(row.paid is None for row in tall.groups if row.granted is None)


def test_the_sum_hides_what_the_year_hides_so_that_neither_table_tells_of_the_other(
    runde, leder, nord, kommunen
):
    oppvekst = make_enhet("Oppvekst", Enhet.Kind.SEKTOR, kommunen)
    make_many(9, nord, runde)
    make_many(6, nord, runde, Outcome.REFUSED)
    make_many(2, nord, runde, Outcome.WAITING)
    make_many(8, oppvekst, runde)
    make_many(5, oppvekst, runde, Outcome.REFUSED)

    tall = queries.figures(leder)

    assert tall.total
    assert tall.total.outcomes == tall.years[0].outcomes
    assert (tall.total.granted, tall.total.paid) == (tall.years[0].granted, tall.years[0].paid)
    assert tall.total.outcomes[Utfall.REFUSED] is None
    assert any(row.outcomes[Utfall.REFUSED] is None for row in tall.groups)


def test_a_year_with_fewer_than_five_tells_nothing(runde, leder, nord, as_user):
    make_many(4, nord, runde)

    page = as_user(leder).get(PAGE)

    assert page.context["years"][0].applied == "–"
    assert page.context["groups"] == []
    assert "120" not in page.context["years"][0].asked
    assert "for få søkere dette året" in page.content.decode()


def test_a_leader_sees_figures_on_the_own_people_only(runde, leder, nord, sykehjemmet, vidar):
    make_many(6, nord, runde)
    make_many(5, sykehjemmet, runde)

    assert queries.figures(leder).years[0].applied == 11
    assert queries.figures(vidar).years[0].applied == 6


def test_the_workbook_says_what_the_page_says(runde, leder, nord, sykehjemmet, as_user):
    make_many(6, nord, runde)
    make_many(5, sykehjemmet, runde, Outcome.WAITING)
    make_many(1, sykehjemmet, runde, Outcome.REFUSED)
    browser = as_user(leder)

    page = browser.get(PAGE)
    answer = browser.get("/tall/tall.xlsx")

    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["År for år", "Sektor 2026"]
    lines = [row for row in book["År for år"].iter_rows(values_only=True) if str(row[0]) == "2026"]
    shown = page.context["years"][0]
    told = ["–" if cell == "skjult" else str(cell) for cell in lines[0][1:9]]
    assert told == [shown.applied, *dict(shown.counts).values()]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_however_many_apply(
    runde, leder, nord, kommunen, as_user, queries_of, rows
):
    for n in range(rows):
        sektor = make_enhet(f"Sektor {n}", Enhet.Kind.SEKTOR, kommunen)
        make_many(1, sektor, runde)

    assert queries_of(as_user(leder), PAGE) == 6


def test_an_employee_has_no_figures(runde, kari, as_user):
    assert as_user(kari).get(PAGE).status_code == 403


@pytest.mark.parametrize("query", ["ar=1999", "ar=abc", "etter=navn", "ar=²"])
def test_an_address_that_cannot_be_gives_the_newest_year(runde, leder, nord, as_user, query):
    make_many(5, nord, runde)

    page = as_user(leder).get(f"{PAGE}?{query}")

    assert page.status_code == 200
    assert (page.context["tall"].year, page.context["tall"].deling) == (2026, Deling.SEKTOR)
