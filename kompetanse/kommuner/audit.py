"""The audit trail is written here and nowhere else; and what its actions are called.

Each app says in its `hendelser.py` what its actions are called and to which case its objects
belong; `tests/personvern/test_hendelser.py` finds an action without a name.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import get_language

from kompetanse import alfabet, clock
from kompetanse.kommuner import tenancy
from kompetanse.kommuner.models import AuditEvent, TenantModel

ANSATT = "organisasjon.ansatt"
SYSTEM = ""

Name = str | Promise


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object belongs: the field to its case, and the way to whom it is about.

    `about` may go over a row, with a dot: `soknad.ansatt`.
    """

    case: str = ""
    about: str = ""


_names: dict[str, Name] = {}
_openings: set[str] = set()
_places: dict[str, Place] = {}
_roles_of: list[Callable[[Any], str]] = []


# --- said once, when the apps are ready --------------------------------------------------------


def name(names: Mapping[str, Name]) -> None:
    """Say what actions are called, in Norwegian: `{"soknad.submit": _("Sendte søknaden")}`."""
    _names.update(names)
    _names_in.cache_clear()


def name_openings(names: Mapping[str, Name]) -> None:
    """Name the actions that are someone looking at another person's record."""
    name(names)
    _openings.update(names)


def place(places: Mapping[str, Place]) -> None:
    """Say where objects belong, by label in small letters: `{"soknader.vedtak": Place(…)}`."""
    _places.update(places)


def ask_roles_of(source: Callable[[Any], str]) -> None:
    """Let `source` tell which roles an Ansatt acts in, when the verb does not say."""
    _roles_of[:] = [source]


# --- asked ------------------------------------------------------------------------------------


def names() -> dict[str, str]:
    """Return every action with its name, in the language of the reader, by name."""
    return _names_in(get_language())


@cache
def _names_in(_lang: str) -> dict[str, str]:
    told = {action: str(words) for action, words in _names.items()}
    return dict(sorted(told.items(), key=lambda pair: alfabet.key(pair[1])))


def name_of(action: str) -> str:
    """Return what the action is called; the action itself when an older release named it."""
    return names().get(action, action)


def openings() -> list[str]:
    """Return the actions that are someone looking at another person's record."""
    return sorted(_openings)


def label_of(label: str) -> str:
    """Return what a kind of object is called, such as `søknad`; the label when it is gone."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label


# --- written ----------------------------------------------------------------------------------


def record(
    action: str,
    obj: TenantModel,
    *,
    by: Any | None,
    role: str = "",
    case: TenantModel | None = None,
    **details: Any,
) -> AuditEvent:
    """Write one line in the caller's transaction; `by` is an Ansatt, or None for the system.

    `role` is the role the verb was allowed in; else all that `by` holds. `case` is where it was
    done from, else the one that the object belongs to.
    `details` is JSON: ids and amounts (NOK), never names or reasons.
    """
    event = _event(action, obj, by=by, role=role, case=case, details=details)
    event.save(force_insert=True)
    return event


def record_each(
    action: str,
    done: Iterable[tuple[TenantModel, dict[str, Any]]],
    *,
    by: Any | None,
    role: str = "",
) -> None:
    """Write one line for each (object, details), as `record` does, in few statements."""
    role = role or _role_of(by)
    events = (
        _event(action, obj, by=by, role=role, case=None, details=details) for obj, details in done
    )
    AuditEvent.objects.bulk_create(events, batch_size=1000)


def record_all(
    action: str,
    model: type[TenantModel],
    done: Sequence[tuple[int, int]],
    *,
    by: Any | None,
    **details: Any,
) -> None:
    """Write one line for each (id of the object, id of whom it is about), as `record` does.

    One statement for tens of thousands; the details are the same for all.
    """
    label = model._meta.label_lower
    values = {
        "kommune": tenancy.require_id(),
        "at": clock.now(),
        "by": by.pk if by else None,
        "role": _role_of(by),
        "action": action,
        "label": label,
        "details": json.dumps(details),
        "objects": [pk for pk, _about in done],
        "about": [about for _pk, about in done],
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECORD_ALL, values)


_RECORD_ALL = """
INSERT INTO kommuner_auditevent (kommune_id, at, by_id, role, action, object_label, object_id,
    case_label, case_id, about_id, details)
SELECT %(kommune)s, %(at)s, %(by)s, %(role)s, %(action)s, %(label)s, t.pk, %(label)s, t.pk,
    t.about, %(details)s::jsonb
FROM unnest(%(objects)s::bigint[], %(about)s::bigint[]) AS t(pk, about)
"""


def _event(
    action: str,
    obj: TenantModel,
    *,
    by: Any | None,
    role: str,
    case: TenantModel | None,
    details: dict[str, Any],
) -> AuditEvent:
    case_label, case_id = _case_of(case or obj)
    return AuditEvent(
        by_id=by.pk if by else None,
        role=role or _role_of(by),
        action=action,
        object_label=obj._meta.label_lower,
        object_id=obj.pk,
        case_label=case_label,
        case_id=case_id,
        about_id=about(obj),
        details=details,
    )


def _role_of(by: Any | None) -> str:
    return _roles_of[0](by) if by and _roles_of else SYSTEM


def _case_of(obj: TenantModel) -> tuple[str, int]:
    """Return label and id of the case that the object belongs to; its own when it is one."""
    place = _places.get(obj._meta.label_lower, Place())
    if not place.case:
        return obj._meta.label_lower, obj.pk
    field: Any = obj._meta.get_field(place.case)
    case_id = getattr(obj, field.attname)
    if case_id is None:
        return obj._meta.label_lower, obj.pk
    return field.related_model._meta.label_lower, case_id


def about(obj: TenantModel) -> int | None:
    """Return the id of the Ansatt whose record the object is part of, or None."""
    label = obj._meta.label_lower
    if label == ANSATT:
        return int(obj.pk)
    way = _places.get(label, Place()).about
    if not way:
        return None
    *rows, last = way.split(".")
    row: Any = obj
    for step in rows:
        row = getattr(row, step)
    found: int | None = getattr(row, f"{last}_id")
    return found
