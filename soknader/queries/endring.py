"""What has been done in the prioritising: by whom, what of it can be undone, and since when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt, Habilitetserklaring
from soknader.models import Endring, Inhabilitet, Soknad, Soknadsrunde
from soknader.queries import prioritering
from soknader.rules import rekkefolge
from soknader.rules.rekkefolge import Flytting

Kind = Endring.Kind
LIVE = Q(is_undone=False, undoes=None)
# What a page shows of what was done, and of the cases that one change moved.
MOST_SHOWN = 200
MOST_MOVES = 12


@dataclass(frozen=True, slots=True)
class Gjort:
    """A change as the log shows it."""

    pk: int
    text: str
    by: str
    at: datetime
    is_undone: bool
    is_undoing: bool
    is_undoable: bool


def changes(soknad: Soknad | int) -> QuerySet[Endring]:
    """Return what stands of what has been done with the case's draft and reason, by anyone.

    Its place is the list's affair, and its points are each member's own.
    """
    return Endring.objects.filter(LIVE, soknad=soknad, kind__in=(Kind.DRAFT, Kind.REASON)).order_by(
        "pk"
    )


def version(soknad: Soknad | int) -> int:
    """Return the id of the case's last change, 0 before any; an undone one counts no more."""
    return changes(soknad).aggregate(last=Max("pk"))["last"] or 0


def later(endring: Endring) -> QuerySet[Endring]:
    """Return what stands in the way of undoing the change: later ones of the same thing."""
    rows = Endring.objects.filter(LIVE, runde=endring.runde_id, pk__gt=endring.pk)
    if endring.kind == Kind.ORDER:
        return rows.filter(kind=Kind.ORDER)
    same = rows.filter(kind=endring.kind, soknad=endring.soknad_id)
    return same.filter(by=endring.by_id) if endring.kind == Kind.POINTS else same


def undoable(runde: Soknadsrunde, *, by: Ansatt) -> Endring | None:
    """Return the last thing that `by` has done in the round, unless others' moves came after."""
    last = _of(runde, by).order_by("-pk").first()
    return last if last and not last.is_blocked else None  # type: ignore[attr-defined]


def mine_back_to(endring: Endring) -> list[Endring]:
    """Return what the same person has done from the change until now, the last first."""
    rows = Endring.objects.filter(LIVE, runde=endring.runde_id, part_of=None, by=endring.by_id)
    return list(rows.filter(pk__gte=endring.pk).order_by("-pk"))


def log(runde: Soknadsrunde, *, reader: Ansatt) -> list[Gjort]:
    """Return what has been done, the last first, but in the reader's own case; one query."""
    rows = runde.endringer.filter(part_of=None).exclude(soknad__ansatt=reader)
    rows = _with_blocks(rows, runde=runde.pk).select_related("by").order_by("-pk")
    blocked = False
    done = []
    for row in rows[:MOST_SHOWN]:
        is_mine = row.by_id == reader.pk and row.is_live
        blocked = blocked or (is_mine and row.is_blocked)  # type: ignore[attr-defined]
        done.append(
            Gjort(
                pk=row.pk,
                text=row.text,
                by=row.by.full_name,
                at=row.at,
                is_undone=row.is_undone,
                is_undoing=row.undoes_id is not None,
                is_undoable=is_mine and not blocked,
            )
        )
    return done


def told_since(runde: Soknadsrunde, version: int) -> list[str]:
    """Return who has moved which cases from where to where since the list had `version`."""
    rows = runde.endringer.filter(kind=Kind.ORDER, version__gt=version).order_by("version")
    done = list(rows.select_related("by", "soknad"))
    orders = [row.before["order"] for row in done] + [prioritering.order(runde)]
    numbers = dict(prioritering.cases(runde).values_list("pk", "number"))
    told = []
    for row, before, after in zip(done, orders, orders[1:], strict=False):
        moved = _moves(row, before, after)
        told.append(f"{row.by.full_name}: {row.text} {_in_words(moved, numbers)}".strip())
    return told


def told_of(changes: Iterable[Endring]) -> list[str]:
    """Return who did what, of changes that were read with `by`."""
    return [f"{each.by.full_name}: {each.text}" for each in changes]


def _of(runde: Soknadsrunde, by: Ansatt) -> QuerySet[Endring]:
    mine = Endring.objects.filter(LIVE, runde=runde, by=by, part_of=None)
    return _with_blocks(mine, runde=runde.pk)


def _with_blocks(rows: QuerySet[Endring], *, runde: int) -> QuerySet[Endring]:
    """Say of each whether it cannot be undone.

    Someone else has changed the order since, or who did it is not impartial in the case any more.
    """
    moves = Endring.objects.filter(LIVE, kind=Kind.ORDER)
    others = moves.filter(runde=runde, pk__gt=OuterRef("pk")).exclude(by=OuterRef("by"))
    is_move = Q(kind=Kind.ORDER) | Q(Exists(moves.filter(part_of=OuterRef("pk"))))
    of_case = Inhabilitet.objects.filter(soknad=OuterRef("soknad"), ansatt=OuterRef("by"))
    of_owner = Habilitetserklaring.objects.filter(
        other=OuterRef("soknad__ansatt"), ansatt=OuterRef("by"), ended_at__isnull=True
    )
    is_barred = Q(Exists(of_case)) | Q(Exists(of_owner))
    is_moved = Q(Exists(others)) & is_move
    blocked = ExpressionWrapper(is_moved | is_barred, output_field=BooleanField())
    return rows.annotate(is_blocked=blocked)


def _moves(row: Endring, before: Sequence[int], after: Sequence[int]) -> list[Flytting]:
    """Return what the change moved; a single move and its undoing say so themselves."""
    return [] if row.soknad_id else rekkefolge.moved(before, after)


def _in_words(moved: Sequence[Flytting], numbers: dict[int, int | None]) -> str:
    sentences = [
        _("Sak %(number)s fra plass %(was)s til plass %(now)s.")
        % {"number": numbers.get(each.soknad_id), "was": each.was, "now": each.now}
        for each in moved[:MOST_MOVES]
    ]
    left = len(moved) - len(sentences)
    if left > 0:
        sentences.append(_("%(number)s saker til har fått ny plass.") % {"number": left})
    return " ".join(sentences)
