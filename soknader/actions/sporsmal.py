"""A leader asks before stating, and the applicant answers."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError, TransitionError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.actions import locked
from soknader.actions.beskjed import tell
from soknader.emails import sporsmal as emails
from soknader.models import Soknad, Sporsmal
from soknader.queries import sporsmal as queries
from soknader.rules import frist
from soknader.workflow import soknad as workflow

Status = Sporsmal.Status


@transaction.atomic
def ask(soknad: Soknad, *, text: str, answer_by: date, by: Ansatt) -> Sporsmal:
    """Put the application back to the employee with a question, until the end of `answer_by`.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: it is empty, another waits, the day does not fit, or the round is decided.
    """
    soknad = locked.soknad(soknad.pk)
    workflow.check("ask", soknad, by=by)
    _check_may_ask(soknad, text=text, answer_by=answer_by)
    asked: Sporsmal = Sporsmal.objects.create(
        soknad=soknad, text=text.strip(), answer_by=answer_by, by=by, at=clock.now()
    )
    audit.record("sporsmal.ask", asked, by=by, soknad_id=soknad.pk, answer_by=answer_by.isoformat())
    for each in _writers(soknad):
        tell("sporsmal.ask", asked, to=each, message=emails.asked(asked))
    return asked


@transaction.atomic
def answer(asked: Sporsmal, *, text: str, by: Ansatt) -> Sporsmal:
    """Answer; the application is the leader's again. A late answer counts until the decision.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        StaleError: it is answered from another window, or the leader has stated without waiting.
        DomainError: the answer is empty.
    """
    soknad = locked.soknad(asked.soknad_id)
    workflow.check("answer_question", soknad, by=by)
    asked = Sporsmal.objects.select_for_update(of=("self",)).select_related("by").get(pk=asked.pk)
    if not asked.is_open:
        raise StaleError(_already(asked))
    if not text.strip():
        raise DomainError(_("Skriv et svar på spørsmålet."))
    asked.soknad = soknad
    asked.status, asked.answer = Status.ANSWERED, text.strip()
    asked.answered_by, asked.answered_at = by, clock.now()
    asked.save(update_fields=["status", "answer", "answered_by", "answered_at"])
    audit.record("sporsmal.answer", asked, by=by, soknad_id=soknad.pk)
    tell("sporsmal.answer", asked, to=asked.by, message=emails.answered(asked), in_role=True)
    return asked


def close(soknad: Soknad) -> None:
    """Close what waits when the leader states without the answer."""
    Sporsmal.objects.filter(soknad=soknad, status=Status.OPEN).update(status=Status.CLOSED)


def _check_may_ask(soknad: Soknad, *, text: str, answer_by: date) -> None:
    if soknad.runde.status not in frist.TAKES_APPLICATIONS:
        raise TransitionError(_("Runden er vedtatt. Da kan du ikke stille spørsmål."))
    if not text.strip():
        raise DomainError(_("Skriv spørsmålet."))
    if queries.open_on(soknad) is not None:
        raise DomainError(_("Et spørsmål venter allerede på svar."))
    last = frist.last_answer(soknad.runde, on=clock.today())
    if not clock.today() <= answer_by <= last:
        raise DomainError(
            _("Velg en dag fra i dag til %(last)s. Da prioriteres søknadene.")
            % {"last": norsk.langdato(last)}
        )


def _already(asked: Sporsmal) -> str:
    if asked.answered_at is None:
        return _("Lederen har gitt uttalelse uten å vente på svaret.")
    return _(
        "Spørsmålet er besvart fra et annet vindu kl. %(time)s. Ingenting er skrevet over."
    ) % {"time": norsk.klokkeslett(asked.answered_at)}


def _writers(soknad: Soknad) -> list[Ansatt]:
    """Return who may answer: the applicant, and who registered for them and still writes."""
    by = None if soknad.taken_over_at else soknad.registered_by
    return [soknad.ansatt, by] if by else [soknad.ansatt]
