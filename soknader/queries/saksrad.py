"""One case as the database has it, with what belongs to it as JSON, in the order it is shown."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from kompetanse.organisasjon.models import Rolle
from soknader.models import Endring, Kommentar, Kriterium, Poeng, Soknad, Soknadsrunde, Vedlegg
from soknader.queries import endring, listerad, prioritering
from soknader.rules import habilitet

UNION_ROLES = {str(kode): kode.label for kode in (Rolle.Kode.TILLITSVALGT, Rolle.Kode.VERNEOMBUD)}


def whole(runder: QuerySet[Soknadsrunde], soknad_id: int) -> Soknad | None:
    listed = Soknad.objects.filter(
        pk=soknad_id, runde__in=runder.order_by(), status__in=prioritering.LISTED
    )
    soknader: Any = habilitet.with_declared(listed).annotate(
        v=FilteredRelation("vedtak", condition=Q(vedtak__status__in=listerad.IN_PLAY)),
        u=FilteredRelation("uttalelser"),
        attached=_attached(),
        scored=_scored(),
        said=_said(),
        done=_done(),
    )
    found: Soknad | None = soknader.select_related(
        "runde", "ansatt__enhet", "registered_by", "utlysning", "v__decided_by", "u__by"
    ).first()
    return found


def _attached() -> ArraySubquery:
    rows = Vedlegg.objects.filter(soknad=OuterRef("pk")).order_by("pk")
    return ArraySubquery(rows.values(told=JSONObject(pk="pk", name="fil__name")))


def _scored() -> ArraySubquery:
    given = Poeng.objects.filter(kriterium=OuterRef("pk"), soknad=OuterRef(OuterRef("pk")))
    each = JSONObject(by="by_id", first="by__first_name", last="by__last_name", points="points")
    ordered = given.order_by("by__last_name", "by__first_name", "pk")
    rows = Kriterium.objects.filter(runde=OuterRef("runde")).annotate(
        given=ArraySubquery(ordered.values(told=each))
    )
    told = JSONObject(
        pk="pk", name="name", weight="weight", texts="texts", order="order", given="given"
    )
    return ArraySubquery(rows.order_by("order", "pk").values(told=told))


def _said() -> ArraySubquery:
    rows = Kommentar.objects.filter(soknad=OuterRef("pk")).order_by("at", "pk")
    told = JSONObject(
        text="text",
        by="by_id",
        first="by__first_name",
        last="by__last_name",
        union=_union_role("union"),
        kode=_union_role("kode"),
        at="at",
        is_dissent="is_dissent",
        is_shared="is_shared",
    )
    return ArraySubquery(rows.values(told=told))


def _done() -> ArraySubquery:
    rows = Endring.objects.filter(endring.LIVE, soknad=OuterRef("pk")).exclude(
        kind=Endring.Kind.ORDER
    )
    told = JSONObject(pk="pk", kind="kind", by="by_id", text="text")
    return ArraySubquery(rows.order_by("-pk").values(told=told))


def _union_role(name: str) -> Subquery:
    """Return a field of the role in which the writer of the comment speaks for a union."""
    held = Rolle.objects.filter(ansatt=OuterRef("by"), kode__in=UNION_ROLES)
    return Subquery(held.order_by("-pk").values(name)[:1])
