"""The trail as a spreadsheet, and a person's own data as JSON, PDF and zip. They save nothing."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from kompetanse.kommuner.models import Kommune
from kompetanse.personvern.queries.hendelser import Line
from kompetanse.personvern.queries.samlet import MineData
from kompetanse.skall.documents import Letterhead, as_html, as_pdf
from kompetanse.tables import Column, Sheet, write_csv, write_xlsx

TEMPLATE = "personvern/mine_document.html"
CSV, XLSX = "csv", "xlsx"


def _workbook(sheet: Sheet) -> bytes:
    return write_xlsx([sheet])


WRITERS = {CSV: write_csv, XLSX: _workbook}


def events(lines: Iterable[Line], *, form: str) -> bytes:
    """Return the trail as `csv` or `xlsx`; no cell begins a formula."""
    columns = [
        Column(str(heading))
        for heading in (
            _("Tid"),
            _("Hvem"),
            _("I rollen"),
            _("Handling"),
            _("Objekt"),
            _("Sak"),
            _("Gjelder"),
            _("Detaljer"),
        )
    ]
    rows = [
        (
            f"{line.at:%Y-%m-%d %H:%M:%S}",
            line.by,
            line.role,
            line.action,
            line.object,
            line.case,
            line.about,
            line.details,
        )
        for line in lines
    ]
    return WRITERS[form](Sheet(_("Hendelser"), columns, rows))


def head(kommune: Kommune, *, on: date) -> Letterhead:
    return Letterhead(
        kommune=kommune.full_name,
        on=on,
        contact=kommune.contact,
        lang=kommune.maalform,
    )


def as_json(mine: MineData) -> bytes:
    """Return everything as JSON, UTF-8: by table its purpose, basis, retention and rows."""
    content = {
        "ansatt": {"navn": mine.name, "ansattnummer": mine.number, "enhet": mine.unit},
        "laget": mine.made_at,
        "tabeller": [_table(holding) for group in mine.groups for holding in group.holdings],
        "det_du_har_gjort": [asdict(deed) for deed in mine.deeds],
        "apnet_av": [
            {"tid": line.at, "hvem": line.by, "handling": line.action} for line in mine.opened
        ],
    }
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()


def _table(holding: Any) -> dict[str, Any]:
    table = holding.table
    return {
        "tabell": table.model,
        "navn": holding.heading,
        "formal": str(table.purpose),
        "grunnlag": str(table.basis.value),
        "lagring": str(table.kept),
        "utelatt": {name: str(why) for name, why in table.hidden.items()},
        "rader": holding.rows,
        "lesbart": [{line.label: line.value for line in lines} for lines in holding.readable],
    }


def as_document(mine: MineData, *, head: Letterhead) -> bytes:
    """Return the same as a PDF that a person can read."""
    return as_pdf(TEMPLATE, mine, head=head)


def as_page(mine: MineData, *, head: Letterhead) -> bytes:
    """Return the same as one HTML file that opens without the service."""
    return as_html(TEMPLATE, mine, head=head).encode()


def package(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """Return a zip of the named parts; names that are taken get a number."""
    target, taken = BytesIO(), set[str]()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(parts, start=1):
            free = name if name not in taken else f"{number}-{name}"
            taken.add(free)
            archive.writestr(free, content)
    return target.getvalue()
