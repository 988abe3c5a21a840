"""Verbs on the grant application: begin, write, take in, order. `innsending` sends it."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from planer.models import Tiltak
from rapporter import rules
from rapporter.actions import innsending
from rapporter.models import Linjestudie, Tilskuddslinje, Tilskuddsordning, Tilskuddssoknad
from rapporter.queries.forslag import Proposal, proposals

HEAD_FROM_LAST = ("address", "organisation_number", "account_number", "contact_name",
                  "contact_email", "signer")  # fmt: skip


@transaction.atomic
def begin(ordning: Tilskuddsordning, *, by: Ansatt) -> Tilskuddssoknad:
    """Open the Kommune's application in the scheme, or return the one that is open.

    Address, account and contact are carried over from the last one.

    Raises:
        PermissionDenied: `by` does not prepare the grant.
    """
    if not rules.may_prepare(by):
        raise PermissionDenied
    last = Tilskuddssoknad.objects.order_by("-pk").first()
    carried = {name: getattr(last, name) for name in HEAD_FROM_LAST} if last else {}
    soknad, is_new = Tilskuddssoknad.objects.get_or_create(ordning=ordning, defaults=carried)
    if is_new:
        audit.record("tilskudd.begin", soknad, by=by, year=ordning.year)
    return soknad


@transaction.atomic
def write_head(soknad: Tilskuddssoknad, *, version: int, by: Ansatt, **fields: str) -> None:
    """Write address, account, contact, purpose and description."""
    soknad = _open(soknad, by=by, version=version)
    for name, value in fields.items():
        setattr(soknad, name, value)
    soknad.save(update_fields=[*fields])
    audit.record("tilskudd.write_head", soknad, by=by, fields=sorted(fields))


@transaction.atomic
def take_in(
    soknad: Tilskuddssoknad, *, tiltak: Collection[int], by: Ansatt, own_percent: int | None = None
) -> int:
    """Make lines of these measures of the joint plan; return how many were new.

    What the plan says of financing is carried over; the rest of the year's cost is asked for. Of
    granted education the plan only knows that the Kommune pays it, so `own_percent` (0–100) may
    say how much of it is own share.
    """
    soknad = _open(soknad, by=by)
    chosen = [each for each in proposals(soknad) if each.tiltak.pk in set(tiltak)]
    last = soknad.linjer.aggregate(last=Max("priority"))["last"] or 0
    for priority, each in enumerate(chosen, last + 1):
        linje = _line(soknad, each, priority=priority, own_percent=own_percent)
        linje.save()
        Linjestudie.objects.bulk_create(
            Linjestudie(linje=linje, soknad_id=study.soknad_id, tiltak=study.tiltak)
            for study in each.studies
        )
    audit.record("tilskudd.take_in", soknad, by=by, tiltak=[each.tiltak.pk for each in chosen])
    return len(chosen)


@transaction.atomic
def write_line(linje: Tilskuddslinje, *, version: int, by: Ansatt, **fields: Any) -> None:
    soknad = _open(linje.soknad, by=by, version=version)
    for name, value in fields.items():
        setattr(linje, name, value)
    linje.save(update_fields=[*fields])
    audit.record("tilskudd.write_line", soknad, by=by, linje=linje.pk, amount=linje.amount)


@transaction.atomic
def take_out(linje: Tilskuddslinje, *, by: Ansatt) -> None:
    """Take the line out; the measure stays in the plan."""
    soknad = _open(linje.soknad, by=by)
    audit.record("tilskudd.take_out", soknad, by=by, tiltak=linje.tiltak_id)
    linje.delete()
    _number(soknad)


@transaction.atomic
def place(linje: Tilskuddslinje, *, priority: int, version: int, by: Ansatt) -> None:
    """Put the line on that place in the order of priority, 1 first; the others give way."""
    soknad = _open(linje.soknad, by=by, version=version)
    order = [pk for pk in soknad.linjer.values_list("pk", flat=True) if pk != linje.pk]
    order.insert(max(priority, 1) - 1, linje.pk)
    _number(soknad, order)
    audit.record("tilskudd.place", soknad, by=by, linje=linje.pk, priority=priority)


def _open(soknad: Tilskuddssoknad, *, by: Ansatt, version: int | None = None) -> Tilskuddssoknad:
    return innsending.lock(soknad, by=by, version=version)


def _line(
    soknad: Tilskuddssoknad, found: Proposal, *, priority: int, own_percent: int | None
) -> Tilskuddslinje:
    own, other = _own(found, own_percent), found.other
    carried = min(found.carried, max(found.cost - own - other, 0))
    asked = 0 if found.studies and own_percent is not None else found.granted
    return Tilskuddslinje(
        soknad=soknad,
        tiltak=found.tiltak,
        priority=priority,
        area=_area(found.tiltak),
        place=found.place,
        starts=found.starts,
        ends=found.ends,
        all_credits=found.all_credits,
        credits=found.credits,
        new_participants=found.new,
        continuing=found.continuing,
        own_share=own,
        other_financing=other,
        carried_over=carried,
        amount=asked or max(found.cost - own - other - carried, 0),
    )


def _area(tiltak: Tiltak) -> str:
    is_development = tiltak.kind == Tiltak.Kind.DEVELOPMENT
    return Tilskuddslinje.Area.DEVELOPMENT if is_development else Tilskuddslinje.Area.COMPETENCE


def _own(found: Proposal, percent: int | None) -> int:
    """Return the own share, NOK: what the plan says, or so much of granted education's cost."""
    if found.studies and percent is not None:
        return found.cost * percent // 100
    return found.own


def _number(soknad: Tilskuddssoknad, order: list[int] | None = None) -> None:
    """Number the lines 1, 2, 3 … in the given order, or as they stand."""
    rows = {row.pk: row for row in soknad.linjer.all()}
    for priority, pk in enumerate(order or list(rows), 1):
        rows[pk].priority = priority
    Tilskuddslinje.objects.bulk_update(rows.values(), ["priority"])
