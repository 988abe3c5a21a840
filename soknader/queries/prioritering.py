"""The ranked list: every page, export and projection of it is made from `ranked`."""

from django.db.models import F, QuerySet

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Soknad, Soknadsrunde, Vedtak
from soknader.queries import listerad, poeng
from soknader.queries.innsnevring import Narrowing
from soknader.queries.listerad import IN_PLAY
from soknader.queries.rangering import GIVEN, OUTCOMES, VERDICTS, Ramme, Rangering, Sak, cut
from soknader.rules.prioritering import Reader

__all__ = [
    "GIVEN", "IN_PLAY", "LISTED", "OUTCOMES", "UNDECIDED", "VERDICTS",
    "Narrowing", "Ramme", "Rangering", "Sak", "cases", "cut", "frame", "order", "ranked",
    "reasons", "rounds_for", "suggested_order",
]  # fmt: skip

S = Soknad.Status
# What is on the list: all that are sent and not withdrawn.
LISTED = (S.SUBMITTED, S.RECOMMENDED, S.DECIDED, S.ANSWERED, S.ACCEPTED, S.DECLINED)
UNDECIDED = (S.SUBMITTED, S.RECOMMENDED)


def rounds_for(actor: Ansatt) -> QuerySet[Soknadsrunde]:
    """Return the rounds whose list the actor may open; others than the group when it has begun."""
    if not access.may(actor, Act.SEE_PRIORITIES):
        return Soknadsrunde.objects.none()
    early = {Soknadsrunde.Status.DRAFT}
    if not access.may(actor, Act.PRIORITISE):
        early.add(Soknadsrunde.Status.OPEN)
    return Soknadsrunde.objects.exclude(status__in=early)


def cases(runde: Soknadsrunde) -> QuerySet[Soknad]:
    """Return the applications of the list, in its order; those never ranked come last."""
    return Soknad.objects.filter(runde=runde, status__in=LISTED).order_by(
        F("rank").asc(nulls_last=True), "number"
    )


def order(runde: Soknadsrunde) -> list[int]:
    """Return the ids of the list in its order."""
    return list(cases(runde).values_list("pk", flat=True))


def ranked(runde: Soknadsrunde, *, reader: Reader) -> Rangering:
    """Return the list as the reader may see it: one query, and one more to hide small groups."""
    rows = listerad.read(cases(runde), runde, reader)
    return listerad.shown(rows, runde, reader)


def frame(runde: Soknadsrunde, *, reader: Reader) -> Ramme:
    """Return the frame as it is, also with what is drafted in the reader's own case."""
    return listerad.frame(listerad.read(cases(runde), runde, reader), runde)


def reasons(runde: Soknadsrunde) -> dict[int, str]:
    """Return the group's reason by application, of the draft or the decision in force."""
    rows = Vedtak.objects.filter(soknad__runde=runde, status__in=IN_PLAY)
    return dict(rows.values_list("soknad_id", "reason"))


def suggested_order(runde: Soknadsrunde) -> list[int]:
    """Return the ids by points, then prioritised education, then who came first."""
    scored = cases(runde).annotate(given=poeng.given())
    rows = scored.values_list("pk", "given", "utlysning_id", "number")
    by_worth = sorted(rows, key=lambda row: (-(poeng.mean(row[1]) or 0), row[2] is None, row[3]))
    return [row[0] for row in by_worth]
