"""Verbs on sessions, one-time passwords, factors and log-in services."""

import secrets
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock, sealing
from kompetanse.innlogging.device import describe
from kompetanse.innlogging.models import Identitet, Okt, Tilbyder
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Bruker
from kompetanse.varsler.actions import notify

# Letters and digits that are not mistaken for each other when read aloud or copied by hand.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LETTERS = 4, 4
# A session lives eight hours at most; rows older than that name nothing.
OLDEST = timedelta(hours=24)
LASTS = timedelta(days=3)


def see(bruker: Bruker, *, session_key: str, before: str, agent: str, method: str) -> None:
    """Keep the user's row for this session; a session that got a new key keeps its row."""
    now = clock.now()
    row = {"seen_at": now, "session_key": session_key, "method": method}
    known = Okt.objects.filter(bruker=bruker, session_key__in=[session_key, before])
    if known.update(**row):
        return
    Okt.objects.filter(bruker=bruker, seen_at__lt=now - OLDEST).delete()
    Okt.objects.bulk_create(
        [Okt(bruker=bruker, device=describe(agent), started_at=now, **row)], ignore_conflicts=True
    )


@transaction.atomic
def end_session(okt: Okt, *, by: Ansatt) -> None:
    """Log the session out; it is over at its next request."""
    audit.record("okt.end", okt, by=by)
    Session.objects.filter(session_key=okt.session_key).delete()
    okt.delete()


@transaction.atomic
def end_all_sessions(bruker: Bruker, *, by: Ansatt) -> None:
    """Log the user out everywhere, also where no row tells of it."""
    locked = Bruker.objects.select_for_update().get(pk=bruker.pk)
    locked.session_round += 1
    locked.save(update_fields=["session_round"])
    okter = Okt.objects.filter(bruker=bruker)
    keys = list(okter.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    okter.delete()
    audit.record("bruker.end_all_sessions", bruker, by=by, count=len(keys))


@transaction.atomic
def give_one_time_password(ansatt: Ansatt, *, by: Ansatt) -> str:
    """Return a password that must be changed at first use and goes out in three days.

    The person is told, and every session of theirs ends. Who has no user gets one, named by the
    employee number.

    Raises:
        PermissionDenied: `by` does not manage log-ins, or is the person.
    """
    _require_manager(by, ansatt)
    password = _random_password()
    bruker = ansatt.bruker or new_user(ansatt)
    bruker.set_password(password)
    bruker.is_one_time, bruker.one_time_expires = True, clock.now() + LASTS
    bruker.save(update_fields=["password", "is_one_time", "one_time_expires"])
    end_all_sessions(bruker, by=by)
    audit.record("bruker.give_one_time_password", ansatt, by=by)
    _tell(ansatt, _("Passordet ditt er nullstilt"), _(ONE_TIME_GIVEN))
    return password


def settle_password(bruker: Bruker) -> None:
    """Let the password that the person has chosen stand until they change it."""
    if bruker.is_one_time:
        bruker.is_one_time, bruker.one_time_expires = False, None
        bruker.save(update_fields=["is_one_time", "one_time_expires"])


@transaction.atomic
def remove_factors(ansatt: Ansatt, *, by: Ansatt) -> None:
    """Take away the person's second factors, for instance when the phone is lost.

    Raises:
        PermissionDenied: `by` does not manage log-ins, or is the person.
    """
    _require_manager(by, ansatt)
    if ansatt.bruker is None:
        return
    count, _rows = Authenticator.objects.filter(user_id=ansatt.bruker.pk).delete()
    end_all_sessions(ansatt.bruker, by=by)
    audit.record("bruker.remove_factors", ansatt, by=by, count=count)
    _tell(ansatt, _("To trinn ved innlogging er fjernet"), _(FACTORS_REMOVED))


@transaction.atomic
def unlink(identitet: Identitet, *, by: Ansatt) -> None:
    """Undo the tie to a subject at a log-in service; the next log-in ties anew by HR's mark."""
    _require_manager(by, None)
    audit.record("identitet.unlink", identitet.ansatt, by=by, tilbyder_id=identitet.tilbyder_id)
    if identitet.ansatt.bruker:
        end_all_sessions(identitet.ansatt.bruker, by=by)
    identitet.delete()


@transaction.atomic
def save_provider(tilbyder: Tilbyder, *, secret: str, by: Ansatt, **answers: Any) -> Tilbyder:
    """Keep the log-in service; an empty secret keeps the one it has."""
    _require_manager(by, None)
    before = {"issuer": tilbyder.issuer, "is_active": tilbyder.is_active} if tilbyder.pk else {}
    for name, value in answers.items():
        setattr(tilbyder, name, value)
    if secret:
        tilbyder.sealed_secret = sealing.seal(secret)
    tilbyder.save()
    after = {"issuer": tilbyder.issuer, "is_active": tilbyder.is_active}
    audit.record(
        "tilbyder.save", tilbyder, by=by, before=before, after=after, is_new_secret=bool(secret)
    )
    return tilbyder


@transaction.atomic
def delete_provider(tilbyder: Tilbyder, *, by: Ansatt) -> None:
    """Stop using the log-in service, and forget who people are there."""
    _require_manager(by, None)
    audit.record("tilbyder.delete", tilbyder, by=by, issuer=tilbyder.issuer)
    tilbyder.delete()


@transaction.atomic
def tie(ansatt: Ansatt, tilbyder: Tilbyder, *, subject: str) -> Bruker:
    """Tie the employee to the subject at first log-in, and return the user they log in as."""
    identitet = Identitet.objects.create(ansatt=ansatt, tilbyder=tilbyder, subject=subject)
    audit.record("identitet.tie", identitet, by=ansatt, tilbyder_id=tilbyder.pk)
    return ansatt.bruker or new_user(ansatt)


def new_user(ansatt: Ansatt) -> Bruker:
    """Give the employee a user without a password, named by the employee number."""
    is_taken = Bruker.objects.filter(username=ansatt.number).exists()
    username = f"{ansatt.number}-{ansatt.pk}" if is_taken else ansatt.number
    bruker = Bruker.objects.create_user(username=username, email=ansatt.email)
    ansatt.bruker = bruker
    ansatt.save(update_fields=["bruker"])
    return bruker


def _require_manager(by: Ansatt, ansatt: Ansatt | None) -> None:
    """Hold that `by` manages log-ins, and does not work on their own by this way."""
    if not access.may(by, Act.MANAGE_LOGIN) or (ansatt is not None and ansatt.pk == by.pk):
        raise PermissionDenied


def _random_password() -> str:
    """Return four groups of four: 79 bits, more than any throttled guessing reaches."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
    return "-".join(groups)


def _tell(ansatt: Ansatt, subject: str, body: str) -> None:
    key = f"innlogging:{ansatt.pk}:{clock.now():%Y%m%d%H%M%S%f}"
    notify(key=key, kind="innlogging", to=ansatt, subject=subject, body=body)


ONE_TIME_GIVEN = (
    "Hei, {navn}!\n\nSystemansvarlig i kommunen har gitt deg et engangspassord. Har du ikke bedt om"
    " det, så si fra til systemansvarlig med en gang."
)
FACTORS_REMOVED = (
    "Hei, {navn}!\n\nSystemansvarlig i kommunen har fjernet appen, passnøklene og reservekodene"
    " dine. Har du ikke bedt om det, så si fra til systemansvarlig med en gang."
)
