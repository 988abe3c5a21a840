"""Any order of verbs on a contract, by anyone, at any time: the table holds, and the money too."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import AuditEvent
from soknader.actions import avtale as actions
from soknader.actions import brev, brudd
from soknader.actions.brudd import Brudd
from soknader.models import Avtale, Tilbakebetaling, Tilsagn
from soknader.queries import oppgjor
from soknader.workflow import avtale as workflow

S = Avtale.Status
START = datetime(2027, 1, 1, 9, tzinfo=clock.OSLO)
# The advisor most often, so that the later states are reached.
PEOPLE = st.sampled_from(["kari", "liv", "vidar", "frida", "frida", "frida", "kristin", "turid"])
STAGES = ("draft", "half", "signed", "running", "breached")
REFUSALS = (DomainError, PermissionDenied)


class Kontrakt(RuleBasedStateMachine):
    """One contract of Kari's, worked on by all the roles while days pass."""

    people = {}
    accepted = None

    @initialize(stage=st.sampled_from(STAGES))
    def begin(self, stage):
        self.savepoint = transaction.savepoint()
        self.at = START
        self.avtale = Avtale.objects.get(soknad=self.accepted)
        Tilsagn.objects.filter(soknad=self.accepted, kind="tuition").update(paid=24_000)
        with clock.frozen(START):
            self._go_to(STAGES.index(stage))
        self.avtale.refresh_from_db()
        assert self.avtale.status == stage
        self.status, self.rows = self.avtale.status, self._trail()

    def _go_to(self, stage):
        kari, liv, frida = (self.people[name] for name in ("kari", "liv", "frida"))
        told = Brudd(ground="left", on=START.date())
        verbs = (
            lambda: actions.sign(self.avtale, name="Kari Nilsen", by=kari),
            lambda: actions.countersign(self.avtale, name="Liv Berg", by=liv),
            lambda: actions.begin(self.avtale, on=START.date(), by=frida),
            lambda: brudd.breach(self.avtale, told, by=frida),
        )
        for verb in verbs[:stage]:
            verb()

    def teardown(self):
        transaction.savepoint_rollback(self.savepoint)

    @rule(days=st.integers(1, 200))
    def days_pass(self, days):
        self.at += timedelta(days=days)

    @rule(by=PEOPLE)
    def sign(self, by):
        person = self.people[by]
        self._try("sign", lambda: actions.sign(self.avtale, name=person.full_name, by=person), by)

    @rule(by=PEOPLE)
    def countersign(self, by):
        person = self.people[by]
        verb = lambda: actions.countersign(self.avtale, name=person.full_name, by=person)  # noqa: E731
        self._try("countersign", verb, by)

    @rule(by=PEOPLE)
    def start_clock(self, by):
        on = self.at.date()
        self._try("begin", lambda: actions.begin(self.avtale, on=on, by=self.people[by]), by)

    @rule(by=PEOPLE, days=st.integers(0, 90))
    def pause(self, by, days):
        on = self.at.date()
        verb = lambda: brudd.pause(  # noqa: E731
            self.avtale, kind="sick", starts=on, ends=on + timedelta(days=days),
            by=self.people[by],
        )  # fmt: skip
        self._try("pause", verb, by)

    @rule(by=PEOPLE)
    def fulfil(self, by):
        self._try("fulfil", lambda: actions.fulfil(self.avtale, by=self.people[by]), by)

    @rule(by=PEOPLE)
    def breach(self, by):
        told = Brudd(ground="left", on=self.at.date())
        self._try("breach", lambda: brudd.breach(self.avtale, told, by=self.people[by]), by)

    @rule(by=PEOPLE, amount=st.sampled_from([1, 500, 12_000, 24_000]))
    def repay(self, by, amount):
        on = self.at.date()
        verb = lambda: brudd.repay(  # noqa: E731
            self.avtale, amount=amount, paid_on=on, by=self.people[by]
        )
        self._try("repay", verb, by)

    @rule(by=PEOPLE)
    def release(self, by):
        verb = lambda: brudd.release(  # noqa: E731
            self.avtale, relief="other", note="Avtalt.", by=self.people[by]
        )
        self._try("release", verb, by)

    @invariant()
    def holds(self):
        if not hasattr(self, "avtale"):
            return
        avtale = Avtale.objects.get(pk=self.avtale.pk)
        assert avtale.repaid <= avtale.debt
        assert sum(Tilbakebetaling.objects.values_list("amount", flat=True)) == avtale.repaid
        if avtale.status in {S.SIGNED, S.RUNNING, S.FULFILLED}:
            assert avtale.signed_name == "Kari Nilsen"
            assert avtale.countersigned_by_id not in {None, self.people["kari"].pk}
            assert avtale.debt == 0
        if avtale.status == S.FULFILLED:
            assert oppgjor.oppgjor(avtale, on=avtale.ended_on).debt == 0
        if avtale.status == S.REPAID:
            assert avtale.owed == 0

    def _try(self, name, verb, by):
        """Do it; only what the table lets that person do from that status happens, audited."""
        avtale = Avtale.objects.select_related("soknad__ansatt__enhet").get(pk=self.avtale.pk)
        offered = name in workflow.open_to(self.people[by], avtale)
        with clock.frozen(self.at):
            try:
                with transaction.atomic():
                    verb()
            except REFUSALS:
                happened = False
            else:
                happened = True
        self.avtale.refresh_from_db()
        rows, before = self._trail(), self.rows
        self.rows = rows
        if not happened:
            assert (self.avtale.status, rows) == (self.status, before)
            return
        assert offered
        targets = {workflow.STEPS[name].leads_to(self.status)}
        targets |= {S.REPAID} if name == "repay" else set()
        assert self.avtale.status in targets
        settled = name == "repay" and self.avtale.status == S.REPAID
        assert rows == before + (2 if settled else 1)
        self.status = self.avtale.status

    def _trail(self):
        return AuditEvent.objects.filter(action__startswith="avtale.").count()


def test_any_order_of_verbs(granted, regel, kari, liv, vidar, frida, kristin, turid):
    accepted = brev.accept(granted(kari), by=kari)
    machine = type("Machine", (Kontrakt,), {
        "accepted": accepted,
        "people": {"kari": kari, "liv": liv, "vidar": vidar, "frida": frida,
                   "kristin": kristin, "turid": turid},
    })  # fmt: skip
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=40,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
