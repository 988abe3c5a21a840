"""Spreadsheets in and out: the only door to the libraries that read and write them.

What comes in is read bounded, in a child process with limits; what goes out never begins a formula
from a person's text. Source: docs/adr/0011-spreadsheets-in-a-child-process.md.
"""

from kompetanse.tables.filling import Filled, FormCell, fill
from kompetanse.tables.reading import FORM_KINDS, Row, Table, read, read_book, read_form
from kompetanse.tables.refusals import TableError
from kompetanse.tables.sheets import Cell, Column, Kind, Sheet
from kompetanse.tables.writing import write_csv, write_xlsx

__all__ = [
    "FORM_KINDS",
    "Cell",
    "Column",
    "Filled",
    "FormCell",
    "Kind",
    "Row",
    "Sheet",
    "Table",
    "TableError",
    "fill",
    "read",
    "read_book",
    "read_form",
    "write_csv",
    "write_xlsx",
]
