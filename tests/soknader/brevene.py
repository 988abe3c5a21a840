"""A decided round with its letters made, as several tests begin."""

import pytest

from kompetanse import clock
from kompetanse.varsler.models import Kjoring
from soknader.actions import brev as actions
from soknader.actions import opplaring
from soknader.models import Soknad, Soknadsrunde, Svarbrev, Vedtak
from soknader.queries import brev as queries
from soknader.tasks import make_letters

S, Outcome = Soknad.Status, Vedtak.Outcome


@pytest.fixture
def decided(november, runde, make_soknad, kari, ola, kristin):
    """Kari is granted, Ola refused; the round is decided."""
    for ansatt, fields in (
        (
            kari,
            {
                "outcome": Outcome.GRANTED,
                "amount": 34_000,
                "tuition": 30_000,
                "books": 4_000,
                "leave_days": 12,
            },
        ),
        (ola, {"outcome": Outcome.REFUSED, "reason": "Vi prioriterte geriatri i år."}),
    ):
        soknad = make_soknad(ansatt, status=S.DECIDED)
        vedtak = Vedtak.objects.create(
            soknad=soknad,
            status=Vedtak.Status.DECIDED,
            decided_at=clock.now(),
            decided_by=kristin,
            **fields,
        )
        opplaring.plan(vedtak, by=kristin)
    runde.status, runde.granted = Soknadsrunde.Status.DECIDED, 34_000
    runde.save(update_fields=["status", "granted"])
    return runde


@pytest.fixture
def made(decided, frida):
    """The letters are made, as the worker makes them."""
    make_all(decided, frida)
    return decided


def write_all(runde, kjoring):
    """Let the workers write all letters of the round that are missing, part by part."""
    for part in actions.parts(sorted(queries.in_force(runde).values_list("pk", flat=True))):
        make_letters(
            kommune_id=runde.kommune_id, runde_id=runde.pk, kjoring_id=kjoring.pk,
            first=min(part), last=max(part),
        )  # fmt: skip


def make_all(runde, by):
    kjoring = actions.make(runde, return_url="/", by=by)
    write_all(runde, kjoring)
    return Kjoring.objects.get(pk=kjoring.pk)


def letter_of(ansatt):
    return Svarbrev.objects.select_related("fil").get(vedtak__soknad__ansatt=ansatt)
