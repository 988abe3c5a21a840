"""Verbs on the grant application: begin, write, order, send."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanse import clock, jobs
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit, files
from kompetanse.kommuner.responses import PDF
from kompetanse.organisasjon.models import Ansatt
from planer.models import Belopslinje, Tiltak
from rapporter.jobs import FREEZE_GRANT
from rapporter.models import Tilskuddslinje, Tilskuddsordning, Tilskuddssoknad
from rapporter.queries import tilskudd
from rapporter.queries.linje import candidates, costs_of, lines
from rapporter.workflow import tilskudd as workflow

AREAS = {
    Tiltak.Kind.DEVELOPMENT: Tilskuddslinje.Area.DEVELOPMENT,
}
HEAD_FROM_LAST = ("address", "organisation_number", "account_number", "contact_name",
                  "contact_email", "signer")  # fmt: skip


@transaction.atomic
def begin(ordning: Tilskuddsordning, *, by: Ansatt) -> Tilskuddssoknad:
    """Open the Kommune's application in the scheme, or return the one that is open.

    Address, account and contact are carried over from the last one.
    """
    last = Tilskuddssoknad.objects.order_by("-pk").first()
    carried = {name: getattr(last, name) for name in HEAD_FROM_LAST} if last else {}
    soknad, is_new = Tilskuddssoknad.objects.get_or_create(ordning=ordning, defaults=carried)
    workflow.check("edit", soknad, by=by) if is_new else None
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
def take_in(soknad: Tilskuddssoknad, *, tiltak: Collection[int], by: Ansatt) -> int:
    """Make lines of these measures of the joint plan; return how many were new.

    What the plan says of financing is carried over; the rest of the cost is asked for.
    """
    soknad = _open(soknad, by=by)
    chosen = list(candidates(soknad).filter(pk__in=tiltak))
    costs = costs_of([each.pk for each in chosen])
    last = soknad.linjer.aggregate(last=Max("priority"))["last"] or 0
    Tilskuddslinje.objects.bulk_create(
        _line(soknad, each, costs[each.pk], priority=last + n) for n, each in enumerate(chosen, 1)
    )
    audit.record("tilskudd.take_in", soknad, by=by, tiltak=[each.pk for each in chosen])
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


@transaction.atomic
def send(
    soknad: Tilskuddssoknad, *, case_number: str, applicant: str, version: int, by: Ansatt
) -> Tilskuddssoknad:
    """Freeze the application as sent, with its case number; a worker makes its PDF.

    The sending itself is done by hand in the county's own form.

    Raises:
        DomainError: something that must be there is missing.
        TransitionError: it is sent already.
    """
    soknad = _open(soknad, by=by, version=version, step="send")
    found = lines(soknad)
    if any(each.is_fault for each in tilskudd.missing(soknad, found)):
        raise DomainError(_("Søknaden mangler noe. Rett det som står i lista, og prøv igjen."))
    with translation.override(soknad.kommune.maalform):
        kept = tilskudd.assemble(soknad, lines(soknad), applicant=applicant)
    soknad.status = Tilskuddssoknad.Status.SENT
    soknad.snapshot, soknad.case_number = kept.as_json(), case_number
    soknad.sent_at, soknad.sent_by = clock.now(), by
    soknad.save(update_fields=["status", "snapshot", "case_number", "sent_at", "sent_by"])
    audit.record("tilskudd.send", soknad, by=by, amount=kept.amount, lines=len(found))
    jobs.enqueue(FREEZE_GRANT, soknad_id=soknad.pk)
    return soknad


@transaction.atomic
def keep_pdf(soknad: Tilskuddssoknad, *, content: bytes, name: str) -> None:
    """Keep the PDF of what was sent; a second one is not kept."""
    soknad = Tilskuddssoknad.objects.select_for_update().get(pk=soknad.pk)
    if soknad.fil_id is None:
        soknad.fil = files.store(content, name=name, content_type=PDF)
        soknad.save(update_fields=["fil"])


def _open(
    soknad: Tilskuddssoknad, *, by: Ansatt, version: int | None = None, step: str = "edit"
) -> Tilskuddssoknad:
    """Lock the application, check the step, and count the change."""
    soknad = (
        Tilskuddssoknad.objects.select_for_update(of=("self",))
        .select_related("ordning")
        .get(pk=soknad.pk)
    )
    workflow.check(step, soknad, by=by, version=version)
    Tilskuddssoknad.objects.filter(pk=soknad.pk).update(version=F("version") + 1)
    return soknad


def _line(
    soknad: Tilskuddssoknad, tiltak: Tiltak, amounts: dict[str, int], *, priority: int
) -> Tilskuddslinje:
    kinds = Belopslinje.Kind
    cost = sum(amounts[kind] for kind in Belopslinje.COSTS)
    own = amounts[kinds.OWN]
    other = amounts[kinds.REGION] + amounts[kinds.OTHER_FINANCING]
    return Tilskuddslinje(
        soknad=soknad,
        tiltak=tiltak,
        priority=priority,
        area=AREAS.get(Tiltak.Kind(tiltak.kind), Tilskuddslinje.Area.COMPETENCE),
        new_participants=tiltak.participants,
        own_share=own,
        other_financing=other,
        amount=amounts[kinds.GRANT] or max(cost - own - other, 0),
    )


def _number(soknad: Tilskuddssoknad, order: list[int] | None = None) -> None:
    """Number the lines 1, 2, 3 … in the given order, or as they stand."""
    rows = {row.pk: row for row in soknad.linjer.all()}
    for priority, pk in enumerate(order or list(rows), 1):
        rows[pk].priority = priority
    Tilskuddslinje.objects.bulk_update(rows.values(), ["priority"])
