"""A worksheet that comes back from Excel is written as one change, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.errors import StaleError, TransitionError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.actions import endring as endringer
from soknader.actions import poeng, prioritering, sak, vedtak
from soknader.actions.innhold import Content
from soknader.models import Endring, Kriterium, Soknad, Soknadsrunde
from soknader.queries import arbeidsark as queries
from soknader.queries import endring as changes
from soknader.queries import prioritering as ranking
from soknader.rules import habilitet, rekkefolge
from soknader.rules import prioritering as rules

Kind = Endring.Kind
Kept = tuple[Soknad | None, str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Onske:
    """What is to be written of one case; None is left as it is.

    The two versions are those that the row was taken out with.
    """

    soknad_id: int
    version: int
    points_version: int
    place: int | None = None
    content: Content | None = None
    rank_reason: str | None = None
    points: Mapping[int, int | None] | None = None


@transaction.atomic
def apply(runde: Soknadsrunde, wishes: Sequence[Onske], *, version: int, by: Ansatt) -> Endring:
    """Write all of it, as one change that can be undone as one.

    Raises:
        StaleError: a case, or the order when it is changed, has changed since it was taken out.
        TransitionError: the round is not being prioritised, or a case is decided.
        PermissionDenied: `by` is not in the group, or not impartial in a case.
        DomainError: as the verbs for points and drafts; then nothing is written.
    """
    moves = {wish.soknad_id: wish.place for wish in wishes if wish.place is not None}
    runde = sak.lock_list(runde, version=version) if moves else endringer.lock_round(runde)
    soknader = _locked(runde, wishes, by=by)
    kept: dict[Endring.Kind, list[Kept]] = {kind: [] for kind in Kind}
    if moves:
        kept[Kind.ORDER].append(_reorder(runde, moves, by=by))
    kriterier = {each.pk: each for each in Kriterium.objects.filter(runde=runde)}
    for wish in wishes:
        _write(soknader[wish.soknad_id], wish, kriterier, kept, by=by)
    number = len(wishes)
    text = ngettext(
        "Leste inn et Excel-ark med %(number)d endret sak.",
        "Leste inn et Excel-ark med %(number)d endrede saker.",
        number,
    )
    whole = endringer.remember(Kind.SEVERAL, runde, by=by, text=text % {"number": number})
    for kind, parts in kept.items():
        endringer.remember_each(kind, parts, whole=whole)
    return whole


def _locked(runde: Soknadsrunde, wishes: Sequence[Onske], *, by: Ansatt) -> dict[int, Soknad]:
    """Return the cases, locked, when `by` may weigh each and none has changed; three queries."""
    if not access.may(by, Act.PRIORITISE):
        raise PermissionDenied
    ids = [wish.soknad_id for wish in wishes]
    rows = Soknad.objects.filter(runde=runde, pk__in=ids).select_for_update()
    soknader = {soknad.pk: soknad for soknad in rows.order_by("pk")}
    if len(soknader) != len(set(ids)):
        raise PermissionDenied
    own = any(soknad.ansatt_id == by.pk for soknad in soknader.values())
    if own or Soknad.objects.filter(habilitet.declared_by(by.pk), pk__in=ids).exists():
        raise PermissionDenied
    now = queries.versions(ids, by=by)
    for wish in wishes:
        soknad = soknader[wish.soknad_id]
        soknad.runde = runde
        _must_be_as_taken_out(soknad, wish, *now[soknad.pk])
    return soknader


def _must_be_as_taken_out(soknad: Soknad, wish: Onske, version: int, points: int) -> None:
    if soknad.status not in ranking.UNDECIDED:
        state = soknad.get_status_display().lower()
        raise TransitionError(
            _("Sak %(number)s er %(state)s.") % {"number": soknad.number, "state": state}
        )
    is_written = wish.content is not None or wish.rank_reason is not None
    if is_written and version != wish.version:
        later = changes.changes(soknad).filter(pk__gt=wish.version).select_related("by")
        raise StaleError(told_of(soknad.number), told=changes.told_of(later))
    if wish.points is not None and points != wish.points_version:
        raise StaleError(_("Du har endret poengene dine i et annet vindu."))


def told_of(number: int | None) -> str:
    """Return the sentence that a case has been changed since the worksheet was taken out."""
    return _("Sak %(number)s er endret siden arket ble lastet ned.") % {"number": number}


def _reorder(runde: Soknadsrunde, moves: Mapping[int, int], *, by: Ansatt) -> Kept:
    before = ranking.order(runde)
    after = rekkefolge.numbered(before, moves)
    endringer.write_order(runde, after)
    role = rules.capacity(by, Act.PRIORITISE)
    audit.record("soknadsrunde.reorder", runde, by=by, role=role, moved=len(moves))
    return None, _("Endret rekkefølgen i Excel."), before


def _write(
    soknad: Soknad,
    wish: Onske,
    kriterier: Mapping[int, Kriterium],
    kept: Mapping[Endring.Kind, list[Kept]],
    *,
    by: Ansatt,
) -> None:
    if wish.points is not None:
        given = {kriterier[pk]: value for pk, value in wish.points.items()}
        before, text = poeng.write_points(soknad, given, by=by)
        kept[Kind.POINTS].append((soknad, text, before))
    if wish.content is not None:
        was, text = vedtak.write_draft(soknad, wish.content, by=by)
        kept[Kind.DRAFT].append((soknad, text, was))
    if wish.rank_reason is not None:
        reason, text = prioritering.write_reason(soknad, wish.rank_reason, by=by)
        kept[Kind.REASON].append((soknad, text, reason))
