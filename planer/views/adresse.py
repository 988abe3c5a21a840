"""What the address says of the training plan: filters, groups, columns, and the row to edit."""

from typing import Any

from django.http import QueryDict

from kompetanse import clock, radnummer
from kompetanse.organisasjon.models import Enhet
from planer import rules
from planer.forms.opplaring import MeasureFilterForm
from planer.models import Tiltak
from planer.queries import gruppe, kolonne, valg
from planer.queries.kolonne import Layout
from planer.queries.opplaring import Filters

NAMES = ("enhet", "fokus", "status", "mate", "ansvarlig", "sene", "grupper")


def filters(query: QueryDict) -> Filters:
    """Return the filters of the address; what is unknown keeps everything."""
    return Filters(
        enhet=enhet(query),
        fokusomrade_id=radnummer.read(query.get("fokus", "")),
        status=_known(query, "status", Tiltak.Status.values),
        sort=_known(query, "mate", Tiltak.Sort.values),
        responsible=query.get("ansvarlig", "")[:120].replace("\0", ""),
        late_on=clock.today() if query.get("sene") else None,
    )


def enhet(query: QueryDict) -> Enhet | None:
    wanted = radnummer.read(query.get("enhet", ""))
    return Enhet.objects.filter(pk=wanted).first() if wanted else None


def grouping(query: QueryDict) -> str:
    return _known(query, "grupper", list(gruppe.GROUPINGS)) or gruppe.HALF


def layout(request: Any, query: QueryDict | None = None) -> tuple[Layout, list[Layout]]:
    """Return the table to show and those to choose among; one query.

    What is asked for, else the Kommune's own columns, else seven for the one who edits.
    """
    found = kolonne.layouts(kolonne.own())
    usual = kolonne.SEVEN if rules.may_edit_plans(request.actor) else kolonne.FOUR
    asked = (request.GET if query is None else query).get("vis", "")
    chosen = found.get(asked) or found.get(kolonne.OWN) or found[usual]
    return chosen, list(found.values())


def filter_form(request: Any) -> MeasureFilterForm:
    offered = valg.of_filters()
    shown = {name: request.GET.get(name, "") for name in (*NAMES, "vis")}
    return MeasureFilterForm(enheter=offered.units, areas=offered.areas, initial=shown)


def _known(query: QueryDict, name: str, known: list[str]) -> str:
    asked = query.get(name, "")
    return asked if asked in known else ""
