"""The leader's statement on an application."""

from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from soknader.actions import locked, sporsmal
from soknader.actions.beskjed import tell
from soknader.emails import soknad as emails
from soknader.models import Inhabilitet, Soknad, Soknadsrunde, Uttalelse
from soknader.queries import uttalelse as uttalelser
from soknader.workflow import soknad as workflow

_TAKES_STATEMENTS = frozenset({Soknadsrunde.Status.OPEN, Soknadsrunde.Status.PRIORITISING})


@transaction.atomic
def recommend(  # noqa: PLR0913 (one for each answer of the form)
    soknad: Soknad,
    *,
    by: Ansatt,
    version: int,
    verdict: Uttalelse.Verdict,
    text: str,
    condition: str = "",
    staffing: str = "",
    substitutes: int | None = None,
) -> Uttalelse:
    """State on the application; a new statement replaces the old until it is decided.

    A question that waits for an answer is closed. `substitutes` is how many shifts somebody must
    be found for.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        StaleError: the applicant changed the application since `version` was read.
        DomainError: the round's decisions are made, or support on a condition lacks it.
    """
    soknad = locked.soknad(soknad.pk)
    step = workflow.check("recommend", soknad, by=by)
    if soknad.runde.status not in _TAKES_STATEMENTS:
        raise DomainError(_("Runden er vedtatt. Da kan ikke uttalelsen endres."))
    if version != soknad.version:
        raise StaleError(_("Søkeren har endret søknaden mens du leste. Les den nye utgaven først."))

    is_conditional = verdict == Uttalelse.Verdict.CONDITIONAL
    if is_conditional and not condition.strip():
        raise DomainError(_("Skriv hva som må være på plass for at du støtter søknaden."))

    uttalelse: Uttalelse
    uttalelse, _is_new = Uttalelse.objects.update_or_create(
        soknad=soknad,
        defaults={
            "verdict": verdict, "text": text, "condition": condition if is_conditional else "",
            "staffing": staffing, "substitutes": substitutes, "by": by, "at": clock.now(),
        },
    )  # fmt: skip
    sporsmal.close(soknad)
    soknad.status = Soknad.Status(step.target)
    soknad.save(update_fields=["status"])
    audit.record("soknad.recommend", soknad, by=by, verdict=verdict)
    return uttalelse


@transaction.atomic
def recuse(soknad: Soknad, *, ground: Inhabilitet.Ground, by: Ansatt) -> Ansatt | None:
    """Step aside in the case; an own statement is taken away. Return who states instead.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
    """
    soknad = locked.soknad(soknad.pk)
    workflow.check("recommend", soknad, by=by)
    Inhabilitet.objects.create(soknad=soknad, ansatt=by, ground=ground)
    audit.record("soknad.recuse", soknad, by=by, ground=str(ground), runde_id=soknad.runde_id)
    if Uttalelse.objects.filter(soknad=soknad, by=by).delete()[0]:
        soknad.status = Soknad.Status.SUBMITTED
        soknad.save(update_fields=["status"])
    following = uttalelser.leader_of(soknad)
    if following is not None and soknad.status == Soknad.Status.SUBMITTED:
        message = emails.to_state_on(soknad)
        tell("soknad.state", soknad, to=following, message=message, in_role=True)
    return following
