"""What the schemes cover of a study, line by line, as pages and documents show it. NOK and days."""

from dataclasses import dataclass

from soknader.enums import MONEY, Slag
from soknader.models import Soknad, Stotteordning
from soknader.queries import ordning as queries
from soknader.rules import ordning as satser
from soknader.rules import ordningstekst
from soknader.rules.ordning import Ordninger, Study


@dataclass(frozen=True, slots=True)
class Linje:
    """A cost beside what its scheme covers. The substitute is the unit's, so its own share is 0."""

    kind: str
    name: str
    cost: int
    covered: int
    told: str

    @property
    def own(self) -> int:
        """What the employee pays, NOK."""
        return 0 if self.kind == Slag.SUBSTITUTE else self.cost - self.covered


@dataclass(frozen=True, slots=True)
class Dekning:
    """All that the schemes give of a study, and in words how the leave is counted."""

    linjer: tuple[Linje, ...]
    leave_days: int
    leave: str

    @property
    def cost(self) -> int:
        return sum(each.cost for each in self.linjer)

    @property
    def covered(self) -> int:
        return sum(each.covered for each in self.linjer)

    @property
    def own(self) -> int:
        return sum(each.own for each in self.linjer)

    @property
    def personal(self) -> int:
        """What the employee gets, NOK: all but the unit's substitute."""
        return sum(each.covered for each in self.linjer if each.kind != Slag.SUBSTITUTE)


def of_soknad(soknad: Soknad) -> Dekning | None:
    """Return what the round's schemes cover of an application; None when it has none."""
    ordninger = queries.in_runde(soknad.runde)
    is_counted = None not in {soknad.exams, soknad.gatherings}
    return of(ordninger, satser.of_soknad(soknad), is_counted=is_counted) if ordninger else None


def of(ordninger: Ordninger, study: Study, *, is_counted: bool = True) -> Dekning:
    """Return what the schemes cover of a study; `is_counted` says that the leave is known."""
    covered = satser.by_kind(ordninger, study)
    costs = {**study.costs, Slag.SUBSTITUTE.value: satser.substitute(ordninger, study)}
    linjer = tuple(
        _linje(ordninger.get(kind), str(kind.value), costs.get(kind) or 0, covered[kind])
        for kind in MONEY
        if kind in ordninger or costs.get(kind)
    )
    scheme = ordninger.get(Slag.LEAVE)
    is_told = scheme is not None and is_counted
    return Dekning(
        linjer=linjer,
        leave_days=study.leave_days,
        leave=ordningstekst.explained(scheme, study) if scheme and is_told else "",
    )


def _linje(ordning: Stotteordning | None, kind: str, cost: int, covered: int) -> Linje:
    if ordning is None:
        return Linje(kind, str(Slag(kind).label), cost, 0, "")
    return Linje(kind, ordningstekst.name(ordning), cost, covered, ordningstekst.told(ordning))
