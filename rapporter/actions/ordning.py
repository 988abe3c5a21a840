"""Verbs on a county's scheme. What is put forward or sent keeps its own copy of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from rapporter import rules
from rapporter.models import Tilskuddsordning
from rapporter.queries import columns

DAYS = ("ready_by", "deadline", "distribute_by", "report_by")
_COPIED = ("name", "county", "head", "columns", "warnings", "parts", "goal_columns",
           "staff_columns", "attested_from", "may_carry")  # fmt: skip


@transaction.atomic
def create(values: Mapping[str, Any], *, by: Ansatt) -> Tilskuddsordning:
    """Make a scheme with the usual columns.

    Raises:
        DomainError: the year has a scheme of that name.
    """
    _require(by)
    _check_name(values["name"], values["year"])
    ordning: Tilskuddsordning = Tilskuddsordning.objects.create(columns=columns.usual(), **values)
    audit.record("tilskuddsordning.create", ordning, by=by, year=ordning.year)
    return ordning


@transaction.atomic
def write(
    ordning: Tilskuddsordning, values: Mapping[str, Any], *, version: int, by: Ansatt
) -> Tilskuddsordning:
    """Write name, deadlines, limits and how strictly the rules are taken.

    Raises:
        StaleError: someone else changed it after `by` opened it.
        DomainError: the year has another scheme of that name.
    """
    ordning = _open(ordning, version=version, by=by)
    _check_name(values["name"], values["year"], but=ordning.pk)
    for name, value in values.items():
        setattr(ordning, name, value)
    ordning.save(update_fields=[*values])
    audit.record("tilskuddsordning.write", ordning, by=by, fields=sorted(values))
    return ordning


@transaction.atomic
def arrange(
    ordning: Tilskuddsordning,
    table: str,
    chosen: Sequence[Mapping[str, str]],
    *,
    version: int,
    by: Ansatt,
) -> None:
    """Write which fields a table of the scheme has, in which order and under which headings."""
    ordning = _open(ordning, version=version, by=by)
    setattr(ordning, table, [dict(each) for each in chosen])
    ordning.save(update_fields=[table])
    audit.record("tilskuddsordning.arrange", ordning, by=by, table=table, fields=len(chosen))


@transaction.atomic
def copy(ordning: Tilskuddsordning, *, by: Ansatt) -> Tilskuddsordning:
    """Make next year's scheme from this one, every day a year later.

    Raises:
        DomainError: next year has it already.
    """
    _require(by)
    _check_name(ordning.name, ordning.year + 1)
    values: dict[str, Any] = {name: getattr(ordning, name) for name in _COPIED}
    days = {name: getattr(ordning, name) for name in DAYS}
    values |= {name: day and clock.add_years(day, 1) for name, day in days.items()}
    made: Tilskuddsordning = Tilskuddsordning.objects.create(year=ordning.year + 1, **values)
    audit.record("tilskuddsordning.copy", made, by=by, year=made.year)
    return made


def _open(ordning: Tilskuddsordning, *, version: int, by: Ansatt) -> Tilskuddsordning:
    _require(by)
    locked: Tilskuddsordning = Tilskuddsordning.objects.select_for_update().get(pk=ordning.pk)
    if locked.version != version:
        raise StaleError(
            _("Noen andre har endret ordningen etter at du åpnet den. Last siden på nytt.")
        )
    Tilskuddsordning.objects.filter(pk=locked.pk).update(version=F("version") + 1)
    return locked


def _check_name(name: str, year: int, *, but: int = 0) -> None:
    same = Tilskuddsordning.objects.filter(name=name, year=year).exclude(pk=but)
    if same.exists():
        raise DomainError(_("«%(name)s» finnes alt for %(year)s.") % {"name": name, "year": year})


def _require(by: Ansatt) -> None:
    if not rules.may_prepare(by):
        raise PermissionDenied
