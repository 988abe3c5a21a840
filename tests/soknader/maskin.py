"""What the machines of states share: people, a transaction that is undone, and the audit trail."""

import random
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import AuditEvent

REFUSED = object()


class Maskin(RuleBasedStateMachine):
    """Everyone who may want to do something, in a transaction that is rolled back at the end."""

    people: dict[str, Any] = {}

    def set_up(self, seed: int, *, at: datetime) -> None:
        """Hypothesis gives the seed; its own draws repeat themselves too much to get far."""
        self.random = random.Random(seed)
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.clock = clock._frozen.set(at)

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            clock._frozen.reset(self.clock)
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def attempt(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        """Return what the verb gave, or REFUSED; `written` is what the trail got by it."""
        before = self.trail()
        try:
            with transaction.atomic():
                given = verb(*args, **kwargs)
        except (DomainError, PermissionDenied):
            assert self.trail() == before, "a refused change is in the audit trail"
            return REFUSED
        self.written = self.trail() - before
        return given

    def trail(self) -> int:
        """Count the rows of this app's own verbs; a line of the training plan has its own."""
        return AuditEvent.objects.exclude(action__startswith="tiltak.").count()


def run(machine: type[Maskin], people: dict[str, Any], *, examples: int, steps: int) -> None:
    """Try so many lives of so many steps each; the same each time, so that a fault stays found.

    To look for others, set `derandomize` to False and let it run long.
    """
    run_state_machine_as_test(
        type("Machine", (machine,), {"people": people}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
