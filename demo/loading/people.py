"""Units, employees, their users and roles, from the HR export and the file of roles."""

from pathlib import Path

from django.contrib.auth.hashers import make_password

from demo import files
from kompetanse import tables
from kompetanse.organisasjon import actions
from kompetanse.organisasjon.hr import actions as hr
from kompetanse.organisasjon.models import Ansatt, Bruker, Enhet, Rolle

# Everyone in the demonstration has the same password; it is printed at start.
PASSWORD = "bare-til-demonstrasjon"  # noqa: S105 -- meant to be known


def load(slug: str) -> None:
    """Import the Kommune's people, let them log in, and give the roles HR does not know."""
    path = _export(slug)
    hr.load(tables.read_book(path, filename=path.name), file_name=path.name, by=None)
    admit_all()
    _give_roles(slug)


def _export(slug: str) -> Path:
    return next((files.FOLDER / slug).glob("hr.*"))


def admit_all() -> None:
    """Make a user for each employee. One password hash for all: hashing takes half a second."""
    password = make_password(PASSWORD)
    people = list(Ansatt.objects.filter(bruker__isnull=True))
    users = Bruker.objects.bulk_create(
        Bruker(username=person.email or person.number, email=person.email, password=password)
        for person in people
    )
    for person, user in zip(people, users, strict=True):
        person.bruker = user
    Ansatt.objects.bulk_update(people, ["bruker"], batch_size=500)


def _give_roles(slug: str) -> None:
    for row in files.read(slug, "roller")["rolle"]:
        actions.give(
            Rolle.Kode(row["kode"]),
            Ansatt.objects.get(number=str(row["ansatt"])),
            enhet=Enhet.objects.get(code=str(row["enhet"])),
            by=None,
            union=row.get("organisasjon", ""),
        )
