"""Drafts become decisions: who, when and in which role, for one or for all at once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from kompetanse import clock
from kompetanse.kommuner import audit
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.actions import endring as endringer
from soknader.actions import opplaring
from soknader.models import Soknad, Vedtak
from soknader.rules import prioritering as rules
from soknader.rules import svarfrist
from soknader.workflow import soknad as soknad_workflow
from soknader.workflow import vedtak as workflow

# The role of who decides because nobody else is impartial.
NAMED = "settestedfortreder"


def of(soknad: Soknad, *, by: Ansatt) -> dict[str, Any]:
    """Return who decides the case, when and in which role, as fields of the Vedtak."""
    role = rules.capacity(by, Act.DECIDE, soknad.ansatt.enhet) or NAMED
    return {"decided_at": clock.now(), "decided_by": by, "role": role}


def sign(vedtak: Sequence[Vedtak], *, by: Ansatt) -> None:
    """Let the locked drafts be decided by `by`: as many statements for one as for hundreds.

    Each gets its line in the audit trail and in the training plan, and can no longer be undone.
    """
    for each in vedtak:
        for name, value in of(each.soknad, by=by).items():
            setattr(each, name, value)
        each.status = workflow.STEPS["decide"].target
        _give_time(each)
    Vedtak.objects.bulk_update(
        vedtak, ["status", "decided_at", "decided_by", "role", "frames", "accept_by"]
    )
    _record(vedtak, by=by)
    soknader = [each.soknad_id for each in vedtak]
    target = soknad_workflow.STEPS["decide"].target
    Soknad.objects.filter(pk__in=soknader).update(status=target)
    opplaring.plan_each(vedtak, by=by)
    endringer.forget_decided(soknader)


def _give_time(vedtak: Vedtak) -> None:
    """Give who gets support an own day for a yes, when the round's has passed."""
    if vedtak.gives_support and vedtak.accept_by is None:
        vedtak.accept_by = svarfrist.proposed(vedtak.soknad.runde, on=clock.today())


def _record(vedtak: Sequence[Vedtak], *, by: Ansatt) -> None:
    """Write each decision in the audit trail, in the role it was made in."""
    by_role: dict[str, list[Vedtak]] = defaultdict(list)
    for each in vedtak:
        by_role[each.role].append(each)
    for role, decided in by_role.items():
        done = ((each, {"outcome": str(each.outcome), "amount": each.amount}) for each in decided)
        audit.record_each("vedtak.decide", done, by=by, role=role)
