"""The round of applications, prepared by the advisor from the data file."""

from datetime import timedelta

from demo.loading import ordning
from demo.loading.register import Register
from kompetanse import clock
from soknader.actions import runde as actions
from soknader.actions.runde import Row
from soknader.models import Soknadsrunde

# The text in the municipality's målform, and in the other one.
ANNOUNCED = ("announcement", "announcement_other")
READY_BEFORE = timedelta(days=7)


def prepare(register: Register) -> Soknadsrunde:
    """Make the round a week before it opens: dates, frame, prioritised education, criteria."""
    told, by = register.file("plan"), register.advisor
    fields = dict(told["runde"])
    texts = {name: fields[name].strip() for name in ANNOUNCED if name in fields}
    with clock.frozen(clock.start_of(fields["opens"] - READY_BEFORE, hour=10)):
        runde = actions.prepare(by=by, **fields | texts)
        actions.set_educations(
            runde, [education(register, row) for row in told["utlysning"]], by=by
        )
        actions.set_criteria(runde, [Row(_without_order(row)) for row in told["kriterium"]], by=by)
        if register.file("ordninger"):
            ordning.choose(register, runde)
    return runde


def open_on_first_day(runde: Soknadsrunde, register: Register) -> Soknadsrunde:
    with clock.frozen(clock.start_of(runde.opens, hour=8)):
        return actions.open(runde, by=register.advisor)


def education(register: Register, row: dict[str, object]) -> Row:
    """Return what the round announces, with its focus area and the competence that it gives."""
    area = register.areas[str(row["fokusomrade"])]
    fields = _without_order(row) | {"fokusomrade": area}
    name = fields.pop("kompetanse", None)
    return Row(fields | {"kompetanse_id": register.competence_id(str(name) if name else None)})


def _without_order(row: dict[str, object]) -> dict[str, object]:
    """Return the row without its place, which the verb gives by the order of the list."""
    return {name: value for name, value in row.items() if name != "order"}
