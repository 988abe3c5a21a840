"""What the employee is told when the letter is ready. Nothing of what it says."""

from django.utils.translation import gettext as _

from soknader.emails.message import Message
from soknader.emails.runde import ending
from soknader.models import Soknad


def ready(soknad: Soknad) -> Message:
    """Tell that the answer is ready, and where it is read."""
    body = _(
        "Hei, {navn}!\n\n"
        "Søknaden din %(number)s er behandlet, og svarbrevet er klart. "
        "Du finner det på forsiden når du har logget inn.\n"
    )
    told = {"number": soknad.reference}
    return Message(_("Svaret på søknaden din er klart"), body % told + ending(soknad.kommune))
