"""What can be undone in the prioritising: remembered by the verbs, and undone here."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kompetanse.errors import StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Endring, Poeng, Soknad, Soknadsrunde, Vedtak
from soknader.queries import sak as queries
from soknader.rules import prioritering as rules

MOST_TOLD = 3

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
    before: Any,
    soknad: Soknad | None = None,
) -> Endring:
    """Keep what the change replaced, until it is undone or the decisions are made."""
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


def forget(runde: Soknadsrunde) -> None:
    """After the decisions nothing of the prioritising can be undone."""
    runde.endringer.all().delete()


@transaction.atomic
def undo(endring: Endring, *, by: Ansatt) -> Endring:
    """Put back what the change replaced, if nobody has changed it since.

    Raises:
        StaleError: someone has.
        PermissionDenied: the change is another's.
        TransitionError: the round is not being prioritised.
    """
    runde = lock_round(endring.runde)
    endring = Endring.objects.select_related("soknad").get(pk=endring.pk)
    if endring.by_id != by.pk:
        raise PermissionDenied
    _RESTORE[Endring.Kind(endring.kind)](endring, runde)
    target = endring.soknad or runde
    capacity = rules.capacity(by, Act.PRIORITISE)
    audit.record("endring.undo", target, by=by, role=capacity, kind=endring.kind)
    endring.delete()
    return endring


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


def stale(changes: QuerySet[Endring], *, what: str) -> StaleError:
    """Return the error that tells what others have done since the page was opened."""
    told = [f"{c.by.full_name}: {c.text}" for c in changes.select_related("by").order_by("pk")]
    sentence = _("%(what)s er endret siden du åpnet siden.") % {"what": what}
    return StaleError(" ".join([sentence, *told[-MOST_TOLD:]]))


def _restore_order(endring: Endring, runde: Soknadsrunde) -> None:
    if endring.version != runde.version:
        later = runde.endringer.filter(kind=Endring.Kind.ORDER, pk__gt=endring.pk)
        raise stale(later, what=_("Listen"))
    write_order(runde, endring.before["order"])


def _restore_draft(endring: Endring, _runde: Soknadsrunde) -> None:
    soknad = _unchanged(endring)
    Vedtak.objects.filter(soknad=soknad, status=Vedtak.Status.DRAFT).delete()
    fields = endring.before["draft"]
    if fields is not None:
        Vedtak.objects.create(soknad=soknad, **fields)


def _restore_points(endring: Endring, _runde: Soknadsrunde) -> None:
    soknad = _unchanged(endring)
    Poeng.objects.filter(soknad=soknad).delete()
    Poeng.objects.bulk_create(
        Poeng(soknad=soknad, kriterium_id=int(kriterium), points=points, by_id=by_id)
        for kriterium, (points, by_id) in endring.before["points"].items()
    )


def _unchanged(endring: Endring) -> Soknad:
    locked = Soknad.objects.select_for_update()
    soknad: Soknad = locked.get(endringer=endring)
    later = queries.changes(soknad).filter(pk__gt=endring.pk)
    if later.exists():
        raise stale(later, what=_("Saken"))
    return soknad


_RESTORE = {
    Endring.Kind.ORDER: _restore_order,
    Endring.Kind.DRAFT: _restore_draft,
    Endring.Kind.POINTS: _restore_points,
}
