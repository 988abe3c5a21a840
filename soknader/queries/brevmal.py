"""The texts of letters: which is in force, which there have been, and a case to see one on."""

from datetime import date, timedelta
from pathlib import Path

from django.db.models import Count, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanse.kommuner import maler
from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.enums import Slag
from soknader.models import Brevmal, Vedtak
from soknader.queries.brev import Letter

FILE = Path(__file__).resolve().parent.parent / "data" / "mal" / "brev.toml"
CASES = 20
WEEKS_TO_ACCEPT = 2


def shipped(lang: str, outcome: str) -> Brevmal:
    """Return the product's own text, as a row that is not stored."""
    told = maler.read(FILE)[lang][outcome]
    return Brevmal(
        lang=lang, outcome=outcome, version=0, heading=told["heading"], body=told["body"].strip()
    )


def in_force(lang: str) -> dict[str, Brevmal]:
    """Return the text of each outcome in the målform, one query."""
    newest = Brevmal.objects.filter(lang=lang).order_by("outcome", "-version").distinct("outcome")
    stored = {mal.outcome: mal for mal in newest}
    return {outcome: stored.get(outcome) or shipped(lang, outcome) for outcome in Vedtak.Outcome}


def versions(lang: str, outcome: str) -> QuerySet[Brevmal]:
    """Return the versions, newest first, each with `letters`: how many were made from it."""
    stored = Brevmal.objects.filter(lang=lang, outcome=outcome)
    return stored.annotate(letters=Count("svarbrev")).order_by("-version")


def cases(actor: Ansatt, outcome: str) -> QuerySet[Vedtak]:
    """Return the decisions with the outcome that the actor may see a letter on, newest first."""
    handled = access.within(actor, Act.SEND_LETTERS, enhet="soknad__ansatt__enhet")
    decided = Vedtak.objects.filter(handled, status=Vedtak.Status.DECIDED, outcome=outcome)
    return decided.select_related(
        "kommune", "decided_by", "soknad__runde", "soknad__ansatt__enhet"
    ).order_by("-decided_at", "-pk")


def example(kommune: Kommune, lang: str, outcome: str, *, on: date) -> Letter:
    """Return an invented letter, for when no case has the outcome yet."""
    gives = outcome in Vedtak.GIVES
    return Letter(
        on=on, reference=f"{on.year}-0001", name="Kari Nordmann", unit="Hjemmetjenesten",
        outcome=outcome, study="Videreutdanning i geriatri", amount=34_000 if gives else 0,
        parts=((Slag.TUITION, 30_000), (Slag.BOOKS, 4_000)) if gives else (),
        leave_days=12 if gives else 0, reason=_reason(lang, gives=gives),
        conditions="", applicants=40, supported=25, accept_by=on + timedelta(weeks=WEEKS_TO_ACCEPT),
        may_complain=True, signer="Ola Nordmann", kommune=kommune.full_name,
        contact=kommune.contact, lang=lang,
    )  # fmt: skip


def _reason(lang: str, *, gives: bool) -> str:
    with translation.override(lang):
        if gives:
            return _("Utdanningen svarer på et behov i enheten.")
        return _("Andre søkere hadde en utdanning som enheten trenger før.")
