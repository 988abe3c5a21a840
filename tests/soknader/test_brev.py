"""Letters: made for all decisions, frozen, sent by one act, read and answered by the employee."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader

from kartlegging.models import Behovsskjema, UnderUtdanning
from kompetanse import clock
from kompetanse.errors import DomainError, StaleError, TransitionError
from kompetanse.kommuner import files
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.varsler.models import Kjoring, Varsel
from kompetanse.varsler.oppgaver import waiting_for
from planer.models import Tiltak
from soknader.actions import brev as actions
from soknader.actions import utsending
from soknader.models import Soknad, Soknadsrunde, Svarbrev, Vedtak
from soknader.queries import brev as queries
from tests.soknader.avtaler import NOVEMBER
from tests.soknader.brevene import letter_of, make_all, write_all

S, Outcome = Soknad.Status, Vedtak.Outcome


def send_all(runde, by, count=2):
    """Order the sending, and do not wait."""
    utsending.send(runde, count=count, by=by)
    utsending.send_now(runde, count=count, by=by)


def text_of(content):
    pages = PdfReader(BytesIO(content)).pages
    text = " ".join(page.extract_text() for page in pages)
    return " ".join(text.replace("\xa0", " ").split())


def test_m11_letters_go_out_by_5_november_and_the_employee_says_yes(
    decided, frida, kari, as_user, django_capture_on_commit_callbacks
):
    advisor, employee = as_user(frida), as_user(kari)
    with django_capture_on_commit_callbacks(execute=False):
        started = advisor.post(f"/svarbrev/{decided.pk}/lag/")
    progress = advisor.get(started.url.removeprefix("/fjordvik"))
    assert "Arbeidet venter på å starte." in progress.content.decode()
    kjoring = Kjoring.objects.get()
    write_all(decided, kjoring)
    assert "2 av 2" in advisor.get(f"/kjoring/{kjoring.pk}/").content.decode()

    confirm = advisor.get(f"/svarbrev/{decided.pk}/send/").content.decode()
    assert "Sende 2 brev?" in confirm
    assert "Innvilget: 1" in confirm
    assert "Avslag: 1" in confirm
    assert "Du får støtte" not in employee.get("/hjem/").content.decode()
    advisor.post(f"/svarbrev/{decided.pk}/send/", {"antall": "2"})
    assert "Du får støtte" not in employee.get("/hjem/").content.decode()
    advisor.post(f"/svarbrev/{decided.pk}/na/", {"antall": "2"})

    assert "Du får støtte til videreutdanning i geriatri" in employee.get("/hjem/").content.decode()
    brev = letter_of(kari)
    pdf = text_of(employee.get(f"/brev/{brev.pk}/").content)
    assert "inntil 34 000 kr" in pdf
    assert "12 dager" in pdf
    assert "innen 20. november 2026" in pdf
    assert "2026-0001" in pdf
    offered = employee.get(f"/mine/{brev.vedtak.soknad_id}/").content.decode()
    assert ">Takk ja</button>" in offered
    # A «no» gives the place away, so it is not a tap beside the «yes».
    assert re.search(r"<details.*går plassen videre.*>Takk nei</button>", offered, re.DOTALL)
    answered = employee.post(f"/mine/{brev.vedtak.soknad_id}/svar/", {"svar": "ja"})
    assert answered.status_code == 302
    assert Soknad.objects.get(ansatt=kari).status == S.ACCEPTED
    decided.refresh_from_db()
    assert decided.status == Soknadsrunde.Status.ANSWERED


def test_the_notice_tells_nothing_of_the_answer(made, frida, kari, ola):
    send_all(made, frida)

    told = Varsel.objects.filter(kind="svarbrev")
    assert {varsel.recipient_id for varsel in told} == {kari.pk, ola.pk}
    for varsel in told:
        words = f"{varsel.subject} {varsel.body}".lower()
        assert not {"støtte", "avslag", "innvilget", "geriatri"} & set(words.split())
        assert "http" not in words


def test_a_refusal_says_why_in_the_letter(made, ola):
    text = text_of(files.read(letter_of(ola).fil))

    assert "Du får ikke støtte til videreutdanning i geriatri" in text
    assert "Vi hadde 2 søknader og penger til 1." in text
    assert "Vi prioriterte geriatri i år." in text
    assert "klage" not in text


def test_a_round_with_complaint_tells_how(decided, frida, ola):
    decided.may_complain = True
    decided.save(update_fields=["may_complain"])

    make_all(decided, frida)

    assert "klage innen tre uker" in text_of(files.read(letter_of(ola).fil))


def test_a_letter_is_frozen_when_it_is_made(made, frida, kari):
    before = files.read(letter_of(kari).fil)
    Vedtak.objects.update(reason="Noe annet")
    kari.last_name = "Gift"
    kari.save(update_fields=["last_name"])

    send_all(made, frida)

    assert files.read(letter_of(kari).fil) == before


def test_making_again_makes_only_what_is_missing(made, frida, kari):
    kept = letter_of(kari).pk
    letter_of(kari).fil  # noqa: B018 (the other letter is taken away, this one stays)
    Svarbrev.objects.exclude(pk=kept).delete()

    kjoring = make_all(made, frida)

    assert (kjoring.total, kjoring.done, kjoring.status) == (1, 1, Kjoring.Status.DONE)
    assert letter_of(kari).pk == kept
    assert Svarbrev.objects.count() == 2


def test_a_task_that_runs_twice_makes_each_letter_once(decided, frida):
    kjoring = make_all(decided, frida)
    write_all(decided, kjoring)

    assert Svarbrev.objects.count() == 2


def test_two_who_make_the_same_letter_keep_the_first(made, frida, kari):
    first = letter_of(kari)

    again = actions.keep(first.vedtak, content=b"%PDF-1.7 en annen", heading="En annen")

    assert again == first
    assert files.read(letter_of(kari).fil).startswith(b"%PDF")
    assert b"en annen" not in files.read(letter_of(kari).fil)


def test_nothing_is_sent_before_every_decision_has_its_letter(made, frida):
    Svarbrev.objects.order_by("pk").first().delete()

    with pytest.raises(DomainError):
        utsending.send(made, count=1, by=frida)
    assert Varsel.objects.filter(kind="svarbrev").count() == 0


def test_another_number_than_the_confirmed_one_stops_the_sending(made, frida, as_user):
    with pytest.raises(StaleError):
        utsending.send(made, count=3, by=frida)

    assert as_user(frida).post(f"/svarbrev/{made.pk}/send/", {"antall": "x"}).status_code == 409
    assert Svarbrev.objects.filter(sent_at__isnull=False).count() == 0


def test_a_second_click_sends_nothing_more(made, frida):
    send_all(made, frida)

    with pytest.raises(StaleError):
        send_all(made, frida)
    assert AuditEvent.objects.filter(action="brev.send").count() == 2


def test_an_unsent_letter_is_read_by_the_advisor_only(made, frida, kari, liv, turid, as_user):
    address = f"/brev/{letter_of(kari).pk}/"

    assert as_user(frida).get(address).status_code == 200
    for person in (kari, liv, turid):
        assert as_user(person).get(address).status_code == 404


def test_a_sent_letter_is_read_by_its_employee_and_nobody_beside(
    made, frida, kari, ola, liv, turid, as_user
):
    send_all(made, frida)
    address = f"/brev/{letter_of(kari).pk}/"

    assert as_user(kari).get(address).status_code == 200
    for person in (ola, liv, turid):
        assert as_user(person).get(address).status_code == 404
    assert letter_of(kari).opened_at == NOVEMBER


def test_only_the_employee_opens_a_letter(made, frida, kari, as_user):
    send_all(made, frida)
    url = f"/brev/{letter_of(kari).pk}/"

    assert as_user(frida).get(url).status_code == 200
    unopened = letter_of(kari).opened_at
    as_user(kari).get(url)

    assert unopened is None
    assert letter_of(kari).opened_at is not None


def test_the_letter_of_a_replaced_decision_waits_for_nothing(made, frida, kari):
    send_all(made, frida)
    assert queries.unread_by(kari).count() == 1

    Vedtak.objects.filter(soknad__ansatt=kari).update(status=Vedtak.Status.REPLACED)

    assert queries.unread_by(kari).count() == 0


def test_the_verbs_ask_who_makes_and_sends_too(made, kari, liv):
    for person in (kari, liv):
        with pytest.raises(PermissionDenied):
            actions.make(made, return_url="/", by=person)
        with pytest.raises(PermissionDenied):
            utsending.send(made, count=2, by=person)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 100])
def test_the_parts_hold_every_letter_once_and_end_small(number):
    ids = [7 * each for each in range(number)]
    parts = [list(part) for part in actions.parts(ids)]

    assert [pk for part in parts for pk in part] == ids
    assert number < 100 or [len(part) for part in parts][:3] == [25, 18, 14]
    assert not parts or len(parts[-1]) <= actions.LEAST


def test_only_the_advisor_makes_and_sends(decided, kari, liv, turid, as_user):
    for person in (kari, liv, turid):
        for path in ("", "lag/", "send/", "stopp/", "na/", "framdrift/"):
            answer = as_user(person).post(f"/svarbrev/{decided.pk}/{path}", {"antall": "2"})
            assert answer.status_code in {403, 405}
    assert Svarbrev.objects.count() == 0


def test_yes_after_the_day_is_refused_with_a_sentence(made, frida, kari, as_user):
    send_all(made, frida)
    browser = as_user(kari)

    with clock.frozen(clock.end_of(made.accept_by) + timedelta(seconds=2)):
        answer = browser.post(f"/mine/{Soknad.objects.get(ansatt=kari).pk}/svar/", {"svar": "ja"})

    assert answer.status_code == 409
    assert "Fristen for å takke ja har gått ut" in answer.content.decode()


def test_yes_on_the_last_second_of_the_day_counts(made, frida, kari):
    send_all(made, frida)

    with clock.frozen(clock.end_of(made.accept_by)):
        actions.accept(Soknad.objects.get(ansatt=kari), by=kari)

    assert Soknad.objects.get(ansatt=kari).status == S.ACCEPTED


def test_a_no_takes_the_education_out_of_the_plan_and_shows_the_advisor(made, frida, kari, as_user):
    send_all(made, frida)
    assert Tiltak.objects.get().status == Tiltak.Status.PLANNED

    as_user(kari).post(f"/mine/{Soknad.objects.get(ansatt=kari).pk}/svar/", {"svar": "nei"})

    assert Tiltak.objects.get().status == Tiltak.Status.CANCELLED
    page = as_user(frida).get(f"/svarbrev/{made.pk}/").content.decode()
    assert "Takket nei" in page
    assert "34\xa0000\xa0kr" in page


def test_a_refusal_cannot_be_accepted(made, frida, ola):
    send_all(made, frida)

    with pytest.raises(DomainError):
        actions.accept(Soknad.objects.get(ansatt=ola), by=ola)


def test_nobody_answers_for_another(made, frida, kari, ola, as_user):
    send_all(made, frida)
    soknad = Soknad.objects.get(ansatt=kari)

    assert as_user(ola).post(f"/mine/{soknad.pk}/svar/", {"svar": "nei"}).status_code == 404


def test_an_answer_before_the_letter_is_refused(decided, kari):
    with pytest.raises(TransitionError):
        actions.accept(Soknad.objects.get(ansatt=kari), by=kari)


def test_duties_follow_the_letters(made, frida, kari, ola):
    def titles(actor):
        return [oppgave.key.partition(":")[0] for oppgave in waiting_for(actor, on=clock.today())]

    assert "brev.send" in titles(frida)
    assert "brev.read" not in titles(kari)

    send_all(made, frida)

    assert "brev.send" not in titles(frida)
    assert "brev.read" in titles(kari)
    actions.open_own(letter_of(ola), by=ola)
    assert "brev.read" not in titles(ola)


@pytest.mark.parametrize("number", [1, 30])
def test_the_letters_page_costs_the_same_whatever_the_number(
    decided, make_soknad, kari, kristin, frida, as_user, queries_of, number
):
    for _ in range(number):
        Vedtak.objects.create(
            soknad=make_soknad(kari, status=S.DECIDED),
            outcome=Outcome.WAITING,
            status=Vedtak.Status.DECIDED,
            decided_at=clock.now(),
            decided_by=kristin,
        )

    assert queries_of(as_user(frida), f"/svarbrev/{decided.pk}/") == 8


def test_a_letter_is_written_in_the_maalform_of_the_kommune(decided, frida, kari, monkeypatch):
    nynorsk = property(lambda _: "nn", lambda _, value: None)
    monkeypatch.setattr(Kommune, "maalform", nynorsk)

    make_all(decided, frida)

    text = text_of(files.read(letter_of(kari).fil))
    assert "Vi har behandla søknaden din" in text
    assert "Dette får du" in text
    assert "innan 20. november 2026" in text


def test_m3_a_needs_form_that_is_begun_picks_up_who_becomes_a_student(made, frida, kari):
    send_all(made, frida)
    soknad = Soknad.objects.get(ansatt=kari)
    Soknad.objects.filter(pk=soknad.pk).update(
        starts=date(2027, 8, 15), ends=date(2028, 6, 15), study="Videreutdanning"
    )
    year = clock.today().year + 1
    begun = Behovsskjema.objects.create(enhet=kari.enhet, year=year)
    sent = Behovsskjema.objects.create(
        enhet=kari.enhet.parent, year=year, status="submitted", submitted_at=clock.now(),
        submitted_by=frida,
    )  # fmt: skip

    actions.accept(soknad, by=kari)

    (row,) = UnderUtdanning.objects.all()
    assert (row.skjema, row.ansatt, row.study) == (begun, kari, "Videreutdanning")
    begun.refresh_from_db()
    sent.refresh_from_db()
    assert (begun.version, sent.version) == (2, 1)
