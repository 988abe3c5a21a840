"""«Kom i gang»: what the new administrator has left to do, seen from the Kommune's own rows.

    oppstart.register(Step(...))        # in AppConfig.ready(), by the app that the step is about

All steps are asked for in one statement. When all are done, the list is gone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import tenancy
from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Hrimport, Rolle
from kompetanse.skall.forside import Section

FIRST = 5


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do once: it is done when `rows` has any; low `order` stands first."""

    key: str
    title: str | Promise
    text: str | Promise
    url_name: str
    rows: Callable[[], QuerySet[Any]]
    order: int


@dataclass(frozen=True, slots=True)
class Shown:
    title: str
    text: str
    url: str
    is_done: bool


_steps: dict[str, Step] = {}


def register(step: Step) -> None:
    _steps[step.key] = step


def section(actor: Ansatt, _on: date) -> Section | None:
    """Return the list for those who administer the Kommune, until all of it is done."""
    if not access.may(actor, Act.EDIT_SETTINGS):
        return None
    shown = list(_shown())
    done = sum(step.is_done for step in shown)
    if done == len(shown):
        return None
    return Section(
        heading=str(_("Kom i gang")),
        template="plattform/_getting_started.html",
        data={"steps": shown, "done": done},
        order=FIRST,
    )


def _shown() -> Iterator[Shown]:
    steps = sorted(_steps.values(), key=lambda step: step.order)
    asked = {step.key: Exists(step.rows()) for step in steps}
    row: Any = Kommune.objects.filter(pk=tenancy.require_id()).values(**asked).get()
    for step in steps:
        yield Shown(str(step.title), str(step.text), reverse(step.url_name), is_done=row[step.key])


def register_ground() -> None:
    """Register what the ground itself asks for; the apps above add theirs."""
    register(
        Step(
            "ansatte",
            _("Hent ansatte og enheter fra HR"),
            _("Last opp filen fra lønnssystemet. Du ser hva som skjer før noe lagres."),
            "hrimport:list",
            Hrimport.objects.all,
            10,
        )
    )
    register(
        Step(
            "fagradgiver",
            _("Gi noen rollen fagrådgiver"),
            _("Fagrådgiveren driver runder, brev, årshjul og tilskuddssøknad."),
            "organisasjon:roles",
            lambda: Rolle.objects.filter(kode=Rolle.Kode.FAGRADGIVER),
            20,
        )
    )
    register(
        Step(
            "tillitsvalgte",
            _("Gi tillitsvalgte og verneombud rollene sine"),
            _("De ser prioriteringen og kan si meningen sin."),
            "organisasjon:roles",
            lambda: Rolle.objects.filter(kode__in=(Rolle.Kode.TILLITSVALGT, Rolle.Kode.VERNEOMBUD)),
            30,
        )
    )
