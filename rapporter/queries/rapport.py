"""The report on a grant as one document. Amounts are whole NOK."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from rapporter import rules
from rapporter.models import (
    Omdisponering,
    Rapportlinje,
    Tilskuddslinje,
    Tilskuddsordning,
    Tilskuddsrapport,
    Tilskuddssvar,
)
from rapporter.queries import arsverk, columns, forbruk, maloppnaelse, ordning
from rapporter.queries.forbruk import Spent, spent_on
from rapporter.queries.grid import Grid
from rapporter.queries.maloppnaelse import Goal

WRITTEN = (
    *Rapportlinje.FIGURES, "reason", "broken_off_because", "comment", "carry_over",
)  # fmt: skip
GRIDS = ("goals", "staff", "accounts", "shares")


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved between two lines, and who consented when."""

    source: str
    target: str
    amount: int
    consented_by: str
    consented_on: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report: its goals beside its accounts. Figures are people and whole NOK.

    `goal` is what was `counted` with the advisor's corrections.
    """

    counted: Goal
    goal: Goal
    spent: Spent
    note: Rapportlinje

    @property
    def area_name(self) -> str:
        return str(Tilskuddslinje.Area(self.spent.area).label)

    @property
    def carry_over(self) -> int:
        return int(self.note.carry_over)

    @property
    def repaid(self) -> int:
        """What is neither spent nor carried over, and goes back to the state."""
        return self.spent.remaining - self.carry_over


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """What page, PDF and spreadsheet show alike; plain values, so that it can be kept."""

    scheme: str
    county: str
    year: int
    deadline: str
    applicant: str
    answer_case_number: str
    parts: tuple[tuple[str, str], ...]
    goals: Grid
    staff: Grid
    accounts: Grid
    shares: Grid
    texts: tuple[tuple[str, str], ...]
    moves: tuple[Moved, ...]
    amount: int
    available: int
    spent: int
    remaining: int
    carry_over: int
    repaid: int
    is_attested: bool
    attested_from: int
    approved: str = ""
    case_number: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return the document as it was when it was kept."""
        values: dict[str, Any] = dict(kept)
        values |= {name: Grid.from_json(kept[name]) for name in GRIDS}
        values |= {name: tuple(map(tuple, kept[name])) for name in ("parts", "texts")}
        values["moves"] = tuple(Moved(**each) for each in kept["moves"])
        return cls(**values)


def visible_to(actor: Ansatt) -> QuerySet[Tilskuddsrapport]:
    """Return the reports that the actor may open."""
    rapporter = Tilskuddsrapport.objects.select_related(
        "svar__soknad__ordning", "fil", "workbook", "filled", "attestation", "approved_by"
    )
    return rapporter if rules.may_see(actor) else rapporter.none()


def year_of(rapport: Any) -> int:
    return int(rapport.svar.soknad.ordning.year)


def document(
    rapport: Tilskuddsrapport, *, applicant: str, found: Sequence[Row] | None = None
) -> ReportDocument:
    """Return the report as it stands; as it was put forward, from then on."""
    if rapport.snapshot:
        return ReportDocument.from_json(rapport.snapshot)
    return assemble(rapport, applicant=applicant, found=found)


def rows(rapport: Tilskuddsrapport) -> list[Row]:
    """Return the report's lines in order of priority; two queries whatever their number."""
    svar = rapport.svar
    lines = maloppnaelse.with_attendance(forbruk.lines_of(svar))
    found = list(lines.annotate(note=_note(rapport)))
    last = min(clock.today(), date(year_of(rapport), 12, 31))
    counted = maloppnaelse.counted(found, last=last)
    told = []
    for line in found:
        note = Rapportlinje(rapport=rapport, svarlinje_id=line.pk, **(line.note or {}))
        told.append(Row(counted[line.pk], counted[line.pk].corrected(note), spent_on(line), note))
    return told


def _note(rapport: Tilskuddsrapport) -> Subquery:
    """Return what the advisor wrote of the outer line, its fields by name."""
    written = Rapportlinje.objects.filter(rapport=rapport, svarlinje=OuterRef("pk"))
    return Subquery(written.values(json=JSONObject(**{name: name for name in WRITTEN})))


def assemble(rapport: Any, *, applicant: str, found: Sequence[Row] | None = None) -> ReportDocument:
    """Return the document of the rows as they are now."""
    svar: Tilskuddssvar = rapport.svar
    scheme = svar.soknad.ordning
    lines = rows(rapport) if found is None else found
    staff = arsverk.development(scheme.year, on=clock.today())
    return ReportDocument(
        scheme=scheme.name,
        county=scheme.county,
        year=scheme.year,
        deadline=norsk.langdato(scheme.report_by) if scheme.report_by else "",
        applicant=applicant,
        answer_case_number=svar.case_number,
        parts=tuple(ordning.parts_of(scheme).items()),
        goals=Grid.of(columns.of_goals(scheme.goal_columns), lines),
        staff=Grid.of(columns.of_staff(scheme.staff_columns), staff),
        accounts=Grid.of(columns.of_accounts(), lines),
        shares=Grid.of(columns.of_shares(), lines),
        texts=tuple(_texts(rapport, lines)),
        moves=tuple(_moved(each) for each in forbruk.moves(svar)),
        amount=svar.amount,
        available=sum(line.spent.available for line in lines),
        spent=sum(line.spent.spent for line in lines),
        remaining=sum(line.spent.remaining for line in lines),
        carry_over=sum(line.carry_over for line in lines),
        repaid=sum(line.repaid for line in lines),
        is_attested=needs_attestation(svar),
        attested_from=scheme.attested_from,
    )


def most_to_carry(row: Row, scheme: Tilskuddsordning) -> int:
    """Return the most of a line that may be carried over, NOK.

    Money is carried one year at most, so last year's is spent first and never carried again.
    """
    if not scheme.may_carry:
        return 0
    return max(min(row.spent.remaining, row.spent.granted + row.spent.moved), 0)


def needs_attestation(svar: Tilskuddssvar) -> bool:
    """Return whether an auditor must attest: all parts together reach the scheme's limit.

    Source: the counties say «over» or «from» 200 000 kr, so exactly that counts as required.
    """
    limit: int = svar.soknad.ordning.attested_from
    return svar.amount >= limit


def areas(lines: Sequence[Row]) -> list[str]:
    """Return the areas that the lines are in, in the order of the model."""
    used = {line.spent.area for line in lines}
    return [str(area) for area in Tilskuddslinje.Area if area in used]


def _texts(rapport: Any, lines: Sequence[Row]) -> Iterator[tuple[str, str]]:
    for area in areas(lines):
        yield str(Tilskuddslinje.Area(area).label), str(rapport.texts.get(area, ""))


def _moved(each: Omdisponering) -> Moved:
    return Moved(
        source=each.source.linje.tiltak.theme,
        target=each.target.linje.tiltak.theme,
        amount=each.amount,
        consented_by=each.consented_by,
        consented_on=norsk.langdato(each.consented_on),
    )
