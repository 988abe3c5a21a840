"""Sheets of paper that come back: where the boxes stand, and how much ink there is in each.

The only door to what reads pictures. A scan or a photograph from outside is opened in a child
process with limits, as a spreadsheet is, and is not kept. Source: docs/adr/0021-lists-on-paper.md.
"""

from kompetanse.scanning.reading import ScanError, read
from kompetanse.scanning.sheet import Box, Mark, Sheet

__all__ = ["Box", "Mark", "ScanError", "Sheet", "read"]
