"""Verbs on the account string of the budget, and on the economic plan's period."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from planer.models import Kontodel, Kontokode, Okonomiplan


@transaction.atomic
def add_part(*, by: Ansatt, **values: Any) -> Kontodel:
    """Add a part, last in the string.

    Raises:
        PermissionDenied: `by` does not make proposals.
    """
    _may(by)
    last = Kontodel.objects.order_by("-order").values_list("order", flat=True).first() or 0
    part: Kontodel = Kontodel.objects.create(order=last + 1, **values)
    audit.record("kontodel.add", part, by=by)
    return part


@transaction.atomic
def change_part(part: Kontodel, *, codes: Mapping[str, str], by: Ansatt, **values: Any) -> Kontodel:
    """Give the part another name or default, and its codes by key; no code is no row.

    Raises as `add_part`.
    """
    _may(by)
    for name, value in values.items():
        setattr(part, name, value)
    part.save()
    kept = {key: code for key, code in codes.items() if code}
    part.koder.exclude(key__in=kept).delete()
    Kontokode.objects.bulk_create(
        [Kontokode(part=part, key=key, code=code) for key, code in kept.items()],
        update_conflicts=True,
        unique_fields=["kommune", "part", "key"],
        update_fields=["code"],
    )
    audit.record("kontodel.change", part, by=by, codes=len(kept))
    return part


@transaction.atomic
def remove_part(part: Kontodel, *, by: Ansatt) -> None:
    """Take the part out of the string. Raises as `add_part`."""
    _may(by)
    audit.record("kontodel.remove", part, by=by)
    part.delete()


@transaction.atomic
def set_economic_plan(*, by: Ansatt, first_year: int, **values: Any) -> Okonomiplan:
    """Write the economic plan that begins that year, or correct it. Raises as `add_part`."""
    _may(by)
    plan, _is_new = Okonomiplan.objects.update_or_create(first_year=first_year, defaults=values)
    audit.record("okonomiplan.set", plan, by=by)
    return plan


def _may(by: Ansatt) -> None:
    if not access.may(by, Act.PROPOSE_ACTIONS):
        raise PermissionDenied
