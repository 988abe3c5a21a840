"""A case or the list, locked for one who may work on it, as it was when the page was opened."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from kompetanse.errors import TransitionError
from kompetanse.organisasjon.models import Ansatt
from soknader.actions import endring as endringer
from soknader.models import Soknad, Soknadsrunde
from soknader.queries import endring as queries
from soknader.queries import prioritering as ranking
from soknader.rules import prioritering as rules


def lock_list(runde: Soknadsrunde, *, version: int) -> Soknadsrunde:
    """Return the round, locked, when nobody has changed its order since `version`.

    Raises:
        StaleError: someone has; says who has moved which cases from where to where.
        TransitionError: the round is not being prioritised.
    """
    runde = endringer.lock_round(runde)
    if runde.version != version:
        raise endringer.stale_order(runde, version)
    return runde


def lock_case(soknad: Soknad, *, version: int, by: Ansatt) -> Soknad:
    """Return the case as `lock_open_case`, when nobody has changed it since `version`.

    Raises:
        StaleError: someone has; says who and what.
        TransitionError, PermissionDenied: as `lock_open_case`.
    """
    soknad = lock_open_case(soknad, by=by)
    if queries.version(soknad) != version:
        raise endringer.stale(queries.changes(soknad).filter(pk__gt=version))
    return soknad


def lock_open_case(soknad: Soknad, *, by: Ansatt) -> Soknad:
    """Return the undecided application, locked with its round, for one who may weigh it.

    Raises:
        TransitionError: the round is not being prioritised, or the case is decided.
        PermissionDenied: `by` is not in the group, or not impartial in the case.
    """
    runde = endringer.lock_round(soknad.runde)
    soknad = undecided(soknad)
    soknad.runde = runde
    if not rules.may_prioritise(by, soknad):
        raise PermissionDenied
    return soknad


def undecided(soknad: Soknad) -> Soknad:
    """Return the application, locked; TransitionError when its case is decided or withdrawn."""
    locked: Soknad = Soknad.objects.select_for_update().get(pk=soknad.pk)
    if locked.status not in ranking.UNDECIDED:
        state = locked.get_status_display().lower()
        raise TransitionError(_("Søknaden er %(state)s.") % {"state": state})
    return locked
