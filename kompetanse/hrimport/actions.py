"""Verbs of the pages: start a run and let a worker carry it; keys for the HR system."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock, jobs
from kompetanse.errors import DomainError
from kompetanse.hrimport.jobs import CHECK, READ, TAKE_IN, UNDO, WRITE
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.hr import actions as hr
from kompetanse.organisasjon.hr import afterwards, angre
from kompetanse.organisasjon.models import Ansatt, Hrimport, Hrnokkel
from kompetanse.varsler import actions as varsler
from kompetanse.varsler.models import Kjoring

Source = Hrimport.Source
_PREFIX = "hr_"


@transaction.atomic
def upload(content: bytes, *, file_name: str, is_partial: bool, by: Ansatt) -> Hrimport:
    """Open a run for the file that a person chose. Raises as hr.receive."""
    return hr.receive(
        content, file_name=file_name, source=Source.PERSON, by=by, is_partial=is_partial
    )


@transaction.atomic
def read(hrimport: Hrimport, *, by: Ansatt, return_url: str) -> Kjoring:
    """Let a worker read the file, and check it when its headings are known."""
    return _begin(READ, hrimport, _("Leser og kontrollerer filen"), 3, by, return_url)


@transaction.atomic
def check(hrimport: Hrimport, chosen: Mapping[str, str], *, by: Ansatt, return_url: str) -> Kjoring:
    """Let a worker check the file with these columns. Raises as hr.choose."""
    hrimport = hr.choose(hrimport, chosen, by=by)
    return _begin(CHECK, hrimport, _("Kontrollerer filen"), 3, by, return_url)


@transaction.atomic
def confirm(
    hrimport: Hrimport,
    *,
    check_number: int,
    leavers: Sequence[str],
    by: Ansatt,
    return_url: str,
) -> Kjoring:
    """Say yes to the check, and let a worker write it. Raises as hr.confirm."""
    hrimport = hr.confirm(hrimport, check_number=check_number, leavers=leavers, by=by)
    return _begin(WRITE, hrimport, _("Skriver inn"), 2, by, return_url)


@transaction.atomic
def undo(hrimport: Hrimport, *, by: Ansatt, return_url: str) -> Kjoring:
    """Let a worker undo the run.

    Raises:
        DomainError: someone has built on it; says what.
    """
    found = angre.hindrances(hrimport)
    if found:
        raise DomainError(afterwards.refusal(found))
    kjoring = varsler.begin(_("Angrer importen"), total=2, by=by, return_url=return_url)
    jobs.enqueue(UNDO, hrimport_id=hrimport.pk, kjoring_id=kjoring.pk, by_id=by.pk)
    return kjoring


def _begin(
    job: str, hrimport: Hrimport, what: str, total: int, by: Ansatt, return_url: str
) -> Kjoring:
    kjoring = varsler.begin(what, total=total, by=by, return_url=return_url)
    jobs.enqueue(job, hrimport_id=hrimport.pk, kjoring_id=kjoring.pk)
    return kjoring


# --- keys --------------------------------------------------------------------------------------


@transaction.atomic
def make_key(name: str, *, by: Ansatt) -> tuple[Hrnokkel, str]:
    """Make a key for the HR system; return it with its text, which is never shown again.

    Raises:
        PermissionDenied: `by` may not import.
    """
    _require(by)
    token = f"{_PREFIX}{secrets.token_urlsafe(32)}"
    nokkel = Hrnokkel.objects.create(
        name=name, digest=digest(token), tail=token[-4:], created_by=by
    )
    audit.record("hrnokkel.make", nokkel, by=by)
    return nokkel, token


@transaction.atomic
def revoke_key(nokkel: Hrnokkel, *, by: Ansatt) -> None:
    """Let the key open nothing from now on.

    Raises:
        PermissionDenied: `by` may not import.
    """
    _require(by)
    Hrnokkel.objects.filter(pk=nokkel.pk, revoked_at=None).update(revoked_at=clock.now())
    audit.record("hrnokkel.revoke", nokkel, by=by)


def digest(token: str) -> str:
    """Return the fingerprint that is stored; the key is random enough to need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def key_of(token: str) -> Hrnokkel | None:
    """Return the key of the active Kommune that the text is, unless it is revoked."""
    return Hrnokkel.objects.filter(digest=digest(token), revoked_at=None).first()


@transaction.atomic
def deliver(content: bytes, *, file_name: str, nokkel: Hrnokkel) -> Hrimport:
    """Receive a file from the HR system; a worker takes it in."""
    Hrnokkel.objects.filter(pk=nokkel.pk).update(used_at=clock.now())
    hrimport = hr.receive(content, file_name=file_name, source=Source.TOKEN, by=None)
    audit.record("hrnokkel.deliver", nokkel, by=None, hrimport_id=hrimport.pk)
    jobs.enqueue(TAKE_IN, hrimport_id=hrimport.pk)
    return hrimport


def _require(by: Ansatt) -> None:
    if not access.may(by, Act.IMPORT_HR):
        raise PermissionDenied
