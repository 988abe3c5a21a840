"""A file from the ledger, read: what each row would become, and why some cannot. Whole NOK."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall.fields import MOST_KRONER, SPACES, DatoField
from rapporter import rules
from rapporter.models import Regnskapsinnlesing, Svarlinje, Tilskuddssvar
from rapporter.queries import forbruk

MOST_ROWS = 5_000
_VOUCHER_LENGTH, _TEXT_LENGTH, _ACCOUNT_LENGTH = 40, 200, 60
_POINTS = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")

# What a column of the ledger can be, and what it is often called.
FIELDS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "voucher": (gettext_lazy("Bilagsnummer"), ("bilag", "bilagsnr", "bilagsnummer", "voucher")),
    "posted_on": (gettext_lazy("Bilagsdato"), ("dato", "bilagsdato", "posteringsdato")),
    "amount": (gettext_lazy("Beløp"), ("beløp", "belop", "kroner", "sum", "netto")),
    "line": (gettext_lazy("Prosjekt eller linje"), ("prosjekt", "linje", "prosjektnr")),
    "text": (gettext_lazy("Tekst"), ("tekst", "bilagstekst", "beskrivelse")),
    "account": (gettext_lazy("Konto"), ("konto", "art", "kontostreng")),
}
REQUIRED = ("voucher", "posted_on", "amount", "line")


class Verdict(StrEnum):
    NEW = "new"
    DUPLICATE = "duplicate"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A row of the file: its number there, what it says, and what becomes of it.

    `other` names another grant that has paid of the same voucher.
    """

    number: int
    verdict: Verdict
    voucher: str = ""
    posted_on: date | None = None
    amount: int = 0
    svarlinje: Svarlinje | None = None
    text: str = ""
    account: str = ""
    problem: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the file would do. `over` is what the lines cannot bear, NOK."""

    rows: tuple[Checked, ...]
    over: int

    def of(self, verdict: str) -> list[Checked]:
        return [row for row in self.rows if row.verdict == verdict]

    @property
    def new(self) -> list[Checked]:
        return self.of(Verdict.NEW)

    @property
    def duplicates(self) -> list[Checked]:
        return self.of(Verdict.DUPLICATE)

    @property
    def faults(self) -> list[Checked]:
        return self.of(Verdict.FAULT)

    @property
    def amount(self) -> int:
        return sum(row.amount for row in self.new)

    @property
    def shared(self) -> list[Checked]:
        """The rows whose voucher another grant has paid of."""
        return [row for row in self.new if row.other]


def visible_to(actor: Ansatt) -> QuerySet[Regnskapsinnlesing]:
    found = Regnskapsinnlesing.objects.all()
    return found if rules.may_prepare(actor) else found.none()


def remembered(headings: Sequence[str]) -> dict[str, str]:
    """Return heading by field: as the last file that was written had it, else by its name."""
    last = Regnskapsinnlesing.objects.filter(status=Regnskapsinnlesing.Status.WRITTEN).first()
    known: dict[str, str] = last.columns if last else {}
    by_name = {heading.strip().casefold().rstrip("."): heading for heading in headings}
    found = {}
    for field, (_label, names) in FIELDS.items():
        if known.get(field) in headings:
            found[field] = known[field]
        else:
            guess = next((by_name[name] for name in names if name in by_name), None)
            found |= {field: guess} if guess else {}
    return found


def is_whole(columns: Mapping[str, str]) -> bool:
    """Return whether every column that must be there is known."""
    return all(columns.get(field) for field in REQUIRED)


def preview(innlesing: Regnskapsinnlesing) -> Preview:
    """Return what the file would do now; four queries whatever its length."""
    svar, places = innlesing.svar, _places(innlesing)
    lines = _lines(svar)
    told = [
        (number, {field: cells[place] for field, place in places.items() if place < len(cells)})
        for number, cells in innlesing.rows
    ]
    numbers = [_plain(cells.get("voucher")) for _number, cells in told]
    posted, others = forbruk.vouchers(svar, numbers), forbruk.in_other_grants(svar, numbers)
    seen: Counter[tuple[object, ...]] = Counter()
    rows = []
    for number, cells in told:
        row = _checked(number, cells, lines, others)
        key = (row.voucher, row.posted_on, row.amount, row.account, row.text, row.svarlinje)
        if row.verdict == Verdict.NEW and (row.voucher in posted or seen[key]):
            row = _duplicate(row, is_posted=row.voucher in posted)
        seen[key] += 1
        rows.append(row)
    return Preview(tuple(rows), _over(rows))


def _lines(svar: Tilskuddssvar) -> dict[str, Svarlinje]:
    """Return the lines by what a row can call them: the account, else the priority.

    A number that is the account of one line never means the priority of another.
    """
    rows = list(Svarlinje.objects.filter(svar=svar).select_related("linje__tiltak"))
    by_priority = {str(row.linje.priority): row for row in rows}
    return by_priority | {row.account.casefold(): row for row in rows if row.account}


def _places(innlesing: Regnskapsinnlesing) -> dict[str, int]:
    return {
        field: innlesing.headings.index(heading)
        for field, heading in innlesing.columns.items()
        if heading in innlesing.headings
    }


def _checked(
    number: int,
    cells: Mapping[str, Any],
    lines: Mapping[str, Svarlinje],
    others: Mapping[str, str],
) -> Checked:
    voucher = _plain(cells.get("voucher"))
    try:
        _check_voucher(voucher)
        posted_on, amount = _day(cells.get("posted_on")), _amount(cells.get("amount"))
        line = _line(cells.get("line"), lines)
    except ValueError as error:
        return Checked(
            number=number, verdict=Verdict.FAULT, voucher=voucher[:_VOUCHER_LENGTH],
            problem=str(error),
        )  # fmt: skip
    return Checked(
        number=number,
        verdict=Verdict.NEW,
        voucher=voucher,
        posted_on=posted_on,
        amount=amount,
        svarlinje=line,
        text=_plain(cells.get("text"))[:_TEXT_LENGTH],
        account=_plain(cells.get("account"))[:_ACCOUNT_LENGTH],
        other=others.get(voucher, ""),
    )


def _check_voucher(voucher: str) -> None:
    if not voucher:
        raise ValueError(_("Bilagsnummeret mangler."))
    if len(voucher) > _VOUCHER_LENGTH:
        raise ValueError(_("Bilagsnummeret er for langt."))


def _line(value: object, lines: Mapping[str, Svarlinje]) -> Svarlinje:
    name = _plain(value)
    found = lines.get(name.casefold())
    if found is None:
        raise ValueError(_("Fant ingen linje for «%(name)s».") % {"name": name[:60]})
    return found


def _duplicate(row: Checked, *, is_posted: bool) -> Checked:
    problem = _("Bilaget er alt ført.") if is_posted else _("Raden står to ganger i filen.")
    return Checked(
        number=row.number, verdict=Verdict.DUPLICATE, voucher=row.voucher,
        posted_on=row.posted_on, amount=row.amount, svarlinje=row.svarlinje, text=row.text,
        account=row.account, problem=problem, other=row.other,
    )  # fmt: skip


def _over(rows: Iterable[Checked]) -> int:
    """Return how much more the rows are than what is left of their lines, NOK."""
    sums: defaultdict[int, int] = defaultdict(int)
    left: dict[int, int] = {}
    for row in rows:
        if row.verdict == Verdict.NEW and row.svarlinje is not None:
            sums[row.svarlinje.pk] += row.amount
            left[row.svarlinje.pk] = row.svarlinje.remaining
    return sum(max(amount - left[pk], 0) for pk, amount in sums.items())


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str("" if value is None else value).split())


def _day(value: object) -> date:
    text = _plain(value)
    try:
        day = DatoField(required=False).to_python(text)
    except ValidationError as error:
        raise ValueError(_("Datoen «%(text)s» kan ikke leses.") % {"text": text[:30]}) from error
    if day is None:
        raise ValueError(_("Datoen mangler."))
    return day


def _amount(value: object) -> int:
    """Return whole NOK; a ledger's øre are rounded row by row.

    Raises:
        ValueError: it is no amount, or it is nothing.
    """
    text = SPACES.sub("", _plain(value)).replace("−", "-").replace("kr", "")
    if text.endswith("-"):
        text = f"-{text[:-1]}"
    if _POINTS.fullmatch(text):
        text = text.replace(".", "")
    try:
        number = Decimal(text.replace(",", "."))
        amount = int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    except (InvalidOperation, ValueError, OverflowError) as error:
        shown = {"text": _plain(value)[:30]}
        raise ValueError(_("Beløpet «%(text)s» kan ikke leses.") % shown) from error
    if not amount:
        raise ValueError(_("Beløpet er null."))
    if abs(amount) > MOST_KRONER:
        raise ValueError(_("Beløpet er for stort."))
    return amount
