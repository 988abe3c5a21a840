"""A place that nobody takes: given back to the frame by a no, or when the deadline has passed."""

from contextlib import suppress

from django.db import transaction

from kompetanse import clock
from kompetanse.errors import TransitionError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Rolle
from soknader.actions import locked, opplaring, ramme
from soknader.actions.beskjed import tell
from soknader.emails import plass as emails
from soknader.emails.plass import Freed
from soknader.models import Soknad, Soknadsrunde, Utbetaling, Vedtak
from soknader.queries import brev as letters
from soknader.queries import venteliste as queries
from soknader.rules import svarfrist

S = Soknad.Status
SPENT = (Utbetaling.Status.APPROVED, Utbetaling.Status.PAID)


def give_back(vedtak: Vedtak) -> Freed:
    """Give the whole grant back to the frames, money and days of leave; return what.

    Nothing when some of it is paid, for then the group settles what is left by a new decision.
    The round is locked before, as in every verb that moves money.
    """
    if vedtak.is_released or _is_spent(vedtak):
        return Freed()
    ramme.give_back(vedtak.soknad.runde, vedtak)
    vedtak.released, vedtak.released_days = vedtak.amount, vedtak.leave_days
    vedtak.save(update_fields=["released", "released_days"])
    return Freed(vedtak.released, vedtak.released_days)


@transaction.atomic
def lapse(soknad: Soknad) -> Soknad:
    """Let the support fall away when nobody has said yes in time; the next in line is told of.

    The employee and the advisors hear of it. A new decision gives the support back, with a new
    day. Run twice, it happens once.

    Raises:
        TransitionError: it is answered, gives no support, or the day has not passed.
    """
    runde = Soknadsrunde.objects.select_for_update().get(pk=soknad.runde_id)
    soknad = locked.soknad(soknad.pk)
    soknad.runde = runde
    vedtak = _overdue(soknad)
    soknad.status = S.DECLINED
    soknad.save(update_fields=["status"])
    opplaring.withdraw(soknad, by=None)
    freed = give_back(vedtak)
    audit.record(
        "soknad.lapse", soknad, by=None, freed=freed.amount, days=freed.days, vedtak_id=vedtak.pk
    )
    day = svarfrist.accept_until(vedtak, runde)
    occasion, message = f"soknad.lapse:{clock.today()}", emails.lapsed(soknad, day=day)
    tell(occasion, soknad, to=soknad.ansatt, message=message)
    tell_advisors(soknad, freed=freed, has_lapsed=True)
    return soknad


def tell_advisors(soknad: Soknad, *, freed: Freed, has_lapsed: bool = False) -> None:
    """Tell the advisors of the free place, and who stands first on the waiting list."""
    first = letters.first_waiting(soknad.runde)
    message = emails.free(
        soknad, freed=freed, next_in_line=first.reference if first else "", has_lapsed=has_lapsed
    )
    for advisor in organisasjon.holders(Rolle.Kode.FAGRADGIVER):
        tell(f"soknad.decline:{clock.today()}", soknad, to=advisor, message=message)


def lapse_all() -> int:
    """Let all of the Kommune's lapse whose day has passed; return how many.

    One that is answered, or lapsed by another worker, since they were read, is passed over.
    """
    lapsed = 0
    for soknad in list(queries.overdue(clock.today())):
        with suppress(TransitionError):
            lapse(soknad)
            lapsed += 1
    return lapsed


def _overdue(soknad: Soknad) -> Vedtak:
    vedtak = soknad.vedtak.select_for_update().filter(status=Vedtak.Status.DECIDED).first()
    is_offered = soknad.status == S.ANSWERED and vedtak is not None and vedtak.gives_support
    if vedtak is None or not is_offered:
        raise TransitionError(soknad.get_status_display())
    if clock.today() <= svarfrist.accept_until(vedtak, soknad.runde):
        raise TransitionError(soknad.get_status_display())
    vedtak.soknad = soknad
    return vedtak


def _is_spent(vedtak: Vedtak) -> bool:
    paid = Utbetaling.objects.filter(tilsagn__soknad=vedtak.soknad_id, status__in=SPENT)
    return bool(paid.exists())
