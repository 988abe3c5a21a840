"""The leader's statement on an application."""

from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Soknad, Soknadsrunde, Uttalelse
from soknader.workflow import soknad as workflow

_TAKES_STATEMENTS = frozenset({Soknadsrunde.Status.OPEN, Soknadsrunde.Status.PRIORITISING})


@transaction.atomic
def recommend(
    soknad: Soknad,
    *,
    by: Ansatt,
    version: int,
    verdict: Uttalelse.Verdict,
    text: str,
    staffing: str = "",
) -> Uttalelse:
    """State on the application; a new statement replaces the old until it is decided.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        StaleError: the applicant changed the application since `version` was read.
        DomainError: the round's decisions are made.
    """
    rows = Soknad.objects.select_for_update(of=("self",)).select_related("runde", "ansatt__enhet")
    soknad = rows.get(pk=soknad.pk)
    step = workflow.check("recommend", soknad, by=by)
    if soknad.runde.status not in _TAKES_STATEMENTS:
        raise DomainError(_("Runden er vedtatt. Da kan ikke uttalelsen endres."))
    if version != soknad.version:
        raise StaleError(_("Søkeren har endret søknaden mens du leste. Les den nye utgaven først."))

    uttalelse: Uttalelse
    uttalelse, _is_new = Uttalelse.objects.update_or_create(
        soknad=soknad,
        defaults={
            "verdict": verdict, "text": text, "staffing": staffing, "by": by, "at": clock.now()
        },
    )  # fmt: skip
    soknad.status = Soknad.Status(step.target)
    soknad.save(update_fields=["status"])
    audit.record("soknad.recommend", soknad, by=by, verdict=verdict)
    return uttalelse
