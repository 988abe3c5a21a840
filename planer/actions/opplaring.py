"""Verbs on measures: add, change, move to another state, and take in granted education."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from planer import rules
from planer.actions import linje
from planer.actions.linje import FIELDS, Measure
from planer.models import Tiltak


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What is followed up from the list. `amounts`: NOK by Belopslinje.Kind."""

    status: str
    deadline: date | None
    responsible: str
    amounts: Mapping[str, int]

    def values(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in ("status", "deadline", "responsible")}


FOLLOW_UP = frozenset({"status", "deadline", "evaluate_on", "evaluation"})
LABELS = {field.name: str(field.verbose_name) for field in Tiltak._meta.fields}


@transaction.atomic
def add(measure: Measure, *, by: Ansatt) -> Tiltak:
    """Put a measure in the year's training plan.

    Raises:
        PermissionDenied: `by` does not plan for the unit.
    """
    if not rules.may_plan_for(by, measure.enhet):
        raise PermissionDenied
    tiltak: Tiltak = Tiltak.objects.create(**linje.values(measure))
    linje.write_parts(tiltak, measure)
    audit.record("tiltak.add", tiltak, by=by, cost=linje.cost(measure.amounts))
    return tiltak


@transaction.atomic
def change(tiltak: Tiltak, measure: Measure, *, version: int, by: Ansatt) -> Tiltak:
    """Give the measure new content.

    Raises:
        PermissionDenied: `by` does not plan for the unit it has, or the one it would get.
        StaleError: someone else has changed it since `version`; the text says what differs.
    """
    tiltak = _own(tiltak, by=by)
    if not rules.may_plan_for(by, measure.enhet):
        raise PermissionDenied
    if tiltak.version != version:
        values = linje.values(measure)
        raise StaleError(_told(tiltak, values=values, amounts=measure.amounts))
    for name, value in linje.values(measure).items():
        setattr(tiltak, name, value)
    tiltak.version += 1
    tiltak.save()
    linje.write_parts(tiltak, measure)
    audit.record("tiltak.change", tiltak, by=by, cost=linje.cost(measure.amounts))
    return tiltak


@transaction.atomic
def follow_up(tiltak: Tiltak, answers: FollowUp, *, version: int, by: Ansatt) -> Tiltak:
    """Change what is followed up from the list: status, deadline, responsible and amounts (NOK).

    Raises:
        PermissionDenied: `by` does not plan for its unit.
        StaleError: someone else has changed it since `version`.
    """
    tiltak = _own(tiltak, by=by)
    if tiltak.version != version:
        raise StaleError(_told(tiltak, values=answers.values(), amounts=answers.amounts))
    was, tiltak.status = tiltak.status, Tiltak.Status(answers.status)
    tiltak.deadline, tiltak.responsible = answers.deadline, answers.responsible
    tiltak.version += 1
    tiltak.save(update_fields=["status", "deadline", "responsible", "version"])
    linje.set_amounts(tiltak, answers.amounts)
    cost = linje.cost(answers.amounts)
    audit.record("tiltak.follow_up", tiltak, by=by, source=was, target=answers.status, cost=cost)
    return tiltak


@transaction.atomic
def move(tiltak: Tiltak, *, status: Tiltak.Status, by: Ansatt) -> Tiltak:
    """Follow up the measure: planned, going on, done, postponed or cancelled, in any order."""
    tiltak = _own(tiltak, by=by)
    if tiltak.status != status:
        was, tiltak.status = tiltak.status, status
        tiltak.version += 1
        tiltak.save(update_fields=["status", "version"])
        audit.record("tiltak.move", tiltak, by=by, source=was, target=str(status))
    return tiltak


@transaction.atomic
def put_off(tiltak: Tiltak, *, by: Ansatt) -> Tiltak:
    """Move the measure to the next half-year: spring to autumn, autumn to the spring after."""
    tiltak = _own(tiltak, by=by)
    is_spring = tiltak.half == Tiltak.Halvar.SPRING
    tiltak.half = Tiltak.Halvar.AUTUMN if is_spring else Tiltak.Halvar.SPRING
    tiltak.year += 0 if is_spring else 1
    tiltak.timing, tiltak.deadline = "", None
    tiltak.version += 1
    tiltak.save(update_fields=["half", "year", "timing", "deadline", "version"])
    audit.record("tiltak.put_off", tiltak, by=by, year=tiltak.year)
    return tiltak


@transaction.atomic
def carry(measures: Collection[Tiltak], *, year: int, by: Ansatt) -> list[Tiltak]:
    """Plan measures of an earlier year anew in `year`, with their amounts; none is carried twice.

    Raises:
        PermissionDenied: `by` does not plan for the unit of one of them.
    """
    if not all(rules.may_edit_tiltak(by, tiltak) for tiltak in measures):
        raise PermissionDenied
    already = set(Tiltak.objects.filter(year=year).values_list("earlier", flat=True))
    return [_again(tiltak, year, by=by) for tiltak in measures if tiltak.pk not in already]


@transaction.atomic
def plan_education(origin: str, measure: Measure, *, by: Ansatt | None) -> Tiltak:
    """Make granted education a line of the training plan; the same `origin` again updates it.

    `origin` names the row above that it comes from, for instance `soknad:17`. The one who calls
    has decided that it is granted, so nobody is asked once more.
    """
    tiltak: Tiltak
    tiltak, is_new = Tiltak.objects.select_for_update(of=("self",)).get_or_create(
        origin=origin, defaults=linje.values(measure)
    )
    if not is_new:
        _replace(tiltak, measure)
    linje.set_amounts(tiltak, measure.amounts)
    audit.record("tiltak.plan_education", tiltak, by=by, cost=linje.cost(measure.amounts))
    return tiltak


@transaction.atomic
def plan_educations(measures: Mapping[str, Measure], *, by: Ansatt | None) -> None:
    """Do as `plan_education` for each origin with its measure: a few statements for new ones."""
    known = Tiltak.objects.select_for_update(of=("self",)).filter(origin__in=measures)
    for tiltak in known:
        plan_education(str(tiltak.origin), measures[str(tiltak.origin)], by=by)
    origins = measures.keys() - {tiltak.origin for tiltak in known}
    new = Tiltak.objects.bulk_create(
        Tiltak(origin=origin, **linje.values(measures[origin])) for origin in sorted(origins)
    )
    linje.add_amounts((each, measures[str(each.origin)].amounts) for each in new)
    done = ((each, {"cost": linje.cost(measures[str(each.origin)].amounts)}) for each in new)
    audit.record_each("tiltak.plan_education", done, by=by)


@transaction.atomic
def withdraw_educations(origins: Collection[str], *, by: Ansatt | None) -> None:
    """Do as `withdraw_education` for each; one query when none of them stands in the plan."""
    known = Tiltak.objects.filter(origin__in=origins).exclude(status=Tiltak.Status.CANCELLED)
    for origin in list(known.values_list("origin", flat=True)):
        withdraw_education(str(origin), by=by)


@transaction.atomic
def withdraw_education(origin: str, *, by: Ansatt | None) -> None:
    """Cancel the line of education that is not taken after all; nothing when there is none."""
    tiltak = Tiltak.objects.select_for_update(of=("self",)).filter(origin=origin).first()
    if tiltak is not None and tiltak.status != Tiltak.Status.CANCELLED:
        tiltak.status = Tiltak.Status.CANCELLED
        tiltak.version += 1
        tiltak.save(update_fields=["status", "version"])
        audit.record("tiltak.withdraw_education", tiltak, by=by)


def _own(tiltak: Tiltak, *, by: Ansatt) -> Tiltak:
    """Lock the measure that `by` will change.

    Raises:
        PermissionDenied: `by` does not plan for its unit.
        DomainError: it is part of a common measure, and changed there.
    """
    tiltak = _locked(tiltak)
    if not rules.may_edit_tiltak(by, tiltak):
        raise PermissionDenied
    if tiltak.merged_into_id is not None:
        raise DomainError(
            _("«%(theme)s» er samlet i et felles tiltak. Endre det felles tiltaket i stedet.")
            % {"theme": tiltak.theme}
        )
    return tiltak


def _again(tiltak: Tiltak, year: int, *, by: Ansatt) -> Tiltak:
    afresh = {"year": year, "status": Tiltak.Status.PLANNED, "timing": "", "evaluation": ""}
    undated = {"deadline": None, "evaluate_on": None}
    values = {name: getattr(tiltak, name) for name in FIELDS} | afresh | undated
    carried: Tiltak = Tiltak.objects.create(**values, earlier=tiltak)
    linje.copy_parts(tiltak, carried)
    audit.record("tiltak.carry", carried, by=by, tiltak_id=tiltak.pk)
    return carried


def _locked(tiltak: Tiltak) -> Tiltak:
    locked: Tiltak = Tiltak.objects.select_for_update(of=("self",)).get(pk=tiltak.pk)
    return locked


def _replace(tiltak: Tiltak, measure: Measure) -> None:
    """Give the line what is decided anew; how it is followed up stays as it is."""
    for name, value in linje.values(measure).items():
        if name not in FOLLOW_UP:
            setattr(tiltak, name, value)
    if tiltak.status == Tiltak.Status.CANCELLED:
        tiltak.status = Tiltak.Status(measure.status)
    tiltak.version += 1
    tiltak.save()


def _told(tiltak: Tiltak, *, values: Mapping[str, object], amounts: Mapping[str, int]) -> str:
    """Return which answers now are others than the ones sent, so that nothing is lost unseen."""
    names = [LABELS[name] for name, value in values.items() if getattr(tiltak, name) != value]
    stored = {line.kind: line.amount for line in tiltak.belop.all()}
    if stored != {kind: amount for kind, amount in amounts.items() if amount}:
        names.append(_("beløp"))
    if not names:
        return _("Noen andre endret tiltaket mens du skrev. Lagre en gang til.")
    return _(
        "Noen andre endret tiltaket mens du skrev. Svarene dine skiller seg fra de lagrede i: "
        "%(names)s. Sjekk dem, og lagre en gang til hvis dine skal gjelde."
    ) % {"names": norsk.oppramsing(names)}
