"""The county's grant scheme, the application that the advisor has begun, and last year's grant."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from demo.loading import tilskuddsbruk
from demo.loading.register import Register
from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from kompetanse.skall.templatetags.skall import full_name
from planer.models import Tiltak
from rapporter.actions import fordeling, innsending, svar, tilskudd
from rapporter.actions.svar import Answer
from rapporter.models import (
    Fordeling,
    Innsending,
    Tilskuddslinje,
    Tilskuddsordning,
    Tilskuddssoknad,
)
from rapporter.queries import columns

Paper = TypeVar("Paper", bound=Innsending)
FIELDS = ("own_share", "amount", "effect")


def load(register: Register) -> None:
    """Announce the scheme, and write the head of the application as far as the file has it."""
    plan = register.file("plan")
    if "tilskudd_i_fjor" in plan:
        _last_year(register, plan["tilskudd_i_fjor"])
    ordning = Tilskuddsordning.objects.create(**plan["tilskuddsordning"])
    for other in plan.get("tilskuddsordning_til", ()):
        Tilskuddsordning.objects.create(**other)
    soknad = tilskudd.begin(ordning, by=register.advisor)
    head = {name: text.strip() for name, text in plan["tilskuddssoknad"].items()}
    tilskudd.write_head(soknad, version=soknad.version, by=register.advisor, **head)


def _last_year(register: Register, told: Mapping[str, Any]) -> None:
    """Apply, be answered, distribute and approve, each on its day."""
    with clock.frozen(clock.start_of(told["application_on"], hour=9)):
        soknad = _applied(register, told)
    with clock.frozen(clock.start_of(told["answered_on"], hour=9)):
        _answered(soknad, told, register)
    with clock.frozen(clock.start_of(told["distributed_on"], hour=9)):
        _distributed(soknad, register)
    tilskuddsbruk.load(soknad, told, register)


def _applied(register: Register, told: Mapping[str, Any]) -> Tilskuddssoknad:
    by = register.advisor
    ordning = Tilskuddsordning.objects.create(**told["ordning"], columns=columns.usual())
    soknad = tilskudd.begin(ordning, by=by)
    tilskudd.write_head(soknad, version=soknad.version, by=by, **told["soknad"])
    for row in told["linje"]:
        tiltak = Tiltak.objects.get(year=ordning.year, theme=row["theme"])
        tilskudd.take_in(soknad, tiltak=[tiltak.pk], by=by)
        linje = Tilskuddslinje.objects.get(soknad=soknad, tiltak=tiltak)
        values = {name: row[name] for name in FIELDS}
        tilskudd.write_line(linje, version=_now(soknad).version, by=by, **values)
    return _sent(soknad, told["case_number"], register)


def _sent(paper: Paper, case_number: str, register: Register) -> Paper:
    """Put it forward, let the one who signs approve it, and mark it as sent."""
    by, signer = register.advisor, register.holder("kommunedirektor")
    applicant = full_name(Kommune.objects.get(slug=register.slug))
    innsending.propose(paper, applicant=applicant, version=_fresh(paper).version, by=by)
    innsending.approve(paper, version=_fresh(paper).version, by=signer)
    version = _fresh(paper).version
    return innsending.send(paper, case_number=case_number, version=version, by=by)


def _fresh(paper: Paper) -> Paper:
    return type(paper).objects.get(pk=paper.pk)


def _answered(soknad: Tilskuddssoknad, told: Mapping[str, Any], register: Register) -> None:
    lines = {each.tiltak.theme: each.pk for each in soknad.linjer.select_related("tiltak")}
    answered: date = told["answered_on"]
    answer = Answer(
        amount=told["amount"],
        received_on=answered,
        case_number=told["answer_case_number"],
        conditions=told["conditions"],
        granted={lines[row["theme"]]: row["granted"] for row in told["linje"]},
    )
    svar.register(soknad, answer, version=_now(soknad).version, by=register.advisor)


def _distributed(soknad: Tilskuddssoknad, register: Register) -> None:
    row = Fordeling.objects.get(svar__soknad=soknad)
    fordeling.follow_lines(row, by=register.advisor)
    row.refresh_from_db(fields=["version"])
    fordeling.propose(row, version=row.version, by=register.advisor)
    row.refresh_from_db(fields=["version"])
    applicant = full_name(Kommune.objects.get(slug=register.slug))
    by = register.holder("stabsleder")
    fordeling.approve(row, applicant=applicant, version=row.version, by=by)


def _now(soknad: Tilskuddssoknad) -> Tilskuddssoknad:
    return Tilskuddssoknad.objects.get(pk=soknad.pk)
