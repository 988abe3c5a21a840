"""M14, answer and distribution: what came, who gets what, approved and frozen, in the browser."""

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError, TransitionError
from kompetanse.kommuner import once
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Enhet
from kompetanse.varsler.models import Kjoring, Varsel
from kompetanse.varsler.oppgaver import waiting_for
from planer.models import Tiltak
from rapporter import tasks
from rapporter.actions import fordeling as actions
from rapporter.actions import svar as svar_actions
from rapporter.actions import tilskudd
from rapporter.actions.svar import Answer
from rapporter.models import (
    Fordeling,
    Fordelingspost,
    Svarlinje,
    Tilskuddslinje,
    Tilskuddssoknad,
    Tilskuddssvar,
)
from rapporter.queries import dokumenter
from rapporter.queries import fordeling as queries
from tests.rapporter.conftest import deliver, make_tiltak
from tests.rapporter.test_tilskudd import HEAD, again, pdf_text

MAY = datetime(2027, 5, 21, 9, tzinfo=clock.OSLO)
RECEIVED = date(2027, 5, 20)


@pytest.fixture
def may():
    with clock.frozen(MAY):
        yield


@pytest.fixture
def sent(may, ordning, geriatri, veiledning, nord, sykehjemmet, frida, dagny):
    """A sent application: 1. veiledning (5 000 kr) in Nord, 2. geriatri (32 500 kr) at the home."""
    Tiltak.objects.filter(pk=geriatri.pk).update(enhet=sykehjemmet)
    Tiltak.objects.filter(pk=veiledning.pk).update(enhet=nord)
    soknad = tilskudd.begin(ordning, by=frida)
    tilskudd.write_head(soknad, version=soknad.version, by=frida, **HEAD)
    tilskudd.take_in(soknad, tiltak=[geriatri.pk, veiledning.pk], by=frida)
    Tilskuddslinje.objects.update(effect="Flere får hjelp tidlig.")
    soknad = again(soknad)
    deliver(soknad, by=frida, signer=dagny, case_number="1")
    return again(soknad)


def lines_of(soknad):
    return list(Tilskuddslinje.objects.filter(soknad=soknad).order_by("priority"))


def answer(soknad, *, by, granted=(4_000, 26_000)):
    rows = dict(zip([each.pk for each in lines_of(soknad)], granted, strict=True))
    told = Answer(
        amount=sum(granted),
        received_on=RECEIVED,
        case_number="2027/4711",
        conditions="Rapport innen 1. mars.",
        granted=rows,
    )
    svar_actions.register(soknad, told, version=again(soknad).version, by=by)
    return Fordeling.objects.select_related("svar").get(svar__soknad=soknad)


@pytest.fixture
def fordeling(sent, frida):
    """30 000 kr received: 4 000 to veiledning and 26 000 to geriatri; nothing is given."""
    return answer(sent, by=frida)


def fresh(fordeling):
    return Fordeling.objects.get(pk=fordeling.pk)


def proposed(fordeling, by):
    actions.follow_lines(fordeling, by=by)
    actions.propose(fordeling, version=fresh(fordeling).version, by=by)
    return fresh(fordeling)


def plain(answer):
    """Return the page with ordinary spaces between the words of a date, no-break in amounts."""
    return answer.content.decode().replace("&nbsp;", "\xa0").replace(".\xa0", ". ")


def test_m14_from_the_answer_to_an_approved_distribution_in_the_browser(
    sent, frida, stein, liv, siri, nord, sykehjemmet, as_user
):
    advisor, head = as_user(frida), as_user(stein)
    first, second = lines_of(sent)
    assert "Før svaret" in plain(advisor.get(f"/tilskudd/{sent.pk}/"))
    form = {
        "version": sent.version, "amount": "30 000", "received_on": "20.05.2027",
        "case_number": "2027/4711", "conditions": "Rapport innen 1. mars.",
        f"granted_{first.pk}": "4 000", f"granted_{second.pk}": "26 000",
    }  # fmt: skip
    assert advisor.post(f"/tilskudd/{sent.pk}/svar/", form).status_code == 302

    path = f"/tilskudd/{sent.pk}/fordeling/"
    row = Svarlinje.objects.get(linje=second)
    gift = {
        "svarlinje": row.pk, "enhet": nord.pk, "amount": "6 000",
        "engangsnokkel": once.new_token(),
    }  # fmt: skip
    assert advisor.post(f"{path}gi/", gift).status_code == 302
    assert "20\xa0000\xa0kr" in plain(advisor.get(path))
    assert advisor.post(f"{path}etter-linjene/").status_code == 302
    version = Fordeling.objects.get().version
    assert advisor.post(f"{path}legg-fram/", {"versjon": version}).status_code == 302

    version = Fordeling.objects.get().version
    assert "Godkjenn fordelingen" in plain(head.get(path))
    assert head.post(f"{path}godkjenn/", {"versjon": version}).status_code == 302

    given = Fordelingspost.objects.order_by("amount").values_list("enhet", "amount")
    assert list(given) == [(nord.pk, 4_000), (nord.pk, 6_000), (sykehjemmet.pk, 20_000)]
    told = dict(Varsel.objects.filter(kind="fordeling.approve").values_list("recipient", "body"))
    assert set(told) == {liv.pk, siri.pk}
    assert "10\xa0000\xa0kr" in told[liv.pk]
    assert "Veiledning av nyutdannede: 4\xa0000\xa0kr" in told[liv.pk]
    assert "20\xa0000\xa0kr" in told[siri.pk]
    assert "Godkjent 21. mai 2027 av Stein Dahl" in plain(as_user(liv).get(path))


def test_m14_page_pdf_and_workbook_have_the_same_sums(fordeling, frida, nord, as_user):
    geriatri = Svarlinje.objects.get(granted=26_000)
    actions.distribute(fordeling, svarlinje=geriatri, enhet=nord, amount=11_111, by=frida)
    browser, path = as_user(frida), f"/tilskudd/{fordeling.svar.soknad_id}/fordeling"

    page = plain(browser.get(f"{path}/"))
    text = pdf_text(browser.get(f"{path}.pdf").content).replace("\xa0", " ")
    book = load_workbook(BytesIO(browser.get(f"{path}.xlsx").content))
    given, lines = book.worksheets

    assert [cell.value for cell in given[given.max_row]] == ["Sum", None, 11_111]
    sums = [cell.value for cell in lines[lines.max_row]]
    assert sums == ["Sum", None, 37_500, 30_000, 11_111, 18_889]
    for amount in ("37 500 kr", "30 000 kr", "11 111 kr", "18 889 kr"):
        assert amount in page.replace("\xa0", " ")
        assert amount in text
    assert "Fordeling av kompetanse- og tjenesteutviklingstilskudd 2027" in text
    assert "2027/4711" in text
    assert "Fordelingen er ikke godkjent ennå." in text


def test_m14_an_answer_whose_lines_do_not_add_up_comes_back_with_what_was_typed(
    sent, frida, as_user
):
    first, _second = lines_of(sent)
    form = {
        "version": sent.version, "amount": "30 000", "received_on": "20.05.2027",
        "case_number": "2027/4711", f"granted_{first.pk}": "4 000",
    }  # fmt: skip

    page = as_user(frida).post(f"/tilskudd/{sent.pk}/svar/", form)

    assert page.status_code == 422
    told = "Linjene er til sammen 4\xa0000\xa0kr, men det er mottatt 30\xa0000\xa0kr."
    assert told in plain(page)
    assert "2027/4711" in plain(page)
    assert not Tilskuddssvar.objects.exists()


def test_m14_an_answer_from_the_future_is_refused(sent, frida, as_user):
    first, _second = lines_of(sent)
    form = {
        "version": sent.version, "amount": "1", "received_on": "22.05.2027",
        "case_number": "1", f"granted_{first.pk}": "1",
    }  # fmt: skip

    page = as_user(frida).post(f"/tilskudd/{sent.pk}/svar/", form)

    assert page.status_code == 422
    assert "Datoen kan ikke være etter" in plain(page)


def test_m14_only_a_sent_application_is_answered(may, ordning, frida, as_user):
    soknad = tilskudd.begin(ordning, by=frida)

    assert as_user(frida).get(f"/tilskudd/{soknad.pk}/svar/").status_code == 409


def test_m14_more_than_is_left_of_a_line_is_refused_with_what_is_left(
    fordeling, frida, nord, as_user
):
    row = Svarlinje.objects.get(granted=4_000)
    path = f"/tilskudd/{fordeling.svar.soknad_id}/fordeling/gi/"

    gift = {"svarlinje": row.pk, "enhet": nord.pk, "engangsnokkel": once.new_token()}

    page = as_user(frida).post(path, gift | {"amount": "4 001"})

    assert page.status_code == 422
    assert "Det er 4\xa0000\xa0kr igjen på linja." in plain(page)
    assert not Fordelingspost.objects.exists()
    # What was refused has used nothing up: the same form, mended, goes through.
    assert as_user(frida).post(path, gift | {"amount": "4 000"}).status_code == 302
    assert Fordelingspost.objects.get().amount == 4_000


def test_m14_the_same_unit_and_line_twice_is_one_post_and_can_be_taken_back(fordeling, frida, nord):
    row = Svarlinje.objects.get(granted=4_000)
    for amount in (1_000, 500):
        actions.distribute(fordeling, svarlinje=row, enhet=nord, amount=amount, by=frida)
    post = Fordelingspost.objects.get()
    assert (post.amount, Svarlinje.objects.get(pk=row.pk).left) == (1_500, 2_500)

    actions.take_back(post, by=frida)
    with pytest.raises(Fordelingspost.DoesNotExist):
        actions.take_back(post, by=frida)

    assert Svarlinje.objects.get(pk=row.pk).left == 4_000
    assert not Fordelingspost.objects.exists()


def test_m14_the_answer_is_corrected_until_the_distribution_is_put_forward(
    fordeling, sent, frida, nord
):
    actions.distribute(
        fordeling, svarlinje=Svarlinje.objects.get(granted=4_000), enhet=nord, amount=4_000,
        by=frida,
    )  # fmt: skip

    with pytest.raises(DomainError, match="Ta beløp tilbake først"):
        answer(sent, by=frida, granted=(3_999, 26_001))
    answer(sent, by=frida, granted=(5_000, 30_000))
    assert Tilskuddssvar.objects.get().amount == 35_000
    actions.propose(fordeling, version=fresh(fordeling).version, by=frida)
    with pytest.raises(TransitionError):
        answer(sent, by=frida, granted=(5_000, 31_000))


def test_m14_what_is_put_forward_cannot_be_changed_and_may_be_sent_back(
    fordeling, frida, stein, nord, as_user
):
    now = proposed(fordeling, by=frida)
    with pytest.raises(TransitionError):
        actions.take_back(Fordelingspost.objects.first(), by=frida)
    path = f"/tilskudd/{fordeling.svar.soknad_id}/fordeling/"

    as_user(stein).post(
        f"{path}send-tilbake/", {"versjon": now.version, "grunn": "Hjemmetjenesten mangler."}
    )

    assert fresh(fordeling).status == "draft"
    assert "Hjemmetjenesten mangler." in plain(as_user(frida).get(path))


def test_m14_stabsleder_approves_what_was_seen(fordeling, frida, stein):
    seen = proposed(fordeling, by=frida).version
    actions.send_back(fordeling, reason="Se over.", version=seen, by=stein)
    proposed(fordeling, by=frida)

    with pytest.raises(StaleError):
        actions.approve(fordeling, applicant="F", version=seen, by=stein)
    assert fresh(fordeling).status == "proposed"


def test_m14_only_stabsleder_approves(fordeling, frida, kristin, vidar, as_user):
    now = proposed(fordeling, by=frida)
    path = f"/tilskudd/{fordeling.svar.soknad_id}/fordeling/godkjenn/"

    for person in (frida, kristin, vidar):
        assert as_user(person).post(path, {"versjon": now.version}).status_code == 403
    assert fresh(fordeling).status == "proposed"


def test_m14_leaders_see_it_when_it_is_approved_and_employees_never(
    fordeling, frida, stein, liv, kari, as_user
):
    path = f"/tilskudd/{fordeling.svar.soknad_id}/fordeling/"
    now = proposed(fordeling, by=frida)
    assert as_user(liv).get(path).status_code == 404

    actions.approve(fordeling, applicant="F", version=now.version, by=stein)

    assert as_user(liv).get(path).status_code == 200
    assert as_user(kari).get(path).status_code == 403
    names = [each.name for rows in dokumenter.visible_to(liv).values() for each in rows]
    assert any(name.startswith("Fordeling av Kompetanse") for name in names)


def test_m14_what_is_approved_stays_as_it_was(fordeling, frida, stein, nord, as_user):
    now = proposed(fordeling, by=frida)
    actions.approve(fordeling, applicant="Fjordvik kommune", version=now.version, by=stein)
    Tiltak.objects.update(theme="Noe annet")

    page = plain(as_user(frida).get(f"/tilskudd/{fordeling.svar.soknad_id}/fordeling/"))

    assert "Videreutdanning i geriatri" in page
    assert "Noe annet" not in page
    with pytest.raises(TransitionError):
        actions.follow_lines(fordeling, by=frida)
    row = AuditEvent.objects.get(action="fordeling.approve")
    assert (row.details["amount"], row.by_id) == (30_000, stein.pk)


def test_m14_units_of_the_same_name_get_a_share_each(fordeling, frida, nord, sykehjemmet):
    Enhet.objects.filter(pk=sykehjemmet.pk).update(name=nord.name)
    row = Svarlinje.objects.get(granted=4_000)
    for enhet, amount in ((nord, 1_000), (sykehjemmet, 500)):
        actions.distribute(fordeling, svarlinje=row, enhet=enhet, amount=amount, by=frida)

    shares = queries.document(fordeling, applicant="F").shares

    assert sorted(each.amount for each in shares) == [500, 1_000]


def test_m14_letters_that_break_tell_the_one_who_waits(fordeling, frida, stein, monkeypatch):
    now = proposed(fordeling, by=frida)
    actions.approve(fordeling, applicant="F", version=now.version, by=stein)
    kjoring = Kjoring.objects.latest("pk")

    def breaks(*_args: object, **_more: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr("rapporter.documents.distribution_pdf", breaks)
    with pytest.raises(MemoryError):
        tasks.make_unit_letters(
            kommune_id=kjoring.kommune_id, fordeling_id=fordeling.pk, kjoring_id=kjoring.pk
        )

    assert Kjoring.objects.get(pk=kjoring.pk).status == "failed"


def test_m14_nothing_given_cannot_be_put_forward(fordeling, frida):
    with pytest.raises(DomainError, match="Fordel minst ett beløp"):
        actions.propose(fordeling, version=fordeling.version, by=frida)


def test_m14_the_duties_follow_the_money(sent, frida, stein):
    def keys(actor):
        found = (each.key for each in waiting_for(actor, on=clock.today()))
        return [key for key in found if key.startswith(("tilskudd", "fordeling"))]

    assert keys(frida) == [f"tilskuddssvar:{sent.pk}"]
    fordeling = answer(sent, by=frida)
    assert keys(frida) == [f"fordeling:{sent.pk}"]
    assert keys(stein) == []
    now = proposed(fordeling, by=frida)
    assert (keys(frida), keys(stein)) == ([], [f"fordeling.approve:{sent.pk}"])
    actions.approve(fordeling, applicant="F", version=now.version, by=stein)
    assert keys(stein) == []


@pytest.mark.parametrize("rows", [1, 30])
def test_m14_the_page_costs_the_same_whatever_the_lines(
    may, ordning, fokus, nord, frida, as_user, queries_of, rows
):
    soknad = tilskudd.begin(ordning, by=frida)
    tiltak = [make_tiltak(f"Tiltak {n}", fokus, enhet=nord, fee=1_000) for n in range(rows)]
    tilskudd.take_in(soknad, tiltak=[each.pk for each in tiltak], by=frida)
    Tilskuddssoknad.objects.update(status="sent", snapshot={})
    fordeling = answer(soknad, by=frida, granted=[1_000] * rows)
    half = Svarlinje.objects.first()
    actions.distribute(fordeling, svarlinje=half, enhet=nord, amount=500, by=frida)
    actions.follow_lines(fordeling, by=frida)
    actions.take_back(Fordelingspost.objects.first(), by=frida)

    assert queries_of(as_user(frida), f"/tilskudd/{soknad.pk}/fordeling/") <= 9
