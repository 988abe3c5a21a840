"""The evaluation in May, answered and finished, with what it changed in the plan."""

from demo.loading.register import Register
from kompetanse import clock
from planer.actions import evaluering
from planer.models import Mote

NOON = 12


def load(register: Register) -> None:
    """Make the file's evaluation; its changes are made by the same verbs as on the page."""
    data = register.file("evaluering")
    if not data:
        return
    by, on = register.advisor, data["held_on"]
    with clock.frozen(clock.start_of(on, hour=NOON)):
        begun = evaluering.begin(
            year=data["year"],
            kind=data["kind"],
            held_on=on,
            enhet=None,
            mote=Mote.objects.filter(held_on=on).first(),
            by=by,
        )
        answered = evaluering.answer(begun, version=begun.version, by=by, **data["svar"])
        for row in data["nytt_tiltak"]:
            evaluering.propose(answered, **row, by=by)
        evaluering.finish(answered, by=by, on=on)
