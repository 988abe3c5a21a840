"""Verbs on the county's answer to an application. Money is whole NOK."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from rapporter.models import (
    Fordeling,
    Svarlinje,
    Tilskuddslinje,
    Tilskuddssoknad,
    Tilskuddssvar,
)
from rapporter.workflow import fordeling as fordelinger
from rapporter.workflow import innsending as workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the county answered. `granted`: NOK by line; a line that is not named got nothing."""

    amount: int
    received_on: date
    case_number: str
    conditions: str
    granted: Mapping[int, int]


@transaction.atomic
def register(soknad: Tilskuddssoknad, answer: Answer, *, version: int, by: Ansatt) -> Tilskuddssvar:
    """Write the county's answer, or correct it until its distribution is put forward.

    Raises:
        TransitionError: the application is not sent, or the distribution is put forward.
        StaleError: someone else changed it after `by` opened it.
        DomainError: the lines do not add up, or more of a line is given to units already.
    """
    soknad = Tilskuddssoknad.objects.select_for_update(of=("self",)).get(pk=soknad.pk)
    workflow.check("answer", soknad, by=by, version=version)
    lines = sum(answer.granted.values())
    if lines != answer.amount:
        raise DomainError(unequal(lines, answer.amount))
    svar, _is_new = Tilskuddssvar.objects.update_or_create(
        soknad=soknad,
        defaults={
            "amount": answer.amount,
            "received_on": answer.received_on,
            "case_number": answer.case_number,
            "conditions": answer.conditions,
            "by": by,
            "at": clock.now(),
        },
    )
    fordeling, _is_new = Fordeling.objects.select_for_update().get_or_create(svar=svar)
    fordelinger.check("edit", fordeling, by=by)
    for linje in Tilskuddslinje.objects.filter(soknad=soknad):
        _decide(svar, linje, answer.granted.get(linje.pk, 0))
    Tilskuddssoknad.objects.filter(pk=soknad.pk).update(version=F("version") + 1)
    Fordeling.objects.filter(pk=fordeling.pk).update(version=F("version") + 1)
    audit.record("tilskuddssvar.register", svar, by=by, case=soknad, amount=answer.amount)
    return svar


def unequal(lines: int, amount: int) -> str:
    """Return the sentence that tells that the lines do not add up to what was received."""
    return _(
        "Linjene er til sammen %(lines)s, men det er mottatt %(amount)s. Summene skal være like."
    ) % {"lines": norsk.kroner(lines), "amount": norsk.kroner(amount)}


def _decide(svar: Tilskuddssvar, linje: Tilskuddslinje, granted: int) -> None:
    row, is_new = Svarlinje.objects.get_or_create(
        svar=svar, linje=linje, defaults={"granted": granted, "carried": linje.carried_over}
    )
    fits = Svarlinje.objects.filter(
        pk=row.pk, distributed__lte=granted, spent__lte=granted + F("carried") + F("moved")
    )
    if not is_new and not fits.update(granted=granted):
        if row.distributed <= granted:
            raise DomainError(
                _("Linje %(priority)s: det er alt brukt %(spent)s av tilskuddet.")
                % {"priority": linje.priority, "spent": norsk.kroner(row.spent)}
            )
        raise DomainError(
            _("Linje %(priority)s: det er alt fordelt %(given)s. Ta beløp tilbake først.")
            % {"priority": linje.priority, "given": norsk.kroner(row.distributed)}
        )
