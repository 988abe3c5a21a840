"""The members' points: each gives their own, and they are opened to the whole group."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.actions import endring as endringer
from soknader.actions import sak
from soknader.models import Endring, Kriterium, Poeng, Soknad, Soknadsrunde
from soknader.queries import poeng as queries
from soknader.queries import prioritering as ranking
from soknader.rules import prioritering as rules


@transaction.atomic
def open_points(runde: Soknadsrunde, *, by: Ansatt) -> Soknadsrunde:
    """Let the whole group see all points from now on, also who has not given theirs.

    What has been seen cannot be undone.

    Raises:
        TransitionError: the round is not being prioritised.
        PermissionDenied: `by` does not run rounds.
    """
    runde = endringer.lock_round(runde)
    if not access.may(by, Act.RUN_ROUND):
        raise PermissionDenied
    if not runde.points_open:
        runde.points_open = True
        runde.save(update_fields=["points_open"])
        role = rules.capacity(by, Act.RUN_ROUND)
        audit.record("soknadsrunde.open_points", runde, by=by, role=role)
    return runde


@transaction.atomic
def score(
    soknad: Soknad, *, points: Mapping[Kriterium, int | None], version: int, by: Ansatt
) -> Endring:
    """Set one's own points for each criterion, up to its most; None for all takes them away.

    Raises:
        DomainError: points on some of the criteria only, or more than one has.
        StaleError: one's own points have changed since `version`, in another window.
        TransitionError, PermissionDenied: as `move`.
    """
    soknad = sak.lock_open_case(soknad, by=by)
    if queries.version(soknad, by=by) != version:
        raise StaleError(_("Du har endret poengene dine i et annet vindu."))
    before, text = write_points(soknad, points, by=by)
    return endringer.remember(
        Endring.Kind.POINTS, soknad.runde, by=by, text=text, before=before, soknad=soknad
    )


def write_points(
    soknad: Soknad, points: Mapping[Kriterium, int | None], *, by: Ansatt
) -> tuple[dict[int, int], str]:
    """Write the member's points in the locked case; return what they replaced, and what was done.

    What is said of it tells no points: others may not have given theirs.
    """
    given = {kriterium: value for kriterium, value in points.items() if value is not None}
    if given and len(given) < len(points):
        raise DomainError(_("Gi poeng på alle kriteriene, eller la alle stå som ikke vurdert."))
    for kriterium, value in given.items():
        if value > kriterium.most:
            told = {"name": kriterium.name, "most": kriterium.most}
            raise DomainError(_("«%(name)s» gir høyst %(most)s poeng.") % told)
    old = Poeng.objects.filter(soknad=soknad, by=by)
    before = dict(old.values_list("kriterium_id", "points"))
    old.delete()
    Poeng.objects.bulk_create(
        Poeng(soknad=soknad, kriterium=kriterium, points=value, by=by)
        for kriterium, value in given.items()
    )
    total = sum(kriterium.weight * value for kriterium, value in given.items())
    role = rules.capacity(by, Act.PRIORITISE)
    audit.record("soknad.score", soknad, by=by, role=role, points=total)
    return before, _("Satte poeng på sak %(number)s.") % {"number": soknad.number}


def must_be_all_in(runde: Soknadsrunde, *, by: Ansatt) -> None:
    """Raise DomainError, with who and what, unless all who give points have given theirs.

    Until the points are opened, an order by points would tell the others' to who has not. Where
    nobody has given any, there is nothing to tell.
    """
    undecided = ranking.cases(runde).filter(status__in=ranking.UNDECIDED)
    if runde.points_open or not Poeng.objects.filter(soknad__in=undecided).exists():
        return
    left = queries.lacking(undecided, also=by)
    if not left:
        return
    mine = next((each for each in left if each.ansatt_id == by.pk), None)
    if mine:
        numbers = norsk.oppramsing([str(number) for number in mine.numbers])
        raise DomainError(
            _("Gi dine egne poeng først, så ser du ikke de andres før du har vurdert selv.")
            + " "
            + _("De mangler i sak %(numbers)s.") % {"numbers": numbers}
        )
    names = norsk.oppramsing([each.name for each in left])
    raise DomainError(
        _("%(names)s har ikke gitt alle poengene sine. Vent på dem, eller åpne poengene for alle.")
        % {"names": names}
    )
