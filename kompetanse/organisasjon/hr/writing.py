"""The lines of a check written into the register, set by set, each with its trace for the undo.

A few statements whatever the size: 20 000 people with 40 000 positions are one INSERT each. Rows
that are made or changed leave a Hrspor in the same statement.

Source: docs/adr/0018-hr-lines-are-what-is-written.md.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from kompetanse.errors import StaleError
from kompetanse.kommuner import audit, tenancy
from kompetanse.organisasjon import actions
from kompetanse.organisasjon.actions import kjennetegn
from kompetanse.organisasjon.hr import reopening, spor, staging, statements
from kompetanse.organisasjon.models import (
    Ansatt,
    Enhet,
    Hrimport,
    Hrlinje,
    Rolle,
    Stilling,
    Stillingskategori,
)

Kind = Hrlinje.Kind
KNOWN = (Kind.RETURNED, Kind.MOVED, Kind.CHANGED, Kind.LEFT)
_OF_UNITS = (Kind.UNIT_NEW, Kind.REOPENED, Kind.UNIT_CHANGED)
_DAY = dt.timedelta(days=1)


def write(hrimport: Hrimport, *, by: Ansatt | None, on: dt.date) -> None:
    """Write every line of the check but the missing ones.

    Raises:
        StaleError: something that the check did not know of stood in the way.
    """
    _categories(hrimport)
    _units(hrimport, on=on)
    counted = hrimport.figures
    run = {"run": hrimport.pk, "kommune": tenancy.require_id()}
    staging.spread(hrimport, [Kind.NEW, *KNOWN])
    staging.places()
    _expect(_insert(statements.NEW_PEOPLE, Ansatt, run), counted["new"])
    _expect(_run(statements.CHANGED_PEOPLE, run), sum(counted[kind] for kind in KNOWN))
    staging.numbers()
    _expect(_insert(statements.NEW_POSTS, Stilling, run), counted["posts_new"])
    _expect(_run(statements.CHANGED_POSTS, run), counted["posts_changed"] + counted["posts_ended"])
    _marks(hrimport, by=by)
    _end_roles(hrimport, by=by)
    _leaders(hrimport, by=by, on=on)


def leave(hrimport: Hrimport, numbers: Sequence[str], *, by: Ansatt | None, on: dt.date) -> int:
    """Let those of the missing whose numbers are named have left; return how many did.

    Yesterday was their last day: positions and roles end with it.
    """
    who: dict[str, Any] = {"run": hrimport.pk, "numbers": list(numbers), "left_on": on}
    who |= {"last_day": on - _DAY, "by": by.pk if by else None}
    count = _run(statements.LEAVERS, who)
    _run(statements.LEAVERS_POSTS, who)
    _run(statements.LEAVERS_ROLES, who)
    return count


def _end_roles(hrimport: Hrimport, *, by: Ansatt | None) -> None:
    """End the roles of those whose last position the file says has ended."""
    left = hrimport.linjer.filter(kind=Kind.LEFT).values_list("number", "content__left_on")
    for number, left_on in left:
        who = {"run": hrimport.pk, "numbers": [number], "by": by.pk if by else None}
        _run(statements.LEAVERS_ROLES, who | {"last_day": dt.date.fromisoformat(left_on) - _DAY})


def _marks(hrimport: Hrimport, *, by: Ansatt | None) -> None:
    """Remember by what Entra ID knows people; whoever logs in is linked by that."""
    if not hrimport.figures.get("marks_new"):
        return
    lines = hrimport.linjer.filter(kind__in=(Kind.NEW, *KNOWN), content__has_key="marks")
    told = dict(lines.values_list("number", "content__marks"))
    people = Ansatt.objects.filter(number__in=told).values_list("pk", "number")
    given = [(pk, kind, value) for pk, n in people for kind, value in told[n].items()]
    before, made = kjennetegn.recognise_each(given, by=by)
    spor.remember(hrimport, "kjennetegn", made)
    spor.remember(hrimport, "kjennetegn", list(before), before=before)


# --- what the people stand on


def _categories(hrimport: Hrimport) -> None:
    names = hrimport.linjer.filter(kind=Kind.CATEGORY_NEW).values_list("name", flat=True)
    made = Stillingskategori.objects.bulk_create(Stillingskategori(name=name) for name in names)
    spor.remember(hrimport, "stillingskategori", [kategori.pk for kategori in made])


def _units(hrimport: Hrimport, *, on: dt.date) -> None:
    told: dict[str, list[dict[str, str]]] = {kind: [] for kind in _OF_UNITS}
    lines = hrimport.linjer.filter(kind__in=_OF_UNITS).order_by("place")
    for kind, content in lines.values_list("kind", "content"):
        told[kind].append(content)
    if not any(told.values()):
        return
    enheter = {enhet.code: enhet for enhet in Enhet.objects.select_for_update()}
    reopened, changed = told[Kind.REOPENED], told[Kind.UNIT_CHANGED]
    known = {enheter[unit["code"]].pk for unit in reopened + changed}
    before = spor.taken("enhet", list(known))
    spor.remember(hrimport, "enhet", _make_units(told[Kind.UNIT_NEW], enheter))
    versions, begun = reopening.write(reopened, enheter, on=on)
    _change_units(changed, enheter)
    spor.remember(hrimport, "enhet", list(before), before=before)
    actions.keep_history(on=on)
    spor.remember(hrimport, "enhetsversjon", begun)
    spor.remember(hrimport, "enhetsversjon", list(versions), before=versions)


def _make_units(new: list[dict[str, str]], enheter: dict[str, Enhet]) -> list[int]:
    """Make the units, each after the one it stands under; a path holds the unit's own id."""
    ids = _next_ids(Enhet, len(new))
    made = []
    for pk, unit in zip(ids, new, strict=True):
        parent = enheter.get(unit["parent"])
        path = f"{parent.path if parent else '/'}{pk}/"
        enhet = Enhet(
            pk=pk,
            code=unit["code"],
            name=unit["name"],
            kind=unit["kind"],
            parent=parent,
            path=path,
        )
        enheter[enhet.code] = enhet
        made.append(enhet)
    Enhet.objects.bulk_create(made, batch_size=500)
    return ids


def _change_units(changed: list[dict[str, str]], enheter: dict[str, Enhet]) -> None:
    for unit in changed:
        enhet = enheter[unit["code"]]
        enhet.name, enhet.kind = unit["name"], unit["kind"]
        enhet.save(update_fields=["name", "kind"])
        parent = enheter.get(unit["parent"])
        if parent and enhet.parent_id != parent.pk:
            parent.refresh_from_db(fields=["path"])
            enhet.refresh_from_db(fields=["path"])
            actions.place(enhet, parent=parent)


def _leaders(hrimport: Hrimport, *, by: Ansatt | None, on: dt.date) -> None:
    """Give the leaders that the file names their roles; a role that has ended begins anew."""
    told = list(hrimport.linjer.filter(kind=Kind.LEADER_NEW).values_list("content", flat=True))
    if not told:
        return
    people = dict(
        Ansatt.objects.filter(number__in=[t["number"] for t in told]).values_list("number", "pk")
    )
    units = dict(Enhet.objects.filter(code__in=[t["unit"] for t in told]).values_list("code", "pk"))
    held = set(
        Rolle.objects.filter(ansatt__in=people.values(), starts=None).values_list(
            "ansatt_id", "enhet_id", "kode"
        )
    )
    roller = []
    for leader in told:
        key = people[leader["number"]], units[leader["unit"]], leader["role"]
        roller.append(
            Rolle(
                ansatt_id=key[0],
                enhet_id=key[1],
                kode=key[2],
                given_by=by,
                starts=on if key in held else None,
            )
        )
    made = Rolle.objects.bulk_create(roller, batch_size=500)
    spor.remember(hrimport, "rolle", [rolle.pk for rolle in made])
    told = [{"kode": r.kode, "enhet_id": r.enhet_id, "ansatt_id": r.ansatt_id} for r in made]
    audit.record_each("rolle.give", zip(made, told, strict=True), by=by)


# --- statements


def _insert(statement: str, model: type[models.Model], values: dict[str, Any]) -> int:
    """Run an INSERT … SELECT; columns that the import does not know get the model's defaults."""
    extra = _defaults(model, known=statement.partition("SELECT")[0])
    filled = statement.format(
        extra="".join(f", {column}" for column in extra),
        values="".join(f", %({column})s" for column in extra),
    )
    return _run(filled, values | extra)


def _defaults(model: type[models.Model], *, known: str) -> dict[str, Any]:
    named = set(re.findall(r"\w+", known))
    return {
        str(field.column): field.get_default()
        for field in model._meta.concrete_fields
        if not field.primary_key
        and field.column not in named
        and (field.has_default() or not field.null)
    }


def _next_ids(model: type[models.Model], count: int) -> list[int]:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _run(statement: str, values: dict[str, Any]) -> int:
    """Run one statement that ends in traces; return how many rows it made or changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _expect(count: int, planned: int) -> None:
    if count != planned:
        raise StaleError(f"{count} rows instead of {planned}")
