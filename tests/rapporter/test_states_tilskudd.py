"""The grant under any order of verbs, by anyone: given, taken back, approved, spent and moved.

Whatever is tried, what is left of a line is never below 0, what is moved comes from somewhere, an
approved distribution stays as it was, the wrong role changes nothing, and each change leaves one
row in the trail while a refused one leaves none.
"""

import random
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Sum
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
from kompetanse.kommuner.attachments import Attachment
from kompetanse.kommuner.models import AuditEvent
from rapporter.actions import forbruk
from rapporter.actions import fordeling as actions
from rapporter.actions.forbruk import Consent, Entry
from rapporter.models import (
    Fordeling,
    Fordelingspost,
    Omdisponering,
    Postering,
    Svarlinje,
)
from tests.rapporter.conftest import make_answer, make_tiltak

JUNE = datetime(2027, 6, 1, 9, tzinfo=clock.OSLO)
AMOUNTS = (1, 4_000, 10_000, 26_000, 40_000, 0, -1, -4_000, 10**9)
WHO = ["frida"] * 5 + ["stein"] * 2 + ["kristin", "dagny", "kari", "liv", "turid"]
MAY = {"approve": {"stein"}, "send_back": {"stein"}}
VERBS = (
    "distribute", "distribute", "follow_lines", "take_back", "propose", "send_back", "approve",
    "post", "post", "take_away", "move",
)  # fmt: skip


class Tilskudd(RuleBasedStateMachine):
    """An answer with three lines, and everyone who may want to do something with its money."""

    people: dict = {}
    units: list = []
    make = None

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed):
        self.random = random.Random(seed)
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.clock = clock._frozen.set(JUNE)
        self.svar = type(self).make()
        self.fordeling = Fordeling.objects.create(svar=self.svar)
        self.vouchers, self.approved = 0, None

    def teardown(self):
        if hasattr(self, "transaction"):
            clock._frozen.reset(self.clock)
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @rule()
    def try_something(self):
        self.who = self.random.choice(WHO)
        self.by, self.amount = self.people[self.who], self.random.choice(AMOUNTS)
        self.line = Svarlinje.objects.order_by("?").first()
        verb = self.random.choice(VERBS)
        if getattr(self, verb)():
            assert self.who in MAY.get(verb, {"frida"}), (verb, self.who)

    def try_to(self, verb, *args, **kwargs):
        before = AuditEvent.objects.count()
        try:
            with transaction.atomic():
                verb(*args, by=self.by, **kwargs)
        except (DomainError, PermissionDenied):
            assert AuditEvent.objects.count() == before, "a refused change is in the trail"
            return False
        assert AuditEvent.objects.count() == before + 1, verb.__name__
        return True

    # --- what can be tried ----------------------------------------------------------------------

    def distribute(self):
        told = {"svarlinje": self.line, "enhet": self.random.choice(self.units)}
        done = self.try_to(actions.distribute, self.fordeling, amount=self.amount, **told)
        assert not done or self.amount > 0
        return done

    def follow_lines(self):
        return self.try_to(actions.follow_lines, self.fordeling)

    def take_back(self):
        post = Fordelingspost.objects.select_related("fordeling__svar__soknad").first()
        return post is not None and self.try_to(actions.take_back, post)

    def propose(self):
        return self.try_to(actions.propose, self.fordeling, version=self.version())

    def send_back(self):
        told = {"reason": self.random.choice(["Feil", ""]), "version": self.version()}
        return self.try_to(actions.send_back, self.fordeling, **told)

    def approve(self):
        told = {"applicant": "Fjordvik", "version": self.version()}
        done = self.try_to(actions.approve, self.fordeling, **told)
        if done:
            self.approved = self.posts()
        return done

    def post(self):
        self.vouchers += self.random.choice([0, 1, 1])
        entry = Entry(
            svarlinje=self.line, voucher=f"B{self.vouchers}", posted_on=date(2027, 9, 1),
            amount=self.amount if self.amount < 10**9 else 30_000,
            payer=self.random.choice(["grant", "grant", "own"]),
        )  # fmt: skip
        return self.try_to(forbruk.post, self.svar, entry)

    def take_away(self):
        row = Postering.objects.select_related("svar__soknad").order_by("?").first()
        return row is not None and self.try_to(forbruk.take_away, row)

    def move(self):
        target = Svarlinje.objects.order_by("?").first()
        letter = Attachment("samtykke.pdf", b"%PDF-1.7", "application/pdf")
        consent = Consent(self.random.choice(["Siri Strand", ""]), date(2027, 9, 1), letter)
        done = self.try_to(
            forbruk.move, self.svar, source=self.line, target=target, amount=self.amount,
            consent=consent,
        )  # fmt: skip
        assert not done or (self.amount > 0 and consent.by and target.pk != self.line.pk)
        return done

    # --- what always holds ----------------------------------------------------------------------

    @invariant()
    def what_is_left_is_what_is_not_given_and_never_below_nought(self):
        given = dict(
            Fordelingspost.objects.values_list("svarlinje").annotate(sum=Sum("amount"))
        )  # fmt: skip
        for line in Svarlinje.objects.all():
            assert line.distributed == given.get(line.pk, 0)
            assert line.left >= 0
        assert not Fordelingspost.objects.filter(amount__lt=1).exists()

    @invariant()
    def what_is_spent_is_what_the_grant_paid_and_never_more_than_there_is(self):
        paid = dict(
            Postering.objects.filter(payer="grant").values_list("svarlinje").annotate(sum=Sum("amount"))
        )  # fmt: skip
        for line in Svarlinje.objects.all():
            assert line.spent == paid.get(line.pk, 0)
            assert 0 <= line.spent <= line.available
            assert line.available >= 0

    @invariant()
    def what_is_moved_comes_from_another_line_with_consent(self):
        assert sum(line.moved for line in Svarlinje.objects.all()) == 0
        for line in Svarlinje.objects.all():
            into = Omdisponering.objects.filter(target=line).aggregate(sum=Sum("amount"))["sum"]
            out = Omdisponering.objects.filter(source=line).aggregate(sum=Sum("amount"))["sum"]
            assert line.moved == (into or 0) - (out or 0)
        assert not Omdisponering.objects.filter(consented_by="").exists()

    @invariant()
    def what_is_approved_stays_as_it_was(self):
        if self.approved is not None:
            assert self.posts() == self.approved
            assert Fordeling.objects.get().status == Fordeling.Status.APPROVED

    # --- small things ---------------------------------------------------------------------------

    def posts(self):
        return sorted(Fordelingspost.objects.values_list("svarlinje", "enhet", "amount"))

    def version(self):
        return Fordeling.objects.get().version - self.random.choice([0, 0, 0, 1])


def test_m14_any_order_of_verbs_on_the_grant(
    active, ordning, fokus, nord, sykehjemmet, kari, liv, frida, kristin, stein, turid, dagny
):
    homes = (("A", nord), ("B", sykehjemmet), ("C", None))
    measures = [make_tiltak(name, fokus, enhet=unit) for name, unit in homes]
    granted = dict(zip(measures, (10_000, 26_000, 4_000), strict=True))
    members = {
        "people": {"kari": kari, "liv": liv, "frida": frida, "kristin": kristin, "stein": stein,
                   "turid": turid, "dagny": dagny},
        "units": [nord, sykehjemmet],
        "make": staticmethod(lambda: make_answer(ordning, granted, by=frida)),
    }  # fmt: skip
    run_state_machine_as_test(
        type("Machine", (Tilskudd,), members),
        settings=settings(
            max_examples=15,
            stateful_step_count=40,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
