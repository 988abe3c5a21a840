"""Verbs on the effect of measures: begin to follow it, and measure it in a unit."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer import rules
from planer.models import Effekt, Effekttall, Tiltak


@transaction.atomic
def follow(tiltak: Tiltak, *, by: Ansatt, **values: Any) -> Effekt:
    """Say what the measure shall change, and how often it is measured.

    Raises:
        PermissionDenied: `by` does not plan for the measure's unit.
        DomainError: it is followed by that already.
    """
    if not rules.may_edit_tiltak(by, tiltak):
        raise PermissionDenied
    try:
        with transaction.atomic():
            effekt: Effekt = Effekt.objects.create(tiltak=tiltak, **values)
    except IntegrityError as error:
        raise DomainError(_("Tiltaket blir målt på det fra før.")) from error
    audit.record("effekt.follow", effekt, by=by, tiltak_id=tiltak.pk)
    return effekt


@transaction.atomic
def measure(
    effekt: Effekt, enhet: Enhet, *, on: date, value: Decimal, note: str = "", by: Ansatt
) -> Effekttall:
    """Write what was measured in the unit that day; the unit's first is its baseline.

    The same day again mends it.

    Raises:
        PermissionDenied: `by` does not plan for the unit.
        DomainError: the day has not come.
    """
    if not rules.may_follow_effect(by, enhet):
        raise PermissionDenied
    if on > clock.today():
        raise DomainError(_("Du kan ikke føre en måling for en dag som ikke er kommet."))
    tall, _is_new = Effekttall.objects.update_or_create(
        effekt=effekt,
        enhet=enhet,
        on=on,
        defaults={"value": value, "note": note, "by": by, "at": clock.now()},
    )
    audit.record("effekttall.measure", tall, by=by, enhet_id=enhet.pk)
    return tall
