"""Verbs on deputies: who stands in for someone who is away."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import beskjeder, emails
from kompetanse.organisasjon.models import Ansatt, Stedfortreder
from kompetanse.organisasjon.queries import stedfortreder as queries
from kompetanse.organisasjon.rules import may_end_deputy, may_set_deputy

LONGEST = timedelta(days=366)


@transaction.atomic
def stand_in(
    ansatt: Ansatt,
    stedfortreder: Ansatt,
    *,
    starts: date,
    ends: date,
    reason: str,
    by: Ansatt,
) -> Stedfortreder:
    """Let `stedfortreder` have the roles of `ansatt` in the period; both are told.

    Raises:
        PermissionDenied: it is another's absence, and `by` does not give roles.
        DomainError: the period is wrong, `ansatt` has no role of their own to leave, or the same
            person stands in already.
    """
    if not may_set_deputy(by, ansatt):
        raise PermissionDenied
    _must_be_sound(ansatt, stedfortreder, starts, ends)
    row: Stedfortreder = Stedfortreder.objects.create(
        ansatt=ansatt, stedfortreder=stedfortreder, starts=starts, ends=ends, reason=reason, by=by
    )
    audit.record(
        "stedfortreder.set", row, by=by, stedfortreder_id=stedfortreder.pk,
        starts=starts.isoformat(), ends=ends.isoformat(),
    )  # fmt: skip
    beskjeder.tell(emails.standing_in(row))
    if by.pk != ansatt.pk:
        beskjeder.tell(emails.has_deputy(row))
    return row


@transaction.atomic
def end(row: Stedfortreder, *, by: Ansatt) -> None:
    """End it before its time; the deputy's next request is without the roles.

    Raises:
        PermissionDenied: `by` is neither the one who is away, nor gives roles.
        DomainError: it is over already.
    """
    row = Stedfortreder.objects.select_for_update().get(pk=row.pk)
    if not may_end_deputy(by, row):
        raise PermissionDenied
    if row.ended_at is not None or row.ends < clock.today():
        raise DomainError(_("Oppdraget er allerede avsluttet."))
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    audit.record("stedfortreder.end", row, by=by, stedfortreder_id=row.stedfortreder_id)


def _must_be_sound(ansatt: Ansatt, stedfortreder: Ansatt, starts: date, ends: date) -> None:
    if ansatt.pk == stedfortreder.pk:
        raise DomainError(_("Velg en annen enn den som er borte."))
    if ends < starts:
        raise DomainError(_("Siste dag må være samme dag som første dag, eller senere."))
    if ends < clock.today():
        raise DomainError(_("Fraværet er over. En stedfortreder kan ikke registreres bakover."))
    if ends - starts > LONGEST:
        raise DomainError(_("En stedfortreder kan registreres for inntil ett år om gangen."))
    if not queries.roles_to_leave(ansatt, starts=starts, ends=ends).exists():
        raise DomainError(
            _("%(name)s har ingen egen rolle som en stedfortreder kan ta over i den tiden.")
            % {"name": ansatt.full_name}
        )
    if queries.overlapping(ansatt, stedfortreder, starts=starts, ends=ends).exists():
        raise DomainError(
            _("%(name)s er allerede stedfortreder i hele eller deler av tiden.")
            % {"name": stedfortreder.full_name}
        )
