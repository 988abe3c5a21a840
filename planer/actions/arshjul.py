"""Verbs on the yearly wheel: set an activity, tick it off, take it back, copy a year."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError, TransitionError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Rolle
from planer import rules
from planer.models import Aktivitet, Aktivitetsrolle


@transaction.atomic
def set_activity(  # noqa: PLR0913 (a row of the wheel, written by other apps in one call)
    code: str,
    year: int,
    *,
    title: str,
    ends: date,
    roles: Collection[str],
    starts: date | None = None,
    text: str = "",
    is_meeting: bool = False,
    by: Ansatt | None,
) -> Aktivitet:
    """Put a duty on the year's wheel, or give the one with that code new content.

    `starts` defaults to `ends`. Done stays done. Called by the apps above, whose own verb has
    asked who may; `by` None is the system.
    """
    values = {
        "title": title, "text": text, "starts": starts or ends, "ends": ends,
        "is_meeting": is_meeting,
    }  # fmt: skip
    aktivitet: Aktivitet
    aktivitet, is_new = Aktivitet.objects.update_or_create(code=code, year=year, defaults=values)
    _give_roles(aktivitet, roles)
    audit.record("aktivitet.set", aktivitet, by=by, year=year, is_new=is_new)
    return aktivitet


@transaction.atomic
def add(  # noqa: PLR0913 (one value for each question of the form)
    year: int,
    *,
    title: str,
    starts: date,
    ends: date,
    roles: Collection[str],
    text: str,
    is_meeting: bool,
    by: Ansatt,
) -> Aktivitet:
    """Add an activity of the tenant's own.

    Raises:
        PermissionDenied: `by` does not run the wheel.
    """
    _may_edit(by)
    return set_activity(
        _free_code(title, year), year, title=title, starts=starts, ends=ends, roles=roles,
        text=text, is_meeting=is_meeting, by=by,
    )  # fmt: skip


@transaction.atomic
def change(  # noqa: PLR0913 (one value for each question of the form)
    aktivitet: Aktivitet,
    *,
    version: int,
    title: str,
    starts: date,
    ends: date,
    roles: Collection[str],
    text: str,
    is_meeting: bool,
    by: Ansatt,
) -> Aktivitet:
    """Give the activity new content.

    Raises:
        StaleError: someone else has changed it since `version`.
    """
    _may_edit(by)
    aktivitet = _locked(aktivitet)
    if aktivitet.version != version:
        raise StaleError(
            _("Noen andre endret aktiviteten mens du skrev. Sjekk svarene, og lagre en gang til.")
        )
    aktivitet.version += 1
    aktivitet.title, aktivitet.text, aktivitet.is_meeting = title, text, is_meeting
    aktivitet.starts, aktivitet.ends = starts, ends
    aktivitet.save()
    _give_roles(aktivitet, roles)
    audit.record("aktivitet.change", aktivitet, by=by)
    return aktivitet


@transaction.atomic
def remove(aktivitet: Aktivitet, *, by: Ansatt) -> None:
    """Take the activity off the wheel."""
    _may_edit(by)
    audit.record("aktivitet.remove", aktivitet, by=by, year=aktivitet.year)
    aktivitet.delete()


@transaction.atomic
def tick(aktivitet: Aktivitet, *, by: Ansatt) -> Aktivitet:
    """Tick the activity off as done. Ticking what is done already changes nothing.

    Raises:
        PermissionDenied: `by` holds none of the responsible roles.
    """
    aktivitet = _locked(aktivitet)
    if not rules.may_tick(by, aktivitet):
        raise PermissionDenied
    if not aktivitet.is_done:
        aktivitet.done_at, aktivitet.done_by = clock.now(), by
        aktivitet.save(update_fields=["done_at", "done_by"])
        audit.record("aktivitet.tick", aktivitet, by=by)
    return aktivitet


@transaction.atomic
def untick(aktivitet: Aktivitet, *, by: Ansatt) -> Aktivitet:
    """Take the tick back.

    Raises:
        TransitionError: it is not ticked off, or it was over ten minutes ago.
    """
    aktivitet = _locked(aktivitet)
    if not aktivitet.is_done:
        raise TransitionError(_("Aktiviteten er ikke kvittert ut."))
    if not rules.may_untick(by, aktivitet, at=clock.now()):
        raise TransitionError(
            _("Du kan angre i ti minutter etter at du kvitterte. Spør fagrådgiver om å åpne den.")
        )
    aktivitet.done_at = aktivitet.done_by = None
    aktivitet.save(update_fields=["done_at", "done_by"])
    audit.record("aktivitet.untick", aktivitet, by=by)
    return aktivitet


@transaction.atomic
def copy_year(source: int, *, to: int, by: Ansatt) -> int:
    """Make the wheel of `to` from that of `source`, all dates moved; return how many activities.

    Activities that `to` has already are left alone.

    Raises:
        DomainError: the year to copy from has no activities.
    """
    _may_edit(by)
    known = set(Aktivitet.objects.filter(year=to).values_list("code", flat=True))
    models = list(Aktivitet.objects.filter(year=source).prefetch_related("roller"))
    if not models:
        raise DomainError(_("Årshjulet for %(year)d er tomt.") % {"year": source})
    copied = [each for each in models if each.code not in known]
    for each in copied:
        set_activity(
            each.code, to, title=each.title, text=each.text, is_meeting=each.is_meeting,
            starts=clock.add_years(each.starts, to - source),
            ends=clock.add_years(each.ends, to - source),
            roles=[rolle.kode for rolle in each.roller.all()], by=by,
        )  # fmt: skip
    return len(copied)


def _locked(aktivitet: Aktivitet) -> Aktivitet:
    locked: Aktivitet = Aktivitet.objects.select_for_update(of=("self",)).get(pk=aktivitet.pk)
    return locked


def _give_roles(aktivitet: Aktivitet, roles: Collection[str]) -> None:
    aktivitet.roller.exclude(kode__in=roles).delete()
    Aktivitetsrolle.objects.bulk_create(
        (Aktivitetsrolle(aktivitet=aktivitet, kode=Rolle.Kode(kode)) for kode in roles),
        ignore_conflicts=True,
    )


def _may_edit(by: Ansatt) -> None:
    if not rules.may_edit_plans(by):
        raise PermissionDenied


def _free_code(title: str, year: int) -> str:
    stem = slugify(title)[:32] or "aktivitet"
    taken = set(
        Aktivitet.objects.filter(year=year, code__startswith=stem).values_list("code", flat=True)
    )
    endings = ["", *(f"-{number}" for number in range(2, len(taken) + 3))]
    return next(f"{stem}{ending}" for ending in endings if f"{stem}{ending}" not in taken)
