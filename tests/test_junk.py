"""Junk in every parameter, field and id, by every role: a page or a sentence, never our fault.

JUNK_ROUNDS says how often each address is tried, and JUNK_SEED with what: for who wants to search
longer, or elsewhere, than a build has time for.
"""

import os
import random
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from kompetanse import clock
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Enhet, Rolle
from tests import hostile, world
from tests.conftest import give, make_ansatt
from tests.test_isolation import FIXED, LIBRARY, meaning, path_of, urls

ROUNDS = int(os.environ.get("JUNK_ROUNDS", "3"))
SEED = int(os.environ.get("JUNK_SEED", "20260"))
EVERY = "alle"
# What a place in an address is tried with, where a number or a word belongs.
NUMBERS, WORDS = (0, 2**63, 10**30), ("\x00", "a\x00b", "²", "x" * 300)
# Markup that fits where names and short texts do, and what it looks like as text.
MARKUP, AS_TEXT = "K<u>&\"'", "k&lt;u&gt;"
# Sent by a machine with a key of its own.
TAKES_NO_TOKEN = {"hrimport:deliver"}
NOWHERE = {"account_logout"}


@pytest.fixture
def ours(fjordvik):
    with clock.frozen(world.MOMENT):
        yield world.build(fjordvik)


@pytest.fixture
def ear(monkeypatch):
    return hostile.Ear(monkeypatch)


def person(ours, role):
    """Someone at the top of the tree with that role, or with each of them."""
    if role is None:
        return None
    with as_kommune(ours.kommune.pk):
        top = Enhet.objects.get(parent=None)
        someone = make_ansatt("Rolf", "Rolle", top)
        for kode in Rolle.Kode if role == EVERY else [role]:
            if kode != Rolle.Kode.ANSATT:
                give(someone, kode, top)
        return someone


class Attack:
    """Sends, takes back what was written, and remembers what broke."""

    def __init__(self, browser, ear):
        browser.raise_request_exception = False
        self.browser, self.ear, self.broke, self.sent = browser, ear, {}, 0

    def send(self, method, path, name, data=None):
        self.sent += 1
        with transaction.atomic():
            told = {"data": data} if data is not None else {}
            answer = getattr(self.browser, method)(path, **told)
            fault = answer.status_code >= 500
            error = answer.exc_info[1] if fault and answer.exc_info else None
            transaction.set_rollback(True)
        if fault:
            self.broke.setdefault((method, name, repr(error)[:120]), (path[:200], str(data)[:400]))
        return answer

    def told(self):
        """Say what broke, one line for each."""
        return f"of {self.sent}:" + "".join(f"\n{k} {v}" for k, v in self.broke.items())


def pages(ours):
    """Yield (name, path) of every page, with our own ids."""
    ids = world.keys(ours)
    for name, entry, _view in urls():
        if name not in LIBRARY | NOWHERE and not name.startswith("demo:"):
            yield name, path_of(name, entry, ids)


def search(ours, browser, ear, *, rounds):
    """Try every page with junk in its address and in its form; return what broke."""
    attack, chance = Attack(browser, ear), random.Random(SEED)
    filled = {}
    for name, path in pages(ours):
        ear.begin()
        answer = attack.send("get", path, name)
        names = set(ear.address)
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            for action, values in hostile.forms_of(answer.content.decode(), path):
                bare = action.removeprefix(browser.prefix)
                filled.setdefault(bare, {}).update(values)
        for sent in hostile.tries(names, {}, rounds=rounds, chance=chance):
            attack.send("get", f"{path}?{urlencode(sent)}", name)
    for name, path in pages(ours):
        ear.begin()
        bare = path.removeprefix(browser.prefix)
        if attack.send("post", path, name, {}).status_code in {404, 405}:
            continue
        valid, names, files = filled.get(bare, {}), set(ear.form), set(ear.files)
        for sent in hostile.tries(names, valid, rounds=rounds, chance=chance):
            told = sent | {each: hostile.a_file(chance) for each in files}
            attack.send("post", path, name, told)
    return attack


@pytest.mark.parametrize("role", [EVERY, Rolle.Kode.ANSATT, None])
def test_junk_in_addresses_and_forms_is_never_a_fault_of_ours(ours, as_user, ear, role):
    browser = as_user(person(ours, role))

    attack = search(ours, browser, ear, rounds=ROUNDS if role == EVERY else 1)

    assert attack.broke == {}, attack.told()


def test_markup_in_any_text_is_shown_as_text(fjordvik, as_user):
    """Every text of every row holds markup; no page or fragment lets it be markup."""
    wrong, seen = set(), 0
    with clock.frozen(world.MOMENT):
        ours = world.build(fjordvik, MARKUP)
        browser = as_user(person(ours, EVERY))
        for name, path in pages(ours):
            for answer in _as_html(browser, path):
                text = answer.content.decode().lower()
                seen += AS_TEXT in text
                if answer.status_code >= 500 or "k<u>" in text:
                    wrong.add((name, answer.status_code))

    assert wrong == set()
    assert seen > 100


def _as_html(browser, path):
    """Yield the page and, when it is one, what htmx gets of it."""
    for headers in ({}, {"HX-Request": "true"}):
        answer = browser.get(path, headers=headers)
        if "html" not in answer.headers.get("Content-Type", ""):
            return
        yield answer
        if answer.status_code != 200:
            return


def test_no_form_is_taken_without_its_token(ours, as_user):
    """A form on another site, sent by a browser that is logged in here, is refused everywhere."""
    browser = as_user(person(ours, EVERY))
    browser.handler.enforce_csrf_checks = True

    taken = {
        name: answer.status_code
        for name, path in pages(ours)
        if (answer := browser.post(path, {})).status_code not in {403, 405}
    }

    assert set(taken) <= TAKES_NO_TOKEN, taken


def test_junk_for_ids_is_never_a_fault_of_ours(ours, as_user, ear):
    browser = as_user(person(ours, EVERY))
    attack = Attack(browser, ear)
    own = world.keys(ours)

    for name, entry, _view in urls():
        if name in LIBRARY or name.startswith("demo:"):
            continue
        for parameter in entry.converters:
            for junk in (
                (2**31, 2**63, 10**30, 0)
                if parameter not in FIXED
                else ("\x00", "a\x00b", "²", "x" * 300)
            ):
                path = _with(name, entry, own, parameter, junk)
                if path:
                    attack.send("get", path, name)
                    attack.send("post", path, name, {})

    assert attack.broke == {}, attack.told()


def _with(name, entry, own, parameter, junk):
    """Return the path with junk in one place, or None when the address itself does not take it."""
    kwargs = {
        each: FIXED[each] if each in FIXED else own[meaning(name, each)]
        for each in entry.converters
    } | {parameter: junk}
    try:
        return reverse(name, kwargs=kwargs, urlconf="kompetanse.urls")
    except NoReverseMatch:
        return None
