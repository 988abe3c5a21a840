"""The municipality's own text of its letters: every change is a new version."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.kommuner.maler import Mal
from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Brevmal, Vedtak
from soknader.queries import brevmal as queries
from soknader.rules import brevmal as rules


@transaction.atomic
def revise(mal: Brevmal, *, heading: str, body: str, version: int, by: Ansatt) -> Brevmal:
    """Make a new version of the text; letters that are made keep the one they were made from.

    Raises:
        PermissionDenied: `by` does not send letters.
        DomainError: something in braces is no placeholder.
        StaleError: someone else has made a version after `version`.
    """
    if not access.may(by, Act.SEND_LETTERS):
        raise PermissionDenied
    strange = rules.unknown(heading) + rules.unknown(body)
    if strange:
        raise DomainError(_("Brevet kan ikke fylles ut: %(what)s.") % {"what": ", ".join(strange)})
    now = queries.in_force(mal.lang)[mal.outcome].version
    stale = StaleError(_("Malen er endret av en annen siden du åpnet den. Se over og lagre igjen."))
    if now != version:
        raise stale
    try:
        with transaction.atomic():
            made = Brevmal.objects.create(
                lang=mal.lang, outcome=mal.outcome, version=now + 1, heading=heading, body=body
            )
    except IntegrityError as error:
        raise stale from error
    audit.record("brevmal.revise", made, by=by, version=made.version)
    return made


def load_shipped(_mal: Mal) -> int:
    """Give a new Kommune the product's texts as the first version of its own."""
    texts = [
        queries.shipped(lang, outcome)
        for lang in Kommune.Maalform.values
        for outcome in Vedtak.Outcome.values
    ]
    for text in texts:
        text.version = 1
    return len(Brevmal.objects.bulk_create(texts))
