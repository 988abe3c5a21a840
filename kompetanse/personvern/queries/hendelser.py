"""The audit trail, read: by whom, what, on what, when; page by page from the newest.

A page begins after the moment and number of the last line before it, so that the millionth line
costs what the first does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, partial
from itertools import islice

from django.apps import apps
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from kompetanse import alfabet, clock
from kompetanse.kommuner import audit
from kompetanse.kommuner.models import AuditEvent, TenantModel
from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Ansatt
from kompetanse.personvern.queries import detaljer

PER_PAGE = 200
MOST_PEOPLE = 200
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; what is not said is not asked for. Days are whole days in Norway."""

    person: str = ""
    action: str = ""
    label: str = ""
    number: int | None = None
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last line that has been shown."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.pk}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Return the cursor of an address; None for the first page and for what is not one."""
        moment, _sep, number = text.partition("_")
        try:
            at, pk = datetime.fromisoformat(moment.replace(" ", "+")), int(number)
        except ValueError:
            return None
        return cls(at, pk) if at.tzinfo else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the trail in words."""

    at: datetime
    by: str
    role: str
    action: str
    object: str
    case: str
    about: str
    details: str


@dataclass(frozen=True, slots=True)
class Side:
    """A page of the trail, and where the next one begins."""

    lines: Sequence[Line]
    following: Cursor | None = field(default=None)


def side(wanted: Filter, *, after: Cursor | None = None) -> Side:
    """Return a page of what matches, newest first; three queries at most."""
    rows = matching(wanted)
    if after is not None:
        rows = rows.filter(Q(at__lt=after.at) | Q(at=after.at, pk__lt=after.pk), at__lte=after.at)
    found = list(rows[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    following = Cursor(shown[-1].at, shown[-1].pk) if len(found) > PER_PAGE else None
    return Side(list(in_words(shown)), following)


def matching(wanted: Filter) -> QuerySet[AuditEvent]:
    """Return the lines that match, newest first."""
    rows = AuditEvent.objects.order_by("-at", "-pk")
    if wanted.person:
        rows = rows.filter(by_id__in=_people(wanted.person))
    if wanted.action:
        rows = rows.filter(action=wanted.action)
    if wanted.label:
        rows = rows.filter(_object(wanted.label, wanted.number))
    if wanted.starts:
        rows = rows.filter(at__gte=clock.start_of(wanted.starts))
    if wanted.ends:
        rows = rows.filter(at__lt=clock.start_of(wanted.ends + timedelta(days=1)))
    return rows


def count(wanted: Filter, *, most: int) -> int:
    """Return how many lines match; counting stops at `most`."""
    return matching(wanted).order_by()[:most].count()


def _people(text: str) -> list[int]:
    """Return the ids of those whose number it is, or whose name begins so."""
    words = text.split()
    names = Q()
    for word in words:
        names &= Q(first_name__istartswith=word) | Q(last_name__istartswith=word)
    found = Ansatt.objects.filter(Q(number=text.strip()) | names).order_by("pk")
    return list(found.values_list("pk", flat=True)[:MOST_PEOPLE])


def _object(label: str, number: int | None) -> Q:
    """Match the object itself, and what was done in it as a case."""
    if number is None:
        return Q(object_label=label)
    return Q(object_label=label, object_id=number) | Q(case_label=label, case_id=number)


def labels() -> list[tuple[str, str]]:
    """Return the kinds of objects that the trail can tell of, with their names."""
    found = [(cls._meta.label_lower, str(cls._meta.verbose_name)) for cls in _tenant_models()]
    return sorted(((label, name[:1].upper() + name[1:]) for label, name in found), key=_by_name)


def _tenant_models() -> Iterator[type[TenantModel]]:
    for model in apps.get_models():
        if issubclass(model, TenantModel) and model is not AuditEvent:
            yield model


def _by_name(pair: tuple[str, str]) -> str:
    return alfabet.key(pair[1])


def opened_by_others(ansatt: Ansatt, *, most: int = 100) -> list[Line]:
    """Return who has looked at the person's record, newest first; one query."""
    name = Ansatt.objects.filter(pk=OuterRef("by_id")).values(
        navn_=Concat("first_name", Value(" "), "last_name")
    )
    rows = AuditEvent.objects.filter(about_id=ansatt.pk, action__in=audit.openings())
    others = rows.exclude(by_id=ansatt.pk).order_by("-at", "-pk").annotate(navn_=Subquery(name))
    found = list(others[:most])
    names = {row.by_id: row.navn_.strip() for row in found if row.by_id and row.navn_}
    words = _Words(names | {ansatt.pk: ansatt.full_name})
    return [_line(row, words) for row in found]


# --- in words ---------------------------------------------------------------------------------


def stream(rows: QuerySet[AuditEvent]) -> Iterator[Line]:
    """Yield the lines in words, a chunk at a time, so that a million do not stand in memory."""
    events = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(events, CHUNK)):
        yield from in_words(chunk)


def in_words(events: Iterable[AuditEvent]) -> Iterator[Line]:
    """Yield the lines in words; one query for the names of all."""
    rows = list(events)
    words = _Words(_names(rows))
    yield from (_line(row, words) for row in rows)


class _Words:
    """What the lines of a page say, each word found once: most of them say the same."""

    def __init__(self, names: dict[int, str]) -> None:
        self.roles = cache(partial(_roles, names=names))
        self.who = cache(partial(_who, names=names))
        self.action = cache(audit.name_of)
        self.kind = cache(_kind)


def _line(row: AuditEvent, words: _Words) -> Line:
    return Line(
        at=row.at,
        by=words.who(row.by_id),
        role=words.roles(row.role),
        action=words.action(row.action),
        object=f"{words.kind(row.object_label)} {row.object_id}",
        case=f"{words.kind(row.case_label)} {row.case_id}" if _has_case(row) else "",
        about=words.who(row.about_id) if row.about_id else "",
        details=detaljer.in_words(row.details) if row.details else "",
    )


def _names(rows: Sequence[AuditEvent]) -> dict[int, str]:
    ids = {pk for row in rows for pk in (row.by_id, row.about_id, *_absent(row)) if pk is not None}
    found = Ansatt.objects.filter(pk__in=ids) if ids else Ansatt.objects.none()
    return {
        pk: f"{first} {last}".strip()
        for pk, first, last in found.values_list("pk", "first_name", "last_name")
    }


def _absent(row: AuditEvent) -> Iterator[int | None]:
    """Yield whom the actor stood in for."""
    return (access.absent_in(mark) for mark in row.role.split(","))


def _who(pk: int | None, names: dict[int, str]) -> str:
    if pk is None:
        return _("Tjenesten selv")
    return names[pk] if pk in names else _("Ansatt nr. %(pk)s") % {"pk": pk}


def _roles(marks: str, names: dict[int, str]) -> str:
    return "; ".join(access.in_words(mark, names) for mark in marks.split(",") if mark)


def _kind(label: str) -> str:
    name = audit.label_of(label)
    return f"{name[:1].upper()}{name[1:]}"


def _has_case(row: AuditEvent) -> bool:
    """Return whether the case is another thing than the object."""
    case = (row.case_label, row.case_id)
    return row.case_id is not None and case != (row.object_label, row.object_id)
