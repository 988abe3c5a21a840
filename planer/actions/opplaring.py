"""Verbs on measures: add, change, move to another state, and take in granted education."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse.errors import StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Enhet, Kompetanse
from kompetanse.skall import norsk
from planer import rules
from planer.models import Belopslinje, Fokusomrade, Laringsarena, Tiltak


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The content of a Tiltak. `amounts`: NOK by Belopslinje.Kind, cost and financing alike."""

    year: int
    half: str
    theme: str
    kind: str = Tiltak.Kind.COURSE
    way: str = Tiltak.Way.DEVELOP
    need: str = ""
    timing: str = ""
    target_group: str = ""
    participants: int = 0
    responsible: str = ""
    enhet: Enhet | None = None
    fokusomrade: Fokusomrade | None = None
    kompetanse: Kompetanse | None = None
    arena: Laringsarena | None = None
    status: str = Tiltak.Status.PLANNED
    evaluate_on: date | None = None
    evaluation: str = ""
    amounts: Mapping[str, int] = field(default_factory=dict)


FIELDS = tuple(name for name in Measure.__dataclass_fields__ if name != "amounts")
FOLLOW_UP = frozenset({"status", "evaluate_on", "evaluation"})
LABELS = {field.name: str(field.verbose_name) for field in Tiltak._meta.fields}


@transaction.atomic
def add(measure: Measure, *, by: Ansatt) -> Tiltak:
    """Put a measure in the year's training plan.

    Raises:
        PermissionDenied: `by` does not plan for the unit.
    """
    if not rules.may_plan_for(by, measure.enhet):
        raise PermissionDenied
    tiltak: Tiltak = Tiltak.objects.create(**_values(measure))
    _set_amounts(tiltak, measure.amounts)
    audit.record("tiltak.add", tiltak, by=by, cost=_cost(measure.amounts))
    return tiltak


@transaction.atomic
def change(tiltak: Tiltak, measure: Measure, *, version: int, by: Ansatt) -> Tiltak:
    """Give the measure new content.

    Raises:
        PermissionDenied: `by` does not plan for the unit it has, or the one it would get.
        StaleError: someone else has changed it since `version`; the text says what differs.
    """
    tiltak = _locked(tiltak)
    if not rules.may_edit_tiltak(by, tiltak) or not rules.may_plan_for(by, measure.enhet):
        raise PermissionDenied
    if tiltak.version != version:
        raise StaleError(_told(tiltak, measure))
    for name, value in _values(measure).items():
        setattr(tiltak, name, value)
    tiltak.version += 1
    tiltak.save()
    _set_amounts(tiltak, measure.amounts)
    audit.record("tiltak.change", tiltak, by=by, cost=_cost(measure.amounts))
    return tiltak


@transaction.atomic
def move(tiltak: Tiltak, *, status: Tiltak.Status, by: Ansatt) -> Tiltak:
    """Follow up the measure: planned, going on, done, postponed or cancelled, in any order."""
    tiltak = _locked(tiltak)
    if not rules.may_edit_tiltak(by, tiltak):
        raise PermissionDenied
    if tiltak.status != status:
        was, tiltak.status = tiltak.status, status
        tiltak.version += 1
        tiltak.save(update_fields=["status", "version"])
        audit.record("tiltak.move", tiltak, by=by, source=was, target=str(status))
    return tiltak


@transaction.atomic
def put_off(tiltak: Tiltak, *, by: Ansatt) -> Tiltak:
    """Move the measure to the next half-year: spring to autumn, autumn to the spring after."""
    tiltak = _locked(tiltak)
    if not rules.may_edit_tiltak(by, tiltak):
        raise PermissionDenied
    is_spring = tiltak.half == Tiltak.Halvar.SPRING
    tiltak.half = Tiltak.Halvar.AUTUMN if is_spring else Tiltak.Halvar.SPRING
    tiltak.year += 0 if is_spring else 1
    tiltak.timing = ""
    tiltak.version += 1
    tiltak.save(update_fields=["half", "year", "timing", "version"])
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
        origin=origin, defaults=_values(measure)
    )
    if not is_new:
        _replace(tiltak, measure)
    _set_amounts(tiltak, measure.amounts)
    audit.record("tiltak.plan_education", tiltak, by=by, cost=_cost(measure.amounts))
    return tiltak


@transaction.atomic
def withdraw_education(origin: str, *, by: Ansatt | None) -> None:
    """Cancel the line of education that is not taken after all; nothing when there is none."""
    tiltak = Tiltak.objects.select_for_update(of=("self",)).filter(origin=origin).first()
    if tiltak is not None and tiltak.status != Tiltak.Status.CANCELLED:
        tiltak.status = Tiltak.Status.CANCELLED
        tiltak.version += 1
        tiltak.save(update_fields=["status", "version"])
        audit.record("tiltak.withdraw_education", tiltak, by=by)


def _again(tiltak: Tiltak, year: int, *, by: Ansatt) -> Tiltak:
    afresh = {"year": year, "status": Tiltak.Status.PLANNED, "timing": "", "evaluation": ""}
    values = {name: getattr(tiltak, name) for name in FIELDS} | afresh | {"evaluate_on": None}
    carried: Tiltak = Tiltak.objects.create(**values, earlier=tiltak)
    _set_amounts(carried, {line.kind: line.amount for line in tiltak.belop.all()})
    audit.record("tiltak.carry", carried, by=by, tiltak_id=tiltak.pk)
    return carried


def _locked(tiltak: Tiltak) -> Tiltak:
    locked: Tiltak = Tiltak.objects.select_for_update(of=("self",)).get(pk=tiltak.pk)
    return locked


def _replace(tiltak: Tiltak, measure: Measure) -> None:
    """Give the line what is decided anew; how it is followed up stays as it is."""
    for name, value in _values(measure).items():
        if name not in FOLLOW_UP:
            setattr(tiltak, name, value)
    if tiltak.status == Tiltak.Status.CANCELLED:
        tiltak.status = Tiltak.Status(measure.status)
    tiltak.version += 1
    tiltak.save()


def _values(measure: Measure) -> dict[str, object]:
    return {name: getattr(measure, name) for name in FIELDS}


def _set_amounts(tiltak: Tiltak, amounts: Mapping[str, int]) -> None:
    """Let the measure have these amounts and no others; 0 kr is no line."""
    kept = {Belopslinje.Kind(kind): amount for kind, amount in amounts.items() if amount}
    tiltak.belop.exclude(kind__in=kept).delete()
    Belopslinje.objects.bulk_create(
        [Belopslinje(tiltak=tiltak, kind=kind, amount=amount) for kind, amount in kept.items()],
        update_conflicts=True,
        unique_fields=["kommune", "tiltak", "kind"],
        update_fields=["amount"],
    )


def _cost(amounts: Mapping[str, int]) -> int:
    return sum(amount for kind, amount in amounts.items() if kind in Belopslinje.COSTS)


def _told(tiltak: Tiltak, measure: Measure) -> str:
    """Return which answers now are others than the ones sent, so that nothing is lost unseen."""
    names = [
        LABELS[name] for name, value in _values(measure).items() if getattr(tiltak, name) != value
    ]
    stored = {line.kind: line.amount for line in tiltak.belop.all()}
    if stored != {kind: amount for kind, amount in measure.amounts.items() if amount}:
        names.append(_("beløp"))
    if not names:
        return _("Noen andre endret tiltaket mens du skrev. Lagre en gang til.")
    return _(
        "Noen andre endret tiltaket mens du skrev. Svarene dine skiller seg fra de lagrede i: "
        "%(names)s. Sjekk dem, og lagre en gang til hvis dine skal gjelde."
    ) % {"names": norsk.oppramsing(names)}
