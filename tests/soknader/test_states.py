"""Soknad × Vedtak × Soknadsrunde under any order of verbs, by any role, at any time.

Whatever is tried: the frame holds, one decision is in force, nobody decides an own case or one
where they are not impartial, a decision is never edited, each status follows its table, and each
change leaves its rows in the audit trail while a refused one leaves none.
"""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from kompetanse import clock
from soknader.actions import endring as endringer
from soknader.actions import poeng, prioritering, uttalelse
from soknader.actions import soknad as soknader
from soknader.actions import vedtak as vedtakene
from soknader.actions.innhold import Content
from soknader.models import Endring, Inhabilitet, Soknad, Soknadsrunde, Vedtak
from soknader.queries import prioritering as ranking
from soknader.rules import habilitet
from soknader.workflow import runde as runde_table
from soknader.workflow import soknad as soknad_table
from soknader.workflow import vedtak as vedtak_table
from tests.soknader.maskin import REFUSED, Maskin, run
from tests.soknader.saker import make_runde, make_sak, points_version, version

BEGIN = datetime(2026, 10, 14, 9, 0, tzinfo=clock.OSLO)
# What a verb is tried with. Those who do most of it come most often, so that a run gets somewhere.
WHO = ["frida"] * 5 + ["kristin", "vidar", "kari", "liv", "turid"]
DECIDERS = ["frida", "kristin", "vidar"]
WHICH = range(5)
CONTENTS = [
    Content(outcome=outcome, amount=amount, reason=reason)
    for outcome in ("granted", "partly", "waiting", "refused")
    for amount in (30_000, 20_000, 0, 40_000)
    for reason in ("Etter en samlet vurdering.", "Etter en vurdering.", "")
]
VERBS = {
    "start": {"who": WHO},
    "wait": {"days": range(1, 5)},
    "move": {"who": WHO, "which": WHICH, "place": range(8), "is_stale": [True, False, False]},
    "sort": {"who": WHO},
    "score": {"who": WHO, "which": WHICH, "points": range(4)},
    "draft": {"who": WHO, "which": WHICH, "content": CONTENTS},
    "suggest": {"who": WHO},
    "undo": {"who": WHO},
    "recuse": {"who": WHO, "which": WHICH},
    "withdraw": {"who": WHO, "which": WHICH},
    "recommend": {"who": WHO, "which": WHICH},
    "decide": {"who": DECIDERS},
    "replace": {"who": DECIDERS, "content": CONTENTS},
}


class Prioritering(Maskin):
    """A round with five applications, and everyone who may want to do something with them."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed):
        self.set_up(seed, at=BEGIN)
        stage = self.random.choice(["open", "started", "drafted", "drafted", "decided"])
        self.runde = make_runde(status=Soknadsrunde.Status.OPEN, budget=40_000)
        owners = ("kari", "liv", "vidar", "frida", "kristin")
        self.saker = [
            make_sak(self.people[who], self.runde, rank=None, exception="Ny oppgave")
            for who in owners
        ]
        if stage != "open":
            Soknadsrunde.objects.update(status=Soknadsrunde.Status.PRIORITISING)
        if stage in {"drafted", "decided"}:
            vedtakene.suggest(self.runde, by=self.people["frida"])
        if stage == "decided":
            vedtakene.decide(self.runde, by=self.people["frida"])
        self.before = self.statuses()
        self.made = {}

    # --- what can be tried ----------------------------------------------------------------------

    @rule()
    def try_something(self):
        verb = self.random.choice([*VERBS, "draft", "decide", "replace", "replace", "replace"])
        getattr(self, verb)(**{name: self.random.choice(v) for name, v in VERBS[verb].items()})

    def try_to(self, verb, *args, **kwargs):
        """Return what the verb gave, or None when it refused."""
        given = self.attempt(verb, *args, **kwargs)
        return None if given is REFUSED else given

    def changed(self, number):
        assert self.written == number, f"{self.written} audit rows for {number} changes"

    def start(self, who):
        if self.try_to(prioritering.start, self.runde, by=self.people[who]):
            self.changed(1)

    def wait(self, days):
        clock._frozen.set(clock.now() + timedelta(days=days))

    def move(self, who, which, place, is_stale):
        now = Soknadsrunde.objects.get(pk=self.runde.pk).version - is_stale
        sak = self.sak(which)
        if sak.status == Soknad.Status.WITHDRAWN:
            return
        by = self.people[who]
        if self.try_to(prioritering.move, sak, place=place, version=now, by=by):
            assert not is_stale
            self.changed(1)

    def sort(self, who):
        now = Soknadsrunde.objects.get(pk=self.runde.pk).version
        by = self.people[who]
        if self.try_to(prioritering.suggest_order, self.runde, version=now, by=by):
            self.changed(1)

    def score(self, who, which, points):
        sak, by = self.sak(which), self.people[who]
        given = dict.fromkeys(self.runde.kriterier.all(), points)
        now = points_version(sak, by=by)
        if self.try_to(poeng.score, sak, points=given, version=now, by=by):
            self.changed(1)
            assert not habilitet.is_barred(by, sak)

    def draft(self, who, which, content):
        sak, by = self.sak(which), self.people[who]
        if self.try_to(vedtakene.draft, sak, content, version=version(sak), by=by):
            self.changed(1)
            assert not habilitet.is_barred(by, sak)

    def suggest(self, who):
        drafted = self.try_to(vedtakene.suggest, self.runde, by=self.people[who])
        if drafted is not None:
            self.changed(drafted)

    def undo(self, who):
        last = Endring.objects.filter(is_undone=False, undoes=None).order_by("-pk").first()
        last = last.part_of or last if last else None
        parts = last.parts.filter(is_undone=False).count() if last else 0
        if last and self.try_to(endringer.undo, last, by=self.people[who]):
            self.changed(parts or 1)

    def recuse(self, who, which):
        family = Inhabilitet.Ground.FAMILY
        by = self.people[who]
        if self.try_to(prioritering.recuse, self.sak(which), ground=family, by=by):
            self.changed(1)

    def withdraw(self, who, which):
        if self.try_to(soknader.withdraw, self.sak(which), by=self.people[who]):
            self.changed(1)

    def recommend(self, who, which):
        sak, by = self.sak(which), self.people[who]
        told = {"verdict": "supports", "text": "Ja", "version": sak.version}
        if self.try_to(uttalelse.recommend, sak, by=by, **told):
            self.changed(1)
            assert sak.ansatt_id != by.pk

    def decide(self, who):
        by = self.people[who]
        ready = self.try_to(vedtakene.decide, self.runde, by=by)
        if ready is None:
            return
        closed = Soknadsrunde.objects.get(pk=self.runde.pk).status == Soknadsrunde.Status.DECIDED
        self.changed(len(ready.mine) + closed)
        for vedtak in ready.mine:
            assert habilitet.ground(by, vedtak.soknad) is None

    def replace(self, who, content):
        by, in_force = self.people[who], list(Vedtak.objects.filter(status="decided"))
        if not in_force:
            return
        old = self.random.choice(in_force)
        if self.try_to(vedtakene.replace, old, content, by=by):
            self.changed(1)
            assert habilitet.ground(by, self.sak_of(old)) is None

    # --- what always holds ----------------------------------------------------------------------

    @invariant()
    def the_frame_holds_and_is_what_the_decisions_give(self):
        runde = Soknadsrunde.objects.get(pk=self.runde.pk)
        in_force = Vedtak.objects.filter(status=Vedtak.Status.DECIDED)
        assert runde.granted == sum(vedtak.amount for vedtak in in_force) <= runde.budget

    @invariant()
    def one_decision_is_in_force_by_someone_impartial_and_with_a_reason(self):
        in_force = list(Vedtak.objects.filter(status="decided").select_related("soknad"))
        assert len({vedtak.soknad_id for vedtak in in_force}) == len(in_force)
        for vedtak in in_force:
            assert vedtak.decided_by_id != vedtak.soknad.ansatt_id
            assert vedtak.role in {"fagradgiver", "kommunalsjef"}
            assert vedtak.reason or vedtak.outcome != "refused"
            assert vedtak.soknad.status == Soknad.Status.DECIDED

    @invariant()
    def a_decision_is_never_edited(self):
        fields = ("outcome", "amount", "leave_days", "reason", "decided_by", "decided_at")
        for pk, *values in Vedtak.objects.exclude(status="draft").values_list("pk", *fields):
            assert self.made.setdefault(pk, values) == values
        assert set(self.made) <= set(Vedtak.objects.values_list("pk", flat=True))

    @invariant()
    def every_status_has_followed_its_table(self):
        now = self.statuses()
        for (noun, pk), status in now.items():
            was = self.before.get((noun, pk), status)
            assert was == status or status in _targets(noun, was), (noun, was, status)
        self.before = now

    @invariant()
    def the_order_holds_all_that_are_listed_once(self):
        order = ranking.order(self.runde)
        listed = Soknad.objects.filter(status__in=ranking.LISTED).values_list("pk", flat=True)
        assert sorted(order) == sorted(listed)

    # --- small things ---------------------------------------------------------------------------

    def sak(self, which):
        return Soknad.objects.select_related("runde", "ansatt__enhet").get(pk=self.saker[which].pk)

    def sak_of(self, vedtak):
        return Soknad.objects.select_related("ansatt__enhet").get(pk=vedtak.soknad_id)

    def statuses(self):
        return {
            (model, pk): status
            for model in (Soknad, Soknadsrunde, Vedtak)
            for pk, status in model.objects.values_list("pk", "status")
        }


def _targets(noun, status):
    """The statuses that some step of the table leads to from `status`."""
    tables = {Soknad: soknad_table, Soknadsrunde: runde_table, Vedtak: vedtak_table}
    return {step.target for step in tables[noun].STEPS.values() if status in step.sources}


def test_any_order_of_verbs(active, kari, liv, vidar, frida, kristin, turid):
    people = {
        "kari": kari, "liv": liv, "vidar": vidar, "frida": frida, "kristin": kristin,
        "turid": turid,
    }  # fmt: skip
    run(Prioritering, people, examples=25, steps=30)
