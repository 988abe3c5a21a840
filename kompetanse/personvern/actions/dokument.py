"""Verbs on long documents: ordered once, made by a worker, kept a week."""

import gzip
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse import clock, heavy, jobs
from kompetanse.heavy import Work
from kompetanse.kommuner import audit, files
from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Ansatt
from kompetanse.personvern.actions.uttrekk import LASTS
from kompetanse.personvern.jobs import MAKE_DOCUMENT
from kompetanse.personvern.models import Uttrekk
from kompetanse.varsler import actions as varsler
from kompetanse.varsler.models import Kjoring

# After this a worker that has not ended is taken to be dead, and the document is begun anew.
PATIENCE = timedelta(minutes=15)
GZIP = "application/gzip"


@transaction.atomic
def order(
    work: Work, *, name: str, content_type: str, address: str, again: str, by: Ansatt
) -> Kjoring:
    """Let a worker make the document; asked for again meanwhile, it is the same making.

    `address` is the page that gave the content, without the Kommune; `again` is where to try again.
    """
    mark = heavy.fingerprint(work)
    # Two clicks at once wait for each other here.
    Ansatt.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    before = _open_order(mark, by=by)
    if before is not None:
        return before
    wanted = {
        "address": address,
        "again": again,
        "name": name,
        "content_type": content_type,
        "reach": access.reach(by),
    }
    kjoring = varsler.begin(_("Lager %s") % name, total=work.parts, by=by)
    uttrekk = Uttrekk.objects.create(
        ansatt=by,
        kind=Uttrekk.Kind.DOCUMENT,
        wanted=wanted,
        fingerprint=mark,
        underlag=files.store(gzip.compress(heavy.packed(work), 3), name=name, content_type=GZIP),
        kjoring=kjoring,
        expires_at=clock.now() + LASTS,
    )
    url = reverse("personvern:download_file", args=[uttrekk.pk])
    varsler.lead_to(kjoring.pk, url, button=_("Last ned"))
    audit.record("dokument.order", uttrekk, by=by, kind=work.kind)
    jobs.enqueue(MAKE_DOCUMENT, uttrekk_id=uttrekk.pk, kjoring_id=kjoring.pk)
    return kjoring


def _open_order(mark: str, *, by: Ansatt) -> Kjoring | None:
    """Return the making that is under way or done; what is old, broken or lost is taken away."""
    before = (
        Uttrekk.objects.filter(ansatt=by, fingerprint=mark)
        .select_related("kjoring", "fil", "underlag")
        .first()
    )
    if before is None:
        return None
    kjoring: Kjoring | None = before.kjoring
    now = clock.now()
    is_alive = files.is_there(before.fil) if before.fil else before.asked_at > now - PATIENCE
    if kjoring is not None and is_alive and before.expires_at > now:
        return kjoring
    forget(before)
    return None


@transaction.atomic
def keep(uttrekk: Uttrekk, *, content: bytes) -> None:
    """Store what the worker made, and let go of what it was made of.

    An order that was taken away meanwhile, since it was asked for anew, gets nothing.
    """
    if not Uttrekk.objects.select_for_update().filter(pk=uttrekk.pk).exists():
        return
    wanted, underlag = uttrekk.wanted, uttrekk.underlag
    uttrekk.fil = files.store(content, name=wanted["name"], content_type=wanted["content_type"])
    uttrekk.underlag = None
    uttrekk.save(update_fields=["fil", "underlag"])
    if underlag is not None:
        files.remove(underlag)
    if uttrekk.kjoring is not None:
        varsler.finish(uttrekk.kjoring.pk, total=uttrekk.kjoring.total)


@transaction.atomic
def give_up(uttrekk: Uttrekk) -> None:
    """Tell the one who waits that it did not succeed, and let them try again."""
    kjoring, again = uttrekk.kjoring, uttrekk.wanted["again"]
    forget(uttrekk)
    if kjoring is not None:
        sentence = _("Beklager, dokumentet ble ikke laget. Det skyldes ikke noe du gjorde.")
        varsler.lead_to(kjoring.pk, again, button=_("Prøv igjen"))
        varsler.end(kjoring.pk, message=sentence, has_failed=True)


def forget(uttrekk: Uttrekk) -> None:
    """Remove the document and what it was made of."""
    left = [fil for fil in (uttrekk.fil, uttrekk.underlag) if fil is not None]
    uttrekk.delete()
    for fil in left:
        files.remove(fil)
