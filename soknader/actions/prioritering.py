"""What the group does with the list: order, points, comments, and who steps aside."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.actions import endring as endringer
from soknader.models import (
    Endring,
    Inhabilitet,
    Kommentar,
    Kriterium,
    Poeng,
    Soknad,
    Soknadsrunde,
)
from soknader.queries import prioritering as queries
from soknader.queries import sak
from soknader.rules import prioritering as rules
from soknader.workflow import runde as runde_workflow


@transaction.atomic
def start(runde: Soknadsrunde, *, by: Ansatt) -> Soknadsrunde:
    """Begin the prioritising when the deadline is over; the order is that of arrival.

    Raises:
        TransitionError: the round is not open, or its deadline is not over.
        PermissionDenied: `by` does not run rounds.
    """
    runde = Soknadsrunde.objects.select_for_update().get(pk=runde.pk)
    step = runde_workflow.check("prioritise", runde, by=by)
    if clock.now() <= clock.end_of(runde.deadline):
        end = norsk.frist(runde.deadline)
        raise TransitionError(_("Søknadsfristen går ut %(end)s.") % {"end": end})

    runde.status = step.target
    runde.save(update_fields=["status"])
    endringer.write_order(runde, queries.order(runde))
    audit.record("soknadsrunde.prioritise", runde, by=by, role=rules.capacity(by, Act.RUN_ROUND))
    return runde


@transaction.atomic
def move(soknad: Soknad, *, place: int, version: int, by: Ansatt) -> Endring | None:
    """Move the application to `place` (1 is first); None when it stands there already.

    Raises:
        StaleError: the order has changed since `version`.
        TransitionError: the round is not being prioritised.
        PermissionDenied: `by` is not in the group, or not impartial in the case.
    """
    runde = _lock(soknad.runde, version)
    if not rules.may_prioritise(by, soknad):
        raise PermissionDenied

    before = queries.order(runde)
    old = before.index(soknad.pk) + 1
    new = min(max(place, 1), len(before))
    if new == old:
        return None
    after = [pk for pk in before if pk != soknad.pk]
    after.insert(new - 1, soknad.pk)
    endringer.write_order(runde, after)
    audit.record(
        "soknad.move", soknad, by=by, role=rules.capacity(by, Act.PRIORITISE), place=new, was=old
    )
    text = _("Flyttet sak %(number)s fra plass %(old)s til plass %(new)s.") % {
        "number": soknad.number, "old": old, "new": new,
    }  # fmt: skip
    return _remember_order(runde, before, text=text, by=by, soknad=soknad)


@transaction.atomic
def suggest_order(runde: Soknadsrunde, *, version: int, by: Ansatt) -> Endring:
    """Put the list in the order of points, then prioritised education, then arrival.

    Raises: as `move`.
    """
    runde = _lock(runde, version)
    if not access.may(by, Act.PRIORITISE):
        raise PermissionDenied

    before = queries.order(runde)
    endringer.write_order(runde, queries.suggested_order(runde))
    audit.record(
        "soknadsrunde.suggest_order", runde, by=by, role=rules.capacity(by, Act.PRIORITISE)
    )
    return _remember_order(runde, before, text=_("Sorterte listen etter poeng."), by=by)


@transaction.atomic
def score(
    soknad: Soknad, *, points: Mapping[Kriterium, int | None], version: int, by: Ansatt
) -> Endring:
    """Set the group's points for each criterion, from 0 to its most; None takes them away.

    Raises:
        DomainError: more points than a criterion has.
        StaleError: the case has changed since `version`.
        TransitionError, PermissionDenied: as `move`.
    """
    soknad = lock_case(soknad, version=version, by=by)

    old = Poeng.objects.filter(soknad=soknad)
    before = {row.kriterium_id: (row.points, row.by_id) for row in old}
    old.filter(kriterium__in=points).delete()
    given = {kriterium: value for kriterium, value in points.items() if value is not None}
    for kriterium, value in given.items():
        if value > kriterium.most:
            told = {"name": kriterium.name, "most": kriterium.most}
            raise DomainError(_("«%(name)s» gir høyst %(most)s poeng.") % told)
    Poeng.objects.bulk_create(
        Poeng(soknad=soknad, kriterium=kriterium, points=value, by=by)
        for kriterium, value in given.items()
    )
    total = sum(kriterium.weight * value for kriterium, value in given.items())
    audit.record(
        "soknad.score", soknad, by=by, role=rules.capacity(by, Act.PRIORITISE), points=total
    )
    text = _("Satte poeng på sak %(number)s: %(points)s.") % {
        "number": soknad.number, "points": total,
    }  # fmt: skip
    return endringer.remember(
        Endring.Kind.POINTS, soknad.runde, by=by, text=text, before=before, soknad=soknad
    )


@transaction.atomic
def comment(
    soknad: Soknad, *, text: str, by: Ansatt, is_dissent: bool = False, is_shared: bool = False
) -> Kommentar:
    """Say something in the case; a dissent of a union representative is for the minutes.

    Raises:
        TransitionError: the round is not being prioritised.
        PermissionDenied: `by` takes no part, or is not impartial.
        DomainError: a dissent of someone who is not a union or safety representative.
    """
    rules.must_be_prioritising(soknad.runde)
    if not rules.may_comment(by, soknad):
        raise PermissionDenied
    is_union = rules.is_union(by)
    if is_dissent and not is_union:
        raise DomainError(_("Bare tillitsvalgte og verneombud kan føre uenighet i referatet."))

    kommentar: Kommentar = Kommentar.objects.create(
        soknad=soknad, text=text, by=by, is_dissent=is_dissent, is_shared=is_shared or is_union
    )
    audit.record(
        "soknad.comment", soknad, by=by, role=rules.capacity(by, Act.COMMENT), dissent=is_dissent
    )
    return kommentar


@transaction.atomic
def recuse(soknad: Soknad, *, ground: Inhabilitet.Ground, by: Ansatt) -> Inhabilitet:
    """Declare not to be impartial: no points, draft, move or decision in this case from now.

    Raises:
        PermissionDenied: `by` takes no part in the case, or has stepped aside already.
        TransitionError: the round is not being prioritised, or the case is decided.
    """
    runde = endringer.lock_round(soknad.runde)
    soknad = _undecided(soknad)
    if not rules.may_recuse(by, soknad):
        raise PermissionDenied
    inhabilitet: Inhabilitet = Inhabilitet.objects.create(soknad=soknad, ansatt=by, ground=ground)
    audit.record("soknad.recuse", soknad, by=by, ground=str(ground), runde_id=runde.pk)
    return inhabilitet


def lock_case(soknad: Soknad, *, version: int, by: Ansatt) -> Soknad:
    """Return the undecided application, locked with its round, for one who may weigh it.

    Raises:
        StaleError: the case has changed since `version`.
        TransitionError: the round is not being prioritised, or the case is decided.
        PermissionDenied: `by` is not in the group, or not impartial in the case.
    """
    runde = endringer.lock_round(soknad.runde)
    soknad = _undecided(soknad)
    soknad.runde = runde
    if not rules.may_prioritise(by, soknad):
        raise PermissionDenied
    if sak.version(soknad) != version:
        raise endringer.stale(sak.changes(soknad).filter(pk__gt=version), what=_("Saken"))
    return soknad


def _undecided(soknad: Soknad) -> Soknad:
    """Return the application, locked; TransitionError when its case is decided or withdrawn."""
    locked: Soknad = Soknad.objects.select_for_update().get(pk=soknad.pk)
    if locked.status not in queries.UNDECIDED:
        state = locked.get_status_display().lower()
        raise TransitionError(_("Søknaden er %(state)s.") % {"state": state})
    return locked


def _lock(runde: Soknadsrunde, version: int) -> Soknadsrunde:
    runde = endringer.lock_round(runde)
    if runde.version != version:
        later = runde.endringer.filter(kind=Endring.Kind.ORDER, version__gt=version)
        raise endringer.stale(later, what=_("Listen"))
    return runde


def _remember_order(
    runde: Soknadsrunde, before: list[int], *, text: str, by: Ansatt, soknad: Soknad | None = None
) -> Endring:
    return endringer.remember(
        Endring.Kind.ORDER, runde, by=by, text=text, before=before, soknad=soknad
    )
