"""Verbs on learning arenas: add, rename, remove."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.models import Laringsarena
from planer.queries import arena as queries


@transaction.atomic
def add(*, name: str, by: Ansatt) -> Laringsarena:
    """Add an arena, last in the list.

    Raises:
        PermissionDenied: `by` does not edit plans.
    """
    _may(by)
    last = Laringsarena.objects.aggregate(last=Max("order"))["last"] or 0
    arena: Laringsarena = Laringsarena.objects.create(name=name, order=last + 1)
    audit.record("laringsarena.add", arena, by=by)
    return arena


@transaction.atomic
def rename(arena: Laringsarena, *, name: str, order: int, by: Ansatt) -> Laringsarena:
    """Give the arena another name or place; measures that use it follow. Raises as `add`."""
    _may(by)
    arena.name, arena.order = name, order
    arena.save(update_fields=["name", "order"])
    audit.record("laringsarena.rename", arena, by=by)
    return arena


@transaction.atomic
def remove(arena: Laringsarena, *, by: Ansatt) -> None:
    """Take the arena away.

    Raises:
        DomainError: a measure uses it, this year or an earlier one.
    """
    _may(by)
    if queries.is_used(arena):
        raise DomainError(
            _("Tiltak bruker «%(name)s». Gi den heller et nytt navn.") % {"name": arena.name}
        )
    audit.record("laringsarena.remove", arena, by=by)
    arena.delete()


def _may(by: Ansatt) -> None:
    if not rules.may_edit_plans(by):
        raise PermissionDenied
