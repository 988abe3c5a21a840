"""Written for someone, taken over, stated on, and handed up when a leader is not impartial.

Any order of verbs, by anyone, until the decision. Whatever is tried: who has taken over writes
alone; nobody states or decides in an own case or where they stepped aside; the one who is told to
state is the nearest who can; someone outside the line decides only when nobody in it is impartial,
and only the one who is named; each change leaves one row in the trail, a refused one none.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from kompetanse import clock
from kompetanse.organisasjon.models import Habilitetserklaring
from soknader.actions import innsending, prioritering, settestedfortreder, sporsmal, uttalelse
from soknader.actions import soknad as soknader
from soknader.actions import vedtak as vedtakene
from soknader.models import (
    Inhabilitet,
    Settestedfortreder,
    Soknad,
    Soknadsrunde,
    Sporsmal,
    Uttalelse,
    Vedtak,
)
from soknader.rules import habilitet
from soknader.workflow import soknad as table
from tests.soknader.conftest import ANSWERS
from tests.soknader.maskin import REFUSED, Maskin, run
from tests.soknader.saker import make_draft, make_runde, make_sak

BEGIN = datetime(2026, 10, 12, 9, 0, tzinfo=clock.OSLO)
S = Soknad.Status
OWNERS = ("kari", "liv", "vidar", "ola")
# From the nearest leader upwards, as the organisation is; the advisor and the union are not in it.
LINE = {
    "kari": ("liv", "vidar", "kristin", "dagny"), "liv": ("vidar", "kristin", "dagny"),
    "vidar": ("kristin", "dagny"), "ola": ("siri", "kristin", "dagny"),
}  # fmt: skip
DECIDERS = ("frida", "kristin", "dagny")
FAMILY = Inhabilitet.Ground.FAMILY
VERBS = (
    "begin_for", "take_over", "take_over", "write", "write", "submit", "submit", "withdraw",
    "ask", "answer", "recommend", "recommend", "step_aside", "step_aside", "wait", "start",
    "declare", "declare", "ask_for_decider", "ask_for_decider", "name", "name", "decide",
    "decide_named",
)  # fmt: skip


class Leder(Maskin):
    """Four applicants, two of whom lead; what is written for Kari by others beside her own."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed):
        self.set_up(seed, at=BEGIN)
        self.runde = make_runde(status=Soknadsrunde.Status.OPEN, budget=200_000)
        for who in OWNERS:
            sak = make_sak(self.people[who], self.runde, status=S.SUBMITTED, exception="Behov")
            make_draft(sak, amount=10_000)
        self.contested = None
        if self.random.random() < 0.5:
            self.let_all_who_decide_step_aside()
        self.before = self.statuses()

    def let_all_who_decide_step_aside(self):
        """All who could decide Kari's case have declared, now or soon: a decider must be named."""
        Soknadsrunde.objects.update(status=Soknadsrunde.Status.PRIORITISING)
        self.contested = Soknad.objects.get(ansatt=self.people["kari"]).pk
        for who in self.random.sample(DECIDERS, self.random.choice([2, 3, 3])):
            Inhabilitet.objects.create(
                soknad_id=self.contested, ansatt=self.people[who], ground=FAMILY
            )
        contested = Soknad.objects.select_related("runde", "ansatt__enhet").get(pk=self.contested)
        self.attempt(settestedfortreder.ask, contested, by=self.people["frida"])

    # --- what can be tried ----------------------------------------------------------------------

    @rule()
    def try_something(self):
        saker = list(Soknad.objects.select_related("runde", "ansatt__enhet"))
        contested = [sak for sak in saker if sak.pk == self.contested]
        self.sak = self.random.choice(contested * len(saker) + saker)
        owner = next(who for who, each in self.people.items() if each.pk == self.sak.ansatt_id)
        near = [owner, owner, *LINE[owner], "frida"]
        anyone = self.random.random() < 0.3
        self.who = self.random.choice(list(self.people) if anyone else near)
        self.by = self.people[self.who]
        getattr(self, self.random.choice(VERBS))()

    def try_to(self, verb, *args, changes=1, **kwargs):
        given = self.attempt(verb, *args, **kwargs)
        if given is REFUSED:
            return None
        assert self.written == changes, f"{verb.__name__}: {self.written} rows"
        return True if given is None else given

    def begin_for(self):
        someone = self.people[self.random.choice(OWNERS)]
        count = Soknad.objects.count()
        told = {"received_at": clock.now(), "on_behalf_of": someone}
        soknad = self.attempt(soknader.start, self.runde, by=self.by, **told)
        if soknad is not REFUSED:
            assert self.written == Soknad.objects.count() - count <= 1
            assert soknad.ansatt_id == someone.pk
            registered = None if self.by.pk == someone.pk else self.by.pk
            assert soknad.registered_by_id in {registered} or soknad.taken_over_at is not None

    def take_over(self):
        waits = Soknad.objects.exclude(registered_by=None).filter(taken_over_at=None).first()
        by = self.random.choice([self.by, waits.ansatt if waits else self.by])
        if waits and self.try_to(soknader.take_over, waits, by=by):
            assert by.pk == waits.ansatt_id

    def write(self):
        values = {**ANSWERS, "study": self.random.choice(["Geriatri", "Demens"])}
        sent = self.sak.status != S.DRAFT
        changed = any(getattr(self.sak, name) != value for name, value in values.items())
        told = {"version": self.sak.version, "values": values, "changes": int(sent and changed)}
        if self.try_to(soknader.save, self.sak, by=self.by, **told):
            self.may_write()

    def submit(self):
        told = {"version": self.sak.version, "received_at": clock.now(), "late_reason": "Syk"}
        Soknad.objects.filter(pk=self.sak.pk, status=S.DRAFT).update(exception="Behov")
        if self.try_to(innsending.submit, self.sak, by=self.by, **told):
            self.may_write()

    def withdraw(self):
        if self.try_to(soknader.withdraw, self.sak, by=self.by):
            self.may_write()

    def may_write(self):
        """The employee; or who began it for them, until the employee has taken it over."""
        began = self.sak.registered_by_id == self.by.pk and self.sak.taken_over_at is None
        assert self.by.pk == self.sak.ansatt_id or began

    def ask(self):
        until = clock.today() + timedelta(days=3)
        if self.try_to(sporsmal.ask, self.sak, text="Når?", answer_by=until, by=self.by):
            self.is_the_nearest_who_can()

    def answer(self):
        asked = Sporsmal.objects.filter(soknad=self.sak).select_related("soknad").last()
        if asked and self.try_to(sporsmal.answer, asked, text="Nå", by=self.by):
            self.may_write()

    def recommend(self):
        told = {"verdict": "supports", "text": "Ja", "version": self.sak.version}
        if self.try_to(uttalelse.recommend, self.sak, by=self.by, **told):
            self.is_the_nearest_who_can()

    def step_aside(self):
        could = self.could_state()
        following = self.attempt(uttalelse.recuse, self.sak, ground=FAMILY, by=self.by)
        if following is REFUSED:
            return
        assert self.written == 1
        assert self.who in could
        assert following == self.people.get(self.nearest()), "the next level states"
        assert not Uttalelse.objects.filter(soknad=self.sak, by=self.by).exists()

    def nearest(self):
        """Return who is to state: the first of the line who has not stepped aside, by name."""
        owner = next(who for who, each in self.people.items() if each.pk == self.sak.ansatt_id)
        aside = Inhabilitet.objects.filter(soknad=self.sak).values_list("ansatt", flat=True)
        able = (who for who in LINE[owner] if self.people[who].pk not in aside)
        return next(able, None)

    def is_the_nearest_who_can(self):
        assert self.who in self.could_state()

    def could_state(self):
        """Return the leaders of the units who have not stepped aside; without any, the next level.

        Leaders of a department and of its service are alike; the sector's head comes after them.
        """
        owner = next(who for who, each in self.people.items() if each.pk == self.sak.ansatt_id)
        aside = Inhabilitet.objects.filter(soknad=self.sak).values_list("ansatt", flat=True)
        able = [who for who in LINE[owner] if self.people[who].pk not in aside]
        leaders = [who for who in able if who in {"liv", "vidar", "siri"}]
        return leaders or able[:1]

    def wait(self):
        clock._frozen.set(clock.now() + timedelta(hours=self.random.choice([1, 24])))

    def start(self):
        self.attempt(prioritering.start, self.runde, by=self.by)

    def declare(self):
        if self.try_to(prioritering.recuse, self.sak, ground=FAMILY, by=self.by):
            assert habilitet.is_barred(self.by, self.sak)

    def ask_for_decider(self):
        asked = Settestedfortreder.objects.filter(soknad=self.sak).exists()
        by = self.people[self.random.choice(["frida", self.who])]
        if self.try_to(settestedfortreder.ask, self.sak, by=by, changes=not asked):
            assert by == self.people["frida"]
            assert not self.impartial(), "someone in the line could decide"

    def name(self):
        row = Settestedfortreder.objects.select_related("soknad__ansatt__enhet").first()
        if row is None:
            return
        named = self.people[self.random.choice(["siri", "siri", *self.people])]
        by = self.people[self.random.choice(["dagny", "dagny", self.who])]
        reference = self.random.choice(["", "Formannskapet sak 12/26"])
        done = self.try_to(settestedfortreder.name, row, named, by=by, reference=reference)
        if done:
            assert by == self.people["dagny"]
            assert reference or not habilitet.is_barred(by, row.soknad)
            assert not habilitet.is_barred(named, row.soknad)

    def impartial(self):
        return [
            who for who in DECIDERS
            if habilitet.ground(self.people[who], self.sak) is None
        ]  # fmt: skip

    def decide(self):
        self.attempt(vedtakene.decide, self.runde, by=self.by)

    def decide_named(self):
        row = Settestedfortreder.objects.exclude(ansatt=None).select_related("ansatt").first()
        by = self.random.choice([self.by, row.ansatt if row else self.by])
        sak = row.soknad if row else self.sak
        if self.attempt(vedtakene.decide_named, sak, by=by) is not REFUSED:
            assert row is not None
            assert by.pk == row.ansatt_id
            # The decision, and the round when it was the last.
            assert self.written in {1, 2}

    # --- what always holds ----------------------------------------------------------------------

    @invariant()
    def every_status_has_followed_its_table(self):
        now = self.statuses()
        for pk, status in now.items():
            was = self.before.get(pk, S.DRAFT)
            steps = {step.leads_to(was) for step in table.STEPS.values() if was in step.sources}
            # Who steps aside takes the own statement away.
            steps |= {S.SUBMITTED} if was == S.RECOMMENDED else set()
            assert was == status or status in steps, (was, status)
        assert set(self.before) <= set(now)
        self.before = now

    @invariant()
    def nobody_states_in_an_own_case(self):
        for told in Uttalelse.objects.select_related("soknad"):
            assert told.by_id != told.soknad.ansatt_id

    @invariant()
    def nobody_decides_who_is_not_impartial(self):
        for vedtak in Vedtak.objects.exclude(decided_by=None).select_related("soknad"):
            assert vedtak.decided_by_id != vedtak.soknad.ansatt_id
            declared = Q(soknad=vedtak.soknad, ansatt=vedtak.decided_by_id)
            assert not Inhabilitet.objects.filter(declared).exists()
            towards = Habilitetserklaring.objects.filter(other=vedtak.soknad.ansatt_id)
            assert not towards.filter(ansatt=vedtak.decided_by_id).exists()

    @invariant()
    def who_decides_from_outside_the_line_was_named(self):
        usual = {self.people[who].pk for who in DECIDERS}
        for vedtak in Vedtak.objects.filter(status="decided"):
            named = Settestedfortreder.objects.filter(soknad=vedtak.soknad_id)
            by = vedtak.decided_by_id
            assert by in usual or by in named.values_list("ansatt", flat=True)

    # --- small things ---------------------------------------------------------------------------

    def statuses(self):
        return dict(Soknad.objects.values_list("pk", "status"))


def test_any_order_of_verbs_from_the_leader_to_a_named_decider(
    active, kari, ola, liv, vidar, siri, frida, kristin, turid, dagny
):
    people = {
        "kari": kari, "ola": ola, "liv": liv, "vidar": vidar, "siri": siri, "frida": frida,
        "kristin": kristin, "turid": turid, "dagny": dagny,
    }  # fmt: skip
    run(Leder, people, examples=20, steps=40)
