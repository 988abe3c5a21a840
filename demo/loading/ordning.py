"""The support schemes of a municipality, and which of them its rounds apply."""

from demo.loading.register import Register
from kompetanse import clock
from soknader.actions import ordning as actions
from soknader.actions.ordning import Choice
from soknader.models import Soknadsrunde
from soknader.queries import ordning as queries


def load(register: Register) -> None:
    """Write each scheme as the data file says, a later row of the same name as a new version."""
    written: dict[str, int] = {}
    for row in register.file("ordninger")["ordning"]:
        name = row["name"]
        with clock.frozen(clock.start_of(row["in_use_from"], hour=9)):
            if name not in written:
                actions.add(by=register.advisor, **row)
            else:
                last = queries.versions(name)[0]
                fields = {key: value for key, value in row.items() if key not in {"name", "kind"}}
                actions.revise(last, version=last.version, by=register.advisor, **fields)
        written[name] = written.get(name, 0) + 1


def choose(register: Register, runde: Soknadsrunde, *, has_frames: bool = True) -> None:
    """Let the round apply every scheme in use when it opens, with the file's frames."""
    told = register.file("ordninger")
    kinds = told["rammer"] if has_frames else {}
    units = told["enhetsrammer"] if has_frames else {}
    choices = [Choice(each, kinds.get(each.kind)) for each in queries.latest(on=runde.opens)]
    frames = {register.units[code].pk: frame for code, frame in units.items()}
    actions.choose(runde, choices, frames, by=register.advisor)
