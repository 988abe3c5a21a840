"""A plan as lines: what people read of it, and beside each exactly what would be written."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from kompetanse.organisasjon.hr import faultlines, marks, posts
from kompetanse.organisasjon.hr.line import Change, Kind, Line, shown
from kompetanse.organisasjon.hr.plan import Outcome, PersonPlan, Plan
from kompetanse.organisasjon.hr.rows import HrRow
from kompetanse.organisasjon.hr.snapshot import Person, Post, Snapshot, category_key, leading_role
from kompetanse.organisasjon.hr.units import UnitRow
from kompetanse.organisasjon.models import Enhet


class Words(NamedTuple):
    """The words that stand on every line, in the language of the one who asked; looked up once."""

    position: str
    post: str
    temporary: str
    since: str
    until: str
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def now(cls) -> "Words":
        return cls(
            position=_("Stilling"),
            post=_("%(job)s %(share)s %% i %(unit)s"),
            temporary=_(", midlertidig"),
            since=_(", fra %(day)s"),
            until=_(" til %(day)s"),
            fields=(
                ("first_name", _("Fornavn")),
                ("last_name", _("Etternavn")),
                ("email", _("E-post")),
                ("birth_year", _("Fødselsår")),
                ("employed_from", _("Ansatt fra")),
                ("left_on", _("Sluttet")),
            ),
        )


def of(plan: Plan, have: Snapshot) -> Iterator[Line]:
    """Yield every line of the plan; people who stay as they are have none."""
    words = Words.now()
    names = have.kategorier | {category_key(name): name for name in plan.categories_new}
    yield from (Line(Kind.CATEGORY_NEW, name=name) for name in plan.categories_new)
    yield from _units(plan, have)
    for person in plan.people:
        if person.outcome is not Outcome.UNCHANGED:
            yield _person(person, names, have, words)
    yield from _leaders(plan, have)
    yield from (_missing(person) for person in plan.missing)
    yield from faultlines.of(plan)


# --- units and leaders


def _units(plan: Plan, have: Snapshot) -> Iterator[Line]:
    for unit in plan.units_new:
        content = {"code": unit.code, "name": unit.name, "kind": unit.kind or Enhet.Kind.AVDELING}
        content["parent"] = unit.parent_code
        yield Line(Kind.UNIT_NEW, unit.code, unit.name, content=content)
    for unit in plan.units_reopened:
        content = _known_unit(unit, have)
        changes = [[_("I bruk"), _("nei"), _("ja")]]
        yield Line(Kind.REOPENED, unit.code, unit.name, changes=changes, content=content)
    for unit in plan.units_changed:
        enhet = have.enheter[unit.code]
        content = _known_unit(unit, have)
        kind, parent = content["kind"], have.parent_code(enhet)
        changes = _differences(
            (_("Navn"), enhet.name, unit.name),
            (_("Slag"), enhet.get_kind_display(), str(Enhet.Kind(kind).label)),
            (_("Står under"), parent, content["parent"]),
        )
        yield Line(Kind.UNIT_CHANGED, unit.code, unit.name, changes=changes, content=content)


def _known_unit(unit: UnitRow, have: Snapshot) -> dict[str, str]:
    enhet = have.enheter[unit.code]
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind if unit.row and unit.kind else enhet.kind,
        "parent": unit.parent_code or have.parent_code(enhet),
    }


def _leaders(plan: Plan, have: Snapshot) -> Iterator[Line]:
    names = {person.number: _full_name(person.main) for person in plan.people}
    for number, unit in plan.leaders_new:
        enhet = have.enheter.get(unit.code)
        kind = unit.kind or (enhet.kind if enhet else Enhet.Kind.AVDELING)
        content = {"number": number, "unit": unit.code, "role": leading_role(kind)}
        yield Line(Kind.LEADER_NEW, number, names[number], unit.name, content=content)
    people = {person.pk: person for person in have.ansatte.values()}
    units = {enhet.pk: enhet.name for enhet in have.enheter.values()}
    for ansatt_id, enhet_id in plan.leaders_doubtful:
        person = people[ansatt_id]
        yield Line(Kind.DOUBTFUL, person.number, person.full_name, units[enhet_id])


# --- people


def _missing(person: Person) -> Line:
    content = {"id": person.pk}
    return Line(Kind.MISSING, person.number, person.full_name, person.unit_name, content=content)


def _person(person: PersonPlan, names: dict[str, str], have: Snapshot, words: Words) -> Line:
    main = person.main
    content = {
        "id": person.before.pk if person.before else None,
        "number": person.number,
        "unit": main.unit_code,
        "job": names[category_key(main.job_name)],
        **person.fields,
        "new": [_new_post(row, names) for row in person.posts_new],
        "changed": [{"id": post.pk} | posts.post_values(row) for post, row in person.posts_changed],
        "ended": [{"id": post.pk, "ends": day} for post, day in person.posts_ended],
    }
    if person.marks:
        content["marks"] = person.marks
    return Line(
        person.outcome,
        person.number,
        _full_name(main),
        main.unit_name,
        main.row,
        changes=_told(person, words) + _marks(person, have),
        content=content,
    )


def _new_post(row: HrRow, names: dict[str, str]) -> dict[str, Any]:
    return {
        "unit": row.unit_code,
        "job": names[category_key(row.job_name)],
        "starts": row.starts,
        **posts.post_values(row),
    }


def _full_name(row: HrRow) -> str:
    return f"{row.first_name} {row.last_name}"


def _told(person: PersonPlan, words: Words) -> list[Change]:
    before = person.before
    if before is None:
        return [[words.position, "", _post_text(row, words)] for row in person.posts_new]
    changes = _differences(
        *((said, getattr(before, name), person.fields[name]) for name, said in words.fields),
        (_("Enhet"), before.unit_name, person.main.unit_name),
    )
    changes += [[_("Ny stilling"), "", _post_text(row, words)] for row in person.posts_new]
    for post, row in person.posts_changed:
        changes.append([words.position, _post_text(post, words), _post_text(row, words)])
    for post, day in person.posts_ended:
        changes.append([_("Stilling slutter"), _post_text(post, words), shown(day)])
    return changes


def _marks(person: PersonPlan, have: Snapshot) -> list[Change]:
    before = have.marks.get(person.number, {})
    return [[marks.label(k), before.get(k, ""), value] for k, value in person.marks.items()]


def _post_text(post: HrRow | Post, words: Words) -> str:
    """Return a position as people say it: «Sykepleier 75 % i Nord, midlertidig»."""
    share = f"{post.percentage.normalize():f}".replace(".", ",")
    text = words.post % {"job": post.job_name, "share": share, "unit": post.unit_name}
    if not post.is_permanent:
        text += words.temporary
    if post.starts:
        text += words.since % {"day": shown(post.starts)}
    return text + (words.until % {"day": shown(post.ends)} if post.ends else "")


def _differences(*told: tuple[str, Any, Any]) -> list[Change]:
    return [[label, shown(old), shown(new)] for label, old, new in told if old != new]


# --- faults
