"""Verbs on the agenda: made from what waits, points added, changed, moved and struck."""

from django.db import transaction
from django.db.models import Max

from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from planer.actions.mote import locked
from planer.models import Mote, Motepunkt
from planer.queries import dagsorden as queries
from planer.workflow import mote as workflow


@transaction.atomic
def fill(mote: Mote, *, by: Ansatt) -> int:
    """Make the points that the round, the discussions and the wheel ask for; return how many.

    Run again it adds what has come since; the opening stays first and «Eventuelt» last.

    Raises:
        TransitionError, PermissionDenied: the agenda cannot be changed, or not by `by`.
    """
    mote = _open(mote, by=by)
    known = set(queries.points(mote).exclude(key="").values_list("key", flat=True))
    new = [each for each in queries.proposals(mote, by) if each.key not in known]
    for forslag in new:
        punkt = Motepunkt.objects.create(
            mote=mote,
            order=_last(mote) + 1,
            kind=forslag.kind,
            key=forslag.key,
            title=forslag.title[:160],
            text=forslag.text,
        )
        if forslag.link is not None:
            forslag.link(punkt)
    _put_in_place(mote)
    audit.record("mote.fill_agenda", mote, by=by, count=len(new))
    return len(new)


@transaction.atomic
def add(mote: Mote, *, title: str, text: str = "", by: Ansatt) -> Motepunkt:
    """Add an own point, before «Eventuelt». Raises as `fill`."""
    mote = _open(mote, by=by)
    punkt: Motepunkt = Motepunkt.objects.create(
        mote=mote, order=_last(mote) + 1, title=title, text=text
    )
    _put_in_place(mote)
    audit.record("motepunkt.add", punkt, by=by)
    return punkt


@transaction.atomic
def amend(punkt: Motepunkt, *, title: str, text: str, by: Ansatt) -> Motepunkt:
    """Give the point another title and background. Raises as `remove`."""
    _mote, punkt = _open_at(punkt, by=by)
    punkt.title, punkt.text = title, text
    punkt.save(update_fields=["title", "text"])
    audit.record("motepunkt.amend", punkt, by=by)
    return punkt


@transaction.atomic
def move(punkt: Motepunkt, *, step: int, by: Ansatt) -> None:
    """Move the point `step` places, -1 is up; at an end it stays. Raises as `remove`."""
    mote, punkt = _open_at(punkt, by=by)
    order = list(queries.points(mote).values_list("pk", flat=True))
    old = order.index(punkt.pk)
    new = min(max(old + step, 0), len(order) - 1)
    order.insert(new, order.pop(old))
    _write_order(order)
    audit.record("motepunkt.move", punkt, by=by, place=new + 1)


@transaction.atomic
def remove(punkt: Motepunkt, *, by: Ansatt) -> None:
    """Strike the point.

    Raises:
        TransitionError, PermissionDenied: as `fill`.
        DoesNotExist: another struck it just before.
    """
    _mote, punkt = _open_at(punkt, by=by)
    audit.record("motepunkt.remove", punkt, by=by)
    punkt.delete()


def _open(mote: Mote, *, by: Ansatt) -> Mote:
    mote = locked(mote)
    workflow.check("prepare", mote, by=by)
    return mote


def _open_at(punkt: Motepunkt, *, by: Ansatt) -> tuple[Mote, Motepunkt]:
    """Return the meeting, locked, and the point as it is now."""
    mote = _open(punkt.mote, by=by)
    now: Motepunkt = queries.points(mote).get(pk=punkt.pk)
    return mote, now


def _last(mote: Mote) -> int:
    return queries.points(mote).aggregate(last=Max("order"))["last"] or 0


def _put_in_place(mote: Mote) -> None:
    """Let the opening stand first and «Eventuelt» last, and the rest as they are."""
    rows = list(queries.points(mote).values_list("pk", "key"))
    place = {"apning": 0, "eventuelt": 2}
    _write_order([pk for pk, _key in sorted(rows, key=lambda row: place.get(row[1], 1))])


def _write_order(ids: list[int]) -> None:
    punkter = Motepunkt.objects.in_bulk(ids)
    for place, pk in enumerate(ids, start=1):
        punkter[pk].order = place
    Motepunkt.objects.bulk_update(punkter.values(), ["order"])
