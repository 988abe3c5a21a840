"""Verbs on the marks by which log-in services know people."""

from collections.abc import Iterable

from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from kompetanse import sealing
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit, tenancy
from kompetanse.organisasjon.models import Ansatt, Kjennetegn

Kind = Kjennetegn.Kind


@transaction.atomic
def recognise(ansatt: Ansatt, kind: Kjennetegn.Kind, value: str, *, by: Ansatt | None) -> None:
    """Remember by what a log-in service knows the employee; an empty value forgets it.

    Raises:
        DomainError: another employee has the same mark.
    """
    stored = stored_value(kind, value)
    mine = Kjennetegn.objects.filter(ansatt=ansatt, kind=kind)
    if mine.filter(value=stored).exists():
        return
    gone, _rows = mine.delete()
    if stored:
        _create(ansatt, kind, stored)
    if stored or gone:
        audit.record("kjennetegn.recognise", ansatt, by=by, kind=kind, is_set=bool(stored))


@transaction.atomic
def recognise_each(
    told: Iterable[tuple[int, str, str]], *, by: Ansatt | None
) -> tuple[dict[int, dict[str, str]], list[int]]:
    """Remember many marks (id of the employee, kind, value), as `recognise`, in few statements.

    Two people may change marks with each other. Returns the changed marks with what they were, by
    id, and the ids of the new ones.

    Raises:
        DomainError: an employee who is not told of has one of the marks.
    """
    values = {(ansatt, kind): stored_value(Kind(kind), value) for ansatt, kind, value in told}
    people = {ansatt for ansatt, _kind in values}
    have = {(m.ansatt_id, m.kind): m for m in Kjennetegn.objects.filter(ansatt__in=people)}
    changed = [mark for key, mark in have.items() if values.get(key, mark.value) != mark.value]
    before = {mark.pk: {"value": mark.value} for mark in changed}
    new = [(a, k, v) for (a, k), v in values.items() if (a, k) not in have]
    Kjennetegn.objects.filter(pk__in=before).update(
        value=Concat(Value("?"), F("pk"), output_field=CharField())
    )
    for mark in changed:
        mark.value = values[mark.ansatt_id, mark.kind]
    made = _write(changed, new)
    written = [(mark.pk, mark.ansatt_id, mark.kind) for mark in changed] + made
    for kind in Kind.values:
        done = [(pk, ansatt) for pk, ansatt, each in written if each == kind]
        if done:
            audit.record_all(
                "kjennetegn.recognise", Kjennetegn, done, by=by, kind=kind, is_set=True
            )
    return before, [pk for pk, _ansatt, _kind in made]


# Of 20 000 people with two marks each, in one statement.
_NEW = """
INSERT INTO organisasjon_kjennetegn (kommune_id, ansatt_id, kind, value)
SELECT %s, * FROM unnest(%s::bigint[], %s::text[], %s::text[])
RETURNING id, ansatt_id, kind
"""


def _write(
    changed: list[Kjennetegn], new: list[tuple[int, str, str]]
) -> list[tuple[int, int, str]]:
    """Write the marks; return id, employee and kind of the new ones."""
    columns = [list(column) for column in zip(*new, strict=True)] or [[], [], []]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            Kjennetegn.objects.bulk_update(changed, ["value"], batch_size=1000)
            cursor.execute(_NEW, [tenancy.require_id(), *columns])
            made: list[tuple[int, int, str]] = cursor.fetchall()
    except IntegrityError:
        raise DomainError(_("En annen ansatt har det samme kjennetegnet.")) from None
    return made


def stored_value(kind: Kjennetegn.Kind, value: str) -> str:
    """Return how a mark is kept: small letters, and a fingerprint of an identity number."""
    plain = value.strip().lower()
    if kind != Kind.PID or not plain:
        return plain
    digits = plain.replace(" ", "")
    return sealing.fingerprint(digits, purpose=f"pid:{tenancy.require_id()}")


def _create(ansatt: Ansatt, kind: Kjennetegn.Kind, stored: str) -> None:
    try:
        with transaction.atomic():
            Kjennetegn.objects.create(ansatt=ansatt, kind=kind, value=stored)
    except IntegrityError:
        raise DomainError(_("En annen ansatt har det samme kjennetegnet.")) from None
