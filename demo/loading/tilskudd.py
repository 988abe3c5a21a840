"""The county's grant scheme, and the application that the advisor has begun."""

from demo.loading.register import Register
from rapporter.actions import tilskudd
from rapporter.models import Tilskuddsordning


def load(register: Register) -> None:
    """Announce the scheme, and write the head of the application as far as the file has it."""
    plan = register.file("plan")
    ordning = Tilskuddsordning.objects.create(**plan["tilskuddsordning"])
    soknad = tilskudd.begin(ordning, by=register.advisor)
    head = {name: text.strip() for name, text in plan["tilskuddssoknad"].items()}
    tilskudd.write_head(soknad, version=soknad.version, by=register.advisor, **head)
