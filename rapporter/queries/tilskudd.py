"""The grant application as one document, and what it lacks. Amounts are whole NOK."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from rapporter import rules
from rapporter.models import Tilskuddsordning, Tilskuddssoknad, Tilskuddssvar
from rapporter.queries import columns, forslag, ordning
from rapporter.queries.grid import Grid, Value, as_tuples
from rapporter.queries.linje import Line, lines

Strictness = Tilskuddsordning.Strictness


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing or against the rules, and where it is mended.

    `place` is "head", "lines" or the id of a line; `is_fault` stops the sending.
    """

    text: str
    place: str
    is_fault: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantDocument:
    """What page, PDF and spreadsheet show alike; plain values, so that it can be kept as sent."""

    scheme: str
    county: str
    year: int
    deadline: str
    applicant: str
    head: tuple[tuple[str, str], ...]
    purpose: str
    description: str
    headings: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    sums: tuple[Value, ...]
    amount: int
    cost: int
    own_share: int
    approved: str = ""
    case_number: str = ""

    @property
    def grid(self) -> Grid:
        """The lines in the county's own columns."""
        return Grid(headings=self.headings, kinds=self.kinds, rows=self.rows, sums=self.sums)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Return the document as it was when it was kept."""
        return cls(**{name: as_tuples(value) for name, value in kept.items()})


def visible_to(actor: Ansatt) -> QuerySet[Tilskuddssoknad]:
    """Return the applications that the actor may open."""
    soknader = Tilskuddssoknad.objects.select_related("ordning", "fil", "kjoring")
    return soknader if rules.may_see(actor) else soknader.none()


def answered() -> set[int]:
    """Return the ids of the applications that the county has answered."""
    return set(Tilskuddssvar.objects.values_list("soknad", flat=True))


def document(
    soknad: Tilskuddssoknad, *, applicant: str, found: Sequence[Line] | None = None
) -> GrantDocument:
    """Return the application as it stands; as it was put forward, from then on.

    `found` are the lines where the caller has read them, and shows them by itself: the document
    is then without rows.
    """
    if soknad.snapshot:
        return GrantDocument.from_json(soknad.snapshot)
    if found is None:
        return assemble(soknad, lines(soknad), applicant=applicant)
    return assemble(soknad, found, applicant=applicant, has_rows=False)


def assemble(
    soknad: Tilskuddssoknad, found: Sequence[Line], *, applicant: str, has_rows: bool = True
) -> GrantDocument:
    """Return the document of these lines, in the scheme's own columns and order."""
    scheme = soknad.ordning
    grid = Grid.of(columns.of_scheme(scheme.columns), found if has_rows else ())
    return GrantDocument(
        scheme=scheme.name,
        county=scheme.county,
        year=scheme.year,
        deadline=norsk.langdato(scheme.deadline),
        applicant=applicant,
        head=tuple(_head(soknad)),
        purpose=soknad.purpose,
        description=soknad.description,
        headings=grid.headings,
        kinds=grid.kinds,
        rows=grid.rows,
        sums=grid.sums,
        amount=sum(line.amount for line in found),
        cost=sum(line.cost for line in found),
        own_share=sum(line.own_share for line in found),
    )


def has_faults(soknad: Tilskuddssoknad) -> bool:
    """Return whether something stops the application from being put forward."""
    return any(each.is_fault for each in missing(soknad, lines(soknad)))


def missing(soknad: Tilskuddssoknad, found: Sequence[Line]) -> list[Missing]:
    """Return what the application lacks, faults first, each with where it is mended."""
    told = [
        *_missing_in_head(soknad),
        *_missing_in_lines(soknad.ordning, found),
        *_carried_over(soknad, found),
    ]
    return sorted(told, key=lambda each: not each.is_fault)


def _head(soknad: Tilskuddssoknad) -> Iterator[tuple[str, str]]:
    for name, heading in ordning.head_of(soknad.ordning).items():
        yield heading, getattr(soknad, name)


def _missing_in_head(soknad: Tilskuddssoknad) -> Iterator[Missing]:
    needed = ordning.head_of(soknad.ordning)
    needed |= {"purpose": _("Formål"), "description": _("Beskrivelse")}
    for name, heading in needed.items():
        if not getattr(soknad, name):
            yield Missing(_("Fyll ut «%(label)s».") % {"label": heading}, "head")


def _missing_in_lines(scheme: Tilskuddsordning, found: Sequence[Line]) -> Iterator[Missing]:
    if not found:
        yield Missing(_("Hent minst ett tiltak fra felles opplæringsplan."), "lines")
    for line in found:
        for text, is_fault in (*_faults(line), *_warnings(scheme, line)):
            yield Missing(f"{line.priority}. {line.theme}: {text}", str(line.pk), is_fault)


def _faults(line: Line) -> Iterator[tuple[str, bool]]:
    """Yield what must be mended in any scheme."""
    if line.is_cancelled:
        yield _("tiltaket er avlyst i planen. Ta linja ut."), True
    if not line.amount:
        yield _("skriv hvor mye det søkes om."), True
    if line.financing != line.cost:
        yield _uncovered(line), True
    if not line.effect:
        yield _("skriv mål og forventet virkning."), True
    if not line.new_participants + line.continuing:
        yield _("skriv hvor mange som deltar."), True


def _warnings(scheme: Tilskuddsordning, line: Line) -> Iterator[tuple[str, bool]]:
    """Yield what the scheme says is against its rules, as strictly as it says."""
    for code, sentence in _against(line):
        strictness = ordning.strictness(scheme, code)
        if strictness != Strictness.OFF:
            yield sentence, strictness == Strictness.FAULT


def _against(line: Line) -> Iterator[tuple[str, str]]:
    """Yield which rules the line is against, each with what is said of it."""
    if not line.focus:
        yield "focus", _("tiltaket er ikke knyttet til et fokusområde i planen.")
    if not line.own_share:
        yield "own_share", _("det er ingen egenandel. Statsforvalteren forutsetter egenandel.")
    if line.is_short_course:
        yield "short_course", _("korte interne kurs får som regel ikke støtte, bortsett fra i BPA.")
    if line.in_other:
        sentence = _("det søkes også om i «%(scheme)s». Samme kostnad kan ikke dekkes to ganger.")
        yield "same_cost", sentence % {"scheme": line.in_other}


def _carried_over(soknad: Tilskuddssoknad, found: Sequence[Line]) -> Iterator[Missing]:
    """Yield when the lines carry over another sum than last year's report asked for."""
    strictness = ordning.strictness(soknad.ordning, "carried_over")
    asked = sum(forslag.carry_asked(soknad).values())
    carried = sum(line.carried_over for line in found)
    if carried == asked or strictness == Strictness.OFF:
        return
    sums = {"carried": norsk.kroner(carried), "asked": norsk.kroner(asked)}
    text = _(
        "Linjene har %(carried)s overført fra i fjor, men rapporten for i fjor ba om å overføre"
        " %(asked)s."
    )
    yield Missing(text % sums, "carried", strictness == Strictness.FAULT)


def _uncovered(line: Line) -> str:
    amounts = {"financing": norsk.kroner(line.financing), "cost": norsk.kroner(line.cost)}
    return _("finansieringen er %(financing)s, men kostnaden er %(cost)s.") % amounts
