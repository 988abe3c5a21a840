"""Verbs on templates for introductions and their steps."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse.errors import StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.models import Introduksjonsmal, Malsteg


@transaction.atomic
def make(*, by: Ansatt, **values: Any) -> Introduksjonsmal:
    """Make a template without steps.

    Raises:
        PermissionDenied: `by` does not make templates.
    """
    _may(by)
    mal: Introduksjonsmal = Introduksjonsmal.objects.create(**values)
    audit.record("introduksjonsmal.make", mal, by=by)
    return mal


@transaction.atomic
def change(mal: Introduksjonsmal, *, version: int, by: Ansatt, **values: Any) -> Introduksjonsmal:
    """Change the template's head; plans that are begun stay as they are.

    Raises:
        PermissionDenied: `by` does not make templates.
        StaleError: someone else changed it since `version`.
    """
    _may(by)
    mal = Introduksjonsmal.objects.select_for_update().get(pk=mal.pk)
    if mal.version != version:
        raise StaleError(_("Noen andre endret malen. Se over, og lagre en gang til."))
    for name, value in values.items():
        setattr(mal, name, value)
    mal.version += 1
    mal.save()
    audit.record("introduksjonsmal.change", mal, by=by)
    return mal


@transaction.atomic
def add_step(mal: Introduksjonsmal, *, by: Ansatt, **values: Any) -> Malsteg:
    """Add a step, which plans begun from now on have. Raises as `make`."""
    _may(by)
    steg: Malsteg = Malsteg.objects.create(mal=mal, **values)
    audit.record("malsteg.add", steg, by=by, mal_id=mal.pk)
    return steg


@transaction.atomic
def change_step(steg: Malsteg, *, by: Ansatt, **values: Any) -> Malsteg:
    """Give the step new content; plans that are begun stay as they are. Raises as `make`."""
    _may(by)
    for name, value in values.items():
        setattr(steg, name, value)
    steg.save()
    audit.record("malsteg.change", steg, by=by, mal_id=steg.mal_id)
    return steg


@transaction.atomic
def remove_step(steg: Malsteg, *, by: Ansatt) -> None:
    """Take the step out of the template. Raises as `make`."""
    _may(by)
    audit.record("malsteg.remove", steg, by=by, mal_id=steg.mal_id)
    steg.delete()


def load(rows: list[Mapping[str, Any]]) -> int:
    """Make templates from a file's rows, for a Kommune that has none of them; return how many."""
    known = set(Introduksjonsmal.objects.values_list("name", flat=True))
    fresh = [dict(row) for row in rows if row["name"] not in known]
    for row in fresh:
        steps = row.pop("steg")
        mal = Introduksjonsmal.objects.create(**row)
        Malsteg.objects.bulk_create(Malsteg(mal=mal, **step) for step in steps)
    return len(fresh)


def _may(by: Ansatt) -> None:
    if not rules.may_edit_introduction(by):
        raise PermissionDenied
