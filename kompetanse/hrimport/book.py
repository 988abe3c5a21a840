"""The stored file of a run as sheets, read in the bounded child, never inside a transaction."""

from kompetanse import tables
from kompetanse.errors import DomainError
from kompetanse.kommuner import files
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Hrimport
from kompetanse.tables import Table

Sheets = tuple[Table, ...]

# 20 000 people with up to three positions each, in forty columns.
MOST_ROWS = 60_000
MOST_CELLS = 1_200_000


def read(kommune_id: int, hrimport_id: int) -> tuple[Hrimport, Sheets]:
    """Return the run and the sheets of its file.

    Raises:
        DomainError: the file cannot be read, or is gone; says what to do.
    """
    with as_kommune(kommune_id):
        hrimport = Hrimport.objects.select_related("fil", "by").get(pk=hrimport_id)
        if hrimport.fil is None:
            raise DomainError("Filen er slettet. Last den opp på nytt.")
        content = files.read(hrimport.fil)
    return hrimport, of(content, hrimport.file_name)


def of(content: bytes, file_name: str) -> Sheets:
    """Return the sheets of a file from HR. Raises as tables.read_book."""
    return tables.read_book(content, filename=file_name, max_rows=MOST_ROWS, max_cells=MOST_CELLS)
