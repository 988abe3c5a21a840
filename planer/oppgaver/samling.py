"""What the joint training plan asks of leaders and of the advisor."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from planer.queries import samling as queries


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    """Yield what the joint plan asks: leaders send in, the advisor gathers and has it adopted."""
    yield waiting(
        queries.unsent(actor, on=on), _send_in, number="plan_year", text="name", day="plan_day"
    )
    yield waiting(queries.unadopted(actor, on=on), _gather, number="year", day="ends")


def _send_in(rad: Rad) -> Oppgave:
    url = reverse("planer:submit_joint", args=[rad.number])
    return Oppgave(
        key=f"planinnlevering:{rad.number}:{rad.pk}",
        title=_("Send inn tiltakene til felles opplæringsplan %(year)d") % {"year": rad.number},
        url=f"{url}?enhet={rad.pk}",
        deadline=rad.day,
        text=rad.text,
    )


def _gather(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"fellesplan:{rad.number}",
        title=_("Samle felles opplæringsplan %(year)d og få den vedtatt") % {"year": rad.number},
        url=reverse("planer:gather_joint", args=[rad.number]),
        deadline=rad.day,
    )
