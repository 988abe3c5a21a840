"""The round's reminders: opened, the deadline comes near, a statement is missing.

They are set queries, run every minute: safe to run twice, and to catch up after days of silence.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from kompetanse import clock
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.models import Varsel
from kompetanse.varsler.paminnelser import HOUR, Paminnelse, moments
from soknader.emails import runde as emails
from soknader.emails.message import Message
from soknader.models import Soknad, Soknadsrunde
from soknader.queries import runde as runder
from soknader.queries import sporsmal
from soknader.rules import habilitet

S = Soknad.Status

# Two weeks ahead to those who have not sent anything; then only to those with a draft.
# Who has just heard that the round is open, needs no reminder that it is.
JUST_TOLD = timedelta(days=7)
OPENED, DEADLINE, STATEMENT = "runde.opened", "soknadsfrist", "uttalelsesfrist"


def reminders(at: datetime) -> Iterable[Paminnelse]:
    for runde in runder.open_rounds():
        yield _opened(runde)
        yield from _deadline(runde, at=at)
        yield from _statements(runde)


def _opened(runde: Soknadsrunde) -> Paminnelse:
    """All it is for hear once that the round is open, also when it was opened late."""
    return _paminnelse(
        f"{OPENED}:{runde.pk}", OPENED, runder.covered(runde), emails.opened(runde),
        clock.start_of(runde.opens, hour=HOUR), clock.end_of(runde.deadline),
    )  # fmt: skip


def _deadline(runde: Soknadsrunde, *, at: datetime) -> Iterable[Paminnelse]:
    first, *later = moments(runde.deadline)
    told = f"{DEADLINE}:{runde.deadline}"
    yield _paminnelse(
        f"{told}:{first.label}", DEADLINE, _not_applied(runde, at=at), emails.deadline(runde),
        first.not_before, first.expires,
    )  # fmt: skip
    alone = Q(registered_by=None) | Q(taken_over_at__isnull=False)
    drafts = Soknad.objects.filter(alone, runde=runde, status=S.DRAFT)
    drafting = organisasjon.current().filter(pk__in=drafts.values("ansatt"))
    for moment in later:
        yield _paminnelse(
            f"{told}:{moment.label}", DEADLINE, drafting, emails.draft_not_sent(runde),
            moment.not_before, moment.expires,
        )  # fmt: skip


def _not_applied(runde: Soknadsrunde, *, at: datetime) -> QuerySet[Ansatt]:
    sent = Soknad.objects.filter(runde=runde).exclude(status=S.DRAFT)
    just_told = Varsel.objects.filter(
        key__startswith=f"paminnelse:{OPENED}:{runde.pk}:", created_at__gte=at - JUST_TOLD
    )
    employed = runder.covered(runde).exclude(pk__in=sent.values("ansatt"))
    return employed.exclude(pk__in=just_told.values("recipient"))


def _statements(runde: Soknadsrunde) -> Iterable[Paminnelse]:
    """Leaders hear three days and one day before, when someone below them waits."""
    leaders = organisasjon.with_deputies(_leaders_in_debt(runde))
    for moment in moments(runde.leader_deadline, days=(3, 1)):
        yield _paminnelse(
            f"{STATEMENT}:{runde.leader_deadline}:{moment.label}",
            STATEMENT, leaders, emails.statements_missing(runde), moment.not_before, moment.expires,
        )  # fmt: skip


def _leaders_in_debt(runde: Soknadsrunde) -> set[int]:
    """Return the nearest leaders of those who wait for a statement; two queries.

    One that is back at its applicant with a question waits for nobody else.
    """
    waiting = Soknad.objects.filter(runde=runde, status=S.SUBMITTED)
    waiting = waiting.exclude(sporsmal.at_applicant(on=clock.today()))
    declared: QuerySet[Any] = habilitet.with_declared(waiting)
    applicants: Iterable[Any] = declared.values_list(
        "ansatt_id", "ansatt__enhet__path", "declared_in", "declared_towards"
    )
    led: dict[int, list[int]] = {}
    roles = organisasjon.roles_in_force().filter(kode__in=organisasjon.IN_LINE)
    for enhet_id, ansatt_id in roles.values_list("enhet_id", "ansatt_id"):
        led.setdefault(enhet_id, []).append(ansatt_id)
    return {
        leader
        for ansatt_id, path, of_case, of_owner in applicants
        for leader in _nearest(ansatt_id, path=path, led=led, declared={*of_case, *of_owner})
    }


def _nearest(
    ansatt_id: int, *, path: str, led: dict[int, list[int]], declared: set[int]
) -> list[int]:
    """Return those who lead the nearest unit that the person does not lead, and can state."""
    for enhet_id in reversed([int(part) for part in path.strip("/").split("/")]):
        leaders = led.get(enhet_id, [])
        able = [each for each in leaders if each not in declared]
        if able and ansatt_id not in leaders:
            return able
    return []


def _paminnelse(
    key: str,
    kind: str,
    recipients: QuerySet[Ansatt],
    message: Message,
    not_before: datetime,
    expires: datetime,
) -> Paminnelse:
    return Paminnelse(
        key=key, kind=kind, recipients=recipients, subject=message.subject, body=message.body,
        not_before=not_before, expires=expires,
    )  # fmt: skip
