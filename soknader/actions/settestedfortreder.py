"""Verbs for the case that nobody is impartial in: ask for someone to decide it, and name one."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.actions import locked
from soknader.actions.beskjed import tell
from soknader.emails import settestedfortreder as emails
from soknader.models import Settestedfortreder, Soknad
from soknader.queries import prioritering
from soknader.queries import settestedfortreder as queries
from soknader.rules import habilitet


@transaction.atomic
def ask(soknad: Soknad, *, by: Ansatt) -> Settestedfortreder:
    """Ask the chief executive to name who decides; asking again changes nothing.

    Raises:
        PermissionDenied: `by` does not run rounds for the applicant's unit.
        DomainError: the case is decided, someone impartial can decide it, or nobody names.
    """
    soknad = _undecided(soknad)
    if not access.may(by, Act.RUN_ROUND, soknad.ansatt.enhet):
        raise PermissionDenied
    if queries.impartial_in_line(soknad):
        raise DomainError(_("Noen i linja er habile i saken. Da trengs ingen settestedfortreder."))
    namers = list(organisasjon.holders(*access.ALLOWED[Act.NAME_DECIDER]))
    if not namers:
        raise DomainError(
            _(
                "Ingen er registrert som kommunedirektør eller personalsjef. Be"
                " systemansvarlig om å gi rollen."
            )
        )
    row, is_new = Settestedfortreder.objects.get_or_create(soknad=soknad, defaults={"asked_by": by})
    if is_new:
        role = access.capacity(by, Act.RUN_ROUND)
        audit.record("settestedfortreder.ask", row, by=by, role=role, soknad_id=soknad.pk)
        for namer in namers:
            tell("settestedfortreder.ask", row, to=namer, message=emails.asked(soknad))
    return row


@transaction.atomic
def name(
    row: Settestedfortreder, ansatt: Ansatt, *, by: Ansatt, reference: str = ""
) -> Settestedfortreder:
    """Name who decides the case; naming another replaces the one before, until it is decided.

    Raises:
        PermissionDenied: `by` does not name deciders.
        DomainError: the named one is not impartial or decides nothing; or `by` is not impartial,
            and no resolution of a political body is referred to.
    """
    row = Settestedfortreder.objects.select_for_update().get(pk=row.pk)
    soknad = _undecided(row.soknad)
    if not access.may(by, Act.NAME_DECIDER):
        raise PermissionDenied
    if habilitet.is_barred(by, soknad) and not reference.strip():
        raise DomainError(
            _(
                "Du er inhabil i saken selv. Da må et folkevalgt organ peke ut"
                " settestedfortrederen. Skriv hvilket vedtak det er."
            )
        )
    if ansatt not in queries.candidates(soknad):
        raise DomainError(_("Velg en leder eller fagrådgiver som er habil i saken."))
    row.ansatt, row.named_by, row.named_at = ansatt, by, clock.now()
    row.reference = reference.strip()
    row.save(update_fields=["ansatt", "named_by", "named_at", "reference"])
    role = access.capacity(by, Act.NAME_DECIDER)
    audit.record(
        "settestedfortreder.name", row, by=by, role=role, soknad_id=soknad.pk, ansatt_id=ansatt.pk
    )
    occasion = f"settestedfortreder.name:{ansatt.pk}"
    tell(occasion, row, to=ansatt, message=emails.named(soknad))
    return row


def _undecided(soknad: Soknad) -> Soknad:
    soknad = locked.soknad(soknad.pk)
    if soknad.status not in prioritering.UNDECIDED:
        state = soknad.get_status_display().lower()
        raise DomainError(_("Søknaden er %(state)s.") % {"state": state})
    return soknad
