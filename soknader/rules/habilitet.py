"""Who is impartial in an application: the rule of the ground, and what is declared of the case."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet

from kompetanse.organisasjon import habilitet
from kompetanse.organisasjon.habilitet import LEVEL, Ground, Habilitet, leading, with_deputies
from kompetanse.organisasjon.models import Ansatt, Habilitetserklaring, Rolle
from soknader.models import Inhabilitet, Soknad

__all__ = [
    "LEVEL", "Ground", "Habilitet", "ground", "is_barred", "leading", "read", "with_deputies"
]  # fmt: skip


def read(
    soknader: QuerySet[Soknad], *, people: Sequence[Ansatt], roles: Iterable[Rolle] | None = None
) -> Habilitet:
    """Return who among `people` is impartial in which of `soknader`; two queries.

    `roles` are the `leading` ones, when they have been read already.
    """
    towards = soknader.annotate(towards=habilitet.declared_towards("ansatt"))
    rows = list(towards.values_list("pk", "ansatt_id", "inhabile__ansatt_id", "towards"))
    owners = {pk: owner for pk, owner, _declared, _towards in rows}
    of_case = {(pk, declared) for pk, _owner, declared, _towards in rows if declared}
    of_owner = {(pk, each) for pk, _owner, _declared, told in rows for each in told}
    return habilitet.of(owners, of_case | of_owner, people=people, roles=roles)


def ground(actor: Ansatt, soknad: Soknad) -> Ground | None:
    """Return why the actor may not decide the one application, or None.

    Two queries; one when the application was read `with_declared`.
    """
    if "declared_in" in vars(soknad):
        return ground_of(actor, soknad)
    return read(Soknad.objects.filter(pk=soknad.pk), people=[actor]).ground(actor.pk, soknad.pk)


def with_declared(soknader: QuerySet[Soknad]) -> QuerySet[Soknad]:
    """Return the applications, each with who has declared not to be impartial in it."""
    of_case = Inhabilitet.objects.filter(soknad=OuterRef("pk"))
    return soknader.annotate(
        declared_in=ArraySubquery(of_case.values("ansatt")),
        declared_towards=habilitet.declared_towards("ansatt"),
    )


def ground_of(actor: Ansatt, soknad: Soknad) -> Ground | None:
    """Return what `ground` does, of an application that was read `with_declared`; one query."""
    told: Any = soknad
    declared = [(soknad.pk, pk) for pk in (*told.declared_in, *told.declared_towards)]
    found = habilitet.of({soknad.pk: soknad.ansatt_id}, declared, people=[actor])
    return found.ground(actor.pk, soknad.pk)


def is_barred(actor: Ansatt, soknad: Soknad) -> bool:
    """Return whether the actor may not even prepare the case: own, or declared.

    One query; none when the application was read `with_declared`.
    """
    if soknad.ansatt_id == actor.pk:
        return True
    told = vars(soknad)
    if "declared_in" in told:
        return actor.pk in (*told["declared_in"], *told["declared_towards"])
    return Soknad.objects.filter(declared_by(actor.pk), pk=soknad.pk).exists()


def declared_by(ansatt_id: int) -> Exists:
    """Return whether the person has declared not to be impartial, of the case or its owner."""
    of_case = Inhabilitet.objects.filter(soknad=OuterRef("pk"), ansatt=ansatt_id)
    of_owner = Habilitetserklaring.objects.filter(
        other=OuterRef("ansatt"), ansatt=ansatt_id, ended_at__isnull=True
    )
    return Exists(of_case) | Exists(of_owner)  # type: ignore[return-value]
