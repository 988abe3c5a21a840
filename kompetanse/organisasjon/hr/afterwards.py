"""The verbs of a run that is written or old: who left, undo, discard, forget."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.hr import angre, writing
from kompetanse.organisasjon.hr.actions import names
from kompetanse.organisasjon.hr.running import S, drop_file, locked, require, take_turns, tick
from kompetanse.organisasjon.models import Ansatt, Hrimport, Hrspor

# Kept for the undo; then the traces are erased, and the run is what it is.
KEEP = dt.timedelta(days=14)


@transaction.atomic
def leave(hrimport: Hrimport, numbers: Sequence[str], *, by: Ansatt) -> int:
    """Let those whom a written run did not find have left; return how many did.

    Raises:
        PermissionDenied: `by` may not import.
        TransitionError: the run is not written, or a later one is.
    """
    require(by)
    take_turns()
    hrimport = locked(hrimport, S.WRITTEN)
    if not is_latest(hrimport):
        raise TransitionError(_("En nyere import er skrevet inn. Bruk listen der."))
    tick(hrimport, numbers)
    left = writing.leave(hrimport, numbers, by=by, on=clock.today())
    hrimport.figures["leavers"] = hrimport.figures.get("leavers", 0) + left
    hrimport.save(update_fields=["figures"])
    audit.record("hrimport.leave", hrimport, by=by, count=left)
    return left


def is_latest(hrimport: Hrimport) -> bool:
    """Tell whether no later whole file has been written."""
    later = Hrimport.objects.filter(pk__gt=hrimport.pk, status=S.WRITTEN, is_partial=False)
    return not later.exists()


@transaction.atomic
def undo(hrimport: Hrimport, *, by: Ansatt) -> Hrimport:
    """Make everything that the run wrote what it was before.

    Raises:
        PermissionDenied: `by` may not import.
        TransitionError: the run is not written, or its traces are erased.
        DomainError: someone has built on it; says what.
    """
    require(by)
    take_turns()
    hrimport = locked(hrimport, S.WRITTEN)
    if hrimport.forgotten_at:
        raise TransitionError(_("Importen er for gammel til å angres."))
    found = angre.hindrances(hrimport)
    if found:
        raise DomainError(refusal(found))
    angre.revert(hrimport)
    hrimport.spor.all().delete()
    hrimport.status = S.UNDONE
    hrimport.save(update_fields=["status"])
    audit.record("hrimport.undo", hrimport, by=by, figures=hrimport.figures)
    return hrimport


def refusal(found: Sequence[angre.Hindrance]) -> str:
    """Return why a run cannot be undone, in a sentence that names what hinders."""
    told = " ".join(hindrance.sentence for hindrance in found[: angre.MOST_NAMED])
    rest = len(found) - angre.MOST_NAMED
    more = _(" Og %(count)s til.") % {"count": rest} if rest > 0 else ""
    return _("Importen kan ikke angres, for noen har bygget videre på den. %(told)s%(more)s") % {
        "told": told,
        "more": more,
    }


@transaction.atomic
def discard(hrimport: Hrimport, *, by: Ansatt | None) -> None:
    """Throw the run away; nothing was written.

    Raises:
        PermissionDenied: `by` may not import.
        TransitionError: it is written, or a worker has it.
    """
    require(by)
    hrimport = locked(hrimport, S.MAPPING, S.CHECKED, S.REFUSED)
    hrimport.linjer.all().delete()
    hrimport.status = S.DISCARDED
    hrimport.save(update_fields=["status"])
    drop_file(hrimport)
    audit.record("hrimport.discard", hrimport, by=by)


@transaction.atomic
def forget(*, before: dt.datetime) -> int:
    """Erase lines, traces and files of runs from before that moment; return how many runs."""
    old = list(Hrimport.objects.filter(at__lt=before, forgotten_at=None).select_related("fil"))
    for hrimport in old:
        hrimport.linjer.all().delete()
        Hrspor.objects.filter(hrimport=hrimport).delete()
        if hrimport.is_open or hrimport.is_busy:
            hrimport.status = S.DISCARDED
        hrimport.headings = [{"name": name, "samples": []} for name in names(hrimport)]
        hrimport.forgotten_at = clock.now()
        hrimport.save(update_fields=["status", "headings", "forgotten_at"])
        drop_file(hrimport)
        audit.record("hrimport.forget", hrimport, by=None)
    return len(old)
