"""M14, March: goals, årsverk, texts and accounts; approved, frozen, in the county's workbook."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.organisasjon.models import Stilling, Stillingskategori
from kompetanse.varsler.models import Varsel
from kompetanse.varsler.oppgaver import waiting_for
from planer.models import Evaluering, Tiltak
from rapporter.actions import forbruk, innsending
from rapporter.actions import rapport as actions
from rapporter.models import (
    Linjestudie,
    Rapportlinje,
    Svarlinje,
    Tilskuddsordning,
    Tilskuddsrapport,
    Tilskuddssoknad,
    Tilskuddssvar,
)
from rapporter.queries import arsverk, dokumenter, forslag
from rapporter.queries import rapport as queries
from rapporter.tasks import freeze_report
from soknader.models import Framdrift, Soknad
from tests.kommuner.test_turns import reading
from tests.rapporter.conftest import approve, deliver, fresh, make_answer, propose
from tests.rapporter.test_m14_forbruk import PDF, entry, line
from tests.rapporter.test_m14_fordeling import plain
from tests.rapporter.test_tilskudd import pdf_text
from tests.soknader.saker import make_runde, make_sak

FEBRUARY = datetime(2028, 2, 10, 9, tzinfo=clock.OSLO)
HEADINGS = ["Tiltak", "Planlagt", "Startet", "Fullført", "Avbrutt", "Årsak"]


@pytest.fixture
def february():
    with clock.frozen(FEBRUARY):
        yield


@pytest.fixture
def svar(february, ordning, geriatri, veiledning, frida):
    """196 000 + 4 000 = exactly 200 000 kr: 1. veiledning, 2. geriatri."""
    Tilskuddsordning.objects.update(
        report_by=date(2028, 3, 1),
        goal_columns=[
            {"field": field, "heading": heading}
            for field, heading in zip(
                ("theme", "planned", "started", "completed", "broken_off", "broken_off_because"),
                HEADINGS,
                strict=True,
            )
        ],
    )
    return make_answer(ordning, {veiledning: 4_000, geriatri: 196_000}, by=frida)


@pytest.fixture
def rapport(svar, frida):
    return actions.begin(svar, by=frida)


def study(svar, ansatt, runde, geriatri, *, kind=None, ended=None, text=""):
    """Give someone an accepted study on the line of geriatri, and its last report."""
    soknad = make_sak(ansatt, runde, status=Soknad.Status.ACCEPTED)
    Soknad.objects.filter(pk=soknad.pk).update(starts=date(2027, 1, 10), ends=date(2027, 12, 10))
    linje = line(svar, "Vid").linje
    Linjestudie.objects.create(linje=linje, soknad=soknad, tiltak=geriatri)
    if kind:
        Framdrift.objects.create(
            soknad=soknad, term=date(2027, 12, 31), kind=kind, ended_on=ended, text=text
        )


def begun(scheme, year):
    """An application to the same scheme another year."""
    changed = {"pk": None, "year": year}
    fields = {field.attname: getattr(scheme, field.attname) for field in scheme._meta.fields}
    return Tilskuddssoknad(ordning=Tilskuddsordning(**fields | changed))


def complete(rapport, by):
    """Write what must be there."""
    actions.write_texts(
        rapport, {"competence": "Målene er nådd."}, version=fresh(rapport).version, by=by
    )
    return fresh(rapport)


def test_m14_goals_are_counted_from_the_educations(
    svar, rapport, geriatri, kari, ola, liv, siri, frida
):
    runde = make_runde()
    study(svar, kari, runde, geriatri, kind="completed", ended=date(2027, 12, 10))
    study(svar, ola, runde, geriatri, kind="broken_off", ended=date(2027, 6, 1), text="Privat")
    study(svar, liv, runde, geriatri)
    study(svar, siri, runde, geriatri, kind="completed", ended=date(2028, 1, 20))

    goal = next(row for row in queries.rows(rapport) if row.spent.priority == 2).goal

    assert (goal.planned, goal.started, goal.in_education) == (2, 4, 2)
    assert (goal.completed, goal.broken_off) == (1, 1)


def test_m14_a_correction_has_a_reason_and_stands_beside_what_was_counted(
    svar, rapport, frida, as_user
):
    path = f"/tilskudd/{svar.soknad_id}/rapport/linje/{line(svar, 'Vid').pk}/"
    form = {
        "version": fresh(rapport).version, "planned": "2", "started": "3", "in_education": "0",
        "completed": "3", "broken_off": "0", "comment": "Nådd", "carry_over": "",
    }  # fmt: skip
    browser = as_user(frida)

    without = browser.post(path, form)
    assert without.status_code == 422
    assert "Skriv hvorfor du retter tallene." in plain(without)
    assert browser.post(path, form | {"reason": "En hospiterte."}).status_code == 302

    written = Rapportlinje.objects.get()
    assert (written.planned, written.started, written.completed) == (None, 3, 3)
    page = plain(browser.get(f"/tilskudd/{svar.soknad_id}/rapport/"))
    assert "3 av 2 fullført" in page
    assert "Rettet" in page


def test_what_those_who_broke_off_wrote_is_for_the_advisor_alone(
    svar, rapport, geriatri, kari, frida, dagny, as_user
):
    study(
        svar, kari, make_runde(), geriatri, kind="broken_off", ended=date(2027, 6, 1),
        text="Sykdom hjemme",
    )  # fmt: skip
    path = f"/tilskudd/{svar.soknad_id}/rapport/"

    assert "Sykdom hjemme" in plain(as_user(frida).get(f"{path}linje/{line(svar, 'Vid').pk}/"))
    assert "Sykdom hjemme" not in plain(as_user(frida).get(path))
    assert as_user(dagny).get(f"{path}linje/{line(svar, 'Vid').pk}/").status_code == 403


def test_m14_arsverk_by_education_group_at_both_ends_of_the_year(active, kari, ola, nord):
    Stillingskategori.objects.update(group="sykepleier")
    assistant = Stillingskategori.objects.create(name="Assistent", group="assistent")
    Stilling.objects.filter(ansatt=kari).update(percentage=50, starts=date(2027, 6, 1))
    Stilling.objects.create(
        ansatt=ola, enhet=nord, kategori=assistant, percentage=25, ends=date(2027, 3, 1)
    )

    with clock.frozen(FEBRUARY):
        found = {each.group: each for each in arsverk.development(2027, on=clock.today())}

    nurses, helpers = found["Høgskole og universitet, minst tre år"], found["Uten fagutdanning"]
    assert nurses.change == 0.5
    assert (helpers.before, helpers.after, helpers.change) == (0.2, 0.0, -0.2)


def test_m14_texts_are_drafted_from_the_evaluations_and_never_overwritten(
    svar, rapport, geriatri, frida, as_user
):
    Tiltak.objects.filter(pk=geriatri.pk).update(evaluation="Gikk bedre enn planlagt.")
    Evaluering.objects.create(
        year=2027, kind="arlig", held_on=date(2027, 12, 1), status="done", goals_met="Fire av fem."
    )
    browser = as_user(frida)
    path = f"/tilskudd/{svar.soknad_id}/rapport/tekst/"

    browser.post(f"{path}utkast/", {"versjon": fresh(rapport).version})
    drafted = fresh(rapport).texts["competence"]
    actions.write_texts(
        rapport, {"competence": "Min egen"}, version=fresh(rapport).version, by=frida
    )
    browser.post(f"{path}utkast/", {"versjon": fresh(rapport).version})

    assert "Videreutdanning i geriatri: Gikk bedre enn planlagt." in drafted
    assert "Fire av fem." in drafted
    assert fresh(rapport).texts["competence"] == "Min egen"


@pytest.mark.parametrize(
    ("amount", "limit", "is_required"),
    [(199_999, 200_000, False), (200_000, 200_000, True), (200_001, 200_000, True),
     (200_000, 250_000, False)],
)  # fmt: skip
def test_m14_exactly_the_limit_must_be_attested_and_the_limit_is_data(
    svar, amount, limit, is_required
):
    Tilskuddssvar.objects.update(amount=amount)
    Tilskuddsordning.objects.update(attested_from=limit)

    again = Tilskuddssvar.objects.select_related("soknad__ordning").get()

    assert queries.needs_attestation(again) is is_required


def test_m14_only_this_years_money_is_carried_over_and_never_more_than_is_left(
    svar, rapport, frida, as_user
):
    Svarlinje.objects.filter(linje__tiltak__theme__startswith="Vei").update(carried=3_000)
    row = next(each for each in queries.rows(rapport) if each.spent.priority == 1)
    scheme = svar.soknad.ordning
    path = f"/tilskudd/{svar.soknad_id}/rapport/linje/{row.spent.pk}/"
    form = {"version": fresh(rapport).version, "carry_over": "4 001"}

    too_much = as_user(frida).post(path, form)
    assert queries.most_to_carry(row, scheme) == 4_000
    assert too_much.status_code == 422
    assert "høyst søkes om å overføre 4\xa0000\xa0kr" in plain(too_much)
    assert as_user(frida).post(path, form | {"carry_over": "4 000"}).status_code == 302

    row = next(each for each in queries.rows(rapport) if each.spent.priority == 1)
    assert (row.carry_over, row.repaid) == (4_000, 3_000)
    assert [sum(forslag.carry_asked(begun(scheme, year)).values()) for year in (2027, 2028)] == [
        0, 4_000,
    ]  # fmt: skip
    scheme.may_carry = False
    assert queries.most_to_carry(row, scheme) == 0


def test_m14_from_begun_to_sent_in_the_browser(svar, frida, dagny, as_user):
    advisor, signer = as_user(frida), as_user(dagny)
    path = f"/tilskudd/{svar.soknad_id}/rapport/"
    assert "Begynn på rapporten" in plain(advisor.get(path))
    advisor.post(f"{path}start/")
    page = plain(advisor.get(path))
    assert "Skriv teksten om «Kompetansetiltak»." in page
    assert "må revisor attestere" in page
    rapport = complete(Tilskuddsrapport.objects.get(), frida)

    assert advisor.post(f"{path}legg-fram/", {"versjon": rapport.version}).status_code == 302
    assert f"tilskuddsrapport.approve:{svar.soknad_id}" in keys(dagny)
    assert Varsel.objects.filter(kind="tilskuddsrapport.propose", recipient=dagny).exists()
    assert advisor.get(f"{path}tekst/").status_code == 409
    version = {"versjon": fresh(rapport).version}
    assert advisor.post(f"{path}godkjenn/", version).status_code == 403
    assert signer.post(f"{path}godkjenn/", version).status_code == 302
    assert "Godkjent 10. februar 2028 av Dagny Vik, kommunedirektør" in plain(signer.get(path))

    form = {"version": fresh(rapport).version, "case_number": "2028/9"}
    assert advisor.post(f"{path}send/", form).status_code == 409
    attested = {"file": SimpleUploadedFile("revisor.pdf", PDF)}
    assert advisor.post(f"{path}revisor/", attested).status_code == 302
    form["version"] = fresh(rapport).version
    assert advisor.post(f"{path}send/", form).status_code == 302
    assert fresh(rapport).is_sent
    assert signer.get(f"{path}attestasjon/").content == PDF


def keys(person):
    return [each.key for each in waiting_for(person, on=clock.today())]


def test_sent_back_with_a_reason_it_can_be_changed_and_is_approved_anew(
    svar, rapport, frida, dagny, as_user
):
    complete(rapport, frida)
    propose(rapport, by=frida)
    path = f"/tilskudd/{svar.soknad_id}/rapport/"

    form = {"versjon": fresh(rapport).version, "grunn": "Teksten er for kort."}
    assert as_user(dagny).post(f"{path}send-tilbake/", form).status_code == 302

    assert "Teksten er for kort." in plain(as_user(frida).get(path))
    assert (fresh(rapport).status, fresh(rapport).snapshot) == ("draft", None)
    approve(propose(rapport, by=frida), by=dagny)
    innsending.take_back(rapport, version=fresh(rapport).version, by=frida)
    assert fresh(rapport).approved_at is None


def test_m14_page_pdf_and_workbook_have_the_same_sums(svar, rapport, frida, dagny, as_user):
    forbruk.post(svar, entry(line(svar, "Vid"), 150_500), by=frida)
    forbruk.post(svar, entry(line(svar, "Vei"), 2_750, "2"), by=frida)
    browser, path = as_user(frida), f"/tilskudd/{svar.soknad_id}/rapport"

    page = plain(browser.get(f"{path}/"))
    text = pdf_text(browser.get(f"{path}.pdf").content).replace("\xa0", " ")
    book = load_workbook(BytesIO(browser.get(f"{path}.xlsx").content))
    cells = {cell for row in book["Regnskap"].iter_rows(values_only=True) for cell in row}

    for amount in (200_000, 153_250, 46_750):
        shown = f"{amount:,}".replace(",", "\xa0") + "\xa0kr"
        assert shown in page
        assert shown.replace("\xa0", " ") in text
        assert amount in cells


def test_m14_what_was_approved_stays_when_everything_changes(svar, rapport, geriatri, frida, dagny):
    complete(rapport, frida)
    Tilskuddssvar.objects.update(amount=100_000)
    sent = deliver(rapport, by=frida, signer=dagny)
    Tiltak.objects.filter(pk=geriatri.pk).update(theme="Noe annet")
    Tilskuddsordning.objects.update(name="Ny", goal_columns=[], attested_from=1)

    kept = queries.document(sent, applicant="x")

    assert kept.scheme == "Kompetanse- og tjenesteutviklingstilskudd"
    assert kept.goals.headings == tuple(HEADINGS)
    assert "Videreutdanning i geriatri" in {row[0] for row in kept.goals.rows}
    assert kept.is_attested is False


def test_the_pdf_of_the_sent_report_is_kept_once_and_is_tagged(svar, rapport, frida, dagny):
    complete(rapport, frida)
    Tilskuddssvar.objects.update(amount=100_000)
    sent = deliver(rapport, by=frida, signer=dagny)

    for _time in range(2):
        freeze_report(kommune_id=sent.kommune_id, paper_id=sent.pk, kjoring_id=sent.kjoring_id)

    kept = fresh(sent)
    assert kept.fil_id is not None
    assert kept.kjoring.status == "done"


def test_m14_the_countys_workbook_is_filled_and_tells_what_it_did_not_find(
    svar, rapport, frida, as_user
):
    book = Workbook()
    sheet = book.active
    sheet.title = "Del 1"
    sheet.append(["Statsforvalteren"])
    sheet.append(HEADINGS[:4])
    sheet.append(["Videreutdanning i geriatri", 9, None, None])
    sheet.append(["Noe fylket har", None, None, "=1+1"])
    file = BytesIO()
    book.save(file)
    browser, path = as_user(frida), f"/tilskudd/{svar.soknad_id}/rapport/arbeidsbok/"

    answer = browser.post(path, {"file": SimpleUploadedFile("skjema.xlsx", file.getvalue())})
    filled = load_workbook(BytesIO(browser.get(f"{path}utfylt/").content))["Del 1"]

    page = plain(answer)
    assert "Fant ikke kolonnen «Avbrutt»." in page
    assert "Fant ikke raden «Veiledning av nyutdannede»." in page
    assert "der står 9, vi har 2. Cellen er ikke rørt." in page
    assert [cell.value for cell in filled[3]] == ["Videreutdanning i geriatri", 9, 0, 0]
    assert filled["D4"].value == "=1+1"


@pytest.mark.parametrize(
    ("name", "content"),
    [("skjema.xlsx", b"PK\x03\x04"), ("skjema.xls", b"\xd0\xcf\x11\xe0"), ("skjema.pdf", PDF)],
)
def test_a_hostile_workbook_is_refused_with_a_sentence(
    svar, rapport, frida, as_user, name, content
):
    path = f"/tilskudd/{svar.soknad_id}/rapport/arbeidsbok/"

    answer = as_user(frida).post(path, {"file": SimpleUploadedFile(name, content)})

    assert answer.status_code == 422
    assert fresh(rapport).workbook_id is None


@pytest.mark.parametrize("page", ["rapport/arbeidsbok/", "forbruk/les-inn/"])
def test_files_are_read_one_at_a_time_in_a_kommune(svar, rapport, frida, as_user, page):
    """Several at once could hold every process that the web has."""
    path = f"/tilskudd/{svar.soknad_id}/{page}"
    file = SimpleUploadedFile("bok.xlsx", b"PK\x03\x04")

    with reading(svar.kommune_id):
        answer = as_user(frida).post(path, {"file": file})

    assert answer.status_code == 422
    assert "En annen fil blir lest akkurat nå." in plain(answer)


def test_an_incomplete_report_is_not_put_forward(svar, rapport, frida):
    with pytest.raises(DomainError):
        propose(rapport, by=frida)
    complete(rapport, frida)
    propose(rapport, by=frida)
    with pytest.raises(TransitionError):
        propose(rapport, by=frida)


def test_the_report_is_among_the_documents_of_those_who_may_read_it(
    svar, rapport, frida, stein, kari
):
    def listed(person):
        groups = dokumenter.visible_to(person)
        return [each.name for rows in groups.values() for each in rows]

    name = "Rapport på Kompetanse- og tjenesteutviklingstilskudd 2027"
    assert name in listed(frida)
    assert name in listed(stein)
    assert name not in listed(kari)


@pytest.mark.parametrize("address", ["", "tekst/", ".pdf"])
def test_m14_the_pages_of_the_report_ask_at_most_ten_times(
    svar, rapport, frida, as_user, queries_of, address
):
    path = f"/tilskudd/{svar.soknad_id}/rapport"

    assert (
        queries_of(as_user(frida), f"{path}{address if address == '.pdf' else '/' + address}") <= 10
    )
