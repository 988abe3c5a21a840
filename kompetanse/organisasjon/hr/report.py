"""What an import did or would do, in figures and in Norwegian lines."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.organisasjon.hr.plan import Outcome, Plan
from kompetanse.organisasjon.hr.rows import Fault
from kompetanse.organisasjon.hr.snapshot import Person, Snapshot
from kompetanse.organisasjon.models import Enhet


@dataclass(frozen=True, slots=True)
class Report:
    """The figures are counts; `missing` are those who are perhaps no longer employed."""

    file_name: str
    figures: dict[str, int]
    faults: list[Fault]
    missing: list[Person]
    doubtful: list[tuple[Person, Enhet]]

    @classmethod
    def of(cls, plan: Plan, *, file_name: str, have: Snapshot) -> "Report":
        ansatte = {ansatt.pk: ansatt for ansatt in have.ansatte.values()}
        enheter = {enhet.pk: enhet for enhet in have.enheter.values()}
        return cls(
            file_name=file_name,
            figures=figures_of(plan),
            faults=plan.faults,
            missing=plan.missing,
            doubtful=[(ansatte[a], enheter[e]) for a, e in plan.leaders_doubtful],
        )

    @property
    def is_unchanged(self) -> bool:
        """Whether the file holds nothing that we do not have."""
        return is_unchanged(self.figures)


def is_unchanged(figures: dict[str, int]) -> bool:
    """Whether these are the figures of a run with nothing to write."""
    return not any(count for name, count in figures.items() if name not in _STILL)


_STILL = {"employees", "unchanged", "missing", "faults", "faulty_rows", "remarks"}
_STILL |= {"doubtful", "employed", "people"}


def figures_of(plan: Plan) -> dict[str, int]:
    """Return the counts of all that the plan would do."""
    return {
        "employees": len(plan.people),
        "new": plan.counted(Outcome.NEW),
        "returned": plan.counted(Outcome.RETURNED),
        "left": plan.counted(Outcome.LEFT),
        "changed": plan.counted(Outcome.CHANGED),
        "moved": plan.counted(Outcome.MOVED),
        "unchanged": plan.counted(Outcome.UNCHANGED),
        "missing": len(plan.missing),
        "units_new": len(plan.units_new),
        "units_changed": len(plan.units_changed),
        "units_reopened": len(plan.units_reopened),
        "categories_new": len(plan.categories_new),
        "posts_new": sum(len(person.posts_new) for person in plan.people),
        "posts_changed": sum(len(person.posts_changed) for person in plan.people),
        "posts_ended": sum(len(person.posts_ended) for person in plan.people),
        "marks_new": sum(len(person.marks) for person in plan.people),
        "leaders_new": len(plan.leaders_new),
        "doubtful": len(plan.leaders_doubtful),
        "faulty_rows": len(plan.given_back),
        "faults": sum(not fault.is_remark for fault in plan.faults),
        "remarks": sum(fault.is_remark for fault in plan.faults),
    }


def lines(report: Report, *, is_trial: bool) -> Iterator[str]:
    """Yield the report as a person reads it, most important first."""
    yield from _summary(report, is_trial=is_trial)
    yield from _faults(report)
    yield from _missing(report)
    yield from _doubtful(report)


def _summary(report: Report, *, is_trial: bool) -> Iterator[str]:
    figures = report.figures
    heading = _("Prøvekjøring av %(file)s") if is_trial else _("Import av %(file)s")
    yield heading % {"file": report.file_name}
    yield (
        _("  Ansatte: %(new)s nye, %(changed)s endret, %(moved)s flyttet, %(unchanged)s uendret")
        % figures
    )
    if figures["returned"] or figures["left"]:
        yield _("  %(returned)s kommer tilbake, %(left)s har sluttet ifølge filen") % figures
    yield (
        _("  Stillinger: %(posts_new)s nye, %(posts_changed)s endret, %(posts_ended)s avsluttet")
        % figures
    )
    yield _("  Enheter: %(units_new)s nye, %(units_changed)s endret") % figures
    yield _("  Nye stillingskategorier: %(categories_new)s. Nye ledere: %(leaders_new)s") % figures
    if is_trial:
        yield _("  Ingenting er lagret.")
    elif report.is_unchanged:
        yield _("  Alt var likt fra før.")


def _faults(report: Report) -> Iterator[str]:
    count = report.figures["faults"]
    if count:
        yield ngettext(
            "%(count)s feil. Personen på raden er ikke endret:",
            "%(count)s feil. Personene på radene er ikke endret:",
            count,
        ) % {"count": count}
    yield from (_line(fault) for fault in report.faults if not fault.is_remark)
    if report.figures["remarks"]:
        yield _("Se også på:")
    yield from (_line(fault) for fault in report.faults if fault.is_remark)


def _line(fault: Fault) -> str:
    line = _("  Rad %(row)s, %(column)s: %(reason)s") % {
        "row": fault.row,
        "column": fault.column,
        "reason": fault.reason,
    }
    hint = _(" Mente du «%(suggestion)s»?") % {"suggestion": fault.suggestion}
    return line + hint if fault.suggestion else line


def _missing(report: Report) -> Iterator[str]:
    if report.missing:
        yield _("Ikke i filen. Har de sluttet? Ingen er fjernet:")
    for ansatt in report.missing:
        yield f"  {ansatt.number} {ansatt.full_name}, {ansatt.unit_name}"


def _doubtful(report: Report) -> Iterator[str]:
    if report.doubtful:
        yield _("Leder hos oss, men ikke i filen. Avslutt rollen hvis det stemmer:")
    for ansatt, enhet in report.doubtful:
        yield f"  {ansatt.number} {ansatt.full_name}, {enhet.name}"
