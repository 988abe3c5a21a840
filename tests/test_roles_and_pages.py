"""Every page × every role: what the table of access says, and what a role must and must never see.

The thirteen roles each stand alone in a person; beside them a deputy, one without any role of
their own, someone who looks through other eyes, and a stranger. What a page asks for comes from
its `@page`; so a page that forgets to ask, or asks for another act than it should, is found here.
"""

from datetime import date

import pytest

from kompetanse import clock
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.access import ALLOWED, DEPUTISED
from kompetanse.organisasjon.models import Enhet, Rolle, Stedfortreder
from tests import world
from tests.conftest import give, make_ansatt
from tests.test_isolation import LIBRARY, path_of, urls

Kode = Rolle.Kode
# The advisor's roles, held for someone who is away.
DEPUTY = "stedfortreder"
OPEN, CLOSED, GONE = {200, 302, 405, 409}, {403}, {404}

# By hand: what a role must reach, and must never reach, whatever the table says.
MUST = {
    Kode.ANSATT: {"soknader:announcement", "organisasjon:people", "planer:open_wheel"},
    Kode.LEDER: {"soknader:to_recommend", "kartlegging:needs", "organisasjon:deputies"},
    Kode.FAGRADGIVER: {"soknader:rounds", "soknader:decisions", "rapporter:grants"},
    Kode.TILLITSVALGT: {"soknader:priorities"},
    Kode.KOMMUNALSJEF: {"soknader:decisions"},
    Kode.KOMMUNEDIREKTOR: {"soknader:decisions", "soknader:name_decider"},
    Kode.SYSTEMANSVARLIG: {"organisasjon:roles", "organisasjon:looks", "organisasjon:give_role"},
}
NEVER = {
    Kode.ANSATT: {"soknader:priorities", "soknader:rounds", "organisasjon:roles"},
    Kode.LEDER: {"soknader:decisions", "soknader:rounds", "organisasjon:roles"},
    Kode.FAGRADGIVER: {"organisasjon:roles", "organisasjon:looks", "organisasjon:give_role"},
    Kode.TILLITSVALGT: {"soknader:recommend", "soknader:register", "soknader:decisions"},
    Kode.VERNEOMBUD: {"soknader:recommend", "soknader:register", "soknader:decisions"},
    Kode.KOMPETANSETILLITSVALGT: {"soknader:priorities", "soknader:recommend"},
    Kode.REGIONKOORDINATOR: {"soknader:priorities", "kartlegging:gap_now"},
    Kode.SYSTEMANSVARLIG: {"soknader:recommend", "soknader:register", "soknader:decisions"},
}


@pytest.fixture
def ours(fjordvik):
    with clock.frozen(world.MOMENT):
        yield world.build(fjordvik)


def person(ours, role):
    """Someone at the top of the tree with that one role, so that no unit is out of reach."""
    with as_kommune(ours.kommune.pk):
        top = Enhet.objects.get(parent=None)
        someone = make_ansatt("Rolf", f"Rolle{role}", top)
        if role == DEPUTY:
            away = give(make_ansatt("Anne", "Borte", top), Kode.FAGRADGIVER, top)
            Stedfortreder.objects.create(
                ansatt=away,
                stedfortreder=someone,
                starts=date(2026, 10, 1),
                ends=date(2026, 10, 31),
            )
        elif role != Kode.ANSATT:
            give(someone, role, top)
        return someone


def pages(ours):
    """Yield (name, path, view) of every page that asks for an act, with our own ids."""
    ids = world.keys(ours)
    for name, entry, view in urls():
        if name in LIBRARY or name.startswith("demo:") or not getattr(view, "act", None):
            continue
        yield name, path_of(name, entry, ids), view


def held_by(role):
    if role == DEPUTY:
        assert Kode.FAGRADGIVER in DEPUTISED
        return {Kode.ANSATT, Kode.FAGRADGIVER}
    return {Kode.ANSATT, role}


@pytest.mark.parametrize("role", [*Kode, DEPUTY])
def test_each_role_reaches_what_the_table_gives_and_nothing_else(ours, as_user, role):
    browser = as_user(person(ours, role))
    answers = {name: (browser.get(path).status_code, view) for name, path, view in pages(ours)}
    wrong = {}

    for name, (status, view) in answers.items():
        is_given = bool(ALLOWED[view.act] & held_by(role))
        # Behind the act stands the object: a stranger gets 404, the wrong person 403.
        allowed = OPEN | CLOSED | GONE if is_given else CLOSED | {405}
        if status not in allowed:
            wrong[name] = (status, str(view.act))

    assert wrong == {}
    reached = {name for name, (status, _view) in answers.items() if status in OPEN - {405}}
    assert MUST.get(role, set()) - reached == set()
    assert NEVER.get(role, set()) & reached == set()


def test_a_stranger_is_asked_to_log_in_everywhere(ours, as_user):
    browser = as_user(None)
    statuses = {name: browser.get(path).status_code for name, path, _view in pages(ours)}

    assert {name: s for name, s in statuses.items() if s not in {302, 405}} == {}


def test_who_looks_through_other_eyes_reaches_no_own_page_and_sends_nothing(ours, as_user):
    browser = as_user(ours.people["systemansvarlig"])
    advisor = ours.people["fagradgiver"]
    started = browser.post(f"/innsyn/{advisor.pk}/", {"reason": "Hjelp", "minutes": 60})
    assert started.status_code == 302
    wrong = {}

    for name, path, view in pages(ours):
        if name in {"organisasjon:end_looking", "skall:stay"}:
            continue
        status = browser.get(path).status_code
        if status in {200, 302} and getattr(view, "is_own", False):
            wrong[name] = ("GET", status)
        if browser.post(path).status_code != 403:
            wrong[name] = ("POST",)

    assert wrong == {}
    assert browser.get("/runder/").status_code == 200
