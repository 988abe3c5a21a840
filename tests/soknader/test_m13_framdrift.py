"""Studies followed term by term, until the leader confirms what they gave."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from kartlegging.actions import behov
from kartlegging.models import Beholdning, UnderUtdanning
from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner.attachments import Attachment
from kompetanse.varsler import actions as varsler
from kompetanse.varsler.models import Varsel
from kompetanse.varsler.oppgaver import waiting_for
from soknader.actions import brev, brudd
from soknader.actions import framdrift as actions
from soknader.actions.brudd import Brudd
from soknader.actions.framdrift import Melding
from soknader.models import Avtale, Framdrift
from soknader.queries import framdrift as queries
from soknader.rules import termin
from tests.soknader.avtaler import a_pdf, at

K, S = Framdrift.Kind, Framdrift.Status


def keys(actor):
    return {each.key.partition(":")[0] for each in waiting_for(actor, on=clock.today())}


def evidence():
    return SimpleUploadedFile("vitnemal.pdf", a_pdf(), content_type="application/pdf")


def completed(soknad, by, **more):
    attachment = Attachment("vitnemal.pdf", a_pdf(), "application/pdf")
    told = {"kind": K.COMPLETED, "ended_on": clock.today(), "evidence": attachment} | more
    return actions.report(soknad, Melding(**told), by=by)


# --- the terms --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (date(2027, 6, 8), date(2026, 12, 31)),
        (date(2027, 6, 9), date(2027, 6, 30)),
        (date(2027, 12, 9), date(2027, 6, 30)),
        (date(2027, 12, 10), date(2027, 12, 31)),
        (date(2028, 1, 1), date(2027, 12, 31)),
        (date(2028, 2, 29), date(2027, 12, 31)),
    ],
)
def test_a_report_is_asked_for_from_three_weeks_before_the_term_ends(on, last):
    assert termin.last_asked(on=on) == last


def test_a_study_is_asked_of_from_the_term_it_began_in():
    assert termin.due_term(starts=date(2027, 8, 15), on=date(2027, 12, 1)) is None
    assert termin.due_term(starts=date(2027, 8, 15), on=date(2027, 12, 15)) == date(2027, 12, 31)
    assert termin.term_of(date(2027, 9, 1), starts=date(2027, 8, 15)) == date(2027, 12, 31)


# --- told and asked for -----------------------------------------------------------------------


def test_m13_from_the_first_term_to_the_stock_through_the_pages(
    signed, accepted, geriatri, kari, liv, as_user
):
    employee, leader = as_user(kari), as_user(liv)
    address = f"/mine/{accepted.pk}/framdrift/"
    with at(2027, 12, 15):
        assert "framdrift.report" in keys(kari)
        assert employee.post(address, {"kind": "in_progress"}).status_code == 302
        assert "framdrift.report" not in keys(kari)
    with at(2029, 6, 20):
        fields = {
            "kind": "completed", "ended_on": "15.06.2029", "file": evidence(),
            "kompetanse": geriatri.pk, "level": "3",
        }  # fmt: skip
        assert employee.post(address, fields).status_code == 302
        told = Framdrift.objects.get(kind=K.COMPLETED)
        assert "framdrift.confirm" in keys(liv)
        assert Beholdning.objects.count() == 0
        page = leader.get(f"/studier/{told.pk}/").content.decode()
        assert "Kari Nilsen: fullført" in page
        assert leader.get(f"/studier/{told.pk}/bevis/").content.startswith(b"%PDF")
        answer = {"verdict": "confirm", "kompetanse": geriatri.pk, "level": "3"}
        assert leader.post(f"/studier/{told.pk}/", answer).status_code == 302

    row = Beholdning.objects.get()
    assert (row.ansatt, row.kompetanse, row.level, row.status) == (kari, geriatri, 3, "confirmed")
    assert row.confirmed_by == liv
    avtale = Avtale.objects.get()
    assert (avtale.status, avtale.binding_from) == (Avtale.Status.RUNNING, date(2029, 6, 15))


def test_the_rounds_education_proposes_its_competence(
    granted, regel, geriatri, utlysning, kari, as_user
):
    utlysning.kompetanse, utlysning.level = geriatri, 2
    utlysning.save()
    soknad = brev.accept(granted(kari, utlysning=utlysning), by=kari)

    page = as_user(kari).get(f"/mine/{soknad.pk}/framdrift/").content.decode()

    assert f'<option value="{geriatri.pk}" selected>Geriatri</option>' in page


def test_the_advisor_says_what_a_prioritised_education_gives(runde, geriatri, frida, as_user):
    fields = {
        "rad-TOTAL_FORMS": "1", "rad-INITIAL_FORMS": "0", "rad-0-title": "Geriatri",
        "rad-0-kompetanse": geriatri.pk, "rad-0-level": "3",
    }  # fmt: skip

    assert as_user(frida).post(f"/runder/{runde.pk}/utdanninger/", fields).status_code == 302

    stored = runde.utlysninger.get()
    assert (stored.kompetanse, stored.level) == (geriatri, 3)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Velg hvordan det går med studiet."),
        ({"kind": "delayed"}, "Skriv når du tror studiet er ferdig."),
        ({"kind": "completed", "ended_on": "01.11.2026"}, "Legg ved vitnemål"),
        ({"kind": "broken_off", "ended_on": "01.11.2026"}, "Skriv hvorfor du avbrøt studiet."),
        ({"kind": "broken_off", "text": "Flyttet"}, "Skriv hvilken dag du avbrøt studiet."),
        ({"kind": "broken_off", "text": "x", "ended_on": "01.11.2027"}, "ikke være etter"),
    ],
)
def test_what_is_missing_is_asked_for_in_a_sentence(accepted, kari, as_user, fields, sentence):
    answer = as_user(kari).post(f"/mine/{accepted.pk}/framdrift/", fields)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Framdrift.objects.count() == 0


def test_each_study_is_reminded_of_once_a_term(signed, kari):
    with at(2027, 12, 31, 12):
        varsler.remind()
        varsler.remind()
        assert Varsel.objects.filter(kind="framdrift.frist").count() == 1
    with at(2028, 1, 5):
        varsler.remind()
    assert Varsel.objects.filter(kind="framdrift.frist").count() == 1


def test_who_has_reported_is_not_reminded(signed, accepted, kari):
    with at(2027, 12, 15):
        actions.report(accepted, Melding(kind=K.IN_PROGRESS), by=kari)
    with at(2027, 12, 31, 12):
        varsler.remind()

    assert Varsel.objects.filter(kind="framdrift.frist").count() == 0


def test_a_delay_moves_the_expected_end(accepted, kari):
    actions.report(accepted, Melding(kind=K.DELAYED, ends=date(2030, 6, 15)), by=kari)

    assert queries.studying().get().expected_on == date(2030, 6, 15)


# --- confirmed, sent back, broken off ---------------------------------------------------------


def test_nobody_confirms_the_own_study(granted, regel, geriatri, liv, vidar):
    soknad = brev.accept(granted(liv), by=liv)
    told = completed(soknad, liv, kompetanse=geriatri, level=2)

    with pytest.raises(PermissionDenied):
        actions.confirm(told, kompetanse=geriatri, level=2, by=liv)
    actions.confirm(told, kompetanse=geriatri, level=2, by=vidar)
    assert Beholdning.objects.get().ansatt == liv


def test_what_is_sent_back_can_be_told_anew(accepted, kari, liv, as_user):
    told = completed(accepted, kari)
    answer = as_user(liv).post(f"/studier/{told.pk}/", {"verdict": "return", "reason": ""})
    assert answer.status_code == 422

    as_user(liv).post(f"/studier/{told.pk}/", {"verdict": "return", "reason": "Feil side."})

    assert "Feil side." in as_user(kari).get(f"/mine/{accepted.pk}/framdrift/").content.decode()
    assert completed(accepted, kari).status == S.WAITING


def test_a_confirmed_level_is_never_lowered(accepted, geriatri, kari, liv):
    Beholdning.objects.create(ansatt=kari, kompetanse=geriatri, level=4, status="confirmed")

    actions.confirm(completed(accepted, kari), kompetanse=geriatri, level=2, by=liv)

    assert Beholdning.objects.get().level == 4


def test_a_competence_needs_a_level(accepted, geriatri, kari, liv, as_user):
    told = completed(accepted, kari)

    with pytest.raises(DomainError):
        actions.confirm(told, kompetanse=geriatri, level=None, by=liv)
    fields = {"verdict": "confirm", "kompetanse": geriatri.pk, "level": ""}
    assert as_user(liv).post(f"/studier/{told.pk}/", fields).status_code == 422


def test_a_study_ends_once(accepted, kari):
    completed(accepted, kari)

    with pytest.raises(TransitionError):
        completed(accepted, kari)
    with pytest.raises(IntegrityError), transaction.atomic():
        Framdrift.objects.create(
            soknad=accepted, term=date(2026, 12, 31), kind="broken_off", ended_on=date(2026, 11, 1)
        )


def test_a_study_that_is_broken_off_asks_for_the_repayment(signed, accepted, kari, frida):
    accepted.tilsagn.filter(kind="tuition").update(paid=30_000)

    melding = Melding(kind=K.BROKEN_OFF, ended_on=clock.today(), text="Fikk ikke vaktene til.")
    actions.report(accepted, melding, by=kari)

    assert Varsel.objects.get(kind="framdrift.broken_off").recipient == frida
    assert "avtale.broken_off" in keys(frida)
    brudd.breach(signed, Brudd(ground="broken_off", on=clock.today()), by=frida)
    assert Avtale.objects.get().debt == 30_000
    assert "avtale.broken_off" not in keys(frida)


def test_a_stranger_neither_tells_nor_reads(accepted, kari, ola, siri, as_user):
    told = completed(accepted, kari)

    assert as_user(ola).post(f"/mine/{accepted.pk}/framdrift/", {}).status_code == 404
    for path in (f"/studier/{told.pk}/", f"/studier/{told.pk}/bevis/"):
        assert as_user(siri).get(path).status_code == 404
    assert "Kari" not in as_user(siri).get("/studier/").content.decode()


# --- the needs form ---------------------------------------------------------------------------


def test_those_under_education_stand_in_the_needs_form_by_themselves(
    signed, accepted, granted, kari, ola, vidar, hjemmetjenesten
):
    brev.accept(granted(ola), by=ola)
    with at(2027, 9, 1):
        form = behov.start(hjemmetjenesten, year=2028, by=vidar)

    row = UnderUtdanning.objects.get(skjema=form)
    assert (row.ansatt, row.study) == (kari, "Videreutdanning i geriatri")
    assert row.expected_on == date(2029, 6, 15)


def test_a_form_with_last_years_answers_names_nobody_twice(accepted, kari, vidar, hjemmetjenesten):
    with at(2026, 11, 11):
        last = behov.start(hjemmetjenesten, year=2027, by=vidar)
        behov.save_texts(last, texts={"goals": "Mål"}, version=last.version, by=vidar)
    with at(2027, 9, 1):
        form = behov.start(hjemmetjenesten, year=2028, by=vidar)
        behov.copy(form, by=vidar)

    assert UnderUtdanning.objects.filter(skjema=form).count() == 1


def test_who_is_done_or_has_left_is_not_in_the_form(accepted, kari, vidar, hjemmetjenesten):
    kari.left_on = date(2027, 1, 1)
    kari.save(update_fields=["left_on"])
    with at(2027, 9, 1):
        form = behov.start(hjemmetjenesten, year=2028, by=vidar)

    assert UnderUtdanning.objects.filter(skjema=form).count() == 0


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_whatever_the_number(
    granted, kari, liv, as_user, queries_of, number
):
    for _ in range(number):
        brev.accept(granted(kari, amount=1_000), by=kari)

    assert queries_of(as_user(liv), "/studier/") == 6
