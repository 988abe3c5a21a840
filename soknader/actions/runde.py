"""What the advisor does to a round before applications are prioritised: prepare, edit, open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from kompetanse.varsler import actions as varsler
from soknader.actions import rundekopi
from soknader.models import Kriterium, Poeng, Soknad, Soknadsrunde, Utlysning
from soknader.queries import ordning
from soknader.queries import runde as queries
from soknader.rules import frist
from soknader.rules import runde as rules
from soknader.workflow import runde as workflow


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the round's lists: the fields, and the id of the row that it changes."""

    fields: Mapping[str, Any]
    id: int | None = None


@transaction.atomic
def prepare(*, by: Ansatt, after: Soknadsrunde | None = None, **fields: Any) -> Soknadsrunde:
    """Make a round as a draft; what belongs to it is copied from `after`, or the last of its kind.

    Raises:
        PermissionDenied: `by` does not run rounds.
        DomainError: there is a round of that kind in that year already, or its frame does not
            hold the frames that are copied into it.
    """
    runde = Soknadsrunde(**fields)
    if not rules.may_run(by, runde):
        raise PermissionDenied
    if Soknadsrunde.objects.filter(year=runde.year, kind=runde.kind).exists():
        told = {"name": str(runde)}
        raise DomainError(_("%(name)s finnes allerede. Endre den i stedet.") % told)
    before = after or queries.previous(kind=runde.kind)
    runde.lang = queries.language(before, by.kommune)
    runde.save()
    rundekopi.copy(before, to=runde)
    _must_hold_copied(runde)
    audit.record("runde.prepare", runde, by=by, year=runde.year, budget=runde.budget)
    return runde


@transaction.atomic
def edit(runde: Soknadsrunde, *, by: Ansatt, **fields: Any) -> Soknadsrunde:
    """Change dates, frame and texts while the round is prepared or open.

    Raises:
        DomainError: applications are being prioritised already, or the frame is lowered below
            those inside it.
    """
    runde = editable(runde, by=by)
    _must_hold_frames(runde, fields.get("budget", runde.budget))
    changed = {name for name, value in fields.items() if getattr(runde, name) != value}
    for name in changed:
        setattr(runde, name, fields[name])
    if changed:
        runde.save(update_fields=sorted(changed))
        audit.record("runde.edit", runde, by=by, fields=sorted(changed), budget=runde.budget)
    return runde


@transaction.atomic
def open(runde: Soknadsrunde, *, by: Ansatt) -> Soknadsrunde:  # noqa: A001 (the verb's own word)
    """Open the round for applications, from its opening date on.

    Everyone is told by the reminders' set query (oppgaver/paminnelser.py), which is woken.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: it is too early, or the deadline has passed.
    """
    runde = Soknadsrunde.objects.select_for_update().get(pk=runde.pk)
    step = workflow.check("open", runde, by=by)
    if not frist.may_open(runde, on=clock.today()):
        raise DomainError(_opening_refusal(runde))
    runde.status = Soknadsrunde.Status(step.target)
    runde.save(update_fields=["status"])
    audit.record("runde.open", runde, by=by, budget=runde.budget)
    varsler.wake()
    return runde


@transaction.atomic
def set_educations(runde: Soknadsrunde, rows: Sequence[Row], *, by: Ansatt) -> None:
    """Let the round's prioritised education be exactly `rows`, in that order.

    Raises:
        DomainError: an education that applications refer to would be deleted.
    """
    runde = editable(runde, by=by)
    gone = Utlysning.objects.filter(runde=runde).exclude(pk__in=_kept(rows))
    used = Soknad.objects.filter(utlysning__in=gone).count()
    if used:
        raise DomainError(
            ngettext(
                "%(n)d søknad viser til en utdanning du vil slette. Endre teksten i stedet.",
                "%(n)d søknader viser til en utdanning du vil slette. Endre teksten i stedet.",
                used,
            )
            % {"n": used}
        )
    gone.delete()
    _write(Utlysning, rows, runde=runde)
    audit.record("runde.set_educations", runde, by=by, count=len(rows))


@transaction.atomic
def set_criteria(runde: Soknadsrunde, rows: Sequence[Row], *, by: Ansatt) -> None:
    """Let the round's criteria be exactly `rows`, in that order.

    Raises:
        DomainError: points are given by a criterion that would be deleted.
    """
    runde = editable(runde, by=by)
    gone = Kriterium.objects.filter(runde=runde).exclude(pk__in=_kept(rows))
    if Poeng.objects.filter(kriterium__in=gone).exists():
        raise DomainError(_("Det er gitt poeng på et kriterium du vil slette."))
    gone.delete()
    # Two that change names are never called the same on the way.
    unnamed = Concat(Value("#"), Cast("pk", CharField()))
    Kriterium.objects.filter(runde=runde).update(name=unnamed)
    _write(Kriterium, rows, runde=runde)
    audit.record("runde.set_criteria", runde, by=by, count=len(rows))


def editable(runde: Soknadsrunde, *, by: Ansatt) -> Soknadsrunde:
    """Return the round, locked, while it is prepared or open.

    Raises:
        PermissionDenied: `by` does not run rounds.
        DomainError: applications are being prioritised already.
    """
    locked: Soknadsrunde = Soknadsrunde.objects.select_for_update().get(pk=runde.pk)
    if not rules.may_run(by, locked):
        raise PermissionDenied
    if not frist.may_edit(locked):
        raise DomainError(_("Søknadene er under prioritering. Da kan ikke runden endres."))
    return locked


def _must_hold_frames(runde: Soknadsrunde, budget: int) -> None:
    if budget >= runde.budget:
        return
    schemes, units = ordning.frame_sums(runde)
    refusal = rules.lowered_refusal(budget, schemes=schemes, units=units)
    if refusal:
        raise DomainError(refusal)


def _must_hold_copied(runde: Soknadsrunde) -> None:
    schemes, units = ordning.frame_sums(runde)
    refusal = rules.copied_refusal(runde.budget, schemes=schemes, units=units)
    if refusal:
        raise DomainError(refusal)


def _kept(rows: Sequence[Row]) -> list[int]:
    return [row.id for row in rows if row.id is not None]


def _write(model: type[Utlysning | Kriterium], rows: Sequence[Row], *, runde: Soknadsrunde) -> None:
    for order, row in enumerate(rows, start=1):
        fields = {**row.fields, "order": order}
        if row.id is None:
            model.objects.create(runde=runde, **fields)
        else:
            model.objects.filter(pk=row.id, runde=runde).update(**fields)


def _opening_refusal(runde: Soknadsrunde) -> str:
    if clock.today() < runde.opens:
        return _("Runden kan åpnes fra %(day)s.") % {"day": norsk.langdato(runde.opens)}
    return _("Søknadsfristen er passert. Flytt den før du åpner runden.")
