"""The municipality of `world` at other times of the year, when other pages are open.

The world stands in the middle of prioritising, with a meeting under way and most papers in draft.
Every noun that has a life stands here at other steps of it, several together.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from planer import models as planer
from rapporter import models as rapporter
from rapporter.queries import fordeling, rapport, tilskudd
from soknader import models as soknader
from tests.world import MOMENT, World, inside

APPLICANT = "Kommunen"


def opening(world: World) -> None:
    """The round takes applications, on conditions; a draft is begun, and the meeting planned."""
    rows = world.rows
    soknader.Soknadsrunde.objects.update(
        status="open", opens=date(2026, 10, 1), deadline=date(2026, 10, 31),
        leader_deadline=date(2026, 11, 4), meeting_on=date(2026, 11, 6),
        answer_by=date(2026, 11, 10), enhet=rows.enhet, least_position=50, least_years=1,
    )  # fmt: skip
    _set(rows.soknad, status="draft", number=None, submitted_at=None, rank=None)
    _set(rows.godtatt, status="withdrawn")
    _set(rows.mote, status="planlagt")
    _set(rows.avtale, status="draft", signed_at=None, signed_name="")
    _set(rows.utbetaling, status="sent")
    _set(rows.arrangement, status="planlagt", on=date(2026, 11, 14))
    planer.Pamelding.objects.update(status="pameldt")
    _set(rows.handlingsplan, status="utkast")
    _set(rows.plan, status="draft")
    _set(rows.horing, until=date(2026, 11, 20))
    _set(rows.langplan, status="hearing")


def with_leaders(world: World) -> None:
    """Applications wait for a statement; the papers are put forward for approval."""
    rows = world.rows
    _set(rows.soknad, status="submitted")
    _set(rows.mote, status="innkalt", held_on=date(2026, 10, 28))
    _set(rows.utgave, status="hearing")
    _set(rows.langplan, status="adopted", adopted_on=date(2026, 9, 1), body="Rådet", frozen=None)
    _set(rows.utbetaling, status="approved", **_approved(world))
    _propose_grant(world)


def deciding(world: World) -> None:
    """The decision is drafted, the meeting over, the minutes being written, the grant approved."""
    rows, by = world.rows, world.people["kommunalsjef"]
    soknader.Vedtak.objects.create(
        soknad=rows.soknad, outcome="granted", amount=1000, tuition=1000, reason=world.canary
    )
    _set(rows.mote, status="holdt", opened_at=MOMENT, closed_at=MOMENT)
    _set(rows.protokoll, status="draft")
    _set(rows.avtale, status="signed", **_countersigned(world))
    _propose_grant(world)
    for paper in (rows.tilskudd, rows.rapport):
        _set(paper, status="approved", approved_at=MOMENT, approved_by=by)
    _approve_distribution(world)


def sending(world: World) -> None:
    """All is decided; letters are made, one waits, one is on its way; the minutes are approved."""
    rows, people = world.rows, world.people
    _set(rows.runde, status="decided")
    vedtak = soknader.Vedtak.objects.create(
        soknad=rows.soknad, outcome="partly", amount=500, tuition=500, reason=world.canary,
        status="decided", decided_at=MOMENT, decided_by=people["kommunalsjef"],
    )  # fmt: skip
    _set(rows.soknad, status="decided")
    soknader.Svarbrev.objects.create(vedtak=vedtak, fil=rows.vedlegg.fil, heading=world.canary)
    _set(rows.brev, sent_at=None, due_at=MOMENT + timedelta(minutes=15),
         sent_by=people["fagradgiver"])  # fmt: skip
    _set(rows.vedtak.soknad, status="decided")
    _set(rows.mote, status="holdt", opened_at=MOMENT, closed_at=MOMENT)
    _set(rows.protokoll, status="approved", fil=rows.vedlegg.fil, approved_at=MOMENT,
         approved_by=people["fagradgiver"])  # fmt: skip
    _set(rows.handlingsplan, status="vedtatt", decided_at=MOMENT, decided_by=people["kommunalsjef"])
    _set(rows.plan, status="adopted")


def afterwards(world: World) -> None:
    """Answers are out and accepted, the binding time runs, and the papers are sent."""
    rows, people = world.rows, world.people
    _set(rows.runde, status="answered", accept_by=date(2026, 11, 20))
    vedtak = soknader.Vedtak.objects.create(
        soknad=rows.soknad, outcome="granted", amount=1000, tuition=1000, reason=world.canary,
        status="decided", decided_at=MOMENT, decided_by=people["kommunalsjef"],
    )  # fmt: skip
    _set(rows.soknad, status="answered")
    soknader.Svarbrev.objects.create(
        vedtak=vedtak, fil=rows.vedlegg.fil, heading=world.canary, sent_at=MOMENT
    )
    _set(rows.avtale, status="running", binding_from=date(2026, 10, 1), **_countersigned(world))
    _set(rows.utbetaling, status="paid", paid_at=MOMENT, **_approved(world))
    _set(rows.tiltak, status="gjennomfort", evaluation=world.canary)
    _set(rows.evaluering, status="done")
    _set(rows.introduksjon, status="ferdig", done_on=date(2026, 10, 1))
    _set(rows.drofting, status="held", held_on=date(2026, 9, 20), result="agreed")
    _set(rows.plan, status="in_force")
    _propose_grant(world)
    for paper in (rows.tilskudd, rows.rapport):
        _set(paper, status="sent", approved_at=MOMENT, approved_by=people["kommunalsjef"],
             sent_at=MOMENT, sent_by=people["fagradgiver"])  # fmt: skip
    _approve_distribution(world)


SEASONS: dict[str, Callable[[World], None]] = {
    "opening": opening,
    "with_leaders": with_leaders,
    "deciding": deciding,
    "sending": sending,
    "afterwards": afterwards,
}


def turn(world: World, season: str) -> None:
    """Let it be that season in the world."""
    with inside(world.kommune):
        SEASONS[season](world)


def _propose_grant(world: World) -> None:
    """Put the application, the distribution and the report forward, as they stand."""
    rows = world.rows
    put = {"applicant": APPLICANT}
    soknad = rapporter.Tilskuddssoknad.objects.select_related("ordning").get(pk=rows.tilskudd.pk)
    _set(soknad, status="proposed", snapshot=tilskudd.document(soknad, **put).as_json())
    kept = rapport.visible_to(world.people["fagradgiver"]).get(pk=rows.rapport.pk)
    _set(kept, status="proposed", snapshot=rapport.document(kept, **put).as_json())
    _set(rows.fordelingspost.fordeling, status="proposed")


def _approve_distribution(world: World) -> None:
    found = rapporter.Fordeling.objects.select_related("svar__soknad__ordning").get(
        pk=world.rows.fordelingspost.fordeling_id
    )
    snapshot = fordeling.document(found, applicant=APPLICANT).as_json()
    _set(found, status="approved", snapshot=snapshot, approved_at=MOMENT,
         approved_by=world.people["kommunalsjef"])  # fmt: skip


def _approved(world: World) -> dict[str, Any]:
    return {"approved": 500, "decided_at": MOMENT, "decided_by": world.people["leder"]}


def _countersigned(world: World) -> dict[str, Any]:
    by = world.people["leder"]
    return {
        "signed_at": MOMENT,
        "countersigned_at": MOMENT,
        "countersigned_by": by,
        "countersigned_name": by.full_name,
    }


def _set(row: Any, **fields: Any) -> None:
    """Let the row stand so, whatever the verbs would say."""
    changed = type(row).objects.filter(pk=row.pk).update(**fields)
    assert changed == 1
