"""The verb: an HR export becomes units, employees and positions, all of it or nothing."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection, transaction

from kompetanse import clock
from kompetanse.kommuner import audit, tenancy
from kompetanse.organisasjon import actions
from kompetanse.organisasjon.hr import plan as plans
from kompetanse.organisasjon.hr import snapshot
from kompetanse.organisasjon.hr.plan import Outcome, PersonPlan, Plan
from kompetanse.organisasjon.hr.report import Report
from kompetanse.organisasjon.hr.rows import HrRow
from kompetanse.organisasjon.hr.snapshot import Snapshot, category_key
from kompetanse.organisasjon.models import Ansatt, Enhet, Hrimport, Stilling, Stillingskategori
from kompetanse.tables import Table

_LOCK = 4711
_PERSON_FIELDS = (
    "first_name",
    "last_name",
    "email",
    "birth_year",
    "employed_from",
    "left_on",
    "enhet",
    "kategori",
)
_POST_FIELDS = ("code", "percentage", "is_permanent", "ends")


@transaction.atomic
def load(
    book: Iterable[Table], *, file_name: str, by: Ansatt | None, is_trial: bool = False
) -> Report:
    """Bring the active Kommune in step with the export; a trial only reports.

    Rows with faults are left out and reported. Employees who are not in the file are reported as
    perhaps having left; nobody is removed. The same file again changes nothing.

    Raises:
        DomainError: the file as a whole cannot be used.
    """
    _wait_for_other_imports()
    on = clock.today()
    have = snapshot.take()
    plan = plans.make(book, have, on=on)
    report = Report.of(plan, file_name=file_name, have=have)
    if is_trial:
        return report
    _apply(plan, have, by=by, on=on)
    hrimport = Hrimport.objects.create(
        file_name=file_name,
        by=by,
        figures=report.figures,
        faults=[fault.as_json() for fault in plan.faults],
    )
    audit.record("hrimport.load", hrimport, by=by, figures=report.figures)
    return report


def _wait_for_other_imports() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, tenancy.current_id()])


def _apply(plan: Plan, have: Snapshot, *, by: Ansatt | None, on: date) -> None:
    kategorier = have.kategorier | _make_categories(plan)
    enheter = have.enheter | _make_units(plan, have)
    _change_units(plan, enheter)
    actions.keep_history(on=on)
    ansatte = have.ansatte | _make_people(plan, enheter, kategorier)
    _change_people(plan, have, enheter, kategorier)
    _make_posts(plan, ansatte, enheter, kategorier)
    _change_posts(plan, on=on)
    for number, unit in plan.leaders_new:
        enhet = enheter[unit.code]
        actions.give(snapshot.leading_role(enhet.kind), ansatte[number], enhet=enhet, by=by)


def _make_categories(plan: Plan) -> dict[str, Stillingskategori]:
    made = Stillingskategori.objects.bulk_create(
        Stillingskategori(name=name) for name in plan.categories_new
    )
    return {category_key(kategori.name): kategori for kategori in made}


def _make_units(plan: Plan, have: Snapshot) -> dict[str, Enhet]:
    """Make the new units, then set where they stand, since a path holds the unit's own id."""
    made = Enhet.objects.bulk_create(
        Enhet(code=unit.code, name=unit.name, kind=unit.kind or Enhet.Kind.AVDELING, path="")
        for unit in plan.units_new
    )
    enheter = have.enheter | {enhet.code: enhet for enhet in made}
    for unit, enhet in zip(plan.units_new, made, strict=True):
        parent = enheter.get(unit.parent_code)
        enhet.parent, above = parent, parent.path if parent else "/"
        enhet.path = f"{above}{enhet.pk}/"
    Enhet.objects.bulk_update(made, ["parent", "path"])
    return {enhet.code: enhet for enhet in made}


def _change_units(plan: Plan, enheter: dict[str, Enhet]) -> None:
    for unit in plan.units_changed:
        enhet = enheter[unit.code]
        enhet.name = unit.name
        if unit.row and unit.kind:
            enhet.kind = unit.kind
        enhet.save(update_fields=["name", "kind"])
        parent = enheter.get(unit.parent_code)
        if parent and enhet.parent_id != parent.pk:
            parent.refresh_from_db(fields=["path"])
            actions.place(enhet, parent=parent)


def _make_people(
    plan: Plan, enheter: dict[str, Enhet], kategorier: dict[str, Stillingskategori]
) -> dict[str, Ansatt]:
    new = [person for person in plan.people if person.outcome is Outcome.NEW]
    made = Ansatt.objects.bulk_create(
        _filled(Ansatt(number=person.number), person, enheter, kategorier) for person in new
    )
    return {ansatt.number: ansatt for ansatt in made}


def _change_people(
    plan: Plan,
    have: Snapshot,
    enheter: dict[str, Enhet],
    kategorier: dict[str, Stillingskategori],
) -> None:
    changed = [
        _filled(have.ansatte[person.number], person, enheter, kategorier)
        for person in plan.people
        if person.outcome in {Outcome.MOVED, Outcome.CHANGED}
    ]
    Ansatt.objects.bulk_update(changed, _PERSON_FIELDS, batch_size=500)


def _filled(
    ansatt: Ansatt,
    person: PersonPlan,
    enheter: dict[str, Enhet],
    kategorier: dict[str, Stillingskategori],
) -> Ansatt:
    for name, value in person.fields.items():
        setattr(ansatt, name, value)
    ansatt.enhet = enheter[person.main.unit_code]
    ansatt.kategori = kategorier[category_key(person.main.job_name)]
    return ansatt


def _make_posts(
    plan: Plan,
    ansatte: dict[str, Ansatt],
    enheter: dict[str, Enhet],
    kategorier: dict[str, Stillingskategori],
) -> None:
    def post(row: HrRow) -> Stilling:
        return Stilling(
            ansatt=ansatte[row.number],
            enhet=enheter[row.unit_code],
            kategori=kategorier[category_key(row.job_name)],
            starts=row.starts,
            **plans.post_values(row),
        )

    new = [post(row) for person in plan.people for row in person.posts_new]
    Stilling.objects.bulk_create(new, batch_size=1000)


def _change_posts(plan: Plan, *, on: date) -> None:
    """Set what changed; a position that HR no longer names ended yesterday at the latest."""
    changed: list[Stilling] = []
    for person in plan.people:
        for stilling, row in person.posts_changed:
            for name, value in plans.post_values(row).items():
                setattr(stilling, name, value)
            changed.append(stilling)
        for stilling in person.posts_ended:
            yesterday = on - timedelta(days=1)
            stilling.ends = max(yesterday, stilling.starts or yesterday)
            changed.append(stilling)
    Stilling.objects.bulk_update(changed, _POST_FIELDS, batch_size=500)
