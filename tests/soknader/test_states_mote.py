"""The meeting that sets the order, and its minutes: any order of verbs, by anyone, on any day.

Whatever is tried: meeting and minutes follow their tables; only the group runs them, only who is
called speaks, only unions dissent; how the list stood is remembered when the meeting begins and
when it rises, and never again; what is approved is never edited, and a union that was there has
answered or let the day pass; each change leaves a row in the trail, and a refused one none.
"""

from datetime import datetime, time, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from kompetanse import clock
from planer.actions import dagsorden, frammote, innspill, protokoll
from planer.actions import mote as moter
from planer.models import Innspill, Mote, Motedeltaker, Protokoll, Protokollmerknad
from planer.workflow import mote as mote_table
from planer.workflow import protokoll as protokoll_table
from soknader.actions import prioritering
from soknader.models import Motesak, Soknadsrunde
from soknader.queries import motesak as snapshots
from tests.soknader.maskin import REFUSED, Maskin, run
from tests.soknader.saker import make_runde, make_sak

BEGIN = datetime(2026, 10, 27, 9, 0, tzinfo=clock.OSLO)
DAY = BEGIN.date() + timedelta(days=1)
S, P = Mote.Status, Protokoll.Status
WHO = ["frida"] * 5 + ["turid", "turid", "kristin", "vidar", "kari"]
STAGES = ("planned", "called", "called", "begun", "begun", "risen", "out", "out", "out")
VERBS = {
    "meeting": ("change", "call", "cancel", "begin", "begin", "rise", "invite", "dismiss", "fill"),
    "room": ("attend", "decline", "say", "say", "show", "move", "move", "wait"),
    "minutes": ("draft", "write", "send", "remark", "approve", "approve", "correct", "refresh"),
}


class Moteliv(Maskin):
    """One meeting on one round with three applications."""

    @initialize(seed=st.integers(0, 2**32))
    def begin_life(self, seed):
        self.set_up(seed, at=BEGIN)
        stage = STAGES.index(self.random.choice(STAGES))
        frida = self.people["frida"]
        self.runde = make_runde(meeting_on=DAY, budget=200_000)
        for who in ("kari", "vidar", "liv"):
            make_sak(self.people[who], self.runde)
        mote = moter.arrange(title="Fagsamling", held_on=DAY, begins=time(9), place="Her", by=frida)
        self.mote = mote
        for who in ("frida", "turid"):
            moter.invite(mote, ansatt=self.people[who], capacity=who, by=frida)
        dagsorden.fill(mote, by=frida)
        self.go_to(stage, frida)
        self.before, self.frozen, self.remembered = self.statuses(), {}, {}

    def go_to(self, stage, frida):
        steps = (
            lambda: moter.call(self.mote, by=frida),
            lambda: (
                clock._frozen.set(BEGIN + timedelta(days=1)),
                moter.begin(self.mote, by=frida),
            ),
            lambda: moter.rise(self.mote, by=frida),
            lambda: protokoll.send(
                protokoll.draft(self.mote, by=frida), remarks_by=clock.today(), by=frida
            ),
        )
        reached = {"planned": 0, "called": 1, "begun": 2, "risen": 3, "out": 4}
        for step in steps[: reached[STAGES[stage]]]:
            step()

    # --- what can be tried ----------------------------------------------------------------------

    @rule()
    def try_something(self):
        self.who = self.random.choice(WHO)
        self.by = self.people[self.who]
        self.mote = Mote.objects.get(pk=self.mote.pk)
        self.status = self.mote.status
        self.minutes = Protokoll.objects.select_related("mote").order_by("-edition").first()
        getattr(self, self.random.choice(VERBS[self.random.choice(list(VERBS))]))()

    def try_to(self, verb, *args, changes=1, **kwargs):
        """Return whether it was done; only by the group, but what others are named for."""
        if self.attempt(verb, *args, **kwargs) is REFUSED:
            return False
        low, high = changes if isinstance(changes, tuple) else (changes, changes)
        assert low <= self.written <= high, f"{verb.__name__}: {self.written} rows"
        return True

    def run_by_group(self, verb, *args, **kwargs):
        done = self.try_to(verb, *args, by=self.by, **kwargs)
        assert not done or self.who == "frida", verb.__name__
        return done

    def change(self):
        told = {
            "title": "Fagsamling", "begins": time(10), "place": "Der",
            "held_on": self.mote.held_on + timedelta(days=self.random.choice([0, 0, 1])),
        }  # fmt: skip
        version = self.mote.version - self.random.choice([0, 0, 1])
        if self.run_by_group(moter.change, self.mote, version=version, **told):
            assert version == self.mote.version
            assert self.status in {S.PLANNED, S.INVITED}

    def call(self):
        self.run_by_group(moter.call, self.mote)

    def cancel(self):
        self.run_by_group(moter.cancel, self.mote)

    def begin(self):
        if self.run_by_group(moter.begin, self.mote):
            assert clock.today() >= self.mote.held_on

    def rise(self):
        if self.run_by_group(moter.rise, self.mote):
            assert clock.today() >= self.mote.held_on

    def invite(self):
        someone = self.people[self.random.choice(list(self.people))]
        self.run_by_group(moter.invite, self.mote, ansatt=someone, capacity="")

    def dismiss(self):
        deltaker = Motedeltaker.objects.select_related("mote", "ansatt").order_by("?").first()
        if deltaker and deltaker.ansatt_id != self.people["frida"].pk:
            self.run_by_group(moter.dismiss, deltaker)

    def fill(self):
        self.run_by_group(dagsorden.fill, self.mote)

    def attend(self):
        told = {
            each.pk: frammote.Presence(self.random.choice(["mott", "forfall"]))
            for each in self.mote.deltakere.all()
        }
        self.run_by_group(frammote.attend, self.mote, told=told)

    def decline(self):
        deltaker = Motedeltaker.objects.select_related("mote").order_by("?").first()
        deputy = self.people[self.random.choice(list(self.people))]
        told = {"absence": "fri", "deputy": self.random.choice([None, deputy])}
        if deltaker and self.try_to(frammote.decline, deltaker, by=self.by, **told):
            assert deltaker.ansatt_id == self.by.pk
            assert self.status in {S.PLANNED, S.INVITED}

    def say(self):
        punkt, dissents = self.mote.punkter.first(), self.random.choice([True, False])
        told = {"punkt": punkt, "text": "Vi krever mer tid.", "is_dissent": dissents}
        if punkt and self.try_to(innspill.say, self.mote, by=self.by, **told):
            assert self.status in {S.INVITED, S.OPEN}
            assert self.who == "turid" or not dissents

    def show(self):
        """The wall is no change of the case, and leaves no row."""
        done = self.try_to(innspill.show, self.mote, punkt=None, by=self.by, changes=0)
        assert not done or (self.who == "frida" and self.status == S.OPEN)

    def move(self):
        sak = self.runde.soknader.order_by("?").first()
        version = Soknadsrunde.objects.get(pk=self.runde.pk).version
        self.attempt(prioritering.move, sak, place=1, version=version, by=self.by)

    def wait(self):
        clock._frozen.set(clock.now() + timedelta(hours=self.random.choice([1, 24])))

    def draft(self):
        there = self.minutes is not None
        if self.run_by_group(protokoll.draft, self.mote, changes=int(not there)):
            assert self.status in {S.OPEN, S.HELD}

    def refresh(self):
        if self.minutes:
            self.run_by_group(protokoll.refresh, self.minutes)

    def write(self):
        if self.minutes is None:
            return
        version = self.minutes.version - self.random.choice([0, 0, 1])
        told = {"opening": "Godt møte.", "conclusions": {}, "version": version}
        if self.run_by_group(protokoll.write, self.minutes, **told):
            assert version == self.minutes.version

    def send(self):
        day = clock.today() + timedelta(days=self.random.choice([-1, 0, 2]))
        if self.minutes and self.run_by_group(protokoll.send, self.minutes, remarks_by=day):
            assert day >= clock.today()

    def remark(self):
        told = self.random.choice([{"agrees": True}, {"agrees": False, "text": "Feil"},
                                   {"agrees": False}])  # fmt: skip
        if self.minutes and self.try_to(protokoll.remark, self.minutes, by=self.by, **told):
            assert told["agrees"] or told.get("text")
            called = Motedeltaker.objects.filter(mote=self.mote)
            assert any(self.by.pk in {each.ansatt_id, each.deputy_id} for each in called)

    def approve(self):
        """The edition, and the one before that it supersedes."""
        if self.minutes is None:
            return
        answered = Protokollmerknad.objects.filter(protokoll=self.minutes, by=self.people["turid"])
        was_there = Motedeltaker.objects.filter(ansatt=self.people["turid"], attendance="mott")
        is_open = self.minutes.remarks_by and clock.today() <= self.minutes.remarks_by
        if self.run_by_group(protokoll.approve, self.minutes, changes=(1, 2)):
            assert answered.exists() or not was_there.exists() or not is_open

    def correct(self):
        if self.minutes and self.run_by_group(protokoll.correct, self.minutes, reason="Feil dato"):
            assert self.minutes.status == P.APPROVED

    # --- what always holds ----------------------------------------------------------------------

    @invariant()
    def meeting_and_minutes_have_followed_their_tables(self):
        now = self.statuses()
        for key, status in now.items():
            steps = (mote_table if key[0] is Mote else protokoll_table).STEPS.values()
            was = self.before.get(key, P.DRAFT if key[0] is Protokoll else status)
            reached = {step.leads_to(was) for step in steps if was in step.sources}
            assert was == status or status in reached, (was, status)
        self.before = now

    @invariant()
    def how_the_list_stood_is_remembered_when_it_began_and_rose_and_never_again(self):
        mote = Mote.objects.get(pk=self.mote.pk)
        for sak in Motesak.objects.filter(punkt__mote=mote):
            for name, moment in (("before", mote.opened_at), ("after", mote.closed_at)):
                kept = getattr(sak, name)
                known = self.remembered.setdefault((sak.pk, name), kept) if kept else kept
                assert known == kept
                assert moment is not None or not kept
        if mote.status == S.OPEN and mote.opened_at == clock.now():
            sak = Motesak.objects.filter(punkt__mote=mote).exclude(before=[]).first()
            assert sak is None or len(sak.before) == len(snapshots.snapshot(self.runde))

    @invariant()
    def what_is_approved_is_never_edited_and_one_is_in_force(self):
        for each in Protokoll.objects.exclude(approved_at=None):
            told = (each.content, each.printed, each.approved_at, each.approved_by_id)
            assert self.frozen.setdefault(each.pk, told) == told
        assert Protokoll.objects.filter(status=P.APPROVED).count() <= 1

    @invariant()
    def only_unions_have_dissented(self):
        dissents = Innspill.objects.filter(is_dissent=True)
        assert set(dissents.values_list("by", flat=True)) <= {self.people["turid"].pk}

    # --- small things ---------------------------------------------------------------------------

    def statuses(self):
        return {
            (model, pk): status
            for model in (Mote, Protokoll)
            for pk, status in model.objects.values_list("pk", "status")
        }


def test_any_order_of_verbs_from_the_invitation_to_the_minutes(
    active, kari, liv, vidar, frida, kristin, turid
):
    people = {
        "kari": kari, "liv": liv, "vidar": vidar, "frida": frida, "kristin": kristin,
        "turid": turid,
    }  # fmt: skip
    run(Moteliv, people, examples=20, steps=40)
