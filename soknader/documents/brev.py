"""A decision letter as PDF. Nothing is read or saved."""

from django.utils import translation
from django.utils.translation import gettext as _

from kompetanse.skall.documents import Letterhead, as_pdf
from soknader.models import Vedtak
from soknader.queries.brev import Letter

TEMPLATE = "soknader/letter.html"


def letter_pdf(letter: Letter) -> bytes:
    """Return the letter in the Kommune's målform, as it will always be."""
    return as_pdf(TEMPLATE, {"letter": letter, "heading": heading(letter)}, head=_head(letter))


def heading(letter: Letter) -> str:
    """Return the main message, which is the letter's heading, in the Kommune's målform."""
    with translation.override(letter.lang):
        texts = {
            Vedtak.Outcome.GRANTED: _("Du får støtte til %(study)s"),
            Vedtak.Outcome.PARTLY: _("Du får støtte til en del av %(study)s"),
            Vedtak.Outcome.WAITING: _("Du står på venteliste for støtte til %(study)s"),
            Vedtak.Outcome.REFUSED: _("Du får ikke støtte til %(study)s"),
        }
        return texts[Vedtak.Outcome(letter.outcome)] % {"study": letter.study}


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
