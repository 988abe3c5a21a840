"""From the question to the answer and back: any order of verbs, by anyone, on either side of a day.

Two sectors with frames of their own, schemes with frames, five applicants of whom two weigh and
decide for others. Whatever is tried: each frame, of the round, a scheme or a unit, holds just what
the decisions in force have not given back; one decision is in force; nobody acts in an own case;
what is over stays over; a letter tells the decision in force; each change leaves its rows in the
trail, and a refused one none.
"""

from datetime import datetime, timedelta

from django.db.models import F
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from kompetanse import clock
from kompetanse.kommuner.attachments import Attachment
from kompetanse.kommuner.models import AuditEvent
from soknader.actions import brev, plass, prioritering, sporsmal, utsending, uttalelse
from soknader.actions import endring as endringer
from soknader.actions import ordning as ordninger
from soknader.actions import soknad as soknader
from soknader.actions import utbetaling as utbetalinger
from soknader.actions import vedtak as vedtakene
from soknader.actions.innhold import Content
from soknader.models import (
    Endring,
    Enhetsramme,
    Inhabilitet,
    Rundeordning,
    Soknad,
    Soknadsrunde,
    Sporsmal,
    Svarbrev,
    Tilsagn,
    Utbetaling,
    Vedtak,
)
from soknader.queries import utsending as sendings
from soknader.rules import habilitet, svarfrist
from soknader.workflow import soknad as table
from tests.soknader.avtaler import a_pdf
from tests.soknader.maskin import REFUSED, Maskin, run
from tests.soknader.ordningene import apply, frame_for, make_ordning
from tests.soknader.saker import make_draft, make_runde, make_sak, version

BEGIN = datetime(2026, 10, 14, 9, 0, tzinfo=clock.OSLO)
S, Outcome = Soknad.Status, Vedtak.Outcome
OWNERS = ("kari", "ola", "liv", "frida", "vidar")
WHO = ["frida"] * 4 + ["kristin"] * 2 + ["vidar", "kari", "ola", "liv", "siri", "turid"]
STAGES = ("open", "drafted", "decided", "answered", "answered", "accepted", "accepted")
SUPPORT = (Outcome.GRANTED, Outcome.PARTLY)
CONTENTS = [
    {"outcome": outcome, "amount": amount, "leave_days": days, "reason": reason}
    for outcome in (*SUPPORT, Outcome.WAITING, Outcome.REFUSED)
    for amount, days in ((30_000, 2), (12_000, 0), (0, 2), (18_000, 1), (0, 0))
    for reason in ("Etter en samlet vurdering.", "Etter en vurdering.", "")
]
# Who most often may; the rest of the times it is anyone.
RIGHT = {
    "ask": "liv", "recommend": "liv", "draft": "frida", "suggest": "frida", "start": "frida",
    "send": "frida", "stop": "frida", "decide": "kristin", "replace": "kristin", "approve": "vidar",
}  # fmt: skip
SENSIBLE = 0.7
# Steps of the system itself lead where no button does.
LAPSED = {(S.ANSWERED, S.DECLINED)}
OVER = {S.WITHDRAWN}


class Svar(Maskin):
    """A round with frames inside it, from its last open day until long after the answers."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed):
        self.set_up(seed, at=BEGIN)
        stage = self.random.choice(STAGES)
        self.make()
        frida = self.people["frida"]
        if stage != "open":
            Soknadsrunde.objects.update(status=Soknadsrunde.Status.PRIORITISING)
            vedtakene.suggest(self.runde, by=frida)
            make_draft(self.saker[3], "partly", amount=5_000)
        if stage in {"decided", "answered", "accepted"}:
            vedtakene.decide(self.runde, by=self.people["kristin"])
        if stage in {"answered", "accepted"}:
            self.letters()
            utsending.send(self.runde, count=sendings.unsent(self.runde).count(), by=frida)
            utsending.send_now(self.runde, count=sendings.queued(self.runde).count(), by=frida)
        if stage == "accepted":
            self.say_yes()
        self.before, self.made = self.statuses(), {}

    def make(self):
        self.runde = make_runde(status=Soknadsrunde.Status.OPEN, budget=90_000)
        leave = make_ordning(kind="leave", name="Fri")
        apply(self.runde, leave, frame=25)
        apply(self.runde, make_ordning(kind="tuition", name="Studieavgift"), frame=50_000)
        apply(self.runde, make_ordning(kind="books", name="Bøker"))
        for name in ("hjemmetjenesten", "sykehjemmet"):
            frame_for(self.runde, self.people[name], 45_000)
        self.saker = [
            make_sak(self.people[who], self.runde, exams=5, gatherings=0, status=status)
            for who, status in zip(OWNERS, (S.SUBMITTED, *[S.RECOMMENDED] * 4), strict=True)
        ]
        ordninger.recount(self.runde)

    def say_yes(self):
        """Let all who are granted something say yes, and the first be paid a part of it."""
        for soknad in Soknad.objects.filter(vedtak__status="decided", vedtak__outcome__in=SUPPORT):
            brev.accept(soknad, by=soknad.ansatt)
        self.sak, self.by = Soknad.objects.filter(status=S.ACCEPTED).first(), self.people["vidar"]
        self.pay()

    # --- what can be tried ----------------------------------------------------------------------

    @rule()
    def try_something(self):
        verbs = [
            "ask", "answer", "recommend", "change", "withdraw", "wait", "start", "draft",
            "suggest", "undo", "recuse", "decide", "replace", "replace", "letters", "send", "stop",
            "release", "accept", "accept", "decline", "decline", "lapse", "pay", "pay", "approve",
            "move",
        ]  # fmt: skip
        self.who = self.random.choice(WHO)
        verb = self.random.choice(verbs)
        is_sensible = verb in RIGHT and self.random.random() < SENSIBLE
        self.by = self.people[RIGHT[verb] if is_sensible else self.who]
        self.sak = Soknad.objects.select_related("runde", "ansatt__enhet").get(
            pk=self.random.choice(self.saker).pk
        )
        getattr(self, verb)()

    def try_to(self, verb, *args, changes=1, **kwargs):
        """Return what the verb gave, or None when it refused; `changes` rows were written."""
        given = self.attempt(verb, *args, **kwargs)
        if given is REFUSED:
            return None
        number = changes(given) if callable(changes) else changes
        assert self.written == number, f"{verb.__name__}: {self.written} rows"
        return True if given is None else given

    def ask(self):
        until = clock.today() + timedelta(days=self.random.choice([0, 3, 30]))
        if self.try_to(sporsmal.ask, self.sak, text="Når?", answer_by=until, by=self.by):
            assert self.sak.ansatt_id != self.by.pk

    def answer(self):
        asked = Sporsmal.objects.filter(soknad=self.sak).select_related("soknad").last()
        by = self.random.choice([self.by, self.sak.ansatt])
        if asked and self.try_to(sporsmal.answer, asked, text="Nå", by=by):
            assert by.pk == self.sak.ansatt_id

    def recommend(self):
        told = {"verdict": "supports", "text": "Ja", "version": self.sak.version}
        if self.try_to(uttalelse.recommend, self.sak, by=self.by, **told):
            assert self.sak.ansatt_id != self.by.pk
            assert not Sporsmal.objects.filter(soknad=self.sak, status="open").exists()

    def change(self):
        by = self.random.choice([self.by, self.sak.ansatt])
        values = {"books": self.random.choice([8_000, 9_000, 10_000])}
        number = int(values["books"] != self.sak.books)
        now = self.sak.version
        if self.try_to(
            soknader.save, self.sak, by=by, version=now, values=values, changes=number
        ):  # fmt: skip
            assert by.pk == self.sak.ansatt_id

    def withdraw(self):
        by = self.random.choice([self.by, self.sak.ansatt])
        if self.try_to(soknader.withdraw, self.sak, by=by):
            assert by.pk == self.sak.ansatt_id

    def wait(self):
        clock._frozen.set(clock.now() + timedelta(hours=self.random.choice([1, 1, 24, 24 * 9])))

    def start(self):
        self.try_to(prioritering.start, self.runde, by=self.by)

    def move(self):
        now = Soknadsrunde.objects.get(pk=self.runde.pk).version
        told = {"place": self.random.randrange(1, 6), "version": now, "by": self.by}
        count = self.trail()
        if self.try_to(prioritering.move, self.sak, changes=lambda e: e is not None, **told):
            assert self.trail() == count or not habilitet.is_barred(self.by, self.sak)

    def draft(self):
        content = self.content()
        told = {"version": version(self.sak), "by": self.by}
        if self.try_to(vedtakene.draft, self.sak, content, **told):
            assert not habilitet.is_barred(self.by, self.sak)

    def suggest(self):
        self.try_to(vedtakene.suggest, self.runde, by=self.by, changes=lambda number: number)

    def undo(self):
        last = Endring.objects.filter(is_undone=False, undoes=None, part_of=None).last()
        if last is None:
            return
        by = self.random.choice([self.by, last.by])
        parts = last.parts.filter(is_undone=False).count() if last.kind == "several" else 1
        if self.try_to(endringer.undo, last, by=by, changes=parts):
            touched = [
                each for each in (last.soknad, *(p.soknad for p in last.parts.all())) if each
            ]
            assert not any(habilitet.is_barred(by, each) for each in touched)

    def recuse(self):
        family = Inhabilitet.Ground.FAMILY
        self.try_to(prioritering.recuse, self.sak, ground=family, by=self.by)

    def decide(self):
        def written(ready):
            status = Soknadsrunde.objects.get(pk=self.runde.pk).status
            return len(ready.mine) + (status == Soknadsrunde.Status.DECIDED)

        ready = self.try_to(vedtakene.decide, self.runde, by=self.by, changes=written)
        for vedtak in ready.mine if ready else ():
            assert habilitet.ground(self.by, vedtak.soknad) is None

    def replace(self):
        old = Vedtak.objects.filter(soknad=self.sak).exclude(status="draft").order_by("?").first()
        contracts = lambda _new: 1 + self.cancelled()  # noqa: E731
        self.were_cancelled = self.contracts_cancelled()
        if old and self.try_to(
            vedtakene.replace, old, self.content(), by=self.by, changes=contracts
        ):
            assert habilitet.ground(self.by, self.sak) is None

    def letters(self):
        for vedtak in Vedtak.objects.filter(status="decided", svarbrev=None):
            brev.keep(vedtak, content=a_pdf(), heading="Svar")

    def send(self):
        count = sendings.unsent(self.runde).count() + self.random.choice([0, 0, 1])
        self.try_to(utsending.send, self.runde, count=count, by=self.by)

    def stop(self):
        self.try_to(utsending.stop, self.runde, by=self.by)

    def release(self):
        def written(sent):
            now = Soknadsrunde.objects.get(pk=self.runde.pk).status
            return sent + (now != status)

        status = Soknadsrunde.objects.get(pk=self.runde.pk).status
        self.try_to(utsending.release, self.runde, changes=written)

    def accept(self):
        by = self.random.choice([self.by, self.sak.ansatt, self.sak.ansatt])
        # The yes, and what it promises.
        if self.try_to(brev.accept, self.sak, by=by, changes=2):
            vedtak = Vedtak.objects.get(soknad=self.sak, status="decided")
            assert by.pk == self.sak.ansatt_id
            assert clock.today() <= svarfrist.accept_until(vedtak, self.runde)
            assert not vedtak.is_released

    def decline(self):
        by = self.random.choice([self.by, self.sak.ansatt, self.sak.ansatt])
        if self.try_to(brev.decline, self.sak, by=by):
            assert by.pk == self.sak.ansatt_id

    def lapse(self):
        self.try_to(plass.lapse_all, changes=lambda number: number)

    def pay(self):
        """Ask for some of what is promised."""
        row = Tilsagn.objects.filter(soknad=self.sak, soknad__status=S.ACCEPTED).first()
        if row is None or row.paid + 1_000 > row.amount:
            return
        receipt = Attachment(name="k.pdf", content=a_pdf(), content_type="application/pdf")
        told = {"amount": 1_000, "spent_on": clock.today(), "text": "Bok"}
        self.try_to(utbetalinger.send, row, receipt, by=self.sak.ansatt, **told)

    def approve(self):
        """Approve a receipt that waits, also of one who has said no since."""
        waits = Utbetaling.objects.filter(status="sent").first()
        if waits:
            self.try_to(utbetalinger.approve, waits, amount=1_000, by=self.by)

    # --- what always holds ----------------------------------------------------------------------

    @invariant()
    def every_frame_holds_just_what_the_decisions_hold(self):
        held = [v for v in Vedtak.objects.filter(status="decided") if not v.is_released]
        runde = Soknadsrunde.objects.get(pk=self.runde.pk)
        assert runde.granted == sum(v.amount for v in held) <= runde.budget
        for each in Rundeordning.objects.all():
            parts = [{**v.parts, "leave": v.leave_days}[each.kind] for v in held]
            assert each.granted == sum(parts), each.kind
            assert each.frame is None or each.granted <= each.frame
        for unit in Enhetsramme.objects.all():
            assert unit.granted == sum(v.amount for v in held if unit.pk in v.frames) <= unit.frame

    @invariant()
    def one_decision_is_in_force_by_someone_impartial(self):
        in_force = list(Vedtak.objects.filter(status="decided").select_related("soknad"))
        assert len({vedtak.soknad_id for vedtak in in_force}) == len(in_force)
        for vedtak in in_force:
            assert vedtak.decided_by_id != vedtak.soknad.ansatt_id
            assert vedtak.reason or vedtak.outcome != Outcome.REFUSED
            assert vedtak.soknad.status in {S.DECIDED, S.ANSWERED, S.ACCEPTED, S.DECLINED}

    @invariant()
    def what_is_given_back_was_declined_and_never_paid(self):
        paid = Utbetaling.objects.exclude(status__in=("sent", "refused"))
        for vedtak in Vedtak.objects.filter(status="decided", released__gt=0):
            assert vedtak.soknad.status == S.DECLINED
            assert not paid.filter(tilsagn__soknad=vedtak.soknad_id).exists()

    @invariant()
    def no_more_is_paid_than_is_granted(self):
        for soknad in Soknad.objects.filter(vedtak__status="decided").distinct():
            granted = soknad.vedtak.get(status="decided").amount
            assert sum(t.paid for t in Tilsagn.objects.filter(soknad=soknad)) <= granted
        assert not Tilsagn.objects.filter(paid__gt=F("amount")).exists()

    @invariant()
    def the_answer_was_told_by_the_letter_of_the_decision_in_force(self):
        told = (S.ANSWERED, S.ACCEPTED, S.DECLINED)
        for soknad in Soknad.objects.filter(status__in=told):
            assert Svarbrev.objects.filter(
                vedtak__soknad=soknad, vedtak__status="decided", sent_at__isnull=False
            ).exists()
        for letter in Svarbrev.objects.filter(vedtak__status="replaced", sent_at=None):
            assert letter.sent_at is None

    @invariant()
    def one_question_waits_at_most_and_only_before_the_statement(self):
        waiting = Sporsmal.objects.filter(status="open").select_related("soknad")
        assert len({asked.soknad_id for asked in waiting}) == len(waiting)
        for asked in waiting:
            assert asked.soknad.status != S.RECOMMENDED

    @invariant()
    def every_status_has_followed_its_table_and_what_is_over_stays_so(self):
        now = self.statuses()
        for pk, status in now.items():
            was = self.before[pk]
            steps = {s.leads_to(was) for s in table.STEPS.values() if was in s.sources}
            assert was == status or status in steps or (was, status) in LAPSED, (was, status)
            assert was not in OVER or status == was
        self.before = now

    @invariant()
    def a_decision_is_never_edited(self):
        fields = ("outcome", "amount", "leave_days", "reason", "decided_by", "decided_at")
        for pk, *values in Vedtak.objects.exclude(status="draft").values_list("pk", *fields):
            assert self.made.setdefault(pk, values) == values

    # --- small things ---------------------------------------------------------------------------

    def content(self):
        return Content(**self.random.choice(CONTENTS))

    def contracts_cancelled(self):
        return AuditEvent.objects.filter(action="avtale.cancel").count()

    def cancelled(self):
        return self.contracts_cancelled() - self.were_cancelled

    def statuses(self):
        return dict(Soknad.objects.values_list("pk", "status"))


def test_any_order_of_verbs_from_the_question_to_the_answer(
    active, kari, ola, liv, vidar, siri, frida, kristin, turid, hjemmetjenesten, sykehjemmet
):
    people = {
        "kari": kari, "ola": ola, "liv": liv, "vidar": vidar, "siri": siri, "frida": frida,
        "kristin": kristin, "turid": turid, "hjemmetjenesten": hjemmetjenesten,
        "sykehjemmet": sykehjemmet,
    }  # fmt: skip
    run(Svar, people, examples=20, steps=40)
