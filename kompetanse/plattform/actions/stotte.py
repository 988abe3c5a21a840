"""Verbs on support: ask to look into a Kommune, be let in or refused, open a page, end."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import audit
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.plattform import nokler, queries, trail
from kompetanse.plattform.models import Operator, Stotteokt, Stottevalg
from kompetanse.skall import norsk
from kompetanse.varsler import actions as varsler

S = Stotteokt.State
KIND = "stotte"


@transaction.atomic
def ask(kommune: Kommune, *, reason: str, minutes: int, by: Operator) -> Stotteokt:
    """Ask to look into the Kommune; it opens at once unless the Kommune wants to be asked first.

    Those who administer the Kommune are told in either case.

    Raises:
        DomainError: no reason, too short or too long, or the Kommune is paused.
    """
    _refuse_bad(kommune, reason=reason, minutes=minutes)
    with as_kommune(kommune.pk):
        okt = Stotteokt.objects.create(
            operator=by, operator_name=by.name, reason=reason.strip(), minutes=minutes
        )
        _record("stotte.ask", okt, minutes=minutes)
        if not queries.stotte.asks_first():
            _open(okt)
        _tell(okt)
    _remember(kommune, okt)
    trail.record("stotte.ask", by=by, about=kommune, stotteokt_id=okt.pk, minutes=minutes)
    return okt


@transaction.atomic
def enter(okt: Stotteokt, kommune: Kommune, *, by: Operator) -> str:
    """Return the key of the browser that looks; the key before it stops working.

    Raises:
        TransitionError: it is not open, or somebody else asked for it.
    """
    with as_kommune(kommune.pk):
        okt = _locked(okt)
        if okt.operator_id != by.pk or not okt.is_open(clock.now()):
            raise TransitionError(_("Innsynet er ikke åpent. Be om et nytt."))
        key = nokler.new()
        okt.key_hash = nokler.hashed(key)
        okt.save(update_fields=["key_hash"])
        _record("stotte.enter", okt)
    _remember(kommune, okt)
    trail.record("stotte.enter", by=by, about=kommune, stotteokt_id=okt.pk)
    return key


@transaction.atomic
def allow(okt: Stotteokt, *, by: Ansatt) -> Stotteokt:
    """Let the operator in, from now and for as long as was asked.

    Raises:
        PermissionDenied: `by` does not administer the Kommune.
        TransitionError: it is answered already.
    """
    okt = _awaiting(okt, by=by)
    okt.answered_by = by
    _open(okt)
    audit.record("stotte.allow", okt, by=by)
    return okt


@transaction.atomic
def refuse(okt: Stotteokt, *, by: Ansatt) -> Stotteokt:
    """Say no. Raises as `allow`."""
    okt = _awaiting(okt, by=by)
    okt.answered_by, okt.ended_at = by, clock.now()
    okt.save(update_fields=["answered_by", "ended_at"])
    audit.record("stotte.refuse", okt, by=by)
    return okt


@transaction.atomic
def stop(okt: Stotteokt, *, by: Ansatt) -> Stotteokt:
    """End it at once, on the Kommune's behalf: the operator's next page is closed.

    Raises:
        PermissionDenied: `by` does not administer the Kommune.
        TransitionError: it is over already.
    """
    _may_answer(by)
    okt = _locked(okt)
    if not okt.is_open(clock.now()):
        raise TransitionError(_("Innsynet er allerede slutt."))
    okt.ended_at, okt.ended_by = clock.now(), by
    okt.save(update_fields=["ended_at", "ended_by"])
    audit.record("stotte.stop", okt, by=by)
    return okt


@transaction.atomic
def leave(okt: Stotteokt) -> None:
    """End it because the operator is done; ending it twice changes nothing."""
    okt = _locked(okt)
    if okt.is_open(clock.now()):
        okt.ended_at = clock.now()
        okt.save(update_fields=["ended_at"])
        _record("stotte.leave", okt)


@transaction.atomic
def choose(*, asks_first: bool, by: Ansatt) -> Stottevalg:
    """Say whether an operator must be let in by someone here.

    Raises:
        PermissionDenied: `by` does not administer the Kommune.
    """
    _may_answer(by)
    valg: Stottevalg
    valg, _is_new = Stottevalg.objects.update_or_create(defaults={"asks_first": asks_first})
    audit.record("stotte.choose", valg, by=by, asks_first=asks_first)
    return valg


def open_page(okt: Stotteokt, page: str, ids: Mapping[str, Any]) -> None:
    """Write down in the Kommune's own trail which page the operator opened."""
    _record("stotte.page", okt, page=page, ids={key: str(value) for key, value in ids.items()})


def _refuse_bad(kommune: Kommune, *, reason: str, minutes: int) -> None:
    if not reason.strip():
        raise DomainError(_("Skriv hvorfor du trenger innsyn."))
    if not Stotteokt.SHORTEST <= minutes <= Stotteokt.LONGEST:
        raise DomainError(_("Et innsyn varer fra 15 til 120 minutter."))
    if kommune.paused_at is not None:
        raise DomainError(_("Kommunen er satt på pause. Åpne den før du ber om innsyn."))


def _open(okt: Stotteokt) -> None:
    okt.opened_at = clock.now()
    okt.ends_at = okt.opened_at + timedelta(minutes=okt.minutes)
    okt.save(update_fields=["opened_at", "ends_at", "answered_by"])


def _remember(kommune: Kommune, okt: Stotteokt) -> None:
    """Let the Kommune's row say how late someone may be looking, so that pages know for free."""
    if okt.ends_at is not None:
        later = max(kommune.support_until or okt.ends_at, okt.ends_at)
        Kommune.objects.filter(pk=kommune.pk).update(support_until=later)


def _awaiting(okt: Stotteokt, *, by: Ansatt) -> Stotteokt:
    _may_answer(by)
    okt = _locked(okt)
    if okt.state(clock.now()) != S.ASKED:
        raise TransitionError(_("Det er allerede svart på."))
    return okt


def _may_answer(by: Ansatt) -> None:
    if not access.may(by, Act.SEE_SUPPORT):
        raise PermissionDenied


def _locked(okt: Stotteokt) -> Stotteokt:
    return Stotteokt.objects.select_for_update(of=("self",)).get(pk=okt.pk)


def _record(action: str, okt: Stotteokt, **details: Any) -> None:
    audit.record(action, okt, by=None, role=KIND, operator_id=okt.operator_id, **details)


def _tell(okt: Stotteokt) -> None:
    """Tell those who administer the Kommune who looks, why, and for how long."""
    is_open = okt.opened_at is not None
    subject = _("Innsyn fra driften har startet") if is_open else _("Driften ber om innsyn")
    for ansatt in organisasjon.holders(Rolle.Kode.SYSTEMANSVARLIG):
        varsler.notify(
            key=f"stotte:{okt.pk}",
            kind=KIND,
            to=ansatt,
            subject=subject,
            body=_body(okt),
        )


def _body(okt: Stotteokt) -> str:
    told = {"who": okt.operator_name, "why": okt.reason, "minutes": okt.minutes}
    if okt.ends_at is None:
        text = _(
            "Hei, {navn}!\n\n%(who)s, som drifter tjenesten, ber om å se den slik en"
            " systemansvarlig ser den, i %(minutes)s minutter. Grunnen er: %(why)s\n\n"
            "Logg inn i tjenesten og svar under «Innsyn fra driften». Ingen ser noe før du har"
            " svart ja."
        )
    else:
        told["until"] = norsk.klokkeslett(okt.ends_at)
        text = _(
            "Hei, {navn}!\n\n%(who)s, som drifter tjenesten, ser den nå slik en systemansvarlig"
            " ser den. Grunnen er: %(why)s\n\nInnsynet varer til kl. %(until)s. Ingenting kan"
            " endres, og hver side som åpnes, blir logget. Du kan stoppe det når du vil: Logg inn"
            " i tjenesten, og gå til «Innsyn fra driften»."
        )
    return str(text % told)
