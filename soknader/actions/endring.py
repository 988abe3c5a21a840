"""What can be undone in the prioritising: remembered by the verbs, and undone here."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kompetanse.errors import StaleError, TransitionError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Endring, Poeng, Soknad, Soknadsrunde, Vedtak
from soknader.queries import endring as queries
from soknader.queries import prioritering as ranking
from soknader.rules import habilitet, rekkefolge
from soknader.rules import prioritering as rules

Kind = Endring.Kind

_RANK = """
UPDATE soknader_soknad AS s SET rank = o.rank
FROM unnest(%s::bigint[]) WITH ORDINALITY AS o (id, rank)
WHERE s.id = o.id AND s.runde_id = %s AND s.rank IS DISTINCT FROM o.rank
"""


def remember(
    kind: Endring.Kind,
    runde: Soknadsrunde,
    *,
    by: Ansatt,
    text: str,
    before: Any = None,
    soknad: Soknad | None = None,
) -> Endring:
    """Keep what the change replaced, until the decisions are made."""
    endring: Endring = Endring.objects.create(
        kind=kind,
        runde=runde,
        by=by,
        text=text,
        before={kind.value: before},
        soknad=soknad,
        version=runde.version,
    )
    return endring


def remember_each(
    kind: Endring.Kind, changes: Iterable[tuple[Soknad | None, str, Any]], *, whole: Endring
) -> None:
    """Keep (case, text, what it replaced) of each, as the parts of a change of several."""
    Endring.objects.bulk_create(
        Endring(
            kind=kind,
            runde=whole.runde,
            by=whole.by,
            text=text,
            before={kind.value: before},
            soknad=soknad,
            part_of=whole,
            version=whole.version,
        )
        for soknad, text, before in changes
    )


def forget(runde: Soknadsrunde) -> None:
    """After the decisions nothing of the prioritising can be undone."""
    runde.endringer.all().delete()


def forget_decided(soknader: Iterable[int]) -> None:
    """What is decided can no longer be undone; the order of the rest still can."""
    Endring.objects.filter(soknad__in=list(soknader)).exclude(kind=Kind.ORDER).delete()


@transaction.atomic
def undo(endring: Endring, *, by: Ansatt) -> Endring:
    """Put back what the change replaced, if nobody has changed it since.

    Raises:
        StaleError: someone has; says who and what.
        PermissionDenied: the change is another's, `by` is not in the group any more, or not
            impartial in the case.
        TransitionError: the round is not being prioritised, or the change is undone already.
    """
    runde = lock_round(endring.runde)
    endring = Endring.objects.select_related("soknad", "runde").get(pk=endring.pk)
    if endring.by_id != by.pk or not access.may(by, Act.PRIORITISE):
        raise PermissionDenied
    _must_stand(endring)
    if endring.kind == Kind.SEVERAL:
        for part in endring.parts.filter(queries.LIVE).select_related("soknad").order_by("-pk"):
            _undo(part, runde, by=by)
    return _undo(endring, runde, by=by)


@transaction.atomic
def undo_back_to(endring: Endring, *, by: Ansatt) -> int:
    """Undo the change and all that `by` has done after it, the last first; return how many.

    Raises: as `undo`; then nothing is undone.
    """
    lock_round(endring.runde)
    if endring.by_id != by.pk:
        raise PermissionDenied
    _must_stand(Endring.objects.get(pk=endring.pk))
    done = queries.mine_back_to(endring)
    for each in done:
        undo(each, by=by)
    return len(done)


def lock_round(runde: Soknadsrunde) -> Soknadsrunde:
    """Return the round, locked until the transaction ends.

    Raises:
        TransitionError: it is not being prioritised.
    """
    locked: Soknadsrunde = Soknadsrunde.objects.select_for_update().get(pk=runde.pk)
    rules.must_be_prioritising(locked)
    return locked


def write_order(runde: Soknadsrunde, ids: list[int]) -> None:
    """Let the applications stand in this order, and the round have a new version."""
    with connection.cursor() as cursor:
        cursor.execute(_RANK, [ids, runde.pk])
    runde.version += 1
    runde.save(update_fields=["version"])


def stale(changes: QuerySet[Endring]) -> StaleError:
    """Return the error that tells what others have done with the case since the page was opened."""
    told = queries.told_of(changes.select_related("by").order_by("pk"))
    return StaleError(_("Saken er endret siden du åpnet siden."), told=told)


def stale_order(runde: Soknadsrunde, version: int) -> StaleError:
    """Return the error that tells who has moved which cases from where to where since then."""
    told = queries.told_since(runde, version)
    return StaleError(_("Listen er endret siden du åpnet siden."), told=told)


def _must_stand(endring: Endring) -> None:
    if not endring.is_live:
        raise TransitionError(_("Endringen er allerede angret."))


def _undo(endring: Endring, runde: Soknadsrunde, *, by: Ansatt) -> Endring:
    """Undo the one change, and keep that it was done."""
    if endring.soknad and habilitet.is_barred(by, endring.soknad):
        raise PermissionDenied
    endring.runde = runde
    replaced = _RESTORE[Kind(endring.kind)](endring)
    endring.is_undone = True
    endring.save(update_fields=["is_undone"])
    undoing: Endring = Endring.objects.create(
        kind=endring.kind,
        runde=runde,
        by=by,
        text=(_("Angret: %(what)s") % {"what": endring.text})[:200],
        before={endring.kind: replaced},
        soknad=endring.soknad,
        part_of=endring.part_of,
        undoes=endring,
        version=runde.version,
    )
    # Of several, each part has its own line.
    if endring.kind != Kind.SEVERAL:
        role = rules.capacity(by, Act.PRIORITISE)
        audit.record("endring.undo", endring.soknad or runde, by=by, role=role, kind=endring.kind)
    return undoing


def _restore_order(endring: Endring) -> list[int]:
    """Put the order back, and return the one it replaced."""
    if queries.later(endring).exists():
        raise stale_order(endring.runde, endring.version)
    now = ranking.order(endring.runde)
    write_order(endring.runde, rekkefolge.brought_back(endring.before["order"], now))
    return now


def _restore_draft(endring: Endring) -> None:
    soknad = _unchanged(endring)
    Vedtak.objects.filter(soknad=soknad, status=Vedtak.Status.DRAFT).delete()
    fields = endring.before["draft"]
    if fields is not None:
        Vedtak.objects.create(soknad=soknad, **fields)


def _restore_points(endring: Endring) -> None:
    soknad = _unchanged(endring)
    Poeng.objects.filter(soknad=soknad, by=endring.by_id).delete()
    Poeng.objects.bulk_create(
        Poeng(soknad=soknad, kriterium_id=int(kriterium), points=points, by_id=endring.by_id)
        for kriterium, points in endring.before["points"].items()
    )


def _restore_reason(endring: Endring) -> None:
    soknad = _unchanged(endring)
    soknad.rank_reason = endring.before["reason"]
    soknad.save(update_fields=["rank_reason"])


def _restore_several(_endring: Endring) -> None:
    """Its parts are undone one by one."""


def _unchanged(endring: Endring) -> Soknad:
    """Return the case, locked and undecided, when nobody has changed the same of it since."""
    soknad: Soknad = Soknad.objects.select_for_update().get(endringer=endring.pk)
    if soknad.status not in ranking.UNDECIDED:
        state = soknad.get_status_display().lower()
        raise TransitionError(_("Søknaden er %(state)s.") % {"state": state})
    later = queries.later(endring)
    if later.exists():
        raise stale(later)
    return soknad


_RESTORE = {
    Kind.ORDER: _restore_order,
    Kind.DRAFT: _restore_draft,
    Kind.POINTS: _restore_points,
    Kind.REASON: _restore_reason,
    Kind.SEVERAL: _restore_several,
}
