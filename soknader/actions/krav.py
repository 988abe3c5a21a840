"""What must hold for an application to be begun, changed or sent, and the sentence for it."""

from datetime import datetime

from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.skall import norsk
from soknader.models import Soknad, Soknadsrunde
from soknader.queries import ordning as ordninger
from soknader.queries import runde as runder
from soknader.queries import vilkar
from soknader.rules import frist, utfylling


def check_takes(runde: Soknadsrunde, *, at: datetime) -> None:
    """Raise DomainError with the reason when the round takes no application at `at`."""
    if frist.takes(runde, at=at):
        return
    if runde.status not in frist.TAKES_APPLICATIONS:
        raise DomainError(_("Runden tar ikke imot søknader nå."))
    if at < clock.start_of(runde.opens):
        raise DomainError(_("Du kan søke fra %(day)s.") % {"day": norsk.langdato(runde.opens)})
    raise DomainError(
        _(
            "Fristen gikk ut %(deadline)s, og runden tar ikke imot søknader etter fristen. "
            "Kladden din er lagret."
        )
        % {"deadline": norsk.frist(runde.deadline)}
    )


def check_eligible(soknad: Soknad, *, at: datetime) -> None:
    """Raise DomainError with the conditions of the round that the applicant does not meet."""
    found = vilkar.faults(soknad.runde, soknad.ansatt, on=clock.local_date(at))
    if found:
        raise DomainError(" ".join(found))


def check_complete(soknad: Soknad) -> None:
    """Raise DomainError with what is missing when the application has a hole."""
    lacks = utfylling.missing(
        soknad,
        has_list=runder.has_list(soknad.runde),
        schemes=ordninger.in_runde(soknad.runde),
    )
    if lacks:
        raise DomainError(" ".join(str(lack.text) for lack in lacks))


def stale(soknad: Soknad) -> StaleError:
    """Return the error that another window has saved something else."""
    told = _("Søknaden er lagret fra et annet vindu kl. %(time)s. Ingenting er skrevet over.")
    return StaleError(told % {"time": norsk.klokkeslett(soknad.saved_at)})
