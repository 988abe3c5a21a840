"""Applications, read: whose they are, who may open them, and what is attached to them."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Soknad, Soknadsrunde, Vedlegg
from soknader.queries import status
from soknader.queries.linje import led
from soknader.rules import habilitet

S = Soknad.Status

NEVER_SENT = (S.DRAFT, S.WITHDRAWN)


def visible_to(actor: Ansatt) -> QuerySet[Soknad]:
    """Return what the actor may open with reasons and attachments.

    Their own and those they registered; what has been sent, for the leaders in line and the
    advisor. A draft is nobody else's business. Union representatives read the list of
    priorities instead, which holds no private texts.
    """
    own = _written_by(actor)
    advised = access.within(actor, Act.RUN_ROUND, enhet="ansatt__enhet")
    sent = (led(actor) | advised) & ~Q(status=S.DRAFT)
    return Soknad.objects.filter(own | sent).select_related("runde", "ansatt__enhet")


def written_by(actor: Ansatt) -> QuerySet[Soknad]:
    """Return those that the actor writes: their own, and those registered for someone else."""
    return Soknad.objects.filter(_written_by(actor)).select_related("runde", "ansatt__enhet")


def with_answers(actor: Ansatt) -> QuerySet[Soknad]:
    """Return those that the actor writes, with all that their answers name."""
    named = written_by(actor).select_related("utlysning", "fokusomrade", "registered_by")
    return with_attached(habilitet.with_declared(status.with_known(named)))


def opened_by(actor: Ansatt, soknad: Soknad) -> Soknad:
    """Return it with the actor in the applicant's place when it is theirs: their roles are read."""
    if soknad.ansatt_id == actor.pk:
        soknad.ansatt = actor
    return soknad


def own(actor: Ansatt) -> QuerySet[Soknad]:
    """Return the actor's applications and those they registered, the newest first.

    Each with what its line says: where it stands, and what happens next.
    """
    mine = written_by(actor).select_related("registered_by")
    return status.with_known(mine).order_by("-runde__deadline", "-pk")


def standing_in(runde: Soknadsrunde, ansatt: Ansatt) -> tuple[Soknad | None, Soknad | None]:
    """Return the employee's draft in the round, and the newest sent one that stands; one query."""
    rows = Soknad.objects.filter(ansatt=ansatt, runde=runde).exclude(status=S.WITHDRAWN)
    found = list(rows.select_related("runde").order_by("-pk"))
    drafts = [each for each in found if each.is_draft]
    return (drafts[-1] if drafts else None), next((e for e in found if not e.is_draft), None)


def with_attached(soknader: QuerySet[Soknad]) -> QuerySet[Any]:
    """Return the applications, each with `attached`: `attachments_of` by name and id."""
    rows = Vedlegg.objects.filter(soknad=OuterRef("pk")).order_by("pk")
    told = JSONObject(pk="pk", fil=JSONObject(name="fil__name"))
    return soknader.annotate(attached=ArraySubquery(rows.values(json=told)))


def attachments_of(soknad: Soknad) -> Sequence[Vedlegg]:
    return list(Vedlegg.objects.filter(soknad=soknad).select_related("fil").order_by("pk"))


def attachments_visible_to(actor: Ansatt) -> QuerySet[Vedlegg]:
    """Return the attachments that the actor may download."""
    visible = visible_to(actor).values("pk")
    return Vedlegg.objects.filter(soknad__in=visible).select_related("fil", "soknad")


def _written_by(actor: Ansatt) -> Q:
    """Return the filter for rules.soknad.writes."""
    return Q(ansatt=actor) | Q(registered_by=actor, taken_over_at__isnull=True)
