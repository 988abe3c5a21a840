"""Everything that is stored about one person, across all apps, in two statements.

Each declared table gives its rows as JSON to one union; what the rows point at gets its name in
another. So the page costs the same whatever is declared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.utils.translation import gettext as _

from kompetanse.kommuner import feltnavn, persondata
from kompetanse.kommuner.models import Fil
from kompetanse.kommuner.persondata import Tabell
from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk

Row = dict[str, Any]
Ref = tuple[str, int]

# The field by which a row is known to people, in this order.
NAMES = ("name", "title", "study", "heading", "theme", "what", "goal", "username")
# The fields that keep a role as the audit trail does, and not as a choice.
ROLES = frozenset({"role", "countersigned_role"})


@dataclass(frozen=True, slots=True)
class Line:
    """A label and a value, as people read them."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Holding:
    """What one table holds about the person."""

    table: Tabell
    rows: tuple[Row, ...]
    readable: tuple[tuple[Line, ...], ...]

    @property
    def heading(self) -> str:
        name = self.table.name
        return name[:1].upper() + name[1:]


@dataclass(frozen=True, slots=True)
class Group:
    """The tables of one app, under its name."""

    name: str
    holdings: tuple[Holding, ...]

    @property
    def count(self) -> int:
        return sum(len(holding.rows) for holding in self.holdings)


@dataclass(frozen=True, slots=True)
class Deed:
    """How many rows of a table tell that the person did something."""

    table: str
    count: int


def groups(ansatt: Ansatt) -> tuple[Group, ...]:
    """Return everything about the person by app; two queries."""
    found = _rows(ansatt)
    names = _names(found)
    made: dict[str, list[Holding]] = {}
    for table, rows in found.items():
        readable = tuple(tuple(_lines(table, row, names)) for row in rows)
        app = str(table.cls._meta.app_config.verbose_name)
        made.setdefault(app, []).append(Holding(table, tuple(rows), readable))
    return tuple(Group(name, tuple(holdings)) for name, holdings in made.items())


def deeds(ansatt: Ansatt) -> list[Deed]:
    """Return where the person stands as the one who did it; one query."""
    asked = {f"{cls._meta.label}.{field.name}": (cls, field) for cls, field in actor_fields()}
    counts = [
        cls.objects.filter(**{field.name: ansatt.pk})
        .order_by()
        .annotate(merke_=Value(key, output_field=CharField()))
        .values("merke_")
        .annotate(antall_=Count("pk"))
        .values_list("merke_", "antall_")
        for key, (cls, field) in asked.items()
    ]
    by_table: dict[str, int] = {}
    for key, count in counts[0].union(*counts[1:], all=True):
        name = feltnavn.of_table(asked[key][0])
        by_table[name] = by_table.get(name, 0) + count
    return [Deed(name, count) for name, count in sorted(by_table.items()) if count]


def actor_fields() -> Iterator[tuple[Any, Any]]:
    """Yield every field that tells who did something, not whom the row is about."""
    for table in persondata.tables():
        first = {way.split("__")[0] for way in table.about}
        for field in table.cls._meta.concrete_fields:
            if field.related_model is Ansatt and field.name not in first:
                yield table.cls, field


def files(ansatt: Ansatt) -> QuerySet[Fil]:
    """Return the stored files that belong to what the person may see."""
    ids: set[int] = set()
    for table in persondata.personal():
        for name in persondata.files_of(table.cls):
            if name not in table.hidden:
                ids.update(table.seen(ansatt).values_list(name, flat=True))
    return Fil.objects.filter(pk__in=ids - {None}).order_by("pk")


# --- the statements ---------------------------------------------------------------------------


def _rows(ansatt: Ansatt) -> dict[Tabell, list[Row]]:
    """Return the rows by table, in the tables' order."""
    tables = {table.model: table for table in persondata.personal()}
    parts = [_as_json(table, ansatt) for table in tables.values()]
    found: dict[str, list[Row]] = {}
    for model, row in parts[0].union(*parts[1:], all=True):
        found.setdefault(model, []).append(row)
    return {
        tables[model]: sorted(found[model], key=lambda row: str(row["id"]))
        for model in tables
        if model in found
    }


def _as_json(table: Tabell, ansatt: Ansatt) -> QuerySet[Any, tuple[str, Row]]:
    fields = {each.attname: F(each.attname) for each in table.shown_fields()}
    marked = (
        table.seen(ansatt)
        .order_by()
        .annotate(tabell_=Value(table.model, output_field=CharField()), rad_=JSONObject(**fields))
    )
    rows: QuerySet[Any, tuple[str, Row]] = marked.values_list("tabell_", "rad_")
    return rows


def _names(found: dict[Tabell, list[Row]]) -> dict[Ref, str]:
    """Return what the rows that are pointed at are called; one query."""
    wanted: dict[Any, set[int]] = {}
    for table, rows in found.items():
        for field in table.shown_fields():
            if field.related_model is not None and _name_of(field.related_model) is not None:
                ids = (row[field.attname] for row in rows)
                wanted.setdefault(field.related_model, set()).update(pk for pk in ids if pk)
    parts = [_named(cls, ids) for cls, ids in wanted.items() if ids]
    if not parts:
        return {}
    return {(label, pk): name for label, pk, name in parts[0].union(*parts[1:], all=True)}


def _named(cls: Any, ids: Iterable[int]) -> QuerySet[Any]:
    rows = cls.objects.filter(pk__in=ids).order_by()
    marked = rows.annotate(
        merke_=Value(cls._meta.label, output_field=CharField()),
        nummer_=Cast("pk", BigIntegerField()),
        navn_=Cast(_name_of(cls), CharField()),
    )
    return marked.values_list("merke_", "nummer_", "navn_")  # type: ignore[no-any-return]


def _name_of(cls: Any) -> Any:
    if cls is Ansatt:
        return Concat("first_name", Value(" "), "last_name")
    fields = {field.name for field in cls._meta.concrete_fields}
    return next((F(name) for name in NAMES if name in fields), None)


# --- in words ---------------------------------------------------------------------------------


def _lines(table: Tabell, row: Row, names: dict[Ref, str]) -> Iterator[Line]:
    """Yield the row as people read it, without what is empty and without the row's own number."""
    for field in table.shown_fields():
        value = row[field.attname]
        if field.primary_key or value in (None, "", [], {}):
            continue
        label = feltnavn.of_field(field)
        write = table.written.get(field.name)
        told = write(value) if write else _in_words(field, value, names)
        yield Line(label[:1].upper() + label[1:], told)


def _in_words(field: Any, value: Any, names: dict[Ref, str]) -> str:
    if field.related_model is not None:
        number = _("nummer %(pk)s") % {"pk": value}
        return names.get((field.related_model._meta.label, value), number)
    if field.name in ROLES:
        return ", ".join(access.in_words(mark) for mark in str(value).split(",") if mark)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    write = _WRITTEN.get(field.get_internal_type(), str)
    return write(value)


def _moment(value: str) -> str:
    return norsk.tidspunkt(datetime.fromisoformat(value))


def _day(value: str) -> str:
    return norsk.langdato(date.fromisoformat(value))


def _yes_or_no(value: object) -> str:
    return _("Ja") if value else _("Nei")


def _list(value: Any) -> str:
    """Return JSON as text: the values of a list or an object, however deep; what is empty aside."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_list(each)}" for key, each in value.items() if each is not None)
    if isinstance(value, list):
        return "; ".join(_list(each) for each in value if each is not None)
    return _yes_or_no(value) if isinstance(value, bool) else str(value)


_WRITTEN = {
    "DateTimeField": _moment,
    "DateField": _day,
    "BooleanField": _yes_or_no,
    "JSONField": _list,
}
