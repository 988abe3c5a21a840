"""The worksheet read again: what each row asks for, and what is wrong or overtaken."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.errors import DomainError
from kompetanse.skall import norsk
from kompetanse.skall.forms import SkallForm
from kompetanse.tables import Table
from kompetanse.tables.reading import FILE_MEGABYTES
from soknader.actions import innhold
from soknader.actions.arbeidsark import Onske, told_of
from soknader.actions.innhold import Content
from soknader.documents import arbeidsark as documents
from soknader.forms.arkceller import Record, choices, points_of, text_of, utkast_of, whole
from soknader.forms.arkforskjell import Forskjell, told
from soknader.models import Kriterium, Vedtak
from soknader.queries.arbeidsark import Ark, Arkrad, Merke, Utkast, digest

KINDS = (".csv", ".xlsx")
MOST_ROWS = 2_000
# A worksheet is confirmed the same day as it was looked at.
SALT, VALID_SECONDS = "soknader.arbeidsark", 12 * 3600


class ArkForm(SkallForm):
    """The worksheet as it comes back."""

    submit_label = _("Se hva som blir endret")

    file = forms.FileField(
        label=_("Arket med endringene dine"),
        help_text=format_lazy(
            _("Excel (.xlsx) eller CSV, opptil {limit} MB."), limit=FILE_MEGABYTES
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        error_messages={"required": _("Velg arket du har lagret.")},
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if PurePosixPath(upload.name).suffix.lower() not in KINDS:
            raise ValidationError(
                gettext("Filer av denne typen kan ikke leses. Bruk .xlsx eller .csv.")
            )
        if upload.size > FILE_MEGABYTES * 1024**2:
            raise ValidationError(
                gettext("Filen er større enn %(limit)s MB. Del den i flere filer, og prøv igjen.")
                % {"limit": FILE_MEGABYTES}
            )
        return upload


@dataclass(slots=True)
class Lest:
    """What a worksheet asks for. With a fault or a conflict nothing of it is written."""

    version: int = 0
    wishes: list[Onske] = field(default_factory=list)
    shown: list[Forskjell] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    stale: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_order_changed(self) -> bool:
        return any(wish.place is not None for wish in self.wishes)


def read(table: Table, ark: Ark) -> Lest:
    """Return what the worksheet asks for of the round as it is now."""
    lest = Lest(version=ark.runde.version)
    lacking = [name for name in documents.headings().values() if name not in table.columns]
    if lacking:
        names = norsk.oppramsing([f"«{name}»" for name in lacking])
        lest.faults.append(gettext("Arket mangler kolonnen %(names)s.") % {"names": names})
        return lest
    known, seen, placed = ark.by_number(), set[int](), dict[int, int]()
    for at, record in table.records():
        try:
            row = _known_row(record, known, seen)
            wish, shown = _wish(row, record, ark, lest)
            if wish and wish.place is not None:
                _must_be_alone(wish.place, row.sak.number, placed)
        except (ValidationError, DomainError) as fault:
            said = " ".join(fault.messages) if isinstance(fault, ValidationError) else str(fault)
            lest.faults.append(gettext("Rad %(at)s: %(said)s") % {"at": at, "said": said})
            continue
        if wish:
            lest.wishes.append(wish)
            lest.shown.append(shown)
    return lest


def sealed(lest: Lest) -> str:
    """Return what is asked for as a text that only we can have made."""
    told = {"version": lest.version, "wishes": [asdict(wish) for wish in lest.wishes]}
    return signing.dumps(told, salt=SALT, compress=True)


def opened(text: str) -> tuple[int, list[Onske]]:
    """Return the version of the order and what was asked for.

    Raises:
        DomainError: the text is not ours, or too old.
    """
    try:
        told = signing.loads(text, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature as broken:
        raise DomainError(gettext("Arket må lastes opp på nytt.")) from broken
    return told["version"], [_onske(wish) for wish in told["wishes"]]


def _onske(told: dict[str, Any]) -> Onske:
    content, points = told.pop("content"), told.pop("points")
    return Onske(
        **told,
        content=Content(**content) if content else None,
        points=None if points is None else {int(pk): value for pk, value in points.items()},
    )


def _known_row(record: Record, known: Mapping[int, Arkrad], seen: set[int]) -> Arkrad:
    number = whole(record, "number", gettext("Skriv saksnummeret med tall."))
    if number is None or number not in known:
        raise ValidationError(gettext("Saken finnes ikke i denne runden."))
    if number in seen:
        raise ValidationError(gettext("Sak %(number)s står to ganger.") % {"number": number})
    seen.add(number)
    return known[number]


def _must_be_alone(place: int, number: int, placed: dict[int, int]) -> None:
    if place in placed:
        raise ValidationError(
            gettext("Sak %(number)s og sak %(other)s er flyttet til samme plass, %(place)s.")
            % {"number": number, "other": placed[place], "place": place}
        )
    placed[place] = number


def _wish(row: Arkrad, record: Record, ark: Ark, lest: Lest) -> tuple[Onske | None, Forskjell]:
    """Return what the row asks for, None when nobody has touched it, and how it is told."""
    mark = Merke.read(text_of(record, "mark"))
    if mark is None:
        raise ValidationError(
            gettext(
                "Kolonnen «Ikke endre» er endret. Last ned arket på nytt, og gjør endringene der."
            )
        )
    place = whole(record, "place", gettext("Skriv plassen med et helt tall.")) or mark.place
    utkast, points = utkast_of(record, row), points_of(record, ark.kriterier)
    is_moved = place != mark.place
    is_drafted = digest(utkast) != mark.draft and utkast != row.utkast
    is_scored = digest(sorted(points.items())) != mark.points and points != row.points
    lines = tuple(told(row, utkast, points, place if is_moved else None, is_scored=is_scored))
    shown = Forskjell(row.sak.number, row.sak.study, lines)
    if not (is_moved or is_drafted or is_scored):
        return None, shown
    _must_be_changeable(row)
    _note_conflicts(row, mark, lest, is_moved=is_moved, is_drafted=is_drafted, is_scored=is_scored)
    is_outcome = is_drafted and utkast[:4] != row.utkast[:4]
    return (
        Onske(
            soknad_id=row.sak.pk,
            version=mark.version,
            points_version=mark.points_version,
            place=place if is_moved else None,
            content=_content(utkast, row) if is_outcome else None,
            rank_reason=_changed_reason(utkast, row) if is_drafted else None,
            points=_all(points, ark.kriterier) if is_scored else None,
        ),
        shown,
    )


def _note_conflicts(
    row: Arkrad, mark: Merke, lest: Lest, *, is_moved: bool, is_drafted: bool, is_scored: bool
) -> None:
    if is_moved:
        lest.version = min(lest.version, mark.runde)
    if is_drafted and mark.version != row.version:
        lest.stale.append((row.sak.pk, mark.version))
    if is_scored and mark.points_version != row.points_version:
        lest.faults.append(told_of(row.sak.number))


def _must_be_changeable(row: Arkrad) -> None:
    number = {"number": row.sak.number}
    if row.sak.is_barred:
        raise ValidationError(
            gettext("Du er inhabil i sak %(number)s og kan ikke endre den.") % number
        )
    if not row.can_change:
        raise ValidationError(gettext("Sak %(number)s er vedtatt og kan ikke endres.") % number)


def _content(utkast: Utkast, row: Arkrad) -> Content:
    """Return the draft that is asked for.

    Raises:
        ValidationError: the outcome is taken away.
        DomainError: more than applied for, or a support of nothing.
    """
    if not utkast.outcome:
        raise ValidationError(
            gettext("Skriv utfallet i sak %(number)s: %(choices)s.")
            % {"number": row.sak.number, "choices": choices()}
        )
    content = Content(
        outcome=utkast.outcome,
        amount=utkast.amount,
        leave_days=utkast.leave_days,
        reason=utkast.reason,
        conditions=row.conditions,
        parts=row.parts if utkast.amount == row.utkast.amount else None,
    )
    if content.outcome in Vedtak.GIVES:
        innhold.must_be_within(content, most=row.sak.cost, most_days=row.most_days)
    return content


def _changed_reason(utkast: Utkast, row: Arkrad) -> str | None:
    return None if utkast.rank_reason == row.utkast.rank_reason else utkast.rank_reason


def _all(points: Mapping[int, int], kriterier: Sequence[Kriterium]) -> dict[int, int | None]:
    return {each.pk: points.get(each.pk) for each in kriterier}
