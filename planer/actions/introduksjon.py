"""Verbs on introductions: start, decline, move, stop, and what a leave does to the days."""

from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError, TransitionError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import leave
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler import actions as varsler
from planer import emails, rules
from planer.models import Introduksjon, Introduksjonsmal, Introduksjonssteg
from planer.queries import introduksjonsmal, nyansatt

S = Introduksjon.Status
COPIED = ("day", "title", "text", "link", "role", "kompetanse_id", "level")


@transaction.atomic
def start(
    ansatt: Ansatt,
    maler: Collection[Introduksjonsmal],
    *,
    starts_on: date,
    fadder: Ansatt | None = None,
    by: Ansatt,
) -> list[Introduksjon]:
    """Begin the templates for a new employee; one that is begun already is left alone.

    One of an earlier position that is ended is begun anew in the new one. The sponsor is told.
    The steps are copied, and their days counted from the first day at work.

    Raises:
        PermissionDenied: `by` does not follow up the employee.
        DomainError: no template is chosen, or the employee would be one's own sponsor.
    """
    _may(by, ansatt)
    if not maler:
        raise DomainError(_("Velg minst én mal."))
    if fadder is not None and fadder.pk == ansatt.pk:
        raise DomainError(_("Fadderen må være en annen enn den nye."))
    known = set(introduksjonsmal.begun(ansatt, on=clock.today()).values_list("mal", flat=True))
    begun = [
        _begin(ansatt, mal, starts_on=starts_on, fadder=fadder, by=by)
        for mal in maler
        if mal.pk not in known
    ]
    if fadder is not None and begun:
        _tell_sponsor(begun[0])
    return begun


def proposed(ansatt: Ansatt, *, by: Ansatt) -> list[Introduksjon]:
    """Start what is proposed for the employee's group, from the first day that HR has said.

    The day is that of the position, for one who was employed before.

    Raises as `start`.
    """
    maler = list(introduksjonsmal.proposed_for(ansatt))
    return start(ansatt, maler, starts_on=nyansatt.new_from(ansatt, on=clock.today()), by=by)


@transaction.atomic
def decline(ansatt: Ansatt, *, reason: str, by: Ansatt) -> Introduksjon:
    """Say that the employee needs no introduction, and why; nobody is asked about them again.

    Raises:
        PermissionDenied: `by` does not follow up the employee.
        DomainError: one is begun already.
    """
    _may(by, ansatt)
    starts_on = nyansatt.new_from(ansatt, on=clock.today())
    if Introduksjon.objects.filter(ansatt=ansatt, starts_on__gte=starts_on).exists():
        raise DomainError(_("Det er alt tatt stilling til introduksjonen."))
    introduksjon: Introduksjon = Introduksjon.objects.create(
        ansatt=ansatt,
        name=_("Ingen introduksjon"),
        starts_on=starts_on,
        status=S.DECLINED,
        reason=reason,
        started_by=by,
        started_at=clock.now(),
        done_on=clock.today(),
    )
    audit.record("introduksjon.decline", introduksjon, by=by)
    return introduksjon


@transaction.atomic
def change(
    introduksjon: Introduksjon,
    *,
    starts_on: date,
    fadder: Ansatt | None,
    version: int,
    by: Ansatt,
) -> Introduksjon:
    """Give the plan another first day or sponsor; the days of what is left follow.

    Raises:
        PermissionDenied: `by` does not follow up the employee.
        TransitionError: it is completed or stopped.
        StaleError: someone else changed it since `version`.
        DomainError: the employee would be one's own sponsor.
    """
    introduksjon = _ongoing(introduksjon, by=by)
    if introduksjon.version != version:
        raise StaleError(_("Noen andre endret introduksjonen. Se over, og lagre en gang til."))
    if fadder is not None and fadder.pk == introduksjon.ansatt_id:
        raise DomainError(_("Fadderen må være en annen enn den nye."))
    is_new_sponsor = fadder is not None and fadder.pk != introduksjon.fadder_id
    introduksjon.starts_on, introduksjon.fadder = starts_on, fadder
    introduksjon.version += 1
    introduksjon.save(update_fields=["starts_on", "fadder", "version"])
    _set_days(introduksjon)
    audit.record("introduksjon.change", introduksjon, by=by)
    if is_new_sponsor:
        _tell_sponsor(introduksjon)
    return introduksjon


@transaction.atomic
def stop(introduksjon: Introduksjon, *, reason: str, by: Ansatt) -> Introduksjon:
    """End the plan before it is completed, and say why.

    Raises:
        PermissionDenied: `by` does not follow up the employee.
        TransitionError: it is completed or stopped already.
    """
    introduksjon = _ongoing(introduksjon, by=by)
    introduksjon.status, introduksjon.reason = S.DECLINED, reason
    introduksjon.done_on = clock.today()
    introduksjon.version += 1
    introduksjon.save(update_fields=["status", "reason", "done_on", "version"])
    audit.record("introduksjon.stop", introduksjon, by=by)
    return introduksjon


@transaction.atomic
def follow_leave(ansatt: Ansatt) -> None:
    """Move the days of what is left of the employee's plans after their leave; registered."""
    for introduksjon in Introduksjon.objects.filter(ansatt=ansatt, status=S.ONGOING):
        _set_days(introduksjon)


def _begin(
    ansatt: Ansatt, mal: Introduksjonsmal, *, starts_on: date, fadder: Ansatt | None, by: Ansatt
) -> Introduksjon:
    introduksjon: Introduksjon = Introduksjon.objects.create(
        ansatt=ansatt,
        mal=mal,
        name=mal.name,
        starts_on=starts_on,
        fadder=fadder,
        started_by=by,
        started_at=clock.now(),
    )
    Introduksjonssteg.objects.bulk_create(
        Introduksjonssteg(
            introduksjon=introduksjon, **{name: getattr(steg, name) for name in COPIED}
        )
        for steg in mal.steg.all()
    )
    _set_days(introduksjon)
    audit.record("introduksjon.start", introduksjon, by=by, mal_id=mal.pk)
    return introduksjon


def _set_days(introduksjon: Introduksjon) -> None:
    """Let each step that is left be due on its day, put off by the days of full leave."""
    periods, since = leave.full(introduksjon.ansatt), introduksjon.starts_on
    rows = list(introduksjon.steg.filter(done_on__isnull=True))
    for steg in rows:
        day = since + timedelta(days=steg.day)
        steg.due_on = leave.after(day, since=since, periods=periods) if steg.day >= 0 else day
    Introduksjonssteg.objects.bulk_update(rows, ["due_on"])


def _tell_sponsor(introduksjon: Introduksjon) -> None:
    if introduksjon.fadder is None:
        return
    subject, body = emails.sponsor(introduksjon)
    varsler.notify(
        key=f"introduksjon:{introduksjon.pk}:fadder:{introduksjon.fadder_id}",
        kind="introduksjon",
        to=introduksjon.fadder,
        subject=subject,
        body=body,
    )


def _may(by: Ansatt, ansatt: Ansatt) -> None:
    if not rules.may_introduce(by, ansatt):
        raise PermissionDenied


def locked(introduksjon: Introduksjon) -> Introduksjon:
    """Return the plan anew, its row locked, with the employee and the sponsor at hand."""
    locked: Introduksjon = (
        Introduksjon.objects.select_for_update(of=("self",))
        .select_related("ansatt__enhet", "fadder")
        .get(pk=introduksjon.pk)
    )
    return locked


def _ongoing(introduksjon: Introduksjon, *, by: Ansatt) -> Introduksjon:
    introduksjon = locked(introduksjon)
    _may(by, introduksjon.ansatt)
    if not introduksjon.is_ongoing:
        state = introduksjon.get_status_display().lower()
        raise TransitionError(_("Introduksjonen er %(state)s.") % {"state": state})
    return introduksjon
