"""What is stored about people: one registry that every app writes its tables into.

Each app says it in its `personvern.py`: what a table holds, why, on what basis, for how long, and
what becomes of the rows when the person is erased. «Mine data», the erasure and
`docs/personal-data.md` are read from here; a test finds a table or a text that nobody declared.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import reduce
from graphlib import TopologicalSorter
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, Model, Q, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import feltnavn
from kompetanse.kommuner.models import Fil

Text = str | Promise
AnyModel = type[Model]

# Neither tells anything of a person: whose Kommune, and how many times a row was saved.
STRUCTURE = frozenset({"kommune", "version"})

# A figure on fewer people than this is told to none but those who lead them.
FEWEST = 5


class Basis(Enum):
    """The ground in law for storing it, GDPR art. 6 (1). Never consent: an employee is not free."""

    CONTRACT = _("Arbeidsavtalen (personvernforordningen art. 6 nr. 1 b)")
    DUTY = _("Rettslig plikt (personvernforordningen art. 6 nr. 1 c)")
    INTEREST = _("Arbeidsgivers berettigede interesse (personvernforordningen art. 6 nr. 1 f)")


class Fate(Enum):
    """What becomes of a person's rows when the person is erased."""

    DELETED = _("Slettes")
    EMPTIED = _("Gjøres anonyme")
    KEPT = _("Beholdes, uten navn")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tabell:
    """A table that holds something of people.

    `about` are the ways from a row to the Ansatt it is about (`soknad__ansatt`), and `also` finds
    rows that name the Ansatt without a foreign key; all their fields are that person's data.
    Without either, a row only tells who did something.
    `emptied` gives the values that make a row anonymous, or functions of the Ansatt that do; a
    field with a Fil loses its file.
    `written` says how a field that holds a code is read by people.
    `records` are texts that stay after an erasure, and why. `hidden` are fields that the person's
    own copy leaves out, and why. `shown` are the rows the person may see, when not all.
    """

    model: str
    purpose: Text
    basis: Basis
    kept: Text
    readers: Text
    about: tuple[str, ...] = ()
    also: Callable[[Any], Q] | None = None
    fate: Fate = Fate.KEPT
    emptied: Mapping[str, Any] = field(default_factory=dict)
    records: Mapping[str, Text] = field(default_factory=dict)
    written: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    hidden: Mapping[str, Text] = field(default_factory=dict)
    shown: Q | None = None

    @property
    def cls(self) -> Any:
        return apps.get_model(self.model)

    @property
    def name(self) -> str:
        """What many rows are called, `søknader`."""
        return feltnavn.of_table(self.cls)

    @property
    def is_about_someone(self) -> bool:
        return bool(self.about or self.also)

    def rows(self, ansatt: Any) -> QuerySet[Any]:
        """Return the rows about the Ansatt; none when the table only tells who did it."""
        ways = [Q(**{way: ansatt.pk}) for way in self.about]
        if self.also is not None:
            ways.append(self.also(ansatt))
        found: QuerySet[Any] = self.cls.objects.filter(reduce(or_, ways, Q(pk__in=[])))
        return found

    def seen(self, ansatt: Any) -> QuerySet[Any]:
        """Return the rows that the Ansatt may see of what is stored about them."""
        rows = self.rows(ansatt)
        return rows.filter(self.shown) if self.shown is not None else rows

    def fields(self) -> "list[Field[Any, Any]]":
        """Return the fields that are the person's data."""
        return [each for each in self.cls._meta.concrete_fields if each.name not in STRUCTURE]

    def labels(self) -> list[str]:
        """Return what the fields are called, in the language of the reader."""
        return [feltnavn.of_field(each) for each in self.fields() if not each.primary_key]

    def shown_fields(self) -> "list[Field[Any, Any]]":
        return [each for each in self.fields() if each.name not in self.hidden]


@dataclass(frozen=True, slots=True)
class Lagringsregel:
    """How long one kind of row is kept, whoever it is about.

    `months` is what the product proposes; the Kommune may choose another number. `due` returns
    the rows that are older than a moment. The rows are removed; or, when the rule `empties`, they
    and what belongs to them meet the fate that each table has when a person is erased, so that
    what is a record stays. Such rows must not be due again.
    """

    key: str
    label: Text
    months: int
    due: Callable[[datetime], QuerySet[Any]]
    empties: bool = False


Holds = Callable[[Iterable[int]], QuerySet[Any, Any]]

_tables: dict[str, Tabell] = {}
_impersonal: dict[str, Text] = {}
_rules: dict[str, Lagringsregel] = {}
_holds: dict[str, tuple[Text, Holds]] = {}


# --- said once, when the apps are ready --------------------------------------------------------


def declare(*tables: Tabell) -> None:
    """Say what tables hold of people."""
    _tables.update({table.model: table for table in tables})


def declare_impersonal(models: Mapping[str, Text]) -> None:
    """Say why tables hold nothing of people: `{"planer.Kapittel": _("Tekst i planen")}`."""
    _impersonal.update(models)


def keep_for(*rules: Lagringsregel) -> None:
    """Say for how long kinds of rows are kept."""
    _rules.update({rule.key: rule for rule in rules})


def hold(key: str, why: Text, ansatte: Holds) -> None:
    """Say who cannot be erased yet: `ansatte` gets ids and returns those held, as a values_list."""
    _holds[key] = (why, ansatte)


# --- asked ------------------------------------------------------------------------------------


def tables() -> list[Tabell]:
    """Return every declared table, in the order of the apps and their models."""
    there = [model._meta.label for model in apps.get_models()]
    return [_tables[label] for label in there if label in _tables]


def personal() -> list[Tabell]:
    """Return the tables whose rows are about someone."""
    return [table for table in tables() if table.is_about_someone]


def erasing() -> list[Tabell]:
    """Return the tables about someone, those that point at others before those they point at."""
    found = {table.cls: table for table in personal()}
    graph: TopologicalSorter[AnyModel] = TopologicalSorter(dict.fromkeys(found, ()))
    for cls in found:
        for each in cls._meta.concrete_fields:
            if each.related_model in found and each.related_model is not cls:
                graph.add(each.related_model, cls)
    return [found[cls] for cls in graph.static_order()]


def below(case: AnyModel) -> list[tuple[Tabell, str]]:
    """Return the tables about someone by way of a case, each with its way there; the case is last.

    In the order of `erasing`. The way is a lookup, `vedtak__soknad`, and `pk` for the case itself.
    """
    ways = ((table, _way_to(case, table)) for table in erasing())
    return [(table, way) for table, way in ways if way]


def _way_to(case: AnyModel, table: Tabell) -> str:
    for way in table.about:
        model: Any = table.cls
        steps = [] if way == "pk" else way.split("__")
        for at, step in enumerate(steps):
            if model is case:
                return "__".join(steps[:at]) or "pk"
            model = model._meta.get_field(step).related_model
    return ""


def impersonal() -> dict[str, Text]:
    """Return why, by label of the table."""
    return dict(_impersonal)


def gone() -> list[str]:
    """Return the labels that are declared and are no longer tables."""
    there = {model._meta.label for model in apps.get_models()}
    return sorted({*_tables, *_impersonal} - there)


def rules() -> list[Lagringsregel]:
    return list(_rules.values())


def held(ansatte: Iterable[int]) -> dict[int, str]:
    """Return, for those who cannot be erased yet, why; one query."""
    ids = list(ansatte)
    if not ids or not _holds:
        return {}
    first, *rest = [
        found(ids).order_by().annotate(hold_=Value(key, output_field=CharField()))
        for key, (_why, found) in _holds.items()
    ]
    return {pk: str(_holds[key][0]) for pk, key in first.union(*rest)}


def files_of(cls: AnyModel) -> list[str]:
    """Return the names of the fields that point at a stored file."""
    return [each.name for each in cls._meta.concrete_fields if each.related_model is Fil]
