"""A decision letter as PDF, from the municipality's own text. Nothing is read or saved."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.skall import norsk
from kompetanse.skall.documents import Letterhead, as_pdf
from soknader.enums import Slag
from soknader.models import Brevmal
from soknader.queries import brevmal as queries
from soknader.queries.brev import Letter
from soknader.rules import brevmal as rules
from soknader.rules.brevmal import Block

TEMPLATE = "soknader/letter.html"
# A letter has no charts, plans or posters; to look for them takes 2 % of its time.
STYLESHEETS = ("fonts", "document", "letter")
LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Text:
    """What the letter says: its main message, and the parts below it."""

    heading: str
    blocks: tuple[Block, ...]


def text(letter: Letter, mal: Brevmal | None = None) -> Text:
    """Return the letter's words in its målform, by the text given or the one that is shipped."""
    mal = mal or queries.shipped(letter.lang, letter.outcome)
    with translation.override(letter.lang):
        values = _values(letter)
    heading = rules.fill(mal.heading, values)[:LONGEST_HEADING]
    return Text(heading, rules.blocks(mal.body, values))


def letter_pdf(letter: Letter, mal: Brevmal | None = None) -> bytes:
    """Return the letter in its målform, as it will always be."""
    found = text(letter, mal)
    return as_pdf(TEMPLATE, found, head=_head(letter), stylesheets=STYLESHEETS)


def _values(letter: Letter) -> dict[str, str]:
    """Return every placeholder's value; empty where the letter has nothing to say."""
    days = ngettext("%(days)s dag", "%(days)s dager", letter.leave_days)
    return {
        "navn": letter.name,
        "enhet": letter.unit,
        "studium": norsk.inni(letter.study),
        "saksnummer": letter.reference,
        "belop": norsk.kroner(letter.amount) if letter.amount else "",
        "fordeling": _divided(letter),
        "vikar": norsk.kroner(letter.substitute) if letter.substitute else "",
        "fridager": days % {"days": letter.leave_days} if letter.leave_days else "",
        "vilkar": letter.conditions,
        "begrunnelse": letter.reason or _exception(letter),
        "svarfrist": norsk.langdato(letter.accept_by) if letter.gives_support else "",
        "antall_sokere": str(letter.applicants),
        "antall_stotte": str(letter.supported),
        "klagefrist": _weeks(letter.complaint_weeks) if letter.may_complain else "",
        "kontakt": letter.contact,
        "kommune": letter.kommune,
    }


def _divided(letter: Letter) -> str:
    """Return what is granted of each kind, NOK; empty when it is one sum for one thing."""
    given = [
        f"{str(Slag(kind).label).lower()} {norsk.kroner(amount)}"
        for kind, amount in letter.parts
        if amount
    ]
    return norsk.oppramsing(given)


def _weeks(number: int) -> str:
    """Return a number of weeks as a letter says it, the usual ones in words."""
    words = {1: _("én uke"), 2: _("to uker"), 3: _("tre uker"), 4: _("fire uker")}
    several = ngettext("%(n)d uke", "%(n)d uker", number) % {"n": number}
    return words.get(number, several)


def _exception(letter: Letter) -> str:
    """Return the reason for an exception from the priorities, when the group has given no other."""
    if not letter.exception:
        return ""
    told = _("Kommunen gjør unntak fra prioriteringene i denne runden. Grunnen er: %(why)s")
    return told % {"why": letter.exception}


def _head(letter: Letter) -> Letterhead:
    return Letterhead(
        kommune=letter.kommune,
        on=letter.on,
        reference=letter.reference,
        contact=letter.contact,
        lang=letter.lang,
        recipient=(letter.name, letter.unit),
        signature=(letter.signer, letter.kommune),
    )
