"""What can be done to a needs form. One verb, one transaction: lock, check, write, audit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kartlegging import emails, rules, workflow
from kartlegging.models import Behov, Behovsskjema, Onske, UnderUtdanning
from kartlegging.queries import behov as queries
from kartlegging.queries import katalog, levering, studier
from kartlegging.queries.innhold import innhold
from kartlegging.queries.studier import Student
from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Enhet
from kompetanse.varsler import actions as varsler

Row = Mapping[str, Any]
RowModel = type[Behov] | type[UnderUtdanning] | type[Onske]


@transaction.atomic
def start(enhet: Enhet, *, year: int, by: Ansatt) -> Behovsskjema:
    """Begin the unit's form for the year; beginning it again gives the same one.

    Those whom the municipality supports in education stand in it already.

    Raises:
        PermissionDenied: `by` does not lead the unit.
        DomainError: another year is being planned now.
    """
    rules.require(rules.may_fill(by, enhet))
    if year != queries.planning_year(clock.today()):
        raise DomainError(_("Skjemaet for %(year)d er ikke åpent nå.") % {"year": year})
    begun: tuple[Behovsskjema, bool] = Behovsskjema.objects.get_or_create(enhet=enhet, year=year)
    skjema, is_new = begun
    if is_new:
        _add_students(skjema)
        audit.record("behovsskjema.start", skjema, by=by, enhet_id=enhet.pk, year=year)
    return skjema


@transaction.atomic
def add_student(enhet: Enhet, student: Student) -> int:
    """Let the drafts of the unit and those above it hold the student; return how many were told.

    Called by the app that supports the study, when it begins to. What the leader has deleted or
    written stays; a form that is sent is not touched.
    """
    above = [int(part) for part in enhet.path.strip("/").split("/")]
    drafts = Behovsskjema.objects.select_for_update(of=("self",)).filter(
        enhet__in=above,
        year=queries.planning_year(clock.today()),
        status=Behovsskjema.Status.DRAFT,
    )
    known = UnderUtdanning.objects.filter(ansatt=student.ansatt_id, study=student.study)
    waiting = list(drafts.exclude(pk__in=known.values("skjema")))
    for skjema in waiting:
        UnderUtdanning.objects.create(skjema=skjema, **asdict(student))
        _touch(skjema)
        audit.record("behovsskjema.add_student", skjema, by=None, ansatt_id=student.ansatt_id)
    return len(waiting)


@transaction.atomic
def copy(skjema: Behovsskjema, *, by: Ansatt) -> Behovsskjema:
    """Fill an empty form with last year's answers.

    Employees whose education should be over, or who have left, are not carried along; nor is a
    focus area that no plan of the new year has.

    Raises:
        TransitionError: the form is submitted.
        DomainError: the form has answers already, or there was no form last year.
    """
    skjema = _locked(skjema, "save", by=by)
    content = innhold(skjema)
    if not content.is_empty:
        raise DomainError(_("Skjemaet har svar fra før, så vi henter ikke svarene fra i fjor."))
    last = queries.form_of(skjema.enhet, year=skjema.year - 1)
    if last is None:
        raise DomainError(_("Enheten hadde ikke skjema i fjor."))
    _copy_answers(last, skjema, standing=content.studying)
    _touch(skjema, "goals", "strengths", "surplus")
    audit.record("behovsskjema.copy", skjema, by=by, from_id=last.pk)
    return skjema


@transaction.atomic
def save_texts(
    skjema: Behovsskjema, *, texts: Mapping[str, str], version: int, by: Ansatt
) -> Behovsskjema:
    """Save the answers of a section that is text: goals, strengths, surplus.

    Not audited: a draft decides nothing.

    Raises:
        TransitionError: the form is submitted.
        StaleError: the form was changed after version `version`.
    """
    skjema = _locked(skjema, "save", by=by, version=version)
    for name, text in texts.items():
        setattr(skjema, name, text)
    return _touch(skjema, *texts)


@transaction.atomic
def save_rows(
    skjema: Behovsskjema,
    model: RowModel,
    *,
    rows: Sequence[Row],
    kept: Collection[int] = (),
    version: int,
    by: Ansatt,
) -> list[int]:
    """Let the section's rows be these, and return their ids in the same order.

    A row with the `id` of one that is stored changes it; stored rows that are neither named nor
    in `kept` are deleted. Not audited: a draft decides nothing.

    Raises:
        TransitionError: the form is submitted.
        StaleError: the form was changed after version `version`.
    """
    skjema = _locked(skjema, "save", by=by, version=version)
    stored = set(model.objects.filter(skjema=skjema).values_list("pk", flat=True))
    ids = [_store(model, skjema, row, stored=stored) for row in rows]
    model.objects.filter(skjema=skjema).exclude(pk__in={*ids, *kept}).delete()
    _touch(skjema)
    return ids


@transaction.atomic
def submit(skjema: Behovsskjema, *, version: int, by: Ansatt) -> Behovsskjema:
    """Send the form in. After the deadline it is taken too, and shown as late.

    Raises:
        TransitionError: the form is submitted already.
        StaleError: the form was changed after version `version`.
        DomainError: a section that must be answered is empty.
    """
    skjema = _locked(skjema, "submit", by=by, version=version)
    content = innhold(skjema)
    if content.missing:
        raise DomainError(_("Skjemaet er ikke ferdig. Fyll ut delene som mangler, før du sender."))
    skjema.status = Behovsskjema.Status.SUBMITTED
    skjema.submitted_at, skjema.submitted_by = clock.now(), by
    _touch(skjema, "status", "submitted_at", "submitted_by")
    audit.record(
        "behovsskjema.submit", skjema, by=by,
        needs=len(content.needs), studying=len(content.studying), wishes=len(content.wishes),
    )  # fmt: skip
    return skjema


@transaction.atomic
def reopen(skjema: Behovsskjema, *, by: Ansatt) -> Behovsskjema:
    """Make a submitted form a draft again, until the deadline.

    Raises:
        TransitionError: the form is a draft, or the deadline has passed.
    """
    skjema = _locked(skjema, "reopen", by=by)
    skjema.status = Behovsskjema.Status.DRAFT
    _touch(skjema, "status")
    audit.record("behovsskjema.reopen", skjema, by=by)
    return skjema


@transaction.atomic
def remind(*, year: int, by: Ansatt, address: str) -> int:
    """Ask the leaders of the units that have not delivered; return how many leaders were told.

    Safe to do twice: a leader hears of a unit once a day. `address` is how people write the
    service's address.

    Raises:
        PermissionDenied: `by` neither is the advisor nor an executive.
    """
    rules.require(rules.may_remind(by))
    due, on = queries.deadline(year), clock.today()
    told: set[int] = set()
    for mangel in levering.mangler(by, year=year, due=due):
        message = emails.needs_reminder(mangel.enhet, year=year, due=due, address=address)
        for leader in mangel.leaders:
            key = f"behov:purr:{year}:{on:%Y-%m-%d}:{mangel.enhet_id}"
            varsler.notify_in_role(
                key=key, kind="behov.purr", to=leader, subject=message.subject, body=message.body
            )
            told.add(leader.pk)
    audit.record("behovsskjema.remind", by, by=by, year=year, leaders=len(told))
    return len(told)


def _locked(
    skjema: Behovsskjema, step: str, *, by: Ansatt, version: int | None = None
) -> Behovsskjema:
    """Return the form locked, when `by` may take the step now and has seen its last version."""
    locked: Behovsskjema = (
        Behovsskjema.objects.select_for_update(of=("self",))
        .select_related("enhet")
        .get(pk=skjema.pk)
    )
    due = queries.deadline(locked.year)
    workflow.check(step, locked, by=by, deadline=due, on=clock.today())
    if version is not None and version != locked.version:
        raise StaleError(
            _("Skjemaet er endret i et annet vindu, eller av en annen, siden du åpnet det.")
        )
    return locked


def _touch(skjema: Behovsskjema, *fields: str) -> Behovsskjema:
    skjema.version += 1
    skjema.saved_at = clock.now()
    skjema.save(update_fields=["version", "saved_at", *fields])
    return skjema


def _store(model: RowModel, skjema: Behovsskjema, row: Row, *, stored: set[int]) -> int:
    values = {name: value for name, value in row.items() if name != "id"}
    if row.get("id") in stored:
        model.objects.filter(pk=row["id"]).update(**values)
        return int(row["id"])
    return int(model.objects.create(skjema=skjema, **values).pk)


def _add_students(skjema: Behovsskjema) -> None:
    found = studier.students(skjema.enhet, on=clock.today())
    UnderUtdanning.objects.bulk_create(
        [UnderUtdanning(skjema=skjema, **asdict(student)) for student in found]
    )


def _copy_answers(
    last: Behovsskjema, skjema: Behovsskjema, *, standing: Sequence[UnderUtdanning]
) -> None:
    content = innhold(last)
    areas = {pk for _name, group in katalog.fokusomrader() for pk, _label in group}
    skjema.goals, skjema.strengths, skjema.surplus = last.goals, last.strengths, last.surplus
    for need in content.needs:
        need.fokusomrade_id = need.fokusomrade_id if need.fokusomrade_id in areas else None
    wishes = [wish for wish in content.wishes if wish.fokusomrade_id in areas]
    known = {(row.ansatt_id, row.study) for row in standing}
    still = _still_studying(content.studying, enhet=skjema.enhet, on=clock.today())
    studying = [row for row in still if (row.ansatt_id, row.study) not in known]
    for model, rows in ((Behov, content.needs), (Onske, wishes), (UnderUtdanning, studying)):
        model.objects.bulk_create([_renewed(row, skjema) for row in rows])


def _renewed(row: Any, skjema: Behovsskjema) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**values | {"id": None, "skjema_id": skjema.pk})


def _still_studying(
    rows: Sequence[UnderUtdanning], *, enhet: Enhet, on: date
) -> list[UnderUtdanning]:
    here = organisasjon.current().filter(enhet__path__startswith=enhet.path)
    ids = set(here.filter(pk__in=[row.ansatt_id for row in rows]).values_list("pk", flat=True))
    return [row for row in rows if row.expected_on >= on and row.ansatt_id in ids]
