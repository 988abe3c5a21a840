"""An application is sent: it is whole, in time, and the applicant may apply."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from soknader.actions import krav, locked
from soknader.actions.beskjed import tell
from soknader.emails import soknad as emails
from soknader.models import Soknad, Soknadsrunde
from soknader.queries import uttalelse as uttalelser
from soknader.queries.soknad import opened_by
from soknader.rules import frist
from soknader.workflow import soknad as workflow

_TAKE_NUMBER = """
UPDATE soknader_soknadsrunde SET next_number = next_number + 1
WHERE id = %s AND status = ANY(%s) RETURNING next_number - 1
"""


@transaction.atomic
def submit(
    soknad: Soknad, *, by: Ansatt, version: int, received_at: datetime, late_reason: str = ""
) -> Soknad:
    """Send the application: it gets its number, the employee a receipt, the leader a notice.

    `received_at` is the moment when the request arrived; it decides whether it came in time.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        StaleError: the draft was changed in another window since `version`.
        DomainError: something is missing, the round takes none now, the applicant does not meet
            its conditions, or it is late without reason.
    """
    soknad = opened_by(by, locked.soknad(soknad.pk))
    step = workflow.check("submit", soknad, by=by)
    if version != soknad.version:
        raise krav.stale(soknad)
    krav.check_complete(soknad)
    krav.check_takes(soknad.runde, at=received_at)
    krav.check_eligible(soknad, at=received_at)
    is_late = frist.is_late(soknad.runde, at=received_at)
    if is_late and not late_reason.strip():
        raise DomainError(_("Skriv hvorfor søknaden kommer etter fristen."))

    # Whom to tell is found first: the number holds the round locked for all others until commit.
    leader = uttalelser.leader_of(soknad)
    soknad.status = Soknad.Status(step.target)
    soknad.number = _next_number(soknad.runde)
    soknad.submitted_at = received_at
    soknad.is_late, soknad.late_reason = is_late, late_reason.strip() if is_late else ""
    # A reason for an exception counts only outside the list; the choice from the list won.
    soknad.exception = "" if soknad.utlysning_id else soknad.exception
    soknad.save()
    audit.record(
        "soknad.submit", soknad, by=by, runde_id=soknad.runde_id, number=soknad.number,
        amount=soknad.amount, is_late=is_late, on_behalf_of=soknad.registered_by_id is not None,
    )  # fmt: skip
    _tell_of_submission(soknad, leader)
    return soknad


def _tell_of_submission(soknad: Soknad, leader: Ansatt | None) -> None:
    message = emails.receipt(soknad, leader=leader.full_name if leader else "")
    tell("soknad.submit", soknad, to=soknad.ansatt, message=message)
    if leader is not None:
        message = emails.to_state_on(soknad)
        tell("soknad.state", soknad, to=leader, message=message, in_role=True)


def _next_number(runde: Soknadsrunde) -> int:
    """Take the round's next number. The row is locked until commit, so none is given twice."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_NUMBER, [runde.pk, [each.value for each in frist.TAKES_APPLICATIONS]])
        taken = cursor.fetchone()
    if taken is None:
        raise DomainError(_("Runden tar ikke imot søknader nå."))
    return int(taken[0])
