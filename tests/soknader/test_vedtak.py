"""The decisions through their page: reasons, frame, double click, replacing, plan."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Rolle
from planer.models import Tiltak
from soknader.actions import ramme
from soknader.actions import vedtak as actions
from soknader.actions.innhold import Content
from soknader.models import Endring, Soknad, Soknadsrunde, Vedtak
from tests.conftest import OCTOBER, TenantClient, give, make_ansatt, make_enhet
from tests.soknader.saker import at_once, make_draft, make_runde, make_sak, version


@pytest.fixture
def runde(active, october):
    return make_runde()


@pytest.fixture
def as_user_later():
    """Return a browser for tests that really commit; `as_user` belongs to one transaction."""

    def browser(ansatt):
        client = TenantClient()
        client.prefix = f"/{ansatt.kommune.slug}"
        client.force_login(ansatt.bruker)
        return client

    return browser


def vedta(browser, runde, token=None):
    token = token or str(uuid4())
    return browser.post(f"/vedtak/{runde.pk}/vedta/", {"engangsnokkel": token})


def test_decide_freezes_signs_audits_and_closes_the_round(as_user, frida, vidar, runde, kari, ola):
    granted = make_draft(make_sak(kari, runde))
    waiting = make_draft(make_sak(ola, runde), "waiting")
    as_user(vidar).post(
        f"/prioritering/{runde.pk}/flytt/", {"versjon": 1, "ned": granted.soknad_id}
    )

    assert vedta(as_user(frida), runde).status_code == 302

    runde.refresh_from_db()
    assert (runde.status, runde.granted) == ("decided", 30_000)
    for vedtak in (granted, waiting):
        vedtak.refresh_from_db()
        assert (vedtak.status, vedtak.decided_by, vedtak.role) == ("decided", frida, "fagradgiver")
        assert vedtak.soknad.status == "decided"
    events = AuditEvent.objects.filter(action="vedtak.decide").order_by("pk")
    assert {(e.by_id, e.role, e.object_id) for e in events} == {
        (frida.pk, "fagradgiver", granted.pk), (frida.pk, "fagradgiver", waiting.pk),
    }  # fmt: skip
    assert not Endring.objects.exists()


def test_a_second_click_gives_the_same_page_and_one_decision(as_user, frida, runde, kari):
    make_draft(make_sak(kari, runde))
    token, browser = str(uuid4()), as_user(frida)

    first, second = (vedta(browser, runde, token) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert AuditEvent.objects.filter(action="vedtak.decide").count() == 1
    runde.refresh_from_db()
    assert runde.granted == 30_000


@pytest.mark.parametrize(
    ("outcome", "is_prioritised"), [("refused", True), ("granted", False), ("partly", False)]
)
def test_refusal_and_exception_need_a_reason(
    as_user, frida, runde, kari, ola, outcome, is_prioritised
):
    make_draft(make_sak(ola, runde))
    draft = make_draft(make_sak(kari, runde, is_prioritised=is_prioritised), outcome)

    page = as_user(frida).get(f"/vedtak/{runde.pk}/").content.decode()
    assert "Du kan vedta 2 saker når det som mangler, er skrevet." in page
    assert "Vedta 2 saker" not in page
    response = vedta(as_user(frida), runde)

    assert response.status_code == 409
    assert "Begrunnelse mangler i sak 2." in response.content.decode()
    assert not Vedtak.objects.filter(status="decided").exists()
    Vedtak.objects.filter(pk=draft.pk).update(reason="Få plasser i år.")
    assert vedta(as_user(frida), runde).status_code == 302
    assert Vedtak.objects.filter(status="decided").count() == 2


def test_m12_support_outside_the_priorities_with_the_applicants_reason(as_user, frida, runde, kari):
    make_draft(make_sak(kari, runde, is_prioritised=False, exception="Ny teknologi på avdelingen"))

    assert vedta(as_user(frida), runde).status_code == 302


def test_the_database_refuses_a_refusal_without_reason(runde, kari, frida):
    draft = make_draft(make_sak(kari, runde), "refused")

    with pytest.raises(IntegrityError), transaction.atomic():
        Vedtak.objects.filter(pk=draft.pk).update(
            status="decided", decided_at=clock.now(), decided_by=frida
        )


def test_more_than_the_frame_decides_nothing(as_user, frida, runde, kari, ola):
    for ansatt in (kari, ola, kari, ola):
        make_draft(make_sak(ansatt, runde))

    response = vedta(as_user(frida), runde)

    assert response.status_code == 409
    assert "20\xa0000\xa0kr over rammen" in response.content.decode()
    runde.refresh_from_db()
    assert (runde.granted, runde.status) == (0, "prioritising")
    assert not Vedtak.objects.filter(status="decided").exists()


def test_drafts_keep_within_what_is_applied_for(as_user, frida, runde, kari):
    sak = make_sak(kari, runde)

    response = as_user(frida).post(
        f"/prioritering/{runde.pk}/sak/{sak.pk}/utkast/",
        {"versjon": 0, "outcome": "partly", "amount": "30 001", "leave_days": "0"},
    )

    assert response.status_code == 422
    assert "Støtten kan ikke være større" in response.content.decode()
    assert not Vedtak.objects.exists()


def test_all_that_is_applied_for_is_not_called_a_part(as_user, frida, runde, kari):
    sak = make_sak(kari, runde)
    url = f"/prioritering/{runde.pk}/sak/{sak.pk}/utkast/"
    told = {"versjon": 0, "outcome": "partly", "amount": "30 000", "leave_days": "10"}
    browser = as_user(frida)

    refused = browser.post(url, told)
    whole = Content(outcome="partly", amount=30_000, leave_days=10)
    with pytest.raises(DomainError, match="alt det er søkt om"):
        actions.draft(sak, whole, version=0, by=frida)
    assert not Vedtak.objects.exists()
    fewer_days = browser.post(url, told | {"leave_days": "9"})

    assert refused.status_code == 422
    assert "Dette er alt det er søkt om" in refused.content.decode()
    assert fewer_days.status_code == 302
    assert Vedtak.objects.get().outcome == "partly"


@pytest.mark.parametrize(("days", "status"), [("3", 302), ("0", 422)])
def test_days_of_leave_alone_are_support_and_nothing_is_not(
    as_user, frida, runde, kari, days, status
):
    sak = make_sak(kari, runde)

    answer = as_user(frida).post(
        f"/prioritering/{runde.pk}/sak/{sak.pk}/utkast/",
        {"versjon": 0, "outcome": "partly", "amount": "0", "leave_days": days},
    )

    assert answer.status_code == status
    assert Vedtak.objects.count() == (status == 302)
    assert ("Skriv beløp eller dager fri" in answer.content.decode()) == (status == 422)


def test_draft_by_the_page_with_full_support_and_undo(as_user, frida, runde, kari):
    sak, browser = make_sak(kari, runde), as_user(frida)
    url = f"/prioritering/{runde.pk}/sak/{sak.pk}/utkast/"

    browser.post(url, {"versjon": 0, "outcome": "granted"})
    draft = Vedtak.objects.get()
    assert (draft.outcome, draft.amount, draft.leave_days) == ("granted", 30_000, 10)
    browser.post(url, {"versjon": version(sak), "outcome": "refused", "reason": "Få plasser"})
    last = Endring.objects.order_by("pk").last()
    browser.post(f"/prioritering/{runde.pk}/angre/{last.pk}/")

    draft = Vedtak.objects.get()
    assert (draft.outcome, draft.amount, draft.reason) == ("granted", 30_000, "")


def test_a_decision_is_replaced_and_never_edited(as_user, frida, runde, kari):
    sak = make_sak(kari, runde)
    make_draft(sak, "waiting")
    vedta(as_user(frida), runde)
    old = Vedtak.objects.get()
    fields = {"outcome": "partly", "amount": "20 000", "leave_days": "5", "reason": "Ledig plass"}

    response = as_user(frida).post(f"/vedtak/{runde.pk}/sak/{old.pk}/", fields)

    assert response.status_code == 302
    old.refresh_from_db()
    new = Vedtak.objects.get(status="decided")
    assert (old.status, old.outcome, old.amount) == ("replaced", "waiting", 0)
    assert (new.supersedes, new.amount, new.decided_by) == (old, 20_000, frida)
    runde.refresh_from_db()
    assert runde.granted == 20_000
    event = AuditEvent.objects.get(action="vedtak.replace")
    assert event.details == {"was": old.pk, "outcome": "partly", "amount": 20_000, "leave_days": 5}
    assert as_user(frida).post(f"/vedtak/{runde.pk}/sak/{old.pk}/", fields).status_code == 409


def test_a_grant_that_is_replaced_by_a_no_goes_out_of_the_training_plan(frida, runde, kari):
    sak = make_sak(kari, runde)
    make_draft(sak, "granted")
    actions.decide(runde, by=frida)
    measure = Tiltak.objects.get(origin=f"soknad:{sak.pk}")
    assert measure.status != Tiltak.Status.CANCELLED

    no = Content(outcome="refused", reason="Studiet er lagt ned")
    actions.replace(Vedtak.objects.get(), no, by=frida)

    measure.refresh_from_db()
    assert measure.status == Tiltak.Status.CANCELLED


def test_a_replacement_needs_room_in_the_frame_and_a_reason(frida, runde, kari):
    make_draft(make_sak(kari, runde, tuition=90_000, books=0), "waiting")
    actions.decide(runde, by=frida)
    old = Vedtak.objects.get()
    Soknadsrunde.objects.update(budget=50_000)

    with pytest.raises(DomainError, match="over rammen"):
        actions.replace(old, Content(outcome="granted", amount=90_000, reason="Ja"), by=frida)
    with pytest.raises(DomainError, match="hvorfor"):
        actions.replace(old, Content(outcome="granted", amount=10_000), by=frida)


def test_habilitet_holds_for_replacing_too(frida, kristin, runde):
    make_draft(make_sak(frida, runde), "waiting")
    actions.decide(runde, by=kristin)

    vedtak, content = Vedtak.objects.get(), Content(outcome="granted", amount=1, reason="Fordi")

    with pytest.raises(PermissionDenied):
        actions.replace(vedtak, content, by=frida)


def test_what_is_granted_stands_in_the_training_plan_without_a_person(frida, runde, kari):
    sak = make_sak(kari, runde)
    make_draft(sak, "partly", amount=25_000)

    actions.decide(runde, by=frida)

    tiltak = Tiltak.objects.get(origin=f"soknad:{sak.pk}")
    assert (tiltak.year, tiltak.half, tiltak.theme) == (2027, "host", "Geriatri 1")
    assert tiltak.enhet.name == "Hjemmetjenesten"
    amounts = dict(tiltak.belop.values_list("kind", "amount"))
    assert amounts == {"fee": 20_000, "literature": 5_000, "own": 25_000}
    shown = f"{tiltak.theme} {tiltak.target_group} {tiltak.responsible}"
    assert "Kari" not in shown


def test_who_may_not_decide(as_user, vidar, turid, kari, runde):
    for ansatt in (vidar, turid, kari):
        assert as_user(ansatt).get(f"/vedtak/{runde.pk}/").status_code == 403
        assert vedta(as_user(ansatt), runde).status_code == 403


# --- races, on connections of their own ---------------------------------------------------------


def test_fifty_grants_at_once_never_pass_the_frame(real_db):
    kommune = Kommune.objects.get(slug="fjordvik")
    with as_kommune(kommune.pk):
        runde = make_runde(budget=100_000)

    def grant(_index):
        with as_kommune(kommune.pk):
            try:
                with transaction.atomic():
                    ramme.move(Soknadsrunde.objects.get(pk=runde.pk), ramme.Draw(7_000))
            except DomainError:
                return False
            return True

    results = at_once(50, grant)

    with as_kommune(kommune.pk):
        granted = Soknadsrunde.objects.get().granted
    assert (results.count(True), granted) == (14, 98_000)


def test_replacements_at_once_never_pass_the_frame(real_db):
    kommune = Kommune.objects.get(slug="fjordvik")
    with clock.frozen(OCTOBER), as_kommune(kommune.pk):
        top = make_enhet("Fjordvik kommune", "kommune")
        frida = give(make_ansatt("Frida", "Moen", top), Rolle.Kode.FAGRADGIVER, top)
        kari = make_ansatt("Kari", "Nilsen", top)
        runde = make_runde(budget=100_000)
        for _ in range(10):
            make_draft(make_sak(kari, runde), "waiting")
        actions.decide(runde, by=frida)
        ids = list(Vedtak.objects.values_list("pk", flat=True))

    def promote(index):
        with as_kommune(kommune.pk):
            by = Ansatt.objects.get(pk=frida.pk)
            vedtak = Vedtak.objects.get(pk=ids[index])
            content = Content(outcome="granted", amount=30_000, reason="Ledige midler")
            try:
                with transaction.atomic():
                    actions.replace(vedtak, content, by=by)
            except DomainError:
                return False
            return True

    results = at_once(10, promote)

    with as_kommune(kommune.pk):
        in_force = Vedtak.objects.filter(status="decided")
        assert results.count(True) == 3
        assert Soknadsrunde.objects.get().granted == 90_000
        assert sum(vedtak.amount for vedtak in in_force) == 90_000
        assert in_force.count() == 10


def test_two_who_decide_at_once_decide_each_case_once(real_db):
    kommune = Kommune.objects.get(slug="fjordvik")
    with clock.frozen(OCTOBER), as_kommune(kommune.pk):
        top = make_enhet("Fjordvik kommune", "kommune")
        frida = give(make_ansatt("Frida", "Moen", top), Rolle.Kode.FAGRADGIVER, top)
        kari = make_ansatt("Kari", "Nilsen", top)
        runde = make_runde(budget=100_000)
        for _ in range(3):
            make_draft(make_sak(kari, runde))

    def decide(_index):
        with as_kommune(kommune.pk):
            try:
                with transaction.atomic():
                    by = Ansatt.objects.get(pk=frida.pk)
                    actions.decide(Soknadsrunde.objects.get(pk=runde.pk), by=by)
            except DomainError:
                return False
            return True

    results = at_once(8, decide)

    with as_kommune(kommune.pk):
        assert results.count(True) == 1
        assert Soknadsrunde.objects.get().granted == 90_000
        assert AuditEvent.objects.filter(action="vedtak.decide").count() == 3
        assert set(Soknad.objects.values_list("status", flat=True)) == {"decided"}


def test_two_clicks_at_the_same_moment_lead_to_the_same_page(real_db, as_user_later):
    kommune = Kommune.objects.get(slug="fjordvik")
    with clock.frozen(OCTOBER), as_kommune(kommune.pk):
        top = make_enhet("Fjordvik kommune", "kommune")
        frida = give(make_ansatt("Frida", "Moen", top), Rolle.Kode.FAGRADGIVER, top)
        runde = make_runde(budget=100_000)
        make_draft(make_sak(make_ansatt("Kari", "Nilsen", top), runde))
        browsers = [as_user_later(frida) for _ in range(2)]
    token = str(uuid4())

    answers = at_once(2, lambda index: vedta(browsers[index], runde, token))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    with as_kommune(kommune.pk):
        assert AuditEvent.objects.filter(action="vedtak.decide").count() == 1
        assert Soknadsrunde.objects.get().granted == 30_000


@pytest.mark.parametrize("number", [2, 40])
def test_deciding_many_at_once_asks_as_little_as_deciding_two(
    runde, frida, kari, ola, number, django_assert_max_num_queries
):
    Soknadsrunde.objects.filter(pk=runde.pk).update(budget=5_000_000)
    for at in range(number):
        make_draft(make_sak((kari, ola)[at % 2], runde), leave_days=3)
    make_draft(make_sak(kari, runde), "refused", reason="Få plasser")

    with django_assert_max_num_queries(34):
        ready = actions.decide(runde, by=frida)

    assert len(ready.mine) == number + 1
    assert Tiltak.objects.filter(origin__startswith="soknad:").count() == number
    assert set(Soknad.objects.values_list("status", flat=True)) == {"decided"}
