"""Verbs on networks and working groups."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.models import Nettverk, Nettverksaktivitet, Nettverksmedlem
from planer.workflow import nettverk as workflow


@transaction.atomic
def make(*, name: str, contact: Ansatt, by: Ansatt, **values: Any) -> Nettverk:
    """Make a network with its first contact person.

    Raises:
        PermissionDenied: `by` does not write plans.
        DomainError: there is one with that name.
    """
    if not rules.may_edit_plans(by):
        raise PermissionDenied
    _must_be_new(name, among=Nettverk.objects.all())
    nettverk: Nettverk = Nettverk.objects.create(name=name, **values)
    Nettverksmedlem.objects.create(nettverk=nettverk, ansatt=contact, is_contact=True)
    audit.record("nettverk.make", nettverk, by=by)
    return nettverk


@transaction.atomic
def change(nettverk: Nettverk, *, version: int, by: Ansatt, **values: Any) -> Nettverk:
    """Give the network another name, mandate or rhythm.

    Raises:
        StaleError: someone else has changed it since `version`.
        DomainError: there is another one with that name.
        TransitionError, PermissionDenied: it is ended, or not `by`'s to change.
    """
    nettverk = _open("change", nettverk, by=by)
    if nettverk.version != version:
        raise StaleError(
            _("Noen andre endret nettverket mens du skrev. Sjekk teksten, og lagre en gang til.")
        )
    _must_be_new(values["name"], among=Nettverk.objects.exclude(pk=nettverk.pk))
    for name, value in values.items():
        setattr(nettverk, name, value)
    nettverk.version += 1
    nettverk.save()
    audit.record("nettverk.change", nettverk, by=by, fields=sorted(values))
    return nettverk


@transaction.atomic
def step(nettverk: Nettverk, name: str, *, by: Ansatt) -> Nettverk:
    """Let it rest, take it up again, or end it.

    Raises:
        TransitionError, PermissionDenied: its status does not lead there, or not by `by`.
    """
    nettverk = _locked(nettverk)
    taken = workflow.check(name, nettverk, by=by)
    nettverk.status = taken.leads_to(nettverk.status)
    if nettverk.status == Nettverk.Status.ENDED:
        nettverk.ends = clock.today()
    nettverk.version += 1
    nettverk.save(update_fields=["status", "ends", "version"])
    audit.record(f"nettverk.{name}", nettverk, by=by)
    return nettverk


@transaction.atomic
def enrol(
    nettverk: Nettverk, *, ansatt: Ansatt, is_contact: bool = False, by: Ansatt
) -> Nettverksmedlem:
    """Add a member, or make a member a contact person. Raises as `step`."""
    nettverk = _open("enrol", nettverk, by=by)
    return _enrol(nettverk, ansatt, by=by, defaults={"is_contact": is_contact})


@transaction.atomic
def join(nettverk: Nettverk, *, by: Ansatt) -> Nettverksmedlem:
    """Become a member oneself; a working group is put together by others.

    Raises:
        TransitionError, PermissionDenied: it is ended, a working group, or `by` is a member.
    """
    nettverk = _open("join", nettverk, by=by)
    return _enrol(nettverk, by, by=by, defaults={})


@transaction.atomic
def leave(medlem: Nettverksmedlem, *, by: Ansatt) -> None:
    """Go out of the network, or take someone out.

    Raises:
        PermissionDenied: it is someone else, and not `by`'s network.
        DomainError: the last contact person of a living network cannot go.
    """
    nettverk = _locked(medlem.nettverk)
    if medlem.ansatt_id != by.pk and not rules.may_run_nettverk(by, nettverk):
        raise PermissionDenied
    others = nettverk.medlemmer.filter(is_contact=True).exclude(pk=medlem.pk)
    is_alive = nettverk.status != Nettverk.Status.ENDED
    if medlem.is_contact and is_alive and not others.exists():
        raise DomainError(_("Nettverket må ha en kontaktperson. Velg en ny først."))
    audit.record("nettverksmedlem.leave", medlem, by=by)
    medlem.delete()


@transaction.atomic
def tell(
    nettverk: Nettverk,
    *,
    on: date,
    title: str,
    text: str = "",
    present: int | None = None,
    by: Ansatt,
) -> Nettverksaktivitet:
    """Write down a meeting or another activity, held or planned. Raises as `step`."""
    nettverk = _open("tell", nettverk, by=by)
    aktivitet: Nettverksaktivitet = Nettverksaktivitet.objects.create(
        nettverk=nettverk, on=on, title=title, text=text, present=present, by=by
    )
    audit.record("nettverksaktivitet.tell", aktivitet, by=by)
    return aktivitet


def _enrol(
    nettverk: Nettverk, ansatt: Ansatt, *, by: Ansatt, defaults: dict[str, bool]
) -> Nettverksmedlem:
    medlem: Nettverksmedlem
    medlem, _is_new = Nettverksmedlem.objects.update_or_create(
        nettverk=nettverk, ansatt=ansatt, defaults=defaults
    )
    audit.record("nettverksmedlem.enrol", medlem, by=by)
    return medlem


def _must_be_new(name: str, *, among: QuerySet[Nettverk]) -> None:
    if among.filter(name__iexact=name).exists():
        raise DomainError(_("Det finnes allerede et nettverk med navnet «%(n)s».") % {"n": name})


def _open(name: str, nettverk: Nettverk, *, by: Ansatt) -> Nettverk:
    nettverk = _locked(nettverk)
    workflow.check(name, nettverk, by=by)
    return nettverk


def _locked(nettverk: Nettverk) -> Nettverk:
    found: Nettverk = Nettverk.objects.select_for_update().get(pk=nettverk.pk)
    return found
