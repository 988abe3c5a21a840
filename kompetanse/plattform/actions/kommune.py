"""Verbs on tenants: found one that is usable at once, let its administrator in, pause it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import maler
from kompetanse.kommuner.maler import Mal
from kompetanse.kommuner.models import Kommune, Region
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon import actions as organisasjon
from kompetanse.organisasjon import queries as organisasjon_queries
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle
from kompetanse.plattform import trail
from kompetanse.plattform.actions import tall, velkomst
from kompetanse.plattform.models import Operator

# Addresses that are the platform's own.
RESERVED = frozenset({"admin", "demo", "helse", "plattform", "static", "www"})


@dataclass(frozen=True, slots=True)
class Administrator:
    """The first who administers a Kommune, and the code that HR has for the whole of it.

    Number and code are those of the HR system, so that the first import finds both.
    """

    number: str
    first_name: str
    last_name: str
    email: str
    top_code: str


@transaction.atomic
def found(  # noqa: PLR0913 (what one is asked for on one page)
    *,
    slug: str,
    name: str,
    number: str,
    mal: Mal,
    administrator: Administrator,
    maalform: str = Kommune.Maalform.BOKMAAL,
    contact: str = "",
    region: str = "",
    host: str = "",
    by: Operator | None,
) -> tuple[Kommune, str]:
    """Make a Kommune from the template; return it, and the key of its administrator's way in.

    Raises:
        DomainError: address or number is taken, or the address is the platform's own.
    """
    _refuse_taken(slug=slug, number=number)
    kommune = Kommune.objects.create(
        slug=slug,
        name=name,
        number=number,
        maalform=maalform,
        contact=contact,
        host=host,
        region=Region.objects.get_or_create(name=region)[0] if region else None,
    )
    with as_kommune(kommune.pk):
        maler.apply(mal)
        ansatt = _first_administrator(kommune, administrator)
        key = velkomst.welcome(ansatt)
        tall.count()
    trail.record("kommune.found", by=by, about=kommune, mal=mal)
    return kommune, key


@transaction.atomic
def welcome_again(kommune: Kommune, *, number: str, by: Operator | None) -> str:
    """Return a new key for an administrator who has lost the way in.

    Raises:
        DomainError: nobody with that number administers the Kommune.
    """
    with as_kommune(kommune.pk):
        administrators = organisasjon_queries.holders(Rolle.Kode.SYSTEMANSVARLIG)
        ansatt = administrators.filter(number=number, bruker__isnull=False).first()
        if ansatt is None:
            raise DomainError(
                _("Ingen systemansvarlig i %(kommune)s har ansattnummer %(number)s.")
                % {"kommune": kommune.name, "number": number}
            )
        key = velkomst.welcome(ansatt)
        ansatt_id = ansatt.pk
    trail.record("kommune.welcome_again", by=by, about=kommune, ansatt_id=ansatt_id)
    return key


@transaction.atomic
def pause(kommune: Kommune, *, by: Operator | None) -> Kommune:
    """Close the Kommune's pages and its background work; every row is kept.

    Pausing what is paused changes nothing.
    """
    rows = Kommune.objects.filter(pk=kommune.pk, paused_at__isnull=True)
    if rows.update(paused_at=clock.now()):
        trail.record("kommune.pause", by=by, about=kommune)
    kommune.refresh_from_db()
    return kommune


@transaction.atomic
def resume(kommune: Kommune, *, by: Operator | None) -> Kommune:
    """Open a paused Kommune again, as it was."""
    rows = Kommune.objects.filter(pk=kommune.pk, paused_at__isnull=False)
    if rows.update(paused_at=None):
        trail.record("kommune.resume", by=by, about=kommune)
    kommune.refresh_from_db()
    return kommune


def _refuse_taken(*, slug: str, number: str) -> None:
    if slug in RESERVED or Kommune.objects.filter(slug=slug).exists():
        raise DomainError(_("Adressen /%(slug)s/ er opptatt. Velg en annen.") % {"slug": slug})
    if Kommune.objects.filter(number=number).exists():
        raise DomainError(_("Kommunenummer %(number)s er allerede satt opp.") % {"number": number})


def _first_administrator(kommune: Kommune, told: Administrator) -> Ansatt:
    top = organisasjon.place(
        Enhet.objects.create(
            name=f"{kommune.name} kommune", code=told.top_code, kind=Enhet.Kind.KOMMUNE
        ),
        parent=None,
    )
    ansatt = Ansatt.objects.create(
        number=told.number,
        first_name=told.first_name,
        last_name=told.last_name,
        email=told.email,
        enhet=top,
    )
    organisasjon.admit(ansatt, username=told.email, password=None, by=None)
    organisasjon.give(Rolle.Kode.SYSTEMANSVARLIG, ansatt, enhet=top, by=None)
    return ansatt
