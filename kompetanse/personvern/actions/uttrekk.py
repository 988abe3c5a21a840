"""Verbs on files that people ask for: small ones at once, long ones by a worker."""

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from kompetanse import clock, jobs
from kompetanse.kommuner import audit, files
from kompetanse.organisasjon.models import Ansatt
from kompetanse.personvern.jobs import EXPORT_EVENTS, PACK_PERSON
from kompetanse.personvern.models import Uttrekk
from kompetanse.personvern.queries.hendelser import Filter
from kompetanse.varsler import actions as varsler
from kompetanse.varsler.models import Kjoring

LASTS = timedelta(days=7)
WORDS = {Uttrekk.Kind.EVENTS: "uttrekk av hendelser", Uttrekk.Kind.PERSON: "uttrekk av mine data"}


@transaction.atomic
def ask_for_events(wanted: Filter, *, form: str, return_url: str, by: Ansatt) -> Kjoring:
    """Let a worker write the trail that matches to a file; the person follows the work."""
    chosen = json.loads(json.dumps(asdict(wanted), cls=DjangoJSONEncoder))
    uttrekk = _asked(Uttrekk.Kind.EVENTS, {"filter": chosen, "form": form}, by=by)
    audit.record("hendelser.export", uttrekk, by=by, form=form)
    return _begun(uttrekk, EXPORT_EVENTS, return_url=return_url)


@transaction.atomic
def ask_for_own(*, return_url: str, by: Ansatt) -> Kjoring:
    """Let a worker put everything about the person, with files, in a zip."""
    uttrekk = _asked(Uttrekk.Kind.PERSON, {}, by=by)
    audit.record("mine_data.export", uttrekk, by=by)
    return _begun(uttrekk, PACK_PERSON, return_url=return_url)


def tell_of_own(form: str, *, by: Ansatt) -> None:
    """Write down that the person fetched their own data."""
    audit.record("mine_data.export", by, by=by, form=form)


def tell_of_events(form: str, count: int, *, by: Ansatt) -> None:
    """Write down that the trail was fetched, and how many lines."""
    audit.record("hendelser.export", by, by=by, form=form, count=count)


@transaction.atomic
def keep(uttrekk: Uttrekk, *, content: bytes, name: str, content_type: str) -> None:
    """Store what the worker made; done again it keeps the newest."""
    before = uttrekk.fil
    uttrekk.fil = files.store(content, name=name, content_type=content_type)
    uttrekk.save(update_fields=["fil"])
    if before is not None:
        files.remove(before)


def _asked(kind: Uttrekk.Kind, wanted: dict[str, Any], *, by: Ansatt) -> Uttrekk:
    uttrekk: Uttrekk = Uttrekk.objects.create(
        ansatt=by, kind=kind, wanted=wanted, expires_at=clock.now() + LASTS
    )
    return uttrekk


def _begun(uttrekk: Uttrekk, job: str, *, return_url: str) -> Kjoring:
    kind = WORDS[Uttrekk.Kind(uttrekk.kind)]
    kjoring = varsler.begin(kind, total=1, by=uttrekk.ansatt, return_url=return_url)
    jobs.enqueue(job, uttrekk_id=uttrekk.pk, kjoring_id=kjoring.pk)
    return kjoring
