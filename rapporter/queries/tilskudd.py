"""The grant application as one document, and what it lacks. Amounts are whole NOK."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self, cast

from django.db.models import Field, QuerySet
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from kompetanse.tables import Kind
from rapporter import rules
from rapporter.models import Tilskuddsordning, Tilskuddssoknad
from rapporter.queries import columns
from rapporter.queries.columns import GrantColumn, Value
from rapporter.queries.linje import Line, lines

HEAD = (
    "address",
    "organisation_number",
    "account_number",
    "contact_name",
    "contact_email",
    "signer",
)


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing or against the rules, and where it is mended.

    `place` is "head", "lines" or the id of a line; `is_fault` stops the sending.
    """

    text: str
    place: str
    is_fault: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as people read it, and whether it is a figure."""

    text: str
    is_figure: bool


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

    @property
    def shown_headings(self) -> list[Shown]:
        return self._shown(self.headings)

    @property
    def shown_rows(self) -> list[list[Shown]]:
        return [self._shown(row) for row in self.rows]

    @property
    def shown_sums(self) -> list[Shown]:
        return self._shown(self.sums)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Return the document as it was when it was kept."""
        return cls(**{name: _tuples(value) for name, value in kept.items()})

    def _shown(self, values: tuple[Value, ...]) -> list[Shown]:
        pairs = zip(values, self.kinds, strict=True)
        return [Shown(_text(value, kind), kind != Kind.TEXT) for value, kind in pairs]


def _text(value: Value, kind: str) -> str:
    if not isinstance(value, int):
        return value
    return norsk.kroner(value) if kind == Kind.KRONER else norsk.tall(value)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list | tuple) else value


def visible_to(actor: Ansatt) -> QuerySet[Tilskuddssoknad]:
    """Return the applications that the actor may open."""
    soknader = Tilskuddssoknad.objects.select_related("ordning", "fil")
    return soknader if rules.may_prepare(actor) else soknader.none()


def schemes() -> QuerySet[Tilskuddsordning]:
    return Tilskuddsordning.objects.order_by("-year", "name")


def document(
    soknad: Tilskuddssoknad, *, applicant: str, found: Sequence[Line] | None = None
) -> GrantDocument:
    """Return the application as it stands; as it was sent, when it is sent.

    `found` are the lines where the caller has read them already.
    """
    if soknad.snapshot:
        return GrantDocument.from_json(soknad.snapshot)
    return assemble(soknad, lines(soknad) if found is None else found, applicant=applicant)


def assemble(soknad: Tilskuddssoknad, found: Sequence[Line], *, applicant: str) -> GrantDocument:
    """Return the document of these lines, in the scheme's own columns and order."""
    ordning = soknad.ordning
    wanted = columns.of_scheme(ordning.columns)
    return GrantDocument(
        scheme=ordning.name,
        county=ordning.county,
        year=ordning.year,
        deadline=norsk.langdato(ordning.deadline),
        applicant=applicant,
        head=tuple(_head(soknad)),
        purpose=soknad.purpose,
        description=soknad.description,
        headings=tuple(column.heading for column in wanted),
        kinds=tuple(column.field.kind.value for column in wanted),
        rows=tuple(tuple(column.field.value(line) for column in wanted) for line in found),
        sums=_sums(wanted, found),
        amount=sum(line.amount for line in found),
        cost=sum(line.cost for line in found),
        own_share=sum(line.own_share for line in found),
    )


def missing(soknad: Tilskuddssoknad, found: Sequence[Line]) -> list[Missing]:
    """Return what the application lacks, faults first, each with where it is mended."""
    told = [*_missing_in_head(soknad), *_missing_in_lines(found)]
    return sorted(told, key=lambda each: not each.is_fault)


def _head(soknad: Tilskuddssoknad) -> Iterator[tuple[str, str]]:
    for name in HEAD:
        yield _label(name), getattr(soknad, name)


def _sums(wanted: Sequence[GrantColumn], found: Sequence[Line]) -> tuple[Value, ...]:
    """Return the last row: the sum under every column of money, «Sum» in the first other."""
    sums: list[Value] = []
    for column in wanted:
        if column.field.is_summed:
            sums.append(sum(int(column.field.value(line)) for line in found))
        else:
            sums.append("" if _("Sum") in sums else _("Sum"))
    return tuple(sums)


def _missing_in_head(soknad: Tilskuddssoknad) -> Iterator[Missing]:
    for name in (*HEAD, "purpose", "description"):
        if not getattr(soknad, name):
            yield Missing(_("Fyll ut «%(label)s».") % {"label": _label(name)}, "head")


def _missing_in_lines(found: Sequence[Line]) -> Iterator[Missing]:
    if not found:
        yield Missing(_("Hent minst ett tiltak fra felles opplæringsplan."), "lines")
    for line in found:
        yield from (
            Missing(f"{line.priority}. {line.theme}: {text}", str(line.pk), is_fault)
            for text, is_fault in _faults(line)
        )


def _label(name: str) -> str:
    field = cast("Field[Any, Any]", Tilskuddssoknad._meta.get_field(name))
    label = str(field.verbose_name)
    return label[0].upper() + label[1:]


def _faults(line: Line) -> Iterator[tuple[str, bool]]:
    """Yield what is wrong with the line, and whether it must be mended before sending."""
    told = (
        (line.is_cancelled, _("tiltaket er avlyst i planen. Ta linja ut."), True),
        (not line.amount, _("skriv hvor mye det søkes om."), True),
        (line.financing != line.cost, _uncovered(line), True),
        (not line.effect, _("skriv mål og forventet virkning."), True),
        (not line.new_participants + line.continuing, _("skriv hvor mange som deltar."), True),
        (not line.focus, _("tiltaket er ikke knyttet til et fokusområde i planen."), False),
        (
            not line.own_share,
            _("det er ingen egenandel. Statsforvalteren forutsetter egenandel."),
            False,
        ),
        (
            line.is_short_course,
            _("korte interne kurs får som regel ikke støtte, bortsett fra i BPA."),
            False,
        ),
    )
    return ((text, is_fault) for is_so, text, is_fault in told if is_so)


def _uncovered(line: Line) -> str:
    amounts = {"financing": norsk.kroner(line.financing), "cost": norsk.kroner(line.cost)}
    return _("finansieringen er %(financing)s, men kostnaden er %(cost)s.") % amounts
