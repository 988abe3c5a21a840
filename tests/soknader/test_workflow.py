"""The life of an application under random use: no step out of order, one audit row for each."""

import contextlib
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import AuditEvent
from soknader.actions import innsending, sporsmal, uttalelse
from soknader.actions import soknad as actions
from soknader.models import Soknad, Sporsmal, Uttalelse
from soknader.workflow import soknad as workflow
from tests.soknader.conftest import ANSWERS

S = Soknad.Status
WHO = ("kari", "liv", "vidar", "siri", "frida", "ola")
OPENS = datetime(2026, 9, 1, 8, tzinfo=clock.OSLO)

# What may follow what, written out by hand: the table is checked against it.
FOLLOWS = {
    (S.DRAFT, S.SUBMITTED),
    (S.SUBMITTED, S.RECOMMENDED),
    (S.RECOMMENDED, S.RECOMMENDED),
    (S.RECOMMENDED, S.SUBMITTED),
    (S.SUBMITTED, S.WITHDRAWN),
    (S.RECOMMENDED, S.WITHDRAWN),
}


@pytest.fixture
def people(kari, liv, vidar, siri, frida, ola):
    return dict(zip(WHO, (kari, liv, vidar, siri, frida, ola), strict=True))


def test_an_application_lives_by_its_table(runde, people):  # noqa: C901 (a machine of rules)
    class Life(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.savepoint = transaction.savepoint()
            self.soknad = Soknad.objects.create(runde=runde, ansatt=people["kari"], **ANSWERS)
            self.now = OPENS
            self.status = S.DRAFT
            self.steps = 0

        def teardown(self):
            transaction.savepoint_rollback(self.savepoint)

        def attempt(self, verb, *, who, allowed, **arguments):
            """Take the step; whoever may not, or comes at the wrong time, changes nothing."""
            before = Soknad.objects.get(pk=self.soknad.pk)
            refused = True
            with clock.frozen(self.now), contextlib.suppress(DomainError, PermissionDenied):
                verb(self.soknad, by=people[who], **arguments)
                refused = False
            after = Soknad.objects.get(pk=self.soknad.pk)
            if refused:
                assert after.status == before.status
                return
            assert who in allowed
            self.steps += 1
            if after.status != before.status:
                assert (before.status, after.status) in FOLLOWS

        @rule(who=st.sampled_from(WHO), late=st.sampled_from(["", "Jeg var syk."]))
        def submit(self, who, late):
            version = Soknad.objects.values_list("version", flat=True).get(pk=self.soknad.pk)
            self.attempt(
                innsending.submit,
                who=who,
                allowed={"kari"},
                version=version,
                received_at=self.now,
                late_reason=late,
            )

        @rule(who=st.sampled_from(WHO), study=st.sampled_from(["Geriatri", "Palliasjon"]))
        def change(self, who, study):
            row = Soknad.objects.get(pk=self.soknad.pk)
            if row.is_draft or row.study == study:
                return
            self.attempt(
                actions.save,
                who=who,
                allowed={"kari"},
                version=row.version,
                values={"study": study},
            )

        @rule(who=st.sampled_from(WHO))
        def recommend(self, who):
            version = Soknad.objects.values_list("version", flat=True).get(pk=self.soknad.pk)
            self.attempt(
                uttalelse.recommend,
                who=who,
                allowed={"liv", "vidar"},
                version=version,
                verdict=Uttalelse.Verdict.SUPPORTS,
                text="Ja",
            )

        @rule(who=st.sampled_from(WHO), days=st.integers(-1, 9))
        def ask(self, who, days):
            self.attempt(
                sporsmal.ask,
                who=who,
                allowed={"liv", "vidar"},
                text="Hvilke dager?",
                answer_by=clock.local_date(self.now) + timedelta(days=days),
            )

        @rule(who=st.sampled_from(WHO))
        def answer(self, who):
            asked = Sporsmal.objects.select_related("soknad").order_by("-pk").first()
            if asked is None:
                return
            self.attempt(
                lambda _soknad, **told: sporsmal.answer(asked, **told),
                who=who,
                allowed={"kari"},
                text="Mandager.",
            )

        @rule(who=st.sampled_from(WHO))
        def withdraw(self, who):
            self.attempt(actions.withdraw, who=who, allowed={"kari"})

        @rule(days=st.integers(1, 30))
        def wait(self, days):
            self.now += timedelta(days=days)

        @invariant()
        def one_audit_row_for_each_step(self):
            of_case = Q(object_label="soknader.soknad", object_id=self.soknad.pk)
            of_questions = Q(object_label="soknader.sporsmal")
            assert AuditEvent.objects.filter(of_case | of_questions).count() == self.steps

        @invariant()
        def one_question_at_a_time_and_only_before_the_statement(self):
            waiting = Sporsmal.objects.filter(status=Sporsmal.Status.OPEN)
            assert waiting.count() <= 1
            if waiting.exists():
                row = Soknad.objects.get(pk=self.soknad.pk)
                assert row.status in {S.SUBMITTED, S.WITHDRAWN}

        @invariant()
        def what_is_sent_in_time_or_marked_late(self):
            row = Soknad.objects.get(pk=self.soknad.pk)
            if row.submitted_at:
                day = row.submitted_at.astimezone(clock.OSLO).date()
                assert row.is_late == (day > runde.deadline)
                assert row.number is not None
                assert row.late_reason or not row.is_late

        @invariant()
        def nobody_states_on_their_own(self):
            assert not Uttalelse.objects.filter(soknad=self.soknad, by=people["kari"]).exists()

        @invariant()
        def buttons_offer_only_what_the_table_allows(self):
            row = Soknad.objects.select_related("ansatt__enhet", "runde").get(pk=self.soknad.pk)
            for name in workflow.open_to(people["liv"], row):
                assert name in {"recommend", "ask"}

    runde.allows_late = True
    runde.save()
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=25,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("status", S.values)
def test_only_the_states_of_the_table_lead_on(runde, kari, make_soknad, status):
    soknad = make_soknad(kari, status=status, **({"number": None} if status == "draft" else {}))

    open_to = set(workflow.open_to(kari, soknad))

    assert (
        open_to
        == {
            S.DRAFT: {"submit"},
            S.SUBMITTED: {"change", "withdraw", "answer_question"},
            S.RECOMMENDED: {"change", "withdraw"},
            S.DECIDED: set(),
            S.ANSWERED: {"accept", "decline"},
            S.ACCEPTED: {"decline"},
            S.DECLINED: set(),
            S.WITHDRAWN: set(),
        }[S(status)]
    )


def test_nobody_decides_their_own_whatever_role_they_hold(runde, frida, kristin, make_soknad):
    for decider in (frida, kristin):
        own = make_soknad(decider, status=S.RECOMMENDED)
        assert "decide" not in workflow.open_to(decider, own)
        with pytest.raises(PermissionDenied):
            workflow.check("decide", own, by=decider)
