"""What is told of a case: who asks for what, what is attached, and what only some may read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from soknader.models import Soknad, Uttalelse
from soknader.rules.prioritering import Reader


@dataclass(frozen=True, slots=True)
class Facts:
    """What was applied for: open to all who read the list. Amounts are NOK.

    `registered_by` wrote it on the applicant's behalf, who has gone on alone since
    `taken_over_at`; that and the exception are for those who weigh it.
    """

    institution: str
    credits: int | None
    starts: date | None
    ends: date | None
    leave_days: int
    costs: tuple[tuple[str, int], ...]
    submitted_at: datetime | None
    announced: str
    exception: str = ""
    registered_by: str = ""
    taken_over_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment: the id of its Vedlegg, and the file's name."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Private:
    """The applicant's and the leader's own words: leaders in line and the advisor."""

    texts: tuple[tuple[str, str], ...]
    attachments: tuple[Attached, ...]
    statement: Uttalelse | None


def facts_of(soknad: Soknad, reader: Reader) -> Facts:
    """Return what all may see; who wrote it, and why an exception, is for those who weigh it."""
    by = soknad.registered_by
    is_weighed = reader.is_group or reader.is_decider
    costs = {
        _("Studieavgift"): soknad.tuition,
        _("Bøker"): soknad.books,
        _("Reise"): soknad.travel,
        _("Annet"): soknad.other_cost,
        _("Vikar"): soknad.substitute,
    }
    return Facts(
        institution=soknad.institution,
        credits=soknad.credits,
        starts=soknad.starts,
        ends=soknad.ends,
        leave_days=soknad.leave_days or 0,
        costs=tuple((name, amount) for name, amount in costs.items() if amount),
        submitted_at=soknad.submitted_at,
        announced=soknad.utlysning.title if soknad.utlysning else "",
        exception=soknad.exception if is_weighed and soknad.utlysning is None else "",
        registered_by=by.full_name if is_weighed and by else "",
        taken_over_at=soknad.taken_over_at if is_weighed else None,
    )


def private_of(soknad: Any) -> Private:
    """Return the applicant's own words, attachments and the leader's statement."""
    texts = {
        _("Hvorfor"): soknad.reason,
        _("Slik kan arbeidsplassen bruke det"): soknad.use_at_work,
        _("Slik kan vaktene løses"): soknad.shifts,
        _("Hvorfor den kom sent"): soknad.late_reason,
    }
    return Private(
        texts=tuple((name, text) for name, text in texts.items() if text),
        attachments=tuple(Attached(row["pk"], row["name"]) for row in soknad.attached),
        statement=getattr(soknad, "u", None),
    )
