"""M11: a yes by a day; a no or silence moves the next of the waiting list to the desk."""

from datetime import date, datetime, timedelta

import pytest

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner.models import AuditEvent
from kompetanse.varsler import oppgaver
from kompetanse.varsler.actions import remind
from kompetanse.varsler.models import Varsel
from soknader.actions import brev, plass, vedtak
from soknader.actions import utsending as sending
from soknader.models import Enhetsramme, Soknad, Soknadsrunde, Vedtak
from soknader.queries import brev as letters
from soknader.queries import utsending
from tests.soknader.saker import make_draft, make_runde, make_sak

S = Soknad.Status
LAST = datetime(2026, 11, 20, 23, 59, 59, tzinfo=clock.OSLO)
AFTER = datetime(2026, 11, 21, 0, 0, 0, tzinfo=clock.OSLO)


def duty(ansatt, kind):
    found = oppgaver.waiting_for(ansatt, on=clock.today())
    return next((each for each in found if each.key.startswith(kind)), None)


@pytest.fixture
def line(granted, kari, ola, siri):
    """Kari has an offer; Ola and Siri wait, in that order."""
    return (
        granted(kari, rank=1),
        granted(ola, outcome="waiting", rank=2),
        granted(siri, outcome="waiting", rank=3),
    )


def test_m11_a_no_frees_the_money_and_brings_the_next_to_the_desk(line, kari, frida, kristin):
    offered, first, second = line
    brev.decline(offered, by=kari)

    waits = duty(kristin, "venteliste.offer")
    assert waits.title == f"Sak {first.number} står først på ventelista: vurder å gi plassen"
    assert waits.text == "En plass ble ikke tatt imot. Det er 100\xa0000\xa0kr igjen av rammen."
    assert (
        "34\xa0000\xa0kr og 12 dager fri er ført tilbake"
        in Varsel.objects.get(recipient=frida).body
    )

    given = vedtak.Content(outcome="granted", amount=34_000, leave_days=12, reason="Plass")
    vedtak.replace(Vedtak.objects.get(soknad=first), given, by=kristin)

    assert duty(kristin, "venteliste.offer").title.startswith(f"Sak {second.number} ")
    assert Soknadsrunde.objects.get().granted == 34_000


def test_m11_silence_until_the_last_second_is_no_answer_and_the_yes_counts(line, kari):
    offered, _first, _second = line
    with clock.frozen(LAST):
        assert plass.lapse_all() == 0
        with pytest.raises(TransitionError):
            plass.lapse(offered)
        brev.accept(offered, by=kari)
    with clock.frozen(AFTER):
        assert plass.lapse_all() == 0
    offered.refresh_from_db()
    assert offered.status == S.ACCEPTED


def test_m11_after_the_last_second_the_support_falls_away_once_and_all_hear_of_it(
    line, kari, frida, kristin, as_user
):
    offered, first, _second = line
    with clock.frozen(AFTER):
        with pytest.raises(DomainError):
            brev.accept(offered, by=kari)
        assert (plass.lapse_all(), plass.lapse_all()) == (1, 0)
        waits = duty(kristin, "venteliste.offer")
        page = as_user(kari).get(f"/mine/{offered.pk}/").content.decode()

    offered.refresh_from_db()
    assert (offered.status, offered.replied_at) == (S.DECLINED, None)
    assert Soknadsrunde.objects.get().granted == 0
    assert waits.title.startswith(f"Sak {first.number} ")
    assert "Fristen for å takke ja gikk ut 20.\xa0november 2026, og støtten er falt bort." in page
    told = dict(Varsel.objects.values_list("recipient_id", "subject"))
    assert told == {
        kari.pk: f"Støtten i søknad {offered.reference} er falt bort",
        frida.pk: "En plass er ledig",
    }
    assert AuditEvent.objects.get(action="soknad.lapse").by_id is None


def test_m11_who_moves_up_has_an_own_day_and_a_letter_that_says_it(
    line, kari, ola, frida, kristin, as_user
):
    _offered, first, _second = line
    with clock.frozen(AFTER):
        plass.lapse_all()
        decision = Vedtak.objects.get(soknad=first)
        url = f"/vedtak/{first.runde_id}/sak/{decision.pk}/"
        shown = as_user(kristin).get(url).content.decode()
        told = {"outcome": "granted", "reason": "Plass", "accept_by": "", "leave_days": "12"}
        past = as_user(kristin).post(url, told | {"accept_by": "20.11.2026"})
        went = as_user(kristin).post(url, told)
        new = Vedtak.objects.get(soknad=first, status="decided")
        letter = letters.letter(new, on=clock.today(), counts=(3, 1))

        assert "En plass ble ledig, og du sto først på ventelista." in shown
        assert 'value="05.12.2026"' in shown
        assert past.status_code == 422
        assert "Fristen for å takke ja må være i dag eller senere." in past.content.decode()
        assert went.status_code == 302
        assert (new.accept_by, new.amount) == (date(2026, 12, 5), 34_000)
        assert letter.accept_by == date(2026, 12, 5)
        assert [each.pk for each in utsending.rounds_to_send()] == [first.runde_id]
        assert duty(frida, "brev.send") is not None
    Soknad.objects.filter(pk=first.pk).update(status=S.ANSWERED)
    with clock.frozen(datetime(2026, 12, 5, 23, 59, 59, tzinfo=clock.OSLO)):
        assert plass.lapse_all() == 0
        brev.accept(first, by=ola)


def test_m11_no_more_is_proposed_than_the_frame_of_the_unit_holds(
    line, kari, ola, kristin, as_user
):
    offered, first, _second = line
    brev.decline(offered, by=kari)
    frame = Enhetsramme.objects.create(runde=first.runde, enhet=ola.enhet, frame=9_000)
    decision = Vedtak.objects.get(soknad=first)
    url = f"/vedtak/{first.runde_id}/sak/{decision.pk}/"
    told = {"outcome": "granted", "reason": "Plass", "amount": "12 000", "leave_days": "12"}

    shown = as_user(kristin).get(url).content.decode()
    refused = as_user(kristin).post(url, told)

    assert f"For {ola.enhet} er det 9\xa0000\xa0kr igjen." in shown
    assert 'value="9\xa0000"' in shown
    assert refused.status_code == 422
    assert f"3\xa0000\xa0kr over rammen for «{ola.enhet}»" in refused.content.decode()
    assert 'value="12 000"' in refused.content.decode()
    decision.refresh_from_db()
    frame.refresh_from_db()
    assert (decision.status, frame.granted) == (Vedtak.Status.DECIDED, 0)


def test_m11_reminders_before_the_day_for_a_yes_and_none_after_the_answer(line, kari, ola):
    offered, _first, _second = line
    for day in (12, 13, 13, 17, 19):
        with clock.frozen(datetime(2026, 11, day, 8, 1, tzinfo=clock.OSLO)):
            remind()
        if day == 17:
            brev.accept(offered, by=kari)

    sent = Varsel.objects.filter(kind="takkefrist").order_by("pk")
    assert [(each.recipient, each.key.split(":")[3]) for each in sent] == [
        (kari, "T-7"),
        (kari, "T-3"),
    ]
    assert sent[0].subject == "Frist 20.\xa0november 2026: takk ja eller nei til støtten"


@pytest.mark.parametrize(
    ("status", "left"), [("sent", 0), ("refused", 0), ("approved", 34_000), ("paid", 34_000)]
)
def test_m11_where_some_is_paid_the_group_settles_what_is_left(line, kari, kristin, status, left):
    from kompetanse.kommuner import files  # noqa: PLC0415
    from soknader.models import Tilsagn, Utbetaling  # noqa: PLC0415
    from tests.soknader.avtaler import a_pdf  # noqa: PLC0415

    offered, _first, _second = line
    accepted = brev.accept(offered, by=kari)
    Utbetaling.objects.create(
        tilsagn=Tilsagn.objects.filter(soknad=accepted).first(),
        amount=1000, approved=1000 if left else 0, spent_on=clock.today(),
        status=status, reason="Se ordningen", decided_at=clock.now(), decided_by=kristin,
        fil=files.store(a_pdf(), name="k.pdf", content_type="application/pdf"),
    )  # fmt: skip

    brev.decline(accepted, by=kari)

    assert Soknadsrunde.objects.get().granted == left
    assert (duty(kristin, "venteliste.free") is not None) == bool(left)
    assert (duty(kristin, "venteliste.offer") is None) == bool(left)


def test_m11_support_decided_after_the_rounds_day_gets_an_own_day(november, kari, kristin):
    runde = make_runde(budget=50_000)
    make_draft(make_sak(kari, runde))

    with clock.frozen(AFTER):
        vedtak.decide(runde, by=kristin)
        made = Vedtak.objects.get()
        Soknad.objects.update(status=S.ANSWERED)

        assert (made.status, made.accept_by) == ("decided", date(2026, 12, 5))
        assert plass.lapse_all() == 0


def test_m11_a_letter_that_asks_for_a_yes_by_a_day_that_has_passed_is_not_sent(
    made, frida, kari, ola
):
    number = Soknad.objects.get(ansatt=kari).number
    with clock.frozen(AFTER), pytest.raises(DomainError, match=f"passert i sak {number}. Gjør om"):
        sending.send(made, count=2, by=frida)
    with clock.frozen(LAST):
        sending.send(made, count=2, by=frida)


def test_m11_a_lapsed_offer_can_be_given_again(line, kari, kristin):
    offered, _first, _second = line
    with clock.frozen(AFTER + timedelta(days=1)):
        plass.lapse_all()
        given = vedtak.Content(outcome="granted", amount=34_000, leave_days=12, reason="Sykdom")
        again = vedtak.replace(Vedtak.objects.get(soknad=offered), given, by=kristin)

    assert Soknadsrunde.objects.get().granted == 34_000
    assert again.accept_by == date(2026, 12, 6)
