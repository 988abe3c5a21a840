"""What a verb tells people: a notice in its own transaction, once for each occasion and person."""

from django.db.models import Model

from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler import actions as varsler
from soknader.emails.message import Message


def tell(
    occasion: str, thing: Model, *, to: Ansatt, message: Message, in_role: bool = False
) -> None:
    """Write the notice of what has happened to the thing.

    `occasion` is the kind of notice; what follows a colon in it tells one time from another. What
    concerns a role (`in_role`) goes to who stands in for its holder too.
    """
    notify = varsler.notify_in_role if in_role else varsler.notify
    notify(
        key=f"{occasion}:{thing.pk}", kind=occasion.partition(":")[0], to=to,
        subject=message.subject, body=message.body,
    )  # fmt: skip
