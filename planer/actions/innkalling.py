"""The notices of a meeting: called, changed, cancelled, each with its calendar file.

Source: RFC 5546 3.2 (PUBLISH and CANCEL, with a sequence that grows).
"""

from collections.abc import Iterable

from django.conf import settings

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler import actions as varsler
from kompetanse.varsler import queries as addresses
from planer import emails
from planer.documents.mote import meeting_ics
from planer.models import Mote

KIND = "mote"


def call(mote: Mote, *, only: Ansatt | None = None) -> int:
    """Write the invitation to all, or to the one who came later; return to how many."""
    return _tell(mote, "innkalt", emails.called(mote, address=_address(mote)), only=only)


def change(mote: Mote) -> int:
    """Write to all that time or place is another; the sequence grows."""
    _grow(mote)
    return _tell(mote, "endret", emails.moved(mote, address=_address(mote)))


def cancel(mote: Mote, *, only: Ansatt | None = None) -> int:
    """Write that the meeting is not to be, for all or for the one who is struck."""
    _grow(mote)
    text = emails.struck(mote) if only else emails.called_off(mote)
    return _tell(mote, "avlyst", text, only=only, is_cancelled=True)


def calendar(mote: Mote, *, is_cancelled: bool = False) -> bytes:
    """Return the calendar file: when, where and what, and nobody's name."""
    return meeting_ics(
        mote,
        address=_address(mote),
        organizer=settings.DEFAULT_FROM_EMAIL,
        at=clock.now(),
        is_cancelled=is_cancelled or mote.is_cancelled,
    )


def _tell(
    mote: Mote,
    what: str,
    text: tuple[str, str],
    *,
    only: Ansatt | None = None,
    is_cancelled: bool = False,
) -> int:
    subject, body = text
    file = calendar(mote, is_cancelled=is_cancelled).decode()
    people = [only] if only else list(_called(mote))
    for ansatt in people:
        varsler.notify(
            key=f"mote:{mote.pk}:{what}:{mote.sequence}",
            kind=KIND,
            to=ansatt,
            subject=subject[:200],
            body=body,
            calendar=file,
        )
    return len(people)


def _called(mote: Mote) -> Iterable[Ansatt]:
    """Yield those who are called, and who comes instead of someone."""
    rows = mote.deltakere.select_related("ansatt__kommune", "deputy__kommune")
    for deltaker in rows:
        yield deltaker.ansatt
        if deltaker.deputy is not None:
            yield deltaker.deputy


def _grow(mote: Mote) -> None:
    mote.sequence += 1
    mote.save(update_fields=["sequence"])


def _address(mote: Mote) -> str:
    return addresses.address(mote.kommune)
