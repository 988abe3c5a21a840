"""Undo a run: what hinders it, and how everything becomes what it was."""

# ruff: noqa: S608 (the statements are put together of names of models; every value is a parameter)

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection, models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse import clock
from kompetanse.organisasjon import actions
from kompetanse.organisasjon.hr.spor import CHANGED, TABLES
from kompetanse.organisasjon.models import Enhet, Enhetsversjon, Hrimport

# Rows that follow a person or unit and that nobody has built: notices, and the history of units.
FOLLOWS = ("varsler.varsel", "organisasjon.enhetsversjon")
MOST_NAMED = 5


class Hindrance(NamedTuple):
    """Something that has been built on the run: on whom, what it is called, and how many."""

    name: str
    what: str
    number: int

    @property
    def sentence(self) -> str:
        if not self.what:
            return _("%(name)s er endret etterpå.") % {"name": self.name}
        return ngettext(
            "%(name)s er brukt i: %(what)s.",
            "%(name)s er brukt i: %(what)s (%(count)s).",
            self.number,
        ) % {"name": self.name, "what": self.what, "count": self.number}


def hindrances(hrimport: Hrimport) -> list[Hindrance]:
    """Return what has been built on the run since, most important first; one query."""
    parts = [*_changed_since(), *_referring()]
    statement = " UNION ALL ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({statement}) AS found ORDER BY 3 DESC, 1 LIMIT 50",
            {"run": hrimport.pk},
        )
        return [Hindrance(*row) for row in cursor.fetchall()]


# How a row of each table is named to people.
_NAME = {
    "ansatt": "t.first_name || ' ' || t.last_name",
    "enhet": "t.name",
    "enhetsversjon": "t.name",
    "stillingskategori": "t.name",
    "stilling": "(SELECT p.first_name || ' ' || p.last_name FROM organisasjon_ansatt p"
    " WHERE p.id = t.ansatt_id)",
    "kjennetegn": "(SELECT p.first_name || ' ' || p.last_name FROM organisasjon_ansatt p"
    " WHERE p.id = t.ansatt_id)",
    "rolle": "(SELECT p.first_name || ' ' || p.last_name FROM organisasjon_ansatt p"
    " WHERE p.id = t.ansatt_id)",
}


def _changed_since() -> Iterator[str]:
    """Yield, for each table, the question which rows are no longer what the run left."""
    for table, model in TABLES.items():
        yield (
            f"SELECT COALESCE({_NAME[table]}, '') AS name, '' AS what, count(*) AS n"
            f" FROM organisasjon_hrspor s LEFT JOIN {model._meta.db_table} t ON t.id = s.object_id"
            f" WHERE s.hrimport_id = %(run)s AND s.\"table\" = '{table}'"
            " AND (t.id IS NULL OR NOT to_jsonb(t) @> s.after) GROUP BY 1"
        )


def _referring() -> Iterator[str]:
    """Yield, for each foreign key to a table, the question what refers to rows the run made."""
    for table, model in TABLES.items():
        for relation in model._meta.related_objects:
            other: Any = relation.related_model
            if other._meta.label_lower not in FOLLOWS:
                yield _reference(table, model, other, str(relation.field.column))


def _reference(table: str, model: type[models.Model], other: Any, column: str) -> str:
    own = {made: name for name, made in TABLES.items()}.get(other)
    mine = (
        f" AND NOT EXISTS (SELECT 1 FROM organisasjon_hrspor o WHERE o.hrimport_id = %(run)s"
        f" AND o.\"table\" = '{own}' AND o.object_id = r.id)"
        if own
        else ""
    )
    what = str(other._meta.verbose_name).replace("'", "''").replace("%", "%%")
    return (
        f"SELECT {_NAME[table]}, '{what}', count(*)"
        f" FROM {other._meta.db_table} r"
        f' JOIN organisasjon_hrspor s ON s.object_id = r."{column}"'
        f" AND s.hrimport_id = %(run)s AND s.\"table\" = '{table}' AND s.before IS NULL"
        f" JOIN {model._meta.db_table} t ON t.id = s.object_id{mine and ' WHERE TRUE' + mine}"
        " GROUP BY 1"
    )


# --- back to what was --------------------------------------------------------------------------


def revert(hrimport: Hrimport) -> None:
    """Remove what the run made, and set back what it changed."""
    for table in ("rolle", "stilling", "kjennetegn"):
        _remove(hrimport, table)
    _loosen_marks(hrimport)
    for table in ("ansatt", "stilling", "kjennetegn", "rolle"):
        _set_back(hrimport, table)
    _remove(hrimport, "ansatt")
    _revert_units(hrimport)
    _remove(hrimport, "stillingskategori")


def _revert_units(hrimport: Hrimport) -> None:
    """Put the units back where they stood, with a line in their history."""
    spor = hrimport.spor.filter(table="enhet")
    reopened = hrimport.spor.filter(table="enhetsversjon").exists()
    if not reopened and not spor.exists():
        return
    changed = spor.filter(before__isnull=False).values_list("object_id", "before")
    was: dict[str, Any]
    for pk, was in ((pk, before or {}) for pk, before in changed):
        enhet = Enhet.objects.get(pk=pk)
        enhet.name, enhet.kind = was["name"], was["kind"]
        enhet.is_open = was.get("is_open", enhet.is_open)
        enhet.save(update_fields=["name", "kind", "is_open"])
        if enhet.parent_id != was["parent_id"]:
            parent = Enhet.objects.filter(pk=was["parent_id"]).first()
            actions.place(enhet, parent=parent)
    _remove(hrimport, "enhetsversjon")
    _set_back(hrimport, "enhetsversjon")
    made = spor.filter(before=None).values("object_id")
    Enhetsversjon.objects.filter(enhet__in=made).delete()
    _remove(hrimport, "enhet")
    actions.keep_history(on=clock.today())


def _remove(hrimport: Hrimport, table: str) -> None:
    name = TABLES[table]._meta.db_table
    for follower, column in _followers(TABLES[table]):
        _execute(
            f"DELETE FROM {follower} f USING organisasjon_hrspor s"
            f' WHERE s.object_id = f."{column}" AND {_MADE}',
            hrimport,
            table,
        )
    _execute(
        f"DELETE FROM {name} t USING organisasjon_hrspor s WHERE t.id = s.object_id AND {_MADE}",
        hrimport,
        table,
    )


_MADE = 's.hrimport_id = %s AND s."table" = %s AND s.before IS NULL'


def _followers(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        if other._meta.label_lower in FOLLOWS:
            yield other._meta.db_table, str(relation.field.column)


def _set_back(hrimport: Hrimport, table: str) -> None:
    name = TABLES[table]._meta.db_table
    columns = ", ".join(f"{column} = was.{column}" for column in CHANGED[table])
    _execute(
        f"UPDATE {name} t SET {columns} FROM organisasjon_hrspor s"
        f" CROSS JOIN LATERAL jsonb_populate_record(NULL::{name}, s.before) AS was"
        ' WHERE t.id = s.object_id AND s.hrimport_id = %s AND s."table" = %s'
        " AND s.before IS NOT NULL",
        hrimport,
        table,
    )


def _loosen_marks(hrimport: Hrimport) -> None:
    """Let go of the marks that were changed: two people may be about to change back."""
    _execute(
        "UPDATE organisasjon_kjennetegn t SET value = '?' || t.id FROM organisasjon_hrspor s"
        ' WHERE t.id = s.object_id AND s.hrimport_id = %s AND s."table" = %s'
        " AND s.before IS NOT NULL",
        hrimport,
        "kjennetegn",
    )


def _execute(statement: str, hrimport: Hrimport, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [hrimport.pk, table])
