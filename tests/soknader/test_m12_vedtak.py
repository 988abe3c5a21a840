"""M12: what is granted is divided by scheme, within the frames."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kompetanse import clock
from kompetanse.errors import DomainError
from soknader.actions import avtale, utbetaling, vedtak
from soknader.actions import ordning as actions
from soknader.documents import brev as documents
from soknader.models import Avtale, Bindingsregel, Soknadsrunde, Stotteordning, Tilsagn, Vedtak
from soknader.queries import brev as letters
from soknader.queries import endring
from soknader.queries import ordning as queries
from tests.soknader.ordningene import apply, frame_for, make_ordning
from tests.soknader.saker import make_draft, make_sak

pytestmark = pytest.mark.usefixtures("october")

FULL = {"amount": 32_000, "tuition": 20_000, "books": 2_000, "substitute": 10_000}


@pytest.fixture
def case(runde, utlysning, ordninger, kari):
    Soknadsrunde.objects.update(status="prioritising")
    runde.refresh_from_db()
    soknad = make_sak(kari, runde, exams=2, gatherings=4, tuition=30_000, books=4_000)
    actions.recount(runde)
    soknad.refresh_from_db()
    return soknad


def test_m12_part_is_granted_with_an_amount_for_each_scheme(case, runde, frida, kari, as_user):
    browser = as_user(frida)
    url = f"/prioritering/{runde.pk}/sak/{case.pk}/utkast/"
    told = {
        "outcome": "partly", "tuition": "15 000", "books": "1 000", "substitute": "5 000",
        "leave_days": "6", "versjon": "0", "reason": "Det er penger til dette.",
    }  # fmt: skip

    wrong = browser.post(url, told | {"amount": "20 000"})
    over = browser.post(url, told | {"tuition": "20 001"})
    saved = browser.post(url, told)
    vedtak.decide(Soknadsrunde.objects.get(), by=frida)

    assert (wrong.status_code, over.status_code, saved.status_code) == (422, 422, 302)
    assert "blir 21\xa0000\xa0kr" in wrong.content.decode()
    made = Vedtak.objects.get(status="decided")
    assert (made.amount, made.tuition, made.books, made.substitute) == (
        21_000,
        15_000,
        1_000,
        5_000,
    )
    assert made.personal == 16_000
    runde.refresh_from_db()
    assert runde.granted == 21_000
    granted = {each.kind: each.granted for each in runde.ordninger.all()}
    assert granted == {"leave": 6, "tuition": 15_000, "books": 1_000, "substitute": 5_000}


def test_m12_the_sum_of_the_schemes_is_the_amount_in_the_database(case):
    made = make_draft(case, amount=20_000)
    made.tuition += 1

    with pytest.raises(IntegrityError, match="vedtak_amount_is_the_sum"), transaction.atomic():
        made.save()


def test_m12_what_is_granted_of_a_scheme_is_what_can_be_paid_and_bound(case, frida, kari):
    link = Bindingsregel.objects.create(name="For studieavgift", from_amount=999_999, months=18)
    Stotteordning.objects.filter(kind="tuition").update(regel=link)
    content = vedtak.Content(
        outcome="partly", amount=17_000, reason="Nok til dette.",
        parts={"tuition": 12_000, "substitute": 5_000},
    )  # fmt: skip
    vedtak.draft(case, content, version=endring.version(case), by=frida)
    vedtak.decide(Soknadsrunde.objects.get(), by=frida)

    made = Vedtak.objects.select_related("soknad__runde", "soknad__ansatt").get(soknad=case)
    utbetaling.promise(made, by=kari)
    contract = avtale.prepare(made, by=kari)

    promised = dict(Tilsagn.objects.filter(soknad=case).values_list("kind", "amount"))
    assert promised == {"tuition": 12_000}, "the substitute is the unit's, not the employee's"
    assert contract == Avtale.objects.get()
    assert (contract.regel, contract.months, contract.amount) == (link, 18, 12_000)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"tuition": 20_001}, "høyst 20\xa0000\xa0kr"),
        ({"tuition": 10_000, "books": 1}, "blir ikke summen"),
        ({"travel": 10_000}, "høyst 0\xa0kr"),
    ],
)
def test_m12_the_verb_itself_keeps_each_scheme_within_what_is_offered(case, frida, parts, told):
    amount = 10_000 if "books" in parts else sum(parts.values())
    content = vedtak.Content(outcome="partly", amount=amount, reason="x", parts=parts)

    with pytest.raises(DomainError, match=told):
        vedtak.draft(case, content, version=0, by=frida)


def test_m12_the_round_and_the_schemes_pages_ask_few_queries(
    runde,
    ordninger,
    frida,
    as_user,
    queries_of,
):
    browser = as_user(frida)
    for number in range(20):
        make_ordning(kind="tuition", name=f"Ordning {number}")

    assert queries_of(browser, "/ordninger/") <= 6
    assert queries_of(browser, f"/runder/{runde.pk}/ordninger/") <= 10
    assert queries_of(browser, f"/runder/{runde.pk}/") <= 10
    assert queries_of(as_user(None), "/utlysning/") <= 10
    assert queries_of(as_user(None), f"/utlysning/{runde.pk}/") <= 10
    assert queries_of(as_user(frida), "/soknad/regn/") <= 10
    # The whole announcement, and where the reader stands in it.
    assert queries_of(as_user(frida), "/soknad/") <= 10


def test_m12_a_frame_that_is_given_back_can_be_granted_again(case, runde, kristin, frida, nord):
    frame = frame_for(runde, nord, 32_000)
    runde.ordninger.filter(kind="tuition").update(frame=20_000)
    make_draft(case, **FULL)
    vedtak.decide(Soknadsrunde.objects.get(), by=kristin)
    frame.refresh_from_db()
    assert frame.granted == 32_000
    old = Vedtak.objects.get()
    assert old.frames == [frame.pk]
    with clock.frozen(clock.now() + timedelta(days=1)):
        vedtak.replace(old, vedtak.Content(outcome="refused", reason="Feil."), by=kristin)

    frame.refresh_from_db()
    assert frame.granted == 0
    assert all(each.granted == 0 for each in runde.ordninger.all())


def test_m12_a_grant_over_a_frame_inside_the_rounds_is_refused_by_name(case, runde, kristin, nord):
    runde.ordninger.filter(kind="books").update(frame=1_999)
    make_draft(case, **FULL)

    with pytest.raises(DomainError, match="1\xa0kr over rammen for «Bøker»"):
        vedtak.decide(Soknadsrunde.objects.get(), by=kristin)

    runde.ordninger.filter(kind="books").update(frame=None)
    frame_for(runde, nord, 31_000)
    with pytest.raises(DomainError, match="1\xa0000\xa0kr over rammen for «Nord»"):
        vedtak.decide(Soknadsrunde.objects.get(), by=kristin)
    assert Soknadsrunde.objects.get().granted == 0


def test_m12_a_frame_is_applied_by_one_scheme_of_each_kind(runde, frida):
    one, two = (make_ordning(kind="books", name=name) for name in ("En", "To"))

    with pytest.raises(DomainError, match="høyst én"):
        actions.choose(runde, [actions.Choice(one), actions.Choice(two)], {}, by=frida)
    apply(runde, one)
    with pytest.raises(IntegrityError, match="rundeordning_once"), transaction.atomic():
        apply(runde, two)


def test_m12_the_suggestion_keeps_within_the_frames_inside_the_rounds(
    runde, utlysning, ordninger, frida, kari, ola, nord
):
    Soknadsrunde.objects.update(status="prioritising", budget=1_000_000)
    runde.refresh_from_db()
    frame_for(runde, nord, 36_000)
    people = (kari, kari, ola)
    saker = [make_sak(each, runde, exams=2, gatherings=4, tuition=30_000) for each in people]
    actions.recount(runde)

    vedtak.suggest(runde, by=frida)

    drafts = {each.soknad_id: each for each in Vedtak.objects.all()}
    assert [drafts[soknad.pk].outcome for soknad in saker] == ["granted", "waiting", "granted"]
    assert [each.left for each in queries.delrammer(runde)] == [36_000 - drafts[saker[0].pk].amount]


@pytest.mark.parametrize("is_decided", [False, True])
def test_m12_the_frames_inside_tell_nobody_what_their_own_case_is_to_get(
    runde, ordninger, frida, kristin, helse, as_user, is_decided
):
    Soknadsrunde.objects.update(status="prioritising", budget=1_000_000)
    runde.refresh_from_db()
    frame_for(runde, helse, 400_000)
    runde.ordninger.filter(kind="tuition").update(frame=300_000)
    own = make_sak(frida, runde, exams=2, gatherings=4, tuition=20_000)
    actions.recount(runde)
    own.refresh_from_db()
    make_draft(own, outcome="partly", amount=11_111, tuition=11_111, books=0, reason="Nok.")
    if is_decided:
        vedtak.decide(Soknadsrunde.objects.get(), by=kristin)

    shown = queries.delrammer(runde, reader_id=frida.pk)
    to_others = queries.delrammer(runde, reader_id=kristin.pk)
    pages = [f"/prioritering/{runde.pk}/", f"/vedtak/{runde.pk}/", f"/runder/{runde.pk}/"]
    told = [as_user(frida).get(page).content.decode() for page in pages]
    seen = as_user(kristin).get(pages[1]).content.decode()

    assert [(each.decided, each.drafted) for each in shown] == [(0, 0), (0, 0)]
    assert {each.decided + each.drafted for each in to_others} == {11_111}
    assert not [page for page in told if "11\xa0111" in page or "288\xa0889" in page]
    assert "11\xa0111" in seen


def test_m12_the_letter_divides_the_sum_and_keeps_the_units_money_apart(case, runde, frida):
    content = vedtak.Content(
        outcome="partly", amount=17_000, reason="Nok.",
        parts={"tuition": 11_000, "books": 1_000, "substitute": 5_000},
    )  # fmt: skip
    vedtak.draft(case, content, version=endring.version(case), by=frida)
    Soknadsrunde.objects.update(may_complain=True, complaint_weeks=4)
    vedtak.decide(Soknadsrunde.objects.get(), by=frida)
    made = letters.for_letters([Vedtak.objects.get().pk]).get()

    letter = letters.letter(made, on=date(2026, 11, 5), counts=(1, 1))
    told = documents.text(letter)

    facts = dict(row for block in told.blocks for row in block.rows)
    assert facts["Beløp"] == "inntil 12\xa0000\xa0kr"
    assert facts["Fordelt på"] == (
        "studieavgift og eksamensavgift 11\xa0000\xa0kr og bøker 1\xa0000\xa0kr"
    )
    assert facts["Enheten din får til vikar"] == "5\xa0000\xa0kr"
    assert any("innen fire uker" in block.text for block in told.blocks)
