"""Everything about one person, ready for page and documents."""

from dataclasses import dataclass
from datetime import datetime

from kompetanse.organisasjon.models import Ansatt
from kompetanse.personvern.queries import hendelser, mine
from kompetanse.personvern.queries.hendelser import Line
from kompetanse.personvern.queries.mine import Deed, Group


@dataclass(frozen=True, slots=True, kw_only=True)
class MineData:
    """Everything stored about a person, as data for page, PDF and JSON."""

    name: str
    number: str
    unit: str
    made_at: datetime
    groups: tuple[Group, ...]
    deeds: tuple[Deed, ...]
    opened: tuple[Line, ...]


def everything(ansatt: Ansatt, *, at: datetime) -> MineData:
    """Return all that is stored about the person; five queries."""
    return MineData(
        name=ansatt.full_name,
        number=ansatt.number,
        unit=ansatt.enhet.name,
        made_at=at,
        groups=mine.groups(ansatt),
        deeds=tuple(mine.deeds(ansatt)),
        opened=tuple(hendelser.opened_by_others(ansatt)),
    )
