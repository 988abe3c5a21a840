"""Many rows for what is measured, made in a handful of statements."""

from datetime import date
from typing import Any

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt, Enhet, Stilling, Stillingskategori
from soknader.models import (
    Kriterium,
    Poeng,
    Soknad,
    Soknadsrunde,
    Utlysning,
    Uttalelse,
    Vedtak,
)
from tests.conftest import make_enhet
from tests.soknader.saker import divided, make_runde

BEFORE = {
    "year": 2025, "status": "answered", "deadline": date(2025, 10, 15),
    "opens": date(2025, 9, 1), "leader_deadline": date(2025, 10, 22),
    "meeting_on": date(2025, 10, 28), "answer_by": date(2025, 11, 5),
    "accept_by": date(2025, 11, 20),
}  # fmt: skip
OUTCOMES = ("granted", "partly", "waiting", "refused")


def units(parent: Enhet, number: int = 12) -> list[Enhet]:
    return [make_enhet(f"Avdeling {n}", parent=parent) for n in range(number)]


def people(number: int, enheter: list[Enhet]) -> list[Ansatt]:
    """Make employees with a full position each, spread over the units; they cannot log in."""
    kategori, _ = Stillingskategori.objects.get_or_create(name="Sykepleier")
    made = Ansatt.objects.bulk_create(
        Ansatt(
            number=f"{50_000 + n}", first_name=f"Fornavn{n}", last_name=f"Etternavn{n}",
            email=f"ansatt{n}@fjordvik.example", enhet=enheter[n % len(enheter)],
            kategori=kategori, employed_from=date(2015, 1, 1),
        )
        for n in range(number)
    )  # fmt: skip
    Stilling.objects.bulk_create(
        Stilling(ansatt=each, enhet=each.enhet, kategori=kategori, percentage=100) for each in made
    )
    return made


def applications(runde: Soknadsrunde, applicants: list[Ansatt], **fields: Any) -> list[Soknad]:
    """Make one application for each, with the leader's statement; a quarter is not prioritised."""
    utlysning = Utlysning.objects.filter(runde=runde).select_related("fokusomrade").first()
    first = runde.next_number
    values: dict[str, Any] = {
        "status": "recommended", "institution": "Høgskolen", "starts": date(2027, 8, 15),
        "ends": date(2028, 6, 15), "leave_days": 10, "tuition": 20_000, "books": 10_000,
        "reason": "Jeg vil lære", "use_at_work": "På avdelingen", "submitted_at": clock.now(),
    } | fields  # fmt: skip
    made = Soknad.objects.bulk_create(
        Soknad(
            ansatt=each, runde=runde, number=number, rank=number, study=f"Geriatri {number}",
            utlysning=utlysning if number % 4 else None, is_late=number % 17 == 0,
            fokusomrade=utlysning.fokusomrade if utlysning else None,
            rank_reason="" if number % 5 else "Vakter som ikke kan dekkes", **values,
        )
        for number, each in enumerate(applicants, first)
    )  # fmt: skip
    Soknadsrunde.objects.filter(pk=runde.pk).update(next_number=first + len(made))
    runde.next_number = first + len(made)
    if values["status"] != "submitted":
        Uttalelse.objects.bulk_create(
            Uttalelse(soknad=each, verdict="supports", text="Støttes", by=each.ansatt)
            for each in made
        )
    return made


def points(soknader: list[Soknad], *members: Ansatt) -> None:
    kriterier = list(Kriterium.objects.filter(runde=soknader[0].runde))
    Poeng.objects.bulk_create(
        Poeng(soknad=sak, kriterium=kriterium, points=(place + nth + at) % 4, by=member)
        for place, sak in enumerate(soknader)
        for nth, member in enumerate(members)
        for at, kriterium in enumerate(kriterier)
    )


def decisions(soknader: list[Soknad], *, outcomes: Any = OUTCOMES, **fields: Any) -> list[Vedtak]:
    """Make one decision for each, with the outcomes in turn; drafts unless `fields` say else."""
    return Vedtak.objects.bulk_create(
        _decision(sak, outcomes[place % len(outcomes)], fields)
        for place, sak in enumerate(soknader)
    )


def _decision(sak: Soknad, outcome: str, fields: dict[str, Any]) -> Vedtak:
    gives = outcome in {Vedtak.Outcome.GRANTED, Vedtak.Outcome.PARTLY}
    amount = sak.amount - 5_000 * (outcome == Vedtak.Outcome.PARTLY) if gives else 0
    values = {"reason": "Begrunnelse som står i brevet."} | divided(sak, amount) | fields
    return Vedtak(soknad=sak, outcome=outcome, **values)


def desk(hjemmetjenesten: Enhet, number: int, *members: Ansatt) -> Soknadsrunde:
    """Make a round at the group's desk: points by each member, half drafted, a third had before."""
    runde = make_runde(budget=40_000 * number)
    applicants = people(number, units(hjemmetjenesten))
    soknader = applications(runde, applicants)
    points(soknader, *members)
    decisions(soknader[1::2])
    earlier = applications(make_runde(**BEFORE), applicants[::3], status="accepted")
    decided = {"status": "decided", "decided_at": clock.now(), "decided_by": members[0]}
    decisions(earlier, outcomes=("granted",), **decided)
    return runde
