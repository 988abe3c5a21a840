"""Verbs on roles."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access, beskjeder, emails
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle
from kompetanse.organisasjon.queries import rolle as queries

Kode = Rolle.Kode


@dataclass(frozen=True, slots=True)
class Terms:
    """From when to when a role is given, both days included, and by which union one is elected."""

    starts: date
    ends: date | None = None
    union: str = ""


@transaction.atomic
def give(
    kode: Rolle.Kode,
    ansatt: Ansatt,
    *,
    enhet: Enhet,
    by: Ansatt | None,
    starts: date | None = None,
    union: str = "",
) -> Rolle:
    """Give the role for the unit and all below it; giving it again changes nothing.

    What the HR file or the set-up of a Kommune says. A person gives roles by `entrust`.
    """
    rolle, is_new = Rolle.objects.get_or_create(
        ansatt=ansatt,
        kode=kode,
        enhet=enhet,
        starts=starts,
        defaults={"given_by": by, "union": union},
    )
    if is_new:
        _record(rolle, by=by)
    return rolle


@transaction.atomic
def entrust(
    kode: Rolle.Kode,
    ansatt: Ansatt,
    *,
    enhet: Enhet,
    by: Ansatt,
    terms: Terms,
) -> Rolle:
    """Let an administrator give a role; the holder is told.

    Nobody takes a role when another administrator can give it. The only one can, and then the
    executives are told, and the list of roles shows it.

    Raises:
        PermissionDenied: `by` does not give roles in that unit.
        DomainError: it is held already, ends before it starts, is elected without a union, or is
            one's own and another can give it.
    """
    if not access.may(by, Act.GIVE_ROLES, enhet):
        raise PermissionDenied
    _must_be_sound(kode, terms)
    same = queries.overlapping(kode, ansatt, enhet, starts=terms.starts, ends=terms.ends)
    if same.exists():
        told = {"name": ansatt.full_name, "role": kode.label, "unit": enhet.name}
        raise DomainError(_("%(name)s er allerede %(role)s for %(unit)s i den tiden.") % told)
    is_own = ansatt.pk == by.pk
    if is_own:
        _must_be_alone(by)
    rolle: Rolle = Rolle.objects.create(
        ansatt=ansatt, kode=kode, enhet=enhet, given_by=by, **asdict(terms)
    )
    _record(rolle, by=by)
    beskjeder.tell(emails.given(rolle))
    if is_own:
        for executive in queries.holders(Kode.KOMMUNEDIREKTOR, Kode.PERSONALSJEF):
            beskjeder.tell(emails.given_to_oneself(rolle, to=executive))
    return rolle


@transaction.atomic
def take(rolle: Rolle, *, by: Ansatt) -> None:
    """End the role from today; it works at the holder's next request, and the holder is told.

    Raises:
        PermissionDenied: `by` does not give roles in that unit.
        DomainError: it is over already, or nobody would be left to administer the Kommune.
    """
    administrators = list(_administrators())
    locked = Rolle.objects.select_for_update(of=("self",)).select_related("ansatt", "enhet")
    rolle = locked.get(pk=rolle.pk)
    if not access.may(by, Act.GIVE_ROLES, rolle.enhet):
        raise PermissionDenied
    if rolle.ends is not None and rolle.ends < clock.today():
        raise DomainError(_("Rollen er allerede avsluttet."))
    if rolle.pk in administrators and len(administrators) == 1:
        raise DomainError(
            _("Dette er den eneste systemansvarlige. Gi rollen til en annen før du avslutter den.")
        )
    rolle.ends, rolle.ended_by = clock.today() - timedelta(days=1), by
    rolle.save(update_fields=["ends", "ended_by"])
    audit.record("rolle.take", rolle, by=by, kode=rolle.kode, ansatt_id=rolle.ansatt_id)
    beskjeder.tell(emails.taken(rolle))


def _record(rolle: Rolle, *, by: Ansatt | None) -> None:
    audit.record(
        "rolle.give", rolle, by=by, kode=rolle.kode, enhet_id=rolle.enhet_id,
        ansatt_id=rolle.ansatt_id,
    )  # fmt: skip


def _administrators() -> list[int]:
    """Return the roles of those who administer today, locked: two cannot end each other's."""
    on = clock.today()
    held = Rolle.objects.filter(
        access.in_force(on), access.still_employed(on, "ansatt__"), kode=Kode.SYSTEMANSVARLIG
    )
    return [rolle.pk for rolle in held.select_for_update(of=("self",)).order_by("pk")]


def _must_be_alone(by: Ansatt) -> None:
    others = queries.holders(Kode.SYSTEMANSVARLIG).exclude(pk=by.pk)
    names = ", ".join(other.full_name for other in others)
    if names:
        raise DomainError(
            _("Du kan ikke gi deg selv en rolle. Be en annen systemansvarlig: %(names)s.")
            % {"names": names}
        )


def _must_be_sound(kode: Rolle.Kode, terms: Terms) -> None:
    if kode == Kode.ANSATT:
        raise DomainError(_("Alle er ansatt. Det er ingen rolle å gi."))
    if terms.ends is not None and terms.ends < terms.starts:
        raise DomainError(_("Sluttdatoen må være etter startdatoen."))
    if kode == Kode.TILLITSVALGT and not terms.union.strip():
        raise DomainError(_("Skriv hvilken organisasjon den tillitsvalgte er valgt av."))
