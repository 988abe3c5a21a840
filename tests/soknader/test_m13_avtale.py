"""M13: the contract from the rule, signed by both, followed until it is over or broken."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import files, once
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.organisasjon import actions as organisasjon
from kompetanse.organisasjon.models import Rolle
from kompetanse.varsler.models import Varsel
from kompetanse.varsler.oppgaver import waiting_for
from soknader.actions import avtale as actions
from soknader.actions import brev, brudd, vedtak
from soknader.actions.brudd import Brudd
from soknader.models import (
    Avtale,
    Bindingsregel,
    Inhabilitet,
    Settestedfortreder,
    Soknad,
    Soknadsrunde,
    Tilbakebetaling,
    Tilsagn,
)
from soknader.models import Vedtak as Decision
from soknader.queries import oppgjor
from soknader.rules import avtale as rules
from soknader.tasks import keep_contract
from tests.soknader.avtaler import NOVEMBER, at

S = Avtale.Status


def signature(name):
    return {"agrees": "on", "name": name, "engangsnokkel": once.new_token()}


def keys(actor):
    found = waiting_for(actor, on=clock.today())
    return {oppgave.key.partition(":")[0] for oppgave in found}


def text_of(content):
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(text.replace("\xa0", " ").split())


def running(avtale, by, *, on=date(2027, 1, 1)):
    return actions.begin(avtale, on=on, by=by)


def pay(avtale, amount):
    Tilsagn.objects.filter(soknad=avtale.soknad, kind="tuition").update(paid=amount)


def test_m13_nobody_says_no_to_what_binds_already(signed, frida, kari, as_user):
    path = f"/mine/{signed.soknad_id}/"
    assert ">Takk nei</button>" in as_user(kari).get(path).content.decode()
    running(signed, frida)

    assert ">Takk nei</button>" not in as_user(kari).get(path).content.decode()
    refused = as_user(kari).post(f"{path}svar/", {"svar": "nei"})

    assert refused.status_code == 409
    assert "Du kan ikke takke nei lenger." in refused.content.decode()
    assert Soknad.objects.get(pk=signed.soknad_id).status == Soknad.Status.ACCEPTED


# --- from yes to both signatures --------------------------------------------------------------


def test_m13_from_yes_to_a_signed_contract_through_the_pages(
    granted, regel, kari, liv, as_user, django_capture_on_commit_callbacks
):
    soknad = granted(kari)
    employee, leader = as_user(kari), as_user(liv)

    employee.post(f"/mine/{soknad.pk}/svar/", {"svar": "ja"})

    avtale = Avtale.objects.get()
    assert (avtale.status, avtale.months, avtale.amount) == (S.DRAFT, 24, 34_000)
    assert "Les og signer avtalen" in employee.get("/hjem/").content.decode()
    page = employee.get(f"/avtale/{avtale.pk}/signer/").content.decode()
    assert "Du binder deg til å arbeide i kommunen i 24 måneder." in page
    assert "Kommunen krever ikke noe tilbake ved uførhet." in page
    assert (
        employee.post(f"/avtale/{avtale.pk}/signer/", signature("kari  nilsen")).status_code == 302
    )
    assert "Signer avtalen til Kari Nilsen for kommunen" in leader.get("/hjem/").content.decode()
    with django_capture_on_commit_callbacks(execute=False):
        leader.post(f"/avtale/{avtale.pk}/signer/", signature("Liv Berg"))
    keep_contract(kommune_id=avtale.kommune_id, avtale_id=avtale.pk)

    avtale.refresh_from_db()
    assert avtale.status == S.SIGNED
    assert (avtale.signed_at, avtale.signed_name) == (NOVEMBER, "Kari Nilsen")
    assert (avtale.countersigned_by, avtale.countersigned_role) == (liv, "leder")
    kept = files.read(avtale.fil)
    assert employee.get(f"/avtale/{avtale.pk}/avtale.pdf").content == kept
    pdf = text_of(kept)
    assert "Kari Nilsen, signert 10. november 2026" in pdf
    assert "Liv Berg, leder, signert 10. november 2026" in pdf
    assert "inntil 34 000 kr og 12 dager fri med lønn" in pdf
    assert "/StructTreeRoot" in PdfReader(BytesIO(kept)).trailer["/Root"]


def test_a_deputy_signs_for_the_municipality_and_the_contract_says_so(
    avtale, kari, ola, liv, as_user
):
    organisasjon.stand_in(
        liv, ola, starts=clock.today(), ends=clock.today(), reason="ferie", by=liv
    )
    as_user(kari).post(f"/avtale/{avtale.pk}/signer/", signature("Kari Nilsen"))

    signed = as_user(ola).post(f"/avtale/{avtale.pk}/signer/", signature("Ola Hansen"))

    assert signed.status_code == 302
    avtale.refresh_from_db()
    assert avtale.countersigned_role == f"leder for {liv.pk}"
    pdf = text_of(as_user(kari).get(f"/avtale/{avtale.pk}/avtale.pdf").content)
    assert "Ola Hansen, leder, som stedfortreder, signert" in pdf


def test_the_longest_role_of_a_deputy_can_sign():
    longest = max(Rolle.Kode.values, key=len)

    Avtale(countersigned_role=f"{longest} for {10**12}").clean_fields(
        exclude=[field.name for field in Avtale._meta.fields if field.name != "countersigned_role"]
    )


def test_no_rule_that_asks_makes_no_contract(granted, regel, kari):
    brev.accept(granted(kari, amount=29_999, leave_days=19), by=kari)

    assert Avtale.objects.count() == 0
    assert sum(Tilsagn.objects.values_list("amount", flat=True)) == 29_999


def test_the_second_click_does_not_sign_again(avtale, kari, as_user):
    browser, fields = as_user(kari), signature("Kari Nilsen")

    first = browser.post(f"/avtale/{avtale.pk}/signer/", fields)
    second = browser.post(f"/avtale/{avtale.pk}/signer/", fields)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert AuditEvent.objects.filter(action="avtale.sign").count() == 1


@pytest.mark.parametrize("name", ["Kari", "Liv Berg", "Kari Nilsen Hansen"])
def test_another_name_signs_nothing_and_the_form_says_how(avtale, kari, as_user, name):
    answer = as_user(kari).post(f"/avtale/{avtale.pk}/signer/", signature(name))

    assert answer.status_code == 422
    assert "Skriv navnet ditt slik det står her: Kari Nilsen." in answer.content.decode()
    assert Avtale.objects.get().status == S.DRAFT


def test_without_the_cross_nothing_is_signed(avtale, kari, as_user):
    fields = signature("Kari Nilsen") | {"agrees": ""}

    assert as_user(kari).post(f"/avtale/{avtale.pk}/signer/", fields).status_code == 422
    assert Avtale.objects.get().status == S.DRAFT


def test_who_is_named_for_the_case_may_let_the_contract_fall_away(avtale, accepted, vidar, kristin):
    assert not rules.may_cancel(vidar, avtale)

    Settestedfortreder.objects.create(
        soknad=accepted, asked_by=kristin, ansatt=vidar, named_by=kristin, named_at=clock.now()
    )

    assert rules.may_cancel(vidar, avtale)


def test_the_text_is_frozen_when_the_contract_is_made(avtale, regel, kari):
    before = avtale.text
    Bindingsregel.objects.update(months=6, exceptions="Noe annet", share=10)
    Soknad.objects.update(study="Noe annet")

    avtale.refresh_from_db()
    assert avtale.text == before
    assert (avtale.months, avtale.share) == (24, 100)


def test_the_contract_is_written_in_the_maalform_of_the_kommune(granted, regel, kari, monkeypatch):
    monkeypatch.setattr(Kommune, "maalform", property(lambda _: "nn", lambda _, value: None))

    brev.accept(granted(kari), by=kari)

    assert Avtale.objects.get().lang == "nn"


# --- who signs --------------------------------------------------------------------------------


def test_nobody_signs_for_the_employee(avtale, kari, liv, vidar, frida):
    for person in (liv, vidar, frida):
        with pytest.raises(PermissionDenied):
            actions.sign(avtale, name=person.full_name, by=person)


def test_a_leader_does_not_sign_the_own_contract_for_the_municipality(granted, regel, liv, vidar):
    brev.accept(granted(liv), by=liv)
    own = Avtale.objects.get()
    actions.sign(own, name="Liv Berg", by=liv)

    with pytest.raises(PermissionDenied):
        actions.countersign(own, name="Liv Berg", by=liv)
    assert actions.countersign(own, name="Vidar Dahl", by=vidar).status == S.SIGNED


def test_who_is_not_impartial_does_not_sign_and_the_next_level_hears_of_it(
    avtale, accepted, kari, liv, vidar
):
    Inhabilitet.objects.create(soknad=accepted, ansatt=liv, ground="family")

    actions.sign(avtale, name="Kari Nilsen", by=kari)

    with pytest.raises(PermissionDenied):
        actions.countersign(avtale, name="Liv Berg", by=liv)
    told = Varsel.objects.filter(kind="avtale.countersign").values_list("recipient", flat=True)
    assert liv.pk not in told


def test_a_stranger_finds_neither_contract_nor_pdf(avtale, ola, siri, turid, as_user):
    for person in (ola, siri, turid):
        for path in ("", "avtale.pdf", "signer/"):
            assert as_user(person).get(f"/avtale/{avtale.pk}/{path}").status_code == 404


def test_the_municipality_signs_last(avtale, liv):
    with pytest.raises(TransitionError):
        actions.countersign(avtale, name="Liv Berg", by=liv)


def test_the_database_refuses_a_contract_in_force_without_both_signatures(avtale):
    with pytest.raises(IntegrityError), transaction.atomic():
        Avtale.objects.update(status=S.SIGNED)


# --- before it begins -------------------------------------------------------------------------


def test_a_no_after_the_yes_lets_the_contract_fall_away(avtale, accepted, kari):
    brev.decline(accepted, by=kari)

    avtale.refresh_from_db()
    assert avtale.status == S.CANCELLED


def test_a_no_after_money_is_paid_is_refused_with_a_sentence(signed, accepted, kari, as_user):
    pay(signed, 1)

    answer = as_user(kari).post(f"/mine/{accepted.pk}/svar/", {"svar": "nei"})

    assert answer.status_code == 409
    assert "Noe av støtten er betalt ut" in answer.content.decode()
    assert Soknad.objects.get(pk=accepted.pk).status == Soknad.Status.ACCEPTED


def test_a_replaced_decision_cancels_the_contract_and_a_new_yes_makes_another(
    signed, accepted, kari, kristin
):
    old = Decision.objects.get(soknad=accepted)
    content = vedtak.Content(outcome="partly", amount=30_000, leave_days=12, reason="Mindre")

    vedtak.replace(old, content, by=kristin)
    Soknad.objects.filter(pk=accepted.pk).update(status="answered")
    brev.accept(Soknad.objects.get(pk=accepted.pk), by=kari)

    assert set(Avtale.objects.values_list("status", "amount")) == {
        (S.CANCELLED, 34_000), (S.DRAFT, 30_000),
    }  # fmt: skip
    assert sum(Tilsagn.objects.values_list("amount", flat=True)) == 30_000


# --- the clock and the debt -------------------------------------------------------------------


def test_the_page_shows_the_debt_of_any_day_and_of_every_month(signed, frida, kari, as_user):
    pay(signed, 24_000)
    running(signed, frida)
    browser = as_user(kari)

    today = browser.get(f"/avtale/{signed.pk}/").content.decode().replace("\xa0", " ")
    later = browser.get(f"/avtale/{signed.pk}/?dato=01.07.2027").content.decode()

    assert "24 000 kr" in today
    assert "Bindingstiden er over 1. januar 2029." in today
    assert "18\xa0000\xa0kr" in later
    assert "6 av 24" in later
    assert later.count('<tr role="row">') == 26


def test_a_day_that_is_no_day_is_answered_with_a_sentence(signed, kari, as_user):
    page = as_user(kari).get(f"/avtale/{signed.pk}/?dato=31.02.2027").content.decode()

    assert "Den datoen finnes ikke." in page


def test_leave_stops_the_clock_until_it_ends(signed, frida, as_user):
    pay(signed, 24_000)
    running(signed, frida)
    browser = as_user(frida)
    with at(2027, 3, 1):
        fields = {"kind": "parental", "starts": "01.03.2027", "ends": ""}
        assert browser.post(f"/avtale/{signed.pk}/pause/", fields).status_code == 302

    signed.refresh_from_db()
    with at(2027, 9, 1):
        assert oppgjor.oppgjor(signed, on=clock.today()).served == 2
        assert "står stille" in browser.get(f"/avtale/{signed.pk}/").content.decode()
        browser.post(f"/avtale/{signed.pk}/pause/slutt/", {"ends": "31.08.2027"})

    told = oppgjor.oppgjor(signed, on=date(2027, 9, 1))
    assert (told.served, told.ends_on) == (2, date(2029, 7, 4))


def test_leave_that_the_contract_does_not_name_stops_nothing(signed, frida, as_user):
    running(signed, frida)

    with pytest.raises(DomainError):
        brudd.pause(signed, kind="unpaid", starts=date(2027, 2, 1), ends=None, by=frida)
    answer = as_user(frida).post(
        f"/avtale/{signed.pk}/pause/", {"kind": "unpaid", "starts": "01.02.2027"}
    )
    assert answer.status_code == 422


def test_two_pauses_do_not_overlap(signed, frida, as_user):
    running(signed, frida)
    brudd.pause(signed, kind="sick", starts=date(2027, 2, 1), ends=date(2027, 2, 28), by=frida)

    fields = {"kind": "sick", "starts": "28.02.2027", "ends": "05.03.2027"}
    answer = as_user(frida).post(f"/avtale/{signed.pk}/pause/", fields)

    assert answer.status_code == 422
    assert "pause fra før" in answer.content.decode()


def test_the_advisor_closes_what_is_over_and_nothing_else(signed, frida, as_user):
    running(signed, frida)
    browser = as_user(frida)

    with at(2028, 12, 31):
        assert "avtale.fulfil" not in keys(frida)
        browser.post("/avtaler/oppfylt/")
        assert Avtale.objects.get().status == S.RUNNING
        with pytest.raises(DomainError):
            actions.fulfil(signed, by=frida)
    with at(2029, 1, 1):
        assert "avtale.fulfil" in keys(frida)
        assert "Merk 1 avtale som oppfylt" in browser.get("/avtaler/").content.decode()
        browser.post("/avtaler/oppfylt/")

    assert Avtale.objects.get().status == S.FULFILLED


# --- breach, money back, release --------------------------------------------------------------


def test_who_leaves_gives_the_advisor_a_duty_and_the_breach_is_paid_back(
    signed, frida, kari, as_user
):
    pay(signed, 24_000)
    running(signed, frida)
    kari.left_on = date(2027, 7, 1)
    kari.save(update_fields=["left_on"])
    browser = as_user(frida)

    with at(2027, 7, 1):
        assert "avtale.settle" in keys(frida)
        page = browser.get(f"/avtale/{signed.pk}/brudd/").content.decode().replace("\xa0", " ")
        assert "1. juli 2027 kan 18 000 kr kreves tilbake." in page
        browser.post(
            f"/avtale/{signed.pk}/brudd/",
            {"ground": "left", "on": "01.07.2027", "instalments": "4", "first_due": "01.09.2027"},
        )
    avtale = Avtale.objects.get()
    assert (avtale.status, avtale.debt, avtale.ended_on) == (S.BREACHED, 18_000, date(2027, 7, 1))
    with at(2027, 10, 1):
        assert "avtale.settle" not in keys(frida)
        page = browser.get(f"/avtale/{avtale.pk}/").content.decode().replace("\xa0", " ")
        assert page.count("4 500 kr") == 4
        for amount in ("4 500", "13 500"):
            fields = {"amount": amount, "paid_on": "01.10.2027", "engangsnokkel": once.new_token()}
            assert browser.post(f"/avtale/{avtale.pk}/betalt/", fields).status_code == 302

    avtale.refresh_from_db()
    assert (avtale.status, avtale.repaid) == (S.REPAID, 18_000)
    assert Tilbakebetaling.objects.count() == 2


def test_more_than_what_is_owed_is_never_registered(signed, frida, as_user):
    pay(signed, 24_000)
    running(signed, frida)
    with at(2027, 7, 1):
        brudd.breach(signed, Brudd(ground="left", on=date(2027, 7, 1)), by=frida)
        answer = as_user(frida).post(
            f"/avtale/{signed.pk}/betalt/",
            {"amount": "18 001", "paid_on": "01.07.2027", "engangsnokkel": once.new_token()},
        )

    assert answer.status_code == 422
    assert "igjen å betale" in answer.content.decode()
    assert Tilbakebetaling.objects.count() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Avtale.objects.update(repaid=18_001)


def test_where_nothing_is_owed_there_is_no_breach(signed, frida):
    running(signed, frida)

    with pytest.raises(DomainError), at(2027, 7, 1):
        brudd.breach(signed, Brudd(ground="left", on=date(2027, 7, 1)), by=frida)


def test_release_needs_a_reason_and_one_who_decides(signed, frida, liv, as_user):
    pay(signed, 24_000)
    running(signed, frida)
    empty = as_user(frida).post(f"/avtale/{signed.pk}/ettergi/", {"relief": "health", "note": ""})

    assert empty.status_code == 422
    assert as_user(liv).post(f"/avtale/{signed.pk}/ettergi/").status_code == 403
    as_user(frida).post(f"/avtale/{signed.pk}/ettergi/", {"relief": "health", "note": "Avtalt."})
    assert Avtale.objects.get().status == S.RELEASED


def test_an_advisor_does_not_follow_up_the_own_contract(granted, regel, frida, kristin):
    brev.accept(granted(frida), by=frida)
    own = Avtale.objects.get()
    actions.sign(own, name="Frida Moen", by=frida)
    actions.countersign(own, name="Kristin Vik", by=kristin)

    for verb in (
        lambda: actions.begin(own, on=date(2027, 1, 1), by=frida),
        lambda: brudd.breach(own, Brudd(ground="other", on=date(2027, 1, 1)), by=frida),
        lambda: brudd.release(own, relief="other", note="x", by=frida),
    ):
        with pytest.raises(PermissionDenied):
            verb()


# --- the rules --------------------------------------------------------------------------------


RULE = {
    "name": "Kort", "from_amount": "10 000", "from_leave_days": "", "months": "12",
    "begins": "signed", "falls": "whole", "share": "80", "ceiling": "", "leave_rate": "",
    "pauses": ["sick"], "exceptions": "", "is_active": "on",
}  # fmt: skip


def test_the_advisor_writes_a_rule_and_it_counts_from_the_next_yes(
    granted, frida, kari, liv, as_user
):
    assert as_user(frida).post("/avtaler/regler/ny/", RULE).status_code == 302

    brev.accept(granted(kari), by=kari)
    avtale = Avtale.objects.get()
    actions.sign(avtale, name="Kari Nilsen", by=kari)
    avtale = actions.countersign(avtale, name="Liv Berg", by=liv)

    assert (avtale.months, avtale.share, avtale.pauses) == (12, 80, ["sick"])
    assert (avtale.status, avtale.binding_from) == (S.RUNNING, NOVEMBER.date())


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"months": "25"}, "ikke være høyere enn 24"),
        ({"months": "0"}, "ikke være lavere enn 1"),
        ({"from_amount": ""}, "Skriv fra hvilket beløp"),
        ({"share": "101"}, "mellom 0 og 100"),
        ({"name": ""}, "Fyll ut"),
    ],
)
def test_a_rule_that_cannot_be_is_answered_with_a_sentence(active, frida, as_user, wrong, sentence):
    answer = as_user(frida).post("/avtaler/regler/ny/", RULE | wrong)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Bindingsregel.objects.count() == 0


def test_two_advisors_do_not_overwrite_a_rule(regel, frida, as_user):
    fields = RULE | {"version": "1"}

    assert as_user(frida).post(f"/avtaler/regler/{regel.pk}/", fields).status_code == 302
    late = as_user(frida).post(f"/avtaler/regler/{regel.pk}/", fields | {"months": "3"})

    assert late.status_code == 409
    assert Bindingsregel.objects.get().months == 12


# --- lists ------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 30])
def test_the_lists_cost_the_same_whatever_the_number(
    granted, regel, kari, frida, as_user, queries_of, number
):
    for _ in range(number):
        brev.accept(granted(kari, amount=1_000, leave_days=20), by=kari)

    assert Avtale.objects.count() == number
    assert queries_of(as_user(frida), "/avtaler/") == 7
    assert queries_of(as_user(kari), f"/avtale/{Avtale.objects.first().pk}/") <= 8


def test_the_list_filters_by_status_and_by_who_leaves(signed, frida, kari, as_user):
    browser = as_user(frida)

    assert "Kari Nilsen" in browser.get("/avtaler/?status=signed").content.decode()
    assert "Kari Nilsen" not in browser.get("/avtaler/?status=breached").content.decode()
    assert "Kari Nilsen" not in browser.get("/avtaler/?slutter=on").content.decode()
    kari.left_on = date(2027, 1, 1)
    kari.save(update_fields=["left_on"])
    assert "Kari Nilsen" in browser.get("/avtaler/?slutter=on").content.decode()


# --- the waiting list -------------------------------------------------------------------------


def test_a_no_brings_the_next_in_line_to_the_desk(granted, kari, ola, frida, kristin, as_user):
    soknad = granted(kari, rank=1)
    waiting = granted(ola, outcome="waiting", rank=2)

    as_user(kari).post(f"/mine/{soknad.pk}/svar/", {"svar": "nei"})

    told = Varsel.objects.get(kind="soknad.decline")
    assert told.recipient == frida
    assert waiting.reference in told.body
    runde = Soknadsrunde.objects.get()
    assert runde.granted == 0
    assert Decision.objects.get(soknad=soknad).released == 34_000
    assert "venteliste.free" not in keys(frida)
    assert "venteliste.offer" in keys(frida)
    offered = Decision.objects.get(soknad=waiting)
    vedtak.replace(
        offered, vedtak.Content(outcome="granted", amount=34_000, reason="Plass"), by=kristin
    )
    assert "venteliste.offer" not in keys(frida)
