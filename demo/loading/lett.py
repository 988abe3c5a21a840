"""A municipality by the path of a new one: founded from a template, people from HR, roles, plan.

The organisation is `enheter.txt`, the plan `plan.toml`; catalogue, requirements and stock are
those that all share. Modum and Siljan have files of their own for each part: `year`.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from demo import enheter, files, hr
from demo.loading import beholdning, people
from demo.loading.register import Register
from kartlegging.actions import krav
from kompetanse import tables
from kompetanse.kommuner.maler import Mal
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune, as_operator
from kompetanse.organisasjon import access, actions
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.hr import actions as hr_actions
from kompetanse.organisasjon.models import (
    Ansatt,
    Enhet,
    Kompetanse,
    Rolle,
    Stillingskategori,
)
from kompetanse.plattform.actions import kommune as kommuner
from kompetanse.plattform.actions import region
from kompetanse.plattform.actions.kommune import Administrator
from planer.actions import innlasting

Kode = Rolle.Kode
SERVER = 0
FIRST_NUMBER = 20_001
TOP, HEALTH = "1000", "2000"
# One in twelve has a second position, as in Modum.
SECOND_POSTS = 12

# Who HR does not know: role, job in HR, how far it reaches, and the organisation of a union's.
ELECTED = (
    (Kode.TILLITSVALGT, "Helsefagarbeider", TOP, "Fagforbundet"),
    (Kode.TILLITSVALGT, "Sykepleier", HEALTH, "Norsk Sykepleierforbund"),
    (Kode.TILLITSVALGT, "Lærer", TOP, "Utdanningsforbundet"),
    (Kode.VERNEOMBUD, "Assistent", TOP, ""),
    (Kode.KOMPETANSETILLITSVALGT, "Helsefagarbeider", HEALTH, "Fagforbundet"),
)
APPOINTED = (
    (Kode.KOMMUNEDIREKTOR, "Kommunedirektør", TOP),
    (Kode.PERSONALSJEF, "Personalsjef", TOP),
    (Kode.STABSLEDER, "Stabsleder", HEALTH),
)


def load(slug: str) -> Kommune:
    """Make the Kommune with all that it begins with, in one transaction."""
    told = files.read(slug, "plan")
    register = _register(slug)
    with as_operator(SERVER):
        kommune, _key = kommuner.found(
            **told["kommune"],
            mal=Mal(told["mal"]),
            administrator=_administrator(register),
            region=told.get("region", {}).get("name", ""),
            by=None,
        )
        with as_kommune(kommune.pk):
            _import(slug, register)
            people.admit_all()
            _give_roles(told)
            _plan(slug)
            if "region" in told:
                _speak_in_region(kommune, told["region"])
    return kommune


def _register(slug: str) -> hr.Register:
    """Draw the municipality's people, the same each time."""
    units = enheter.read(slug)
    register = hr.Register(
        units, domain=f"{slug}.example", first_number=FIRST_NUMBER, seed=crc32(slug.encode())
    )
    staff = sum(count for unit in units for _key, count in unit.staff)
    return register.fill(second_posts=staff // SECOND_POSTS)


def _administrator(register: hr.Register) -> Administrator:
    """Return the IT advisor, who is let in before HR's file is."""
    post = next(post for post in register.posts if post.job.name == "IKT-rådgiver")
    return Administrator(
        number=str(post.person.number),
        first_name=post.person.first_name,
        last_name=post.person.last_name,
        email=post.person.email,
        top_code=TOP,
    )


def _import(slug: str, register: hr.Register) -> None:
    """Bring in the people by the import that HR uses, from a file as HR writes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{slug}.xlsx"
        path.write_bytes(hr.as_workbook(register, enheter.read(slug)))
        hr_actions.load(tables.read_book(path, filename=path.name), file_name=path.name, by=None)


def _give_roles(told: dict[str, object]) -> None:
    units = {enhet.code: enhet for enhet in Enhet.objects.all()}
    by_job = _by_job()
    for kode, job, code in APPOINTED:
        for ansatt in by_job.get(job, ())[:1]:
            actions.give(kode, ansatt, enhet=units[code], by=None)
    for ansatt in by_job["Kommunalsjef"]:
        actions.give(Kode.KOMMUNALSJEF, ansatt, enhet=ansatt.enhet, by=None)
    advisors = by_job["Fagrådgiver"]
    actions.give(Kode.FAGRADGIVER, advisors[0], enhet=_unit_for(advisors[0], units), by=None)
    if "coordinator" in told.get("region", {}):  # type: ignore[operator]
        actions.give(Kode.REGIONKOORDINATOR, advisors[-1], enhet=units[TOP], by=None)
    taken: Counter[str] = Counter()
    for kode, job, code, union in ELECTED:
        found = by_job.get(job, [])[taken[job] * 5 + 3 :][:1]
        taken[job] += 1
        for ansatt in found:
            actions.give(kode, ansatt, enhet=units[code], by=None, union=union)


def _unit_for(advisor: Ansatt, units: dict[str, Enhet]) -> Enhet:
    """Return how far an advisor reaches: the whole municipality from the top, else the sector."""
    return units[TOP] if advisor.enhet.code == TOP else units[HEALTH]


def _by_job() -> dict[str, list[Ansatt]]:
    """Return everyone by what HR calls their main position, in order of number."""
    jobs: dict[str, list[Ansatt]] = {}
    for ansatt in Ansatt.objects.select_related("enhet", "kategori").order_by("number"):
        if ansatt.kategori is not None:
            jobs.setdefault(ansatt.kategori.name, []).append(ansatt)
    return jobs


def _plan(slug: str) -> None:
    """Make catalogue, strategy plan, measures, requirements and stock."""
    catalogue = files.read(slug, "katalog")
    Kompetanse.objects.bulk_create(Kompetanse(**row) for row in catalogue["kompetanse"])
    register = Register.of(slug)
    innlasting.plan_from(files.read(slug, "plan"), by=register.advisor)
    innlasting.tick_past(by=register.advisor)
    register = Register.of(slug)
    for enhet, kompetanse, level, count, is_statutory in _requirements(slug, register):
        krav.add(
            enhet,
            kompetanse=kompetanse,
            level=level,
            count=count,
            is_statutory=is_statutory,
            by=register.advisor,
        )
    beholdning.load(register)


def _requirements(
    slug: str, register: Register
) -> Iterator[tuple[Enhet, Kompetanse, int, int, bool]]:
    """Yield what each unit must have: a share of those of the named groups who work there."""
    groups = dict(Stillingskategori.objects.values_list("pk", "group"))
    working = Counter(
        (ansatt.enhet_id, groups.get(ansatt.kategori_id or 0, ""))
        for ansatt in register.people.values()
    )
    for row in files.read(slug, "katalog")["krav"]:
        for enhet in access.units(register.advisor, Act.EDIT_PLAN):
            staff = sum(working[enhet.pk, group] for group in row["grupper"])
            if staff > 1:
                count = max(1, round(staff * row["andel"] / 100))
                kompetanse = register.competences[row["kompetanse"]]
                yield enhet, kompetanse, row["level"], count, row.get("is_statutory", False)


def _speak_in_region(kommune: Kommune, told: dict[str, str]) -> None:
    """Write the contact, the coordinator's where one is employed, and publish."""
    region.set_contact(function=told["function"], email=told["email"], phone=told["phone"], by=None)
    if "coordinator" in told:
        region.set_contact(
            function=told["coordinator"],
            email=told["coordinator_email"],
            phone="",
            is_coordinator=True,
            by=None,
        )
    region.publish(kommune, by=None)
