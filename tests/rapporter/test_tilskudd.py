"""From the joint training plan to the printed grant application, by the advisor in the browser."""

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError, TransitionError
from kompetanse.kommuner import tenancy
from kompetanse.kommuner.models import AuditEvent
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.varsler.oppgaver import waiting_for
from planer.models import Belopslinje
from rapporter.actions import innsending
from rapporter.actions import tilskudd as actions
from rapporter.models import Tilskuddslinje, Tilskuddsordning, Tilskuddssoknad
from rapporter.queries import tilskudd as queries
from rapporter.queries.linje import lines
from rapporter.tasks import freeze_grant
from tests.rapporter.conftest import deliver, make_tiltak, propose

HEAD = {
    "address": "Storgata 1, 9900 Fjordvik",
    "organisation_number": "999999999",
    "account_number": "12345678901",
    "contact_name": "Frida Moen",
    "contact_email": "frida.moen@fjordvik.example",
    "signer": "Kommunedirektøren",
    "purpose": "Heve kompetansen i helse- og omsorgstjenestene.",
    "description": "Tiltakene står i felles opplæringsplan.",
}


@pytest.fixture
def january():
    with clock.frozen(datetime(2027, 1, 8, 9, tzinfo=clock.OSLO)):
        yield


@pytest.fixture
def soknad(january, ordning, geriatri, veiledning, frida):
    """An application with two lines and nothing missing."""
    soknad = actions.begin(ordning, by=frida)
    actions.write_head(soknad, version=soknad.version, by=frida, **HEAD)
    actions.take_in(soknad, tiltak=[geriatri.pk, veiledning.pk], by=frida)
    Tilskuddslinje.objects.update(effect="Flere får hjelp tidlig.")
    return again(soknad)


def again(soknad):
    return Tilskuddssoknad.objects.select_related("ordning").get(pk=soknad.pk)


def pdf_text(content):
    reader = PdfReader(BytesIO(content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_m14_the_advisor_makes_and_prints_the_application_from_the_plan(
    january, ordning, geriatri, veiledning, frida, as_user
):
    browser = as_user(frida)
    assert "Lag søknad" in browser.get("/tilskudd/").content.decode()

    begun = browser.post(f"/tilskudd/ordning/{ordning.pk}/start/")
    address = begun.url.removeprefix("/fjordvik")
    empty = browser.get(address).content.decode()
    assert "Hent minst ett tiltak fra felles opplæringsplan." in empty
    assert "Fyll ut «Kontonummer»." in empty

    version = Tilskuddssoknad.objects.get().version
    assert browser.post(f"{address}soker/", HEAD | {"version": version}).status_code == 302
    chosen = {"tiltak": [geriatri.pk, veiledning.pk]}
    assert browser.post(f"{address}tiltak/", chosen).status_code == 302
    for linje in Tilskuddslinje.objects.order_by("priority"):
        cost = 42_500 if linje.tiltak_id == geriatri.pk else 8_000
        answer = browser.post(
            f"{address}linje/{linje.pk}/",
            {
                "version": Tilskuddssoknad.objects.get().version,
                "area": "competence",
                "place": "Høgskolen",
                "credits": "30",
                "new_participants": "2",
                "own_share": f"{linje.own_share}",
                "amount": f"{cost - linje.own_share}",
                "effect": "Flere får hjelp tidlig.",
            },
        )
        assert answer.status_code == 302

    page = browser.get(address).content.decode()
    assert "Mangler:" not in page
    pdf = browser.get(f"{address}soknad.pdf")
    text = pdf_text(pdf.content)
    workbook = load_workbook(BytesIO(browser.get(f"{address}soknad.xlsx").content))
    cells = [cell for row in workbook.active.iter_rows(values_only=True) for cell in row if cell]
    for amount, shown in ((37_500, "37\xa0500\xa0kr"), (50_500, "50\xa0500\xa0kr")):
        assert shown in page.replace("&nbsp;", "\xa0")
        assert shown.replace("\xa0", " ") in text.replace("\xa0", " ")
        assert amount in cells
    assert "Søknadsbeløp" in text
    assert "Søknadsbeløp" in cells
    assert text.index("Veiledning av nyutdannede") < text.index("Videreutdanning i geriatri")


def test_what_is_missing_says_where_it_is_mended(soknad, frida, as_user):
    linje = Tilskuddslinje.objects.order_by("priority").last()
    Tilskuddslinje.objects.filter(pk=linje.pk).update(effect="", amount=1)

    page = as_user(frida).get(f"/tilskudd/{soknad.pk}/").content.decode()

    assert "2. Videreutdanning i geriatri: skriv mål og forventet virkning." in page
    assert "finansieringen er 10\xa0001\xa0kr, men kostnaden er 42\xa0500\xa0kr." in page
    assert f'href="/fjordvik/tilskudd/{soknad.pk}/linje/{linje.pk}/"' in page
    assert "Merk som sendt" not in page


def test_a_line_without_own_share_is_advised_against_but_can_be_sent(soknad, frida):
    Tilskuddslinje.objects.update(own_share=0)
    Tilskuddslinje.objects.filter(tiltak__theme__startswith="Vid").update(amount=42_500)
    Tilskuddslinje.objects.filter(tiltak__theme__startswith="Vei").update(amount=8_000)

    told = queries.missing(soknad, lines(soknad))

    assert {each.is_fault for each in told} == {False}
    assert len(told) == 2


def test_moving_a_line_renumbers_the_others(soknad, frida, as_user):
    last = Tilskuddslinje.objects.order_by("priority").last()

    as_user(frida).post(
        f"/tilskudd/{soknad.pk}/linje/{last.pk}/plass/",
        {"plass": "1", "versjon": soknad.version},
    )

    order = Tilskuddslinje.objects.order_by("priority").values_list("priority", "tiltak__theme")
    assert list(order) == [(1, "Videreutdanning i geriatri"), (2, "Veiledning av nyutdannede")]


def test_a_line_taken_out_leaves_no_gap_in_the_order(soknad, frida, as_user):
    first = Tilskuddslinje.objects.order_by("priority").first()

    actions.take_out(first, by=frida)

    rest = Tilskuddslinje.objects.values_list("priority", "tiltak__theme")
    assert list(rest) == [(1, "Videreutdanning i geriatri")]


def test_the_grant_that_the_plan_names_is_what_is_applied_for(soknad, fokus, frida):
    named = make_tiltak("Legemiddelkurs", fokus, fee=20_000, own=5_000, grant=9_000, region=1_000)

    actions.take_in(soknad, tiltak=[named.pk], by=frida)

    linje = Tilskuddslinje.objects.get(tiltak=named)
    assert (linje.own_share, linje.other_financing, linje.amount) == (5_000, 1_000, 9_000)


def test_a_new_application_begins_with_what_the_last_one_said_of_the_kommune(soknad, frida):
    following = Tilskuddsordning.objects.create(
        year=2028, name="Tilskudd", ready_by=date(2028, 1, 15), deadline=date(2028, 3, 16)
    )

    begun = actions.begin(following, by=frida)

    assert (begun.address, begun.account_number) == (HEAD["address"], HEAD["account_number"])
    assert begun.purpose == ""


def test_a_stale_edit_is_told_and_changes_nothing(soknad, frida, as_user):
    browser = as_user(frida)
    actions.write_head(soknad, version=soknad.version, by=frida, purpose="Nytt formål")

    answer = browser.post(f"/tilskudd/{soknad.pk}/soker/", HEAD | {"version": soknad.version})

    assert answer.status_code == 409
    assert again(soknad).purpose == "Nytt formål"


def test_what_is_sent_stays_as_it_was_when_the_plan_changes(soknad, frida, dagny, geriatri):
    sent = deliver(soknad, by=frida, signer=dagny)
    Belopslinje.objects.filter(tiltak=geriatri).update(amount=1)

    document = queries.document(again(sent), applicant="noe annet")

    assert (document.cost, document.amount, document.applicant) == (
        50_500,
        37_500,
        "Fjordvik kommune",
    )


def test_a_sent_application_cannot_be_changed(soknad, frida, dagny, as_user):
    deliver(soknad, by=frida, signer=dagny)
    soknad = again(soknad)

    with pytest.raises(TransitionError):
        actions.write_head(soknad, version=soknad.version, by=frida, purpose="Annet")
    assert as_user(frida).get(f"/tilskudd/{soknad.pk}/soker/").status_code == 409
    assert as_user(frida).get(f"/tilskudd/{soknad.pk}/").status_code == 200


def test_the_pdf_of_what_was_sent_is_kept_once(soknad, frida, dagny):
    deliver(soknad, by=frida, signer=dagny)

    freeze_grant(kommune_id=soknad.kommune_id, paper_id=soknad.pk)
    first = again(soknad).fil_id
    freeze_grant(kommune_id=soknad.kommune_id, paper_id=soknad.pk)

    assert first is not None
    assert again(soknad).fil_id == first


def test_an_incomplete_application_cannot_be_put_forward(soknad, frida):
    Tilskuddslinje.objects.update(effect="")

    with pytest.raises(DomainError):
        propose(soknad, by=frida)
    assert AuditEvent.objects.filter(action="tilskudd.propose").count() == 0


def test_a_second_sending_from_an_old_page_is_refused(soknad, frida, dagny):
    sent = deliver(soknad, by=frida, signer=dagny, case_number="1")

    with pytest.raises(TransitionError):
        innsending.send(sent, case_number="2", version=sent.version, by=frida)
    assert again(soknad).case_number == "1"


def test_only_the_advisor_and_the_executives_see_the_grant(
    soknad, kari, liv, turid, dagny, as_user
):
    assert as_user(dagny).get(f"/tilskudd/{soknad.pk}/").status_code == 200
    assert as_user(dagny).get(f"/tilskudd/{soknad.pk}/soker/").status_code == 403
    for person in (kari, liv, turid):
        assert as_user(person).get("/tilskudd/").status_code == 403
        assert as_user(person).get(f"/tilskudd/{soknad.pk}/soknad.pdf").status_code == 403


def test_a_line_of_another_application_is_not_found(soknad, frida, as_user):
    linje = Tilskuddslinje.objects.first()

    assert as_user(frida).get(f"/tilskudd/{soknad.pk + 1}/linje/{linje.pk}/").status_code == 404


def test_a_grant_of_another_kommune_is_not_found(january, frida, nabovik, as_user):
    frida_browser = as_user(frida)
    outer = tenancy._active.set(None)
    with as_kommune(nabovik.pk):
        foreign = Tilskuddsordning.objects.create(
            year=2027,
            name="Fremmed",
            county="F",
            ready_by=date(2027, 1, 1),
            deadline=date(2027, 1, 1),
        )
    tenancy._active.reset(outer)
    tenancy._set_database_kommune(str(frida.kommune_id))

    assert frida_browser.post(f"/tilskudd/ordning/{foreign.pk}/start/").status_code == 404
    assert "Fremmed" not in frida_browser.get("/tilskudd/").content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_whatever_the_lines(
    january, ordning, fokus, frida, as_user, queries_of, rows
):
    soknad = actions.begin(ordning, by=frida)
    tiltak = [make_tiltak(f"Tiltak {n}", fokus, fee=1000) for n in range(rows)]
    actions.take_in(soknad, tiltak=[each.pk for each in tiltak], by=frida)

    assert queries_of(as_user(frida), f"/tilskudd/{soknad.pk}/") == 9


def test_the_duty_stands_until_the_application_is_sent(soknad, frida, dagny):
    on = clock.today()
    before = [oppgave.key for oppgave in waiting_for(frida, on=on)]

    deliver(soknad, by=frida, signer=dagny)

    key = f"tilskudd:{soknad.ordning_id}"
    assert key in before
    assert key not in [oppgave.key for oppgave in waiting_for(frida, on=on)]


def test_begin_twice_gives_the_same_application(january, ordning, frida):
    assert actions.begin(ordning, by=frida) == actions.begin(ordning, by=frida)


def test_stale_move_is_refused(soknad, frida):
    linje = Tilskuddslinje.objects.first()

    with pytest.raises(StaleError):
        actions.place(linje, priority=2, version=soknad.version - 1, by=frida)
