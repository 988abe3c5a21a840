"""Verbs on units. Each change holds from a day, past or to come, and is kept in the history."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit, tenancy
from kompetanse.organisasjon import access, closing, history
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import ALWAYS, Ansatt, Enhet, Enhetsversjon, Rolle

_LOCK = 4712
_DAY = timedelta(days=1)


@transaction.atomic
def place(enhet: Enhet, *, parent: Enhet | None) -> Enhet:
    """Put the saved unit under `parent` (or at the top) from today, with everything below it.

    For imports and for founding; people move units with `move`.
    """
    old, above = enhet.path, parent.path if parent else "/"
    enhet.parent, enhet.path = parent, f"{above}{enhet.pk}/"
    enhet.save(update_fields=["parent", "path"])
    if old and old != enhet.path:
        below = Enhet.objects.filter(path__startswith=old).exclude(pk=enhet.pk)
        below.update(path=Concat(Value(enhet.path), Substr(F("path"), len(old) + 1)))
    history.keep(clock.today(), only=[enhet.pk])
    return enhet


def keep_history(*, on: date) -> None:
    """Write down, in one statement, what an import has made of the units from the day.

    The Kommune's first units have been there always, later ones from the day.
    """
    since = on if Enhetsversjon.objects.exists() else ALWAYS
    history.keep(on, since=since)


def take_effect(*, on: date) -> int:
    """Let what was planned for the day happen; returns how many units that changed. Safe again."""
    return history.take_effect(on)


@transaction.atomic
def create(
    *, code: str, name: str, kind: Enhet.Kind, parent: Enhet, starts: date, by: Ansatt
) -> Enhet:
    """Make a unit under `parent` that is in use from a day.

    Raises:
        PermissionDenied: `by` does not administer units there.
        DomainError: the code is taken, or `parent` is not in use on the day.
    """
    _require(by, parent)
    _lock_tree()
    enhet = Enhet(code=code, name=name, kind=kind, parent=parent, path="", is_open=False)
    _save_new(enhet)
    _add(enhet, starts, name=name, kind=kind, parent=parent)
    _require_order(enhet, on=starts)
    _settle(enhet)
    audit.record("enhet.create", enhet, by=by, parent_id=parent.pk, starts=starts.isoformat())
    return enhet


@transaction.atomic
def rename(
    enhet: Enhet, *, name: str, kind: Enhet.Kind, on: date, version: int, by: Ansatt
) -> Enhet:
    """Call the unit something else, or another kind, from a day.

    Raises:
        PermissionDenied: `by` does not administer the unit.
        StaleError: someone else changed it meanwhile.
        DomainError: the unit is not in use on the day.
    """
    enhet = _locked(enhet, version=version, by=by)
    _change(enhet, on=on, name=name, kind=kind)
    _settle(enhet)
    audit.record("enhet.rename", enhet, by=by, on=on.isoformat(), kind=kind)
    return enhet


@transaction.atomic
def move(enhet: Enhet, *, parent: Enhet, on: date, version: int, by: Ansatt) -> Enhet:
    """Put the unit, with everything below it, under another from a day.

    Raises:
        PermissionDenied: `by` does not administer both units.
        StaleError: someone else changed it meanwhile.
        DomainError: it cannot stand there, or one of the two is not in use on the day.
    """
    enhet = _locked(enhet, version=version, by=by)
    _require(by, parent)
    if enhet.parent_id is None:
        raise DomainError(_("Kommunen står øverst og kan ikke flyttes."))
    if parent.is_within(enhet.path):
        raise DomainError(_("En enhet kan ikke flyttes inn under seg selv."))
    before = enhet.parent_id
    _change(enhet, on=on, parent=parent)
    _require_order(enhet, on=on)
    _settle(enhet)
    audit.record("enhet.move", enhet, by=by, on=on.isoformat(), from_id=before, parent_id=parent.pk)
    return enhet


@transaction.atomic
def close(enhet: Enhet, *, last_day: date, version: int, by: Ansatt) -> Enhet:
    """Let the unit be in use for the last time on a day; roles there end with it.

    What was planned for it later is dropped. Its history, forms and plans stay.

    Raises:
        PermissionDenied: `by` does not administer the unit.
        StaleError: someone else changed it meanwhile.
        DomainError: people or open work stand there; says which, and where to move them.
    """
    enhet = _locked(enhet, version=version, by=by)
    hindrances = list(closing.hindrances(enhet, last_day=last_day))
    if hindrances:
        raise DomainError(" ".join(hindrances))
    now = _in_force(enhet, on=last_day)
    enhet.versjoner.filter(starts__gt=last_day).delete()
    now.ends = last_day
    now.save(update_fields=["ends"])
    ended = Rolle.objects.filter(enhet=enhet).exclude(ends__lte=last_day).update(ends=last_day)
    _settle(enhet)
    audit.record("enhet.close", enhet, by=by, last_day=last_day.isoformat(), roles_ended=ended)
    return enhet


@transaction.atomic
def reopen(enhet: Enhet, *, on: date, version: int, by: Ansatt) -> Enhet:
    """Take a closed unit into use again from a day, as it was called and where it stood.

    Raises:
        PermissionDenied: `by` does not administer the unit.
        StaleError: someone else changed it meanwhile.
        DomainError: it is not closed on the day, or the unit above is not in use.
    """
    enhet = _locked(enhet, version=version, by=by)
    last: Enhetsversjon = enhet.versjoner.order_by("starts")[enhet.versjoner.count() - 1]
    if last.ends is None or last.ends >= on:
        raise DomainError(_("Enheten er i bruk på den datoen. Velg en dato etter at den slutter."))
    if last.ends + _DAY == on:
        last.ends = None
        last.save(update_fields=["ends"])
    else:
        _add(enhet, on, name=last.name, kind=last.kind, parent=last.parent)
    _require_order(enhet, on=on)
    _settle(enhet)
    audit.record("enhet.reopen", enhet, by=by, on=on.isoformat())
    return enhet


# --- what the verbs are made of ----------------------------------------------------------------


def _require(by: Ansatt, enhet: Enhet) -> None:
    if not access.may(by, Act.MANAGE_UNITS, enhet):
        raise PermissionDenied


def _lock_tree() -> None:
    """Let one change of the Kommune's tree wait for another: two moves could make a ring."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, tenancy.require_id()])


def _locked(enhet: Enhet, *, version: int, by: Ansatt) -> Enhet:
    _lock_tree()
    locked: Enhet = Enhet.objects.select_for_update().get(pk=enhet.pk)
    _require(by, locked)
    if locked.version != version:
        raise StaleError(_("Enheten er endret av en annen siden du åpnet den."))
    return locked


def _save_new(enhet: Enhet) -> None:
    try:
        with transaction.atomic():
            enhet.save()
    except IntegrityError as error:
        raise DomainError(
            _("Koden %(code)s er brukt av en annen enhet. Velg en annen kode.")
            % {"code": enhet.code}
        ) from error


def _add(enhet: Enhet, starts: date, *, ends: date | None = None, **values: Any) -> None:
    Enhetsversjon.objects.create(enhet=enhet, starts=starts, ends=ends, **values)


def _in_force(enhet: Enhet, *, on: date) -> Enhetsversjon:
    for versjon in enhet.versjoner.all():
        if versjon.is_in_force(on):
            found: Enhetsversjon = versjon
            return found
    raise DomainError(_("Enheten er ikke i bruk på den datoen. Velg en annen dato."))


def _change(enhet: Enhet, *, on: date, **values: Any) -> None:
    """Set the values from the day; what is planned for later follows where it left them alone."""
    now = _in_force(enhet, on=on)
    before = {name: getattr(now, name) for name in values}
    later = list(enhet.versjoner.filter(starts__gt=on).order_by("starts"))
    if now.starts < on:
        rest = {"name": now.name, "kind": now.kind, "parent": now.parent, "ends": now.ends}
        now.ends = on - _DAY
        now.save(update_fields=["ends"])
        _add(enhet, on, **rest | values)
    else:
        later.insert(0, now)
    for name, value in values.items():
        for versjon in later:
            if getattr(versjon, name) != before[name]:
                break
            setattr(versjon, name, value)
    Enhetsversjon.objects.bulk_update(later, ["name", "kind", "parent"])


def _require_order(enhet: Enhet, *, on: date) -> None:
    """Refuse a place where the unit hangs under itself or under one that is not in use.

    Raises:
        DomainError: so it would be on the day, or on a later day that something changes.
    """
    turns = Enhetsversjon.objects.filter(starts__gt=on).values_list("starts", flat=True)
    ends = Enhetsversjon.objects.filter(ends__gte=on).values_list("ends", flat=True)
    for day in sorted({on, *turns, *(last + _DAY for last in ends if last)}):
        parents = {row[0]: row[4] for row in history.tree(day)}
        standing = enhet.versjoner.filter(starts__lte=day).exclude(ends__lt=day).first()
        if standing is None:
            continue
        if standing.enhet_id not in parents or standing.parent_id not in parents:
            raise DomainError(
                _("Enheten kan ikke stå der: den over er ikke i bruk, eller står selv under den.")
            )


def _settle(enhet: Enhet) -> None:
    """Let the tree be as the history says today, and count the change as a new version."""
    changed_at = enhet.version
    history.take_effect(clock.today())
    Enhet.objects.filter(pk=enhet.pk, version=changed_at).update(version=changed_at + 1)
    enhet.refresh_from_db()
