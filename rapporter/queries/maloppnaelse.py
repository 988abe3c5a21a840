"""How it went with what the grant was given for: counted from the educations and the plan.

Only numbers leave here; who broke off, and why in their own words, stays with the application.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from planer.models import Evaluering, Pamelding, Tiltak
from rapporter.models import Linjestudie, Rapportlinje, Svarlinje, Tilskuddslinje, Tilskuddssvar
from soknader.models import Framdrift, Soknad

K = Framdrift.Kind


@dataclass(frozen=True, slots=True)
class Goal:
    """Participants of a line: planned, started, in education, completed, broken off.

    `is_corrected` says that the advisor has written other figures than those counted.
    """

    planned: int = 0
    started: int = 0
    in_education: int = 0
    completed: int = 0
    broken_off: int = 0
    is_corrected: bool = False

    @property
    def is_uneven(self) -> bool:
        return self.started != self.in_education + self.completed + self.broken_off

    def corrected(self, note: Rapportlinje) -> "Goal":
        """Return the figures with the advisor's corrections."""
        written = {
            name: getattr(note, name)
            for name in Rapportlinje.FIGURES
            if getattr(note, name) is not None
        }
        return replace(self, **written, is_corrected=bool(written))


def with_attendance(rows: Any) -> Any:
    """Return the answer's lines, each with how many have been at its measure's events."""
    came = Pamelding.objects.filter(
        arrangement__tiltak=OuterRef("linje__tiltak"), status=Pamelding.Status.ATTENDED
    )
    people = came.order_by().values("arrangement__tiltak")
    counts = people.annotate(people=Count("ansatt", distinct=True)).values("people")
    return rows.annotate(attended=Subquery(counts))


def counted(rows: Sequence[Any], *, last: date) -> dict[int, Goal]:
    """Return by line how it stands on the last day, of lines `with_attendance`; one query."""
    studies = _studies([row.linje_id for row in rows], last)
    return {row.pk: _goal(row.linje, studies[row.linje_id], row.attended or 0) for row in rows}


def drafts(svar: Tilskuddssvar) -> dict[str, str]:
    """Return by area a text drafted from the evaluations of its measures and of the year's plan."""
    year = svar.soknad.ordning.year
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in Svarlinje.objects.filter(svar=svar).select_related("linje__tiltak"):
        told = row.linje.tiltak.evaluation.strip()
        found[row.linje.area] += [f"{row.linje.tiltak.theme}: {told}"] if told else []
    yearly = Evaluering.objects.filter(
        year=year, enhet=None, kind=Evaluering.Kind.YEARLY, status=Evaluering.Status.DONE
    ).first()
    whole = [yearly.carried_out, yearly.goals_met, yearly.must_change] if yearly else []
    areas = Svarlinje.objects.filter(svar=svar).values_list("linje__area", flat=True)
    return {area: "\n\n".join(filter(None, [*found[area], *whole])) for area in set(areas)}


def told_of(svarlinje: int) -> list[str]:
    """Return what those who broke off wrote, for the advisor's eyes only."""
    lines = Svarlinje.objects.filter(pk=svarlinje).values("linje")
    studies = Linjestudie.objects.filter(linje__in=lines).values("soknad")
    reports = Framdrift.objects.filter(soknad__in=studies, kind=K.BROKEN_OFF)
    texts = reports.exclude(status=Framdrift.Status.RETURNED).values_list("text", flat=True)
    return [text for text in texts if text]


def _studies(linjer: Iterable[int], last: date) -> defaultdict[int, Counter[str]]:
    """Return by line how many studies have begun, and how many have ended in which way."""
    over = Framdrift.objects.filter(
        soknad=OuterRef("soknad"), kind__in=(K.COMPLETED, K.BROKEN_OFF), ended_on__lte=last
    ).exclude(status=Framdrift.Status.RETURNED)
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    rows = Linjestudie.objects.filter(linje__in=list(linjer))
    rows = rows.annotate(end=Subquery(over.order_by("pk").values("kind")[:1]))
    for linje, status, starts, end in rows.values_list(
        "linje", "soknad__status", "soknad__starts", "end"
    ):
        found[linje]["studies"] += 1
        if status == Soknad.Status.ACCEPTED and starts and starts <= last:
            found[linje]["started"] += 1
            found[linje][end or "running"] += 1
    return found


def _goal(linje: Tilskuddslinje, studies: Counter[str], attended: int) -> Goal:
    planned = linje.new_participants + linje.continuing
    if studies["studies"]:
        return Goal(
            planned,
            studies["started"],
            studies["running"],
            studies[K.COMPLETED],
            studies[K.BROKEN_OFF],
        )
    tiltak = linje.tiltak
    is_done = tiltak.status == Tiltak.Status.DONE
    has_begun = is_done or tiltak.status == Tiltak.Status.ONGOING
    started = attended or (tiltak.participants if has_begun else 0)
    completed = attended or (started if is_done else 0)
    return Goal(planned, started, started - completed, completed)
