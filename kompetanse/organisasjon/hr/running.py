"""A run as its verbs hold it: who may, locked in a state, and one import at a time."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from kompetanse.errors import TransitionError
from kompetanse.kommuner import files, tenancy
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Hrimport, Hrlinje

S = Hrimport.Status


_LOCK = 4711


def require(by: Ansatt | None) -> None:
    """The system itself (None) may: the folder and the key have asked already."""
    if by is not None and not access.may(by, Act.IMPORT_HR):
        raise PermissionDenied


def locked(hrimport: Hrimport, *statuses: Hrimport.Status) -> Hrimport:
    """Return the run, locked, when it is in one of the states; else TransitionError."""
    held: Hrimport = Hrimport.objects.select_for_update().get(pk=hrimport.pk)
    if held.status not in statuses:
        state = str(held.get_status_display()).lower()
        raise TransitionError(
            _("Importen er i en annen tilstand nå: %(state)s.") % {"state": state}
        )
    return held


def tick(hrimport: Hrimport, numbers: Sequence[str]) -> None:
    """Mark those of the missing who have left, by a person's word."""
    missing = hrimport.linjer.filter(kind=Hrlinje.Kind.MISSING, number__in=numbers)
    ticked = list(missing)
    for line in ticked:
        line.content["leaves"] = True
    Hrlinje.objects.bulk_update(ticked, ["content"], batch_size=500)


def take_turns() -> None:
    """Take turns; and join whole tables, since nobody has counted rows that were just written.

    PostgreSQL knows nothing yet of what this or the last run made, and would look up each of
    20 000 people among 40 000 positions one by one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, tenancy.require_id()])
        cursor.execute(
            "SELECT set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)"
        )


def drop_file(hrimport: Hrimport) -> None:
    fil = hrimport.fil
    if fil is not None:
        hrimport.fil = None
        hrimport.save(update_fields=["fil"])
        files.remove(fil)
