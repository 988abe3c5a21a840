"""Turns at reading files from outside while somebody waits for the page.

A spreadsheet or a scan is read by a program of its own (kompetanse.bounded), and the web process
waits for it: seconds, when the file is made to be slow. Taken in turns, files cannot hold all of
the web's processes, nor all of the memory. Workers take no turns; they have a queue.
"""

from django.db import connection
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError
from kompetanse.kommuner import tenancy

# How many are read at once in all Kommuner: half of the web's four processes.
AT_ONCE = 2
_OWN, _SHARED = 7311, 7312


class BusyError(DomainError):
    """Others are having a file read. The text is Norwegian and may be shown to the user."""


def take() -> None:
    """Take the Kommune's turn to have a file read; it is given back when the transaction ends.

    Raises:
        BusyError: someone in the Kommune has it, or too many others read at once.
    """
    if not _is_taken(_OWN, tenancy.require_id()) or not any(
        _is_taken(_SHARED, number) for number in range(AT_ONCE)
    ):
        raise BusyError(
            _("En annen fil blir lest akkurat nå. Vent et minutt, og last opp filen på nytt.")
        )


def _is_taken(kind: int, number: int) -> bool:
    """Return whether the lock is this transaction's from now on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [kind, number])
        return bool(cursor.fetchone()[0])
