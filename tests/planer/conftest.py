"""What the tests of planer share: Modum's plan as data, a form's answers, files read back."""

import io
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from openpyxl import load_workbook
from pypdf import PdfReader

from kompetanse import clock
from kompetanse.kommuner import once, tenancy
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle
from planer.actions.innlasting import plan_from
from planer.models import (
    Drofting,
    Fokusomrade,
    Langplan,
    Mote,
    Opplaringsplan,
    Strategiplan,
    Tiltak,
)
from tests.conftest import give, make_ansatt, make_enhet

DATA = Path(__file__).resolve().parents[2] / "demo" / "data"
SEPTEMBER = datetime(2026, 9, 1, 9, 0, tzinfo=clock.OSLO)
CANARY = "KANARI-9902"
# What the tests add to a page's own queries: the savepoint and its release, the client that steps
# back into the Kommune, and the demonstration's clock.
TESTS_OWN = 4


@pytest.fixture
def september() -> Iterator[datetime]:
    """The clock stands at 1 September 2026, where the demonstration begins."""
    with clock.frozen(SEPTEMBER):
        yield SEPTEMBER


@pytest.fixture
def modum_data() -> dict[str, Any]:
    return tomllib.loads((DATA / "modum" / "plan.toml").read_text())


@pytest.fixture
def modum(
    september: datetime, helse: Enhet, frida: Ansatt, modum_data: dict[str, Any]
) -> Strategiplan:
    """Modum's plan, wheel, meetings and measures, with its eleven services under `helse`."""
    for number, code in enumerate(modum_data["plan"]["omfang"], start=1):
        enhet = make_enhet(f"Virksomhet {number}", Enhet.Kind.VIRKSOMHET, helse)
        Enhet.objects.filter(pk=enhet.pk).update(code=code)
    return plan_from(modum_data, by=frida)


@pytest.fixture
def plan(active: Kommune) -> Strategiplan:
    """A plan in force with one focus area that has one sub-area."""
    plan = Strategiplan.objects.create(
        name="Kompetanseplan", first_year=2025, last_year=2028, status=Strategiplan.Status.IN_FORCE
    )
    top = Fokusomrade.objects.create(plan=plan, order=1, name="Bredere kompetanse")
    Fokusomrade.objects.create(plan=plan, parent=top, order=1, name="Geriatri")
    return plan


@pytest.fixture
def draft(active: Kommune) -> Strategiplan:
    return Strategiplan.objects.create(name="Utkastet", first_year=2027, last_year=2030)


def make_tiltak(theme: str = "Sårstell", **values: Any) -> Tiltak:
    amounts = values.pop("belop", {})
    tiltak = Tiltak.objects.create(
        **{"year": 2027, "half": Tiltak.Halvar.SPRING, "theme": theme} | values
    )
    for kind, amount in amounts.items():
        tiltak.belop.create(kind=kind, amount=amount)
    return tiltak


def discussed(plan: Strategiplan | Langplan | Opplaringsplan) -> Drofting:
    """The plan has been discussed with the unions, as it must be before it is adopted."""
    about: dict[str, Any] = {"langplan" if isinstance(plan, Langplan) else "strategiplan": plan}
    if isinstance(plan, Opplaringsplan):
        about = {"year": plan.year}
    return Drofting.objects.create(
        title="Planen", status="held", held_on=date(2025, 12, 1), result="agreed", **about
    )


def make_mote(day: date, title: str = "Møte") -> Mote:
    return Mote.objects.create(title=title, held_on=day)


@pytest.fixture
def neighbour(nabovik: Kommune) -> Callable[[Callable[[Ansatt], Any]], Any]:
    """Run something in the other Kommune, with its own advisor, and come back."""

    def run(make: Callable[[Ansatt], Any]) -> Any:
        outer = _leave()
        try:
            with as_kommune(nabovik.pk):
                enhet = make_enhet(CANARY, Enhet.Kind.KOMMUNE)
                advisor = give(make_ansatt("Nils", CANARY, enhet), Rolle.Kode.FAGRADGIVER, enhet)
                return make(advisor)
        finally:
            _enter(outer)

    return run


def _leave() -> int | None:
    outer = tenancy._active.get()
    tenancy._active.set(None)
    return outer


def _enter(outer: int | None) -> None:
    tenancy._active.set(outer)
    if outer is not None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('kompetanse.kommune_id', %s, true)", [str(outer)])


def measure_answers(**answers: Any) -> dict[str, Any]:
    """Return what the form of a new measure sends."""
    return {
        "engangsnokkel": once.new_token(),
        "theme": "Palliasjon",
        "half": "var",
        "kind": "kurs",
        "way": "utvikle",
        "status": "planlagt",
    } | answers


def hearing_answers(until: str, **answers: Any) -> dict[str, Any]:
    """Return what the form that sends a plan on hearing sends."""
    return {"engangsnokkel": once.new_token(), "until": until, "text": ""} | answers


def pdf_text(response: Any) -> str:
    """Return the words of a PDF, each parted by one space."""
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def plain(text: str) -> str:
    """Return the text with ordinary spaces, as pdf_text gives it."""
    return " ".join(text.split())


def cells(response: Any) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]
