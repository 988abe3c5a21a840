"""docs/workflows.md is drawn from the tables; `UPDATE_DOCS=1 pytest tests/docs` draws again."""

import os
from collections.abc import Iterable
from typing import Any

import pytest
from django.utils import translation

from kartlegging import workflow as behovsskjema
from kartlegging.models import Behovsskjema
from planer.models import (
    Evaluering,
    Handlingsplan,
    Langplan,
    Mote,
    Nettverk,
    Opplaringsplan,
    Protokoll,
    Strategiplan,
)
from planer.workflow import (
    evaluering,
    handlingsplan,
    langplan,
    mote,
    nettverk,
    opplaringsplan,
    protokoll,
)
from planer.workflow import strategi as strategiplan
from rapporter.models import Fordeling, Tilskuddsrapport, Tilskuddssoknad
from rapporter.workflow import fordeling, innsending
from soknader.models import Avtale, Framdrift, Soknad, Soknadsrunde, Utbetaling, Vedtak
from soknader.workflow import avtale, framdrift, runde, soknad, utbetaling, vedtak
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "workflows.md"
HEAD = """# Workflows

Drawn from the tables in each app's `workflow` by `tests/docs/test_workflows.py`, not by hand.
A step is a verb in `actions`. Who may take it stands beside it in the code, and in `rules`.
"""
TABLES: tuple[tuple[str, type[Any], Any], ...] = (
    ("Strategiplan", Strategiplan, strategiplan.STEPS),
    ("Langplan", Langplan, langplan.STEPS),
    ("Opplaringsplan", Opplaringsplan, opplaringsplan.STEPS),
    ("Evaluering", Evaluering, evaluering.STEPS),
    ("Handlingsplan", Handlingsplan, handlingsplan.STEPS),
    ("Mote", Mote, mote.STEPS),
    ("Protokoll", Protokoll, protokoll.STEPS),
    ("Nettverk", Nettverk, nettverk.STEPS),
    ("Behovsskjema", Behovsskjema, behovsskjema.STEPS),
    ("Soknadsrunde", Soknadsrunde, runde.STEPS),
    ("Soknad", Soknad, soknad.STEPS),
    ("Vedtak", Vedtak, vedtak.STEPS),
    ("Avtale", Avtale, avtale.STEPS),
    ("Utbetaling", Utbetaling, utbetaling.STEPS),
    ("Framdrift", Framdrift, framdrift.STEPS),
    ("Tilskuddssoknad", Tilskuddssoknad, innsending.SOKNAD_STEPS),
    ("Fordeling", Fordeling, fordeling.STEPS),
    ("Tilskuddsrapport", Tilskuddsrapport, innsending.RAPPORT_STEPS),
)


def arrows(steps: Any) -> Iterable[tuple[str, str, str]]:
    """Yield (from, step, to) of a table."""
    for name, step in steps.items():
        for source in sorted(str(each) for each in step.sources):
            yield source, name, str(step.leads_to(source))


def drawn(noun: str, model: type[Any], steps: Any) -> str:
    names = [f"    {state.value}: {state.label}" for state in model.Status]
    lines = [f"    {source} --> {target}: {name}" for source, name, target in arrows(steps)]
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", *names, *lines, "```"])
    return f"## {noun}\n\n{diagram}\n"


def test_the_drawing_is_that_of_the_tables():
    with translation.override("nb"):
        page = "\n".join([HEAD, *(drawn(*table) for table in TABLES)])

    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "Run UPDATE_DOCS=1 pytest tests/docs"


@pytest.mark.parametrize(("noun", "model", "steps"), TABLES, ids=[table[0] for table in TABLES])
def test_every_step_leads_between_states_that_exist(noun, model, steps):
    states = set(model.Status.values)

    for source, _name, target in arrows(steps):
        assert {source, target} <= states
