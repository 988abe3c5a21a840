"""Verbs on the joint plan while it is gathered: send in, take back, make one of several, undo."""

from collections import defaultdict
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer import rules
from planer.actions import linje
from planer.actions.linje import Measure
from planer.models import Planinnlevering, Tiltak
from planer.queries import samling as queries

FEWEST_TO_MERGE = 2


@transaction.atomic
def submit(*, year: int, enhet: Enhet, note: str = "", by: Ansatt) -> Planinnlevering:
    """Tell the advisor that the unit's measures are ready for the joint plan; again, anew.

    Raises:
        PermissionDenied: `by` does not plan for the unit.
    """
    if not rules.may_plan_for(by, enhet):
        raise PermissionDenied
    row: Planinnlevering
    row, _made = Planinnlevering.objects.update_or_create(
        year=year, enhet=enhet, defaults={"note": note, "at": clock.now(), "by": by}
    )
    audit.record("planinnlevering.submit", row, by=by, year=year)
    return row


@transaction.atomic
def merge(tiltak: Sequence[Tiltak], *, theme: str, by: Ansatt) -> Tiltak:
    """Make one common measure of several units': the sums are theirs together, the links stay.

    Raises:
        PermissionDenied: `by` does not write the joint plan.
        DomainError: they are fewer than two, of different years, or one cannot be merged.
    """
    if not rules.may_edit_plans(by):
        raise PermissionDenied
    wanted = [each.pk for each in tiltak]
    rows = list(
        Tiltak.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted)
        .prefetch_related("belop", "kompetanser")
        .order_by("-half", "pk")
    )
    _check(rows)
    common: Tiltak = Tiltak.objects.create(**linje.values(measure := _common(rows, theme=theme)))
    linje.write_parts(common, measure)
    for row in rows:
        row.merged_into = common
        row.version += 1
        row.save(update_fields=["merged_into", "version"])
    audit.record("tiltak.merge", common, by=by, tiltak_ids=sorted(wanted))
    return common


@transaction.atomic
def split(common: Tiltak, *, by: Ansatt) -> list[Tiltak]:
    """Undo it: the units have their own measures again, and the common one is gone.

    Raises:
        PermissionDenied: `by` does not write the joint plan.
        DomainError: it was not made of others, or it is used and cannot go.
    """
    if not rules.may_edit_plans(by):
        raise PermissionDenied
    common = Tiltak.objects.select_for_update(of=("self",)).get(pk=common.pk)
    rows = list(Tiltak.objects.select_for_update(of=("self",)).filter(merged_into=common))
    if not rows:
        raise DomainError(_("Tiltaket er ikke samlet av andre."))
    for row in rows:
        row.merged_into = None
        row.version += 1
        row.save(update_fields=["merged_into", "version"])
    audit.record("tiltak.split", common, by=by, tiltak_ids=sorted(row.pk for row in rows))
    try:
        common.delete()
    except (ProtectedError, RestrictedError) as error:
        raise DomainError(
            _("Det felles tiltaket er brukt i en søknad eller en evaluering, og kan ikke deles.")
        ) from error
    return rows


def _check(rows: Sequence[Tiltak]) -> None:
    if len(rows) < FEWEST_TO_MERGE:
        raise DomainError(_("Velg minst to tiltak som skal bli ett."))
    if len({row.year for row in rows}) > 1:
        raise DomainError(_("Tiltakene må være i samme år."))
    free = set(queries.mergeable(rows[0].year).values_list("pk", flat=True))
    if any(row.pk not in free for row in rows):
        raise DomainError(_("Ett av tiltakene kan ikke samles. Last siden på nytt."))


def _common(rows: Sequence[Tiltak], *, theme: str) -> Measure:
    """Return the measure that they become: sums of people and kroner, all their competences."""
    first = rows[0]
    amounts: dict[str, int] = defaultdict(int)
    for line in (line for row in rows for line in row.belop.all()):
        amounts[line.kind] += line.amount
    levels: dict[int, int | None] = {}
    for built in (built for row in rows for built in row.kompetanser.all()):
        known = levels.get(built.kompetanse_id)
        highest = max((each for each in (known, built.level) if each is not None), default=None)
        levels[built.kompetanse_id] = highest
    groups = dict.fromkeys(row.target_group for row in rows if row.target_group)
    return Measure(
        year=first.year,
        half=first.half,
        theme=theme or first.theme,
        kind=first.kind,
        way=first.way,
        need=first.need,
        timing=first.timing,
        deadline=first.deadline,
        target_group=", ".join(groups)[:160],
        participants=sum(row.participants for row in rows),
        fokusomrade=first.fokusomrade,
        arena=first.arena,
        amounts=amounts,
        competences=levels,
        for_units=sorted({row.enhet_id for row in rows if row.enhet_id}),
    )
