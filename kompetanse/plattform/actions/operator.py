"""Verbs on operators: welcome, choose a password, log in and out."""

import secrets
from datetime import timedelta
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.plattform import nokler, throttle, totp, trail
from kompetanse.plattform.models import Operator, Operatorokt

WELCOME_VALID = timedelta(hours=24)
LONGEST_SESSION = timedelta(hours=8)
LONGEST_IDLE = timedelta(minutes=15)
# How often it is written down that an operator is still there.
GRAIN = timedelta(seconds=60)


class RefusedError(DomainError):
    """The log-in was refused. What was wrong is not said."""


@transaction.atomic
def welcome(*, email: str, name: str) -> str:
    """Make the operator, or let one who is known start anew; return the key of the welcome.

    Starting anew takes away password, second factor and every log-in.
    """
    operator = Operator.objects.select_for_update().filter(email__iexact=email).first()
    operator = operator or Operator(email=email.lower())
    key = nokler.new()
    operator.name, operator.password, operator.is_active = name, "", True
    operator.totp_sealed, operator.totp_step = totp.new_sealed(), 0
    operator.welcome_hash = nokler.hashed(key)
    operator.welcome_until = clock.real_now() + WELCOME_VALID
    operator.save()
    operator.okter.all().delete()
    trail.record("operator.welcome", by=None, operator_id=operator.pk)
    return key


def awaited(key: str) -> Operator | None:
    """Return the operator that the key welcomes, while it is valid."""
    return Operator.objects.filter(
        welcome_hash=nokler.hashed(key), welcome_until__gt=clock.real_now(), is_active=True
    ).first()


@transaction.atomic
def accept(key: str, *, password: str, code: str) -> Operator:
    """Set the password, once the first code has shown that the second factor works.

    Raises:
        DomainError: the address is used or too old.
        RefusedError: the code is not the right one.
    """
    found = awaited(key)
    if found is None:
        raise DomainError(_("Adressen er brukt eller for gammel. Be om en ny."))
    operator = Operator.objects.select_for_update().get(pk=found.pk)
    step = _step(operator, code)
    if step is None:
        raise RefusedError(_("Koden passer ikke. Vent til appen viser en ny, og prøv den."))
    operator.password, operator.totp_step = make_password(password), step
    operator.welcome_hash, operator.welcome_until = "", None
    operator.save()
    trail.record("operator.accept", by=operator)
    return operator


def log_in(*, email: str, password: str, code: str, address: str) -> str:
    """Return the key of a new log-in.

    A refusal is written down too. Raises:
        RefusedError: wrong, or too many tries; the sentence does not say which part was wrong.
    """
    if not throttle.allows(email=email, address=address):
        raise RefusedError(_("Det ble for mange forsøk. Vent fem minutter, og prøv en gang til."))
    with transaction.atomic():
        operator = Operator.objects.select_for_update().filter(email__iexact=email).first()
        step = _proved(operator, password=password, code=code)
        if operator is not None and step is not None:
            operator.totp_step = step
            operator.save(update_fields=["totp_step"])
            throttle.forget(email=email, address=address)
            return begin(operator)
        trail.record("operator.refuse", by=None, operator_id=operator.pk if operator else None)
    raise RefusedError(_("E-posten, passordet og koden passer ikke sammen. Prøv en gang til."))


@transaction.atomic
def begin(operator: Operator) -> str:
    """Return the key of a new log-in for one who has proved who they are."""
    key = nokler.new()
    Operatorokt.objects.create(operator=operator, key_hash=nokler.hashed(key))
    trail.record("operator.log_in", by=operator)
    return key


def seen(key: str) -> Operator | None:
    """Return who has the log-in, unless it is too old or has been idle; note that they are here."""
    now = clock.real_now()
    okt = (
        Operatorokt.objects.select_related("operator")
        .filter(
            key_hash=nokler.hashed(key),
            operator__is_active=True,
            started_at__gt=now - LONGEST_SESSION,
            seen_at__gt=now - LONGEST_IDLE,
        )
        .first()
    )
    if okt is None:
        return None
    if now - okt.seen_at > GRAIN:
        Operatorokt.objects.filter(pk=okt.pk).update(seen_at=now)
    return okt.operator


@transaction.atomic
def log_out(operator: Operator) -> None:
    """End every log-in of the operator, in all browsers."""
    operator.okter.all().delete()
    trail.record("operator.log_out", by=operator)


def tidy() -> int:
    """Delete log-ins that are over; return how many."""
    now = clock.real_now()
    over = Q(started_at__lte=now - LONGEST_SESSION) | Q(seen_at__lte=now - LONGEST_IDLE)
    return Operatorokt.objects.filter(over).delete()[0]


def _proved(operator: Operator | None, *, password: str, code: str) -> int | None:
    """Return the step of the code when both factors hold; as slow for nobody as for someone."""
    stored = operator.password if operator and operator.password else _nobodys_password()
    is_right = check_password(password, stored)
    if operator is None or not operator.is_active or not is_right:
        return None
    return _step(operator, code)


@cache
def _nobodys_password() -> str:
    return make_password(secrets.token_hex())


def _step(operator: Operator, code: str) -> int | None:
    key = totp.secret(operator.totp_sealed)
    return totp.matching_step(key, code, at=clock.real_now(), after=operator.totp_step)
