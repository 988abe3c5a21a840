"""The needs as the first step of the year's path to the budget."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kartlegging.models import Behov
from kartlegging.queries import behov, levering
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Enhet
from kompetanse.skall import norsk
from planer import rules
from planer.queries.lop import Step


def needs(actor: Ansatt, year: int, on: date) -> Step:
    """Return where the forms stand, what is lifted, and how each unit's needs are divided.

    Only what is sent in is told. Needs name no person.
    """
    services = _services(year)
    due = services[0][0] if services else behov.deadline(year)
    left = sum(misses for _due, misses in services)
    needs = list(behov.sent(year))
    lifted = [need for need in needs if need.is_lifted]
    counts = {
        "delivered": norsk.tall(len(services) - left),
        "services": norsk.tall(len(services)),
    }
    return Step(
        key="behov",
        title=_("Avdelingene melder behov"),
        is_done=bool(services) and (not left or on > due),
        when=_("Frist %(day)s") % {"day": norsk.langdato(due)},
        facts=[
            (_("Levert"), _("%(delivered)s av %(services)s") % counts),
            (_("Løftet til felles plan"), norsk.tall(len(lifted))),
            (_("Løses i enheten"), norsk.tall(len(needs) - len(lifted))),
        ],
        links=_forms(actor, year),
        headings=[_("Behov"), _("Enhet"), _("Antall"), _("Haster"), _("Fokusområde")],
        rows=[_row(need) for need in lifted],
        urls=[_measure(need, year) for need in lifted] if rules.may_edit_plans(actor) else (),
    )


def _forms(actor: Ansatt, year: int) -> list[tuple[str, str]]:
    """Return the link to the forms, for those who may open them."""
    if not access.may(actor, Act.SEE_GAP):
        return []
    return [(_("Behovsskjemaene"), reverse("kartlegging:needs_of_year", args=[year]))]


def _services(year: int) -> list[tuple[date, bool]]:
    """Return each open service's deadline, and whether it still misses a form."""
    missing = Exists(levering.undelivered(Q(pk=OuterRef("pk")), year=year))
    services = Enhet.objects.filter(kind=Enhet.Kind.VIRKSOMHET, is_open=True)
    return list(
        services.annotate(due=behov.deadline_of(year), misses=missing).values_list("due", "misses")
    )


def _row(need: Behov) -> tuple[str, ...]:
    return (
        need.what,
        need.skjema.enhet.name,
        norsk.tall(need.number),
        need.get_urgency_display(),
        need.fokusomrade.name if need.fokusomrade else "–",
    )


def _measure(need: Behov, year: int) -> str:
    """Return the address of a new measure that meets the need, its form begun."""
    told = {
        "theme": need.what,
        "need": need.what,
        "enhet": need.skjema.enhet_id,
        "fokusomrade": need.fokusomrade_id or "",
        "participants": need.number,
    }
    return f"{reverse('planer:add_measure', args=[year])}?{urlencode(told)}"
