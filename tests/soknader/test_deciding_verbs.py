"""Every verb about a person's case either asks the rule of habilitet or says why it need not.

The verbs are found in the apps' `actions`; a new one about such a case fails until it is placed.
Whether a verb asks is read from the code that it calls, its rules and its step's rule included.
"""

import importlib
import inspect
import pkgutil
from types import CodeType, FunctionType, ModuleType

from kompetanse.organisasjon import habilitet as ground
from soknader.rules import habilitet

APPS = ("kartlegging", "soknader", "rapporter", "planer")
# Nouns that are one person's case.
CASES = {
    "Soknad", "Vedtak", "Avtale", "Utbetaling", "Tilsagn", "Framdrift", "Beholdning",
    "Settestedfortreder", "Tilbakebetaling",
}  # fmt: skip
RULES = {
    ground.towards, ground.require, ground.of, habilitet.ground, habilitet.is_barred,
    habilitet.read, habilitet.declared_by,
}  # fmt: skip
# Verbs that decide nothing about another: each with why.
OWN = "the person's own: a rule asks that it is theirs"
SYSTEM = "follows from another verb, which has asked"
FREE = {
    "kartlegging.actions.beholdning.remove": OWN,
    "soknader.actions.avtale.prepare": SYSTEM,
    "soknader.actions.utbetaling.promise": SYSTEM,
    "soknader.actions.soknad.discard": OWN,
    "soknader.actions.soknad.save": OWN,
    "soknader.actions.innsending.submit": OWN,
    "soknader.actions.soknad.withdraw": OWN,
    "soknader.actions.soknad.take_over": OWN,
    "soknader.actions.soknad.touch": OWN,
    "soknader.actions.soknad.check_may_change": OWN,
    "soknader.actions.vedlegg.attach": OWN,
    "soknader.actions.brev.accept": OWN,
    "soknader.actions.brev.decline": OWN,
    "soknader.actions.opplaring.plan": SYSTEM,
    "soknader.actions.opplaring.withdraw": SYSTEM,
    # Parts of a verb: the one who calls has locked the case and asked.
    "soknader.actions.poeng.write_points": SYSTEM,
    "soknader.actions.prioritering.write_reason": SYSTEM,
    "soknader.actions.vedtak.write_draft": SYSTEM,
    "soknader.actions.signatur.of": SYSTEM,
}


def verbs():
    """Yield (name, function) of every public verb whose first argument is a person's case."""
    for app in APPS:
        package = importlib.import_module(f"{app}.actions")
        for info in pkgutil.iter_modules(package.__path__, f"{app}.actions."):
            module = importlib.import_module(info.name)
            for name, function in inspect.getmembers(module, inspect.isfunction):
                bare = inspect.unwrap(function)
                if name.startswith("_") or bare.__module__ != info.name:
                    continue
                parameters = list(inspect.signature(bare).parameters.values())
                noun = getattr(parameters[0].annotation, "__name__", "") if parameters else ""
                if noun in CASES and "by" in inspect.signature(bare).parameters:
                    yield f"{info.name}.{name}", bare


def codes(code: CodeType):
    yield code
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from codes(const)


def called(function: FunctionType):
    """Yield what the function may call: by name, through a module, and the rules of its steps."""
    for code in codes(function.__code__):
        known = [function.__globals__.get(name) for name in code.co_names]
        modules = [each for each in known if isinstance(each, ModuleType)]
        reached = [getattr(module, name, None) for module in modules for name in code.co_names]
        for each in [*known, *reached]:
            if inspect.isfunction(each):
                yield inspect.unwrap(each)
        for table in (getattr(module, "STEPS", {}) for module in modules):
            yield from (table[c].allowed for c in code.co_consts if c in table)


def asks(function: FunctionType, seen: set[FunctionType]) -> bool:
    if function in RULES:
        return True
    if function in seen or not function.__module__.startswith(("kompetanse", *APPS)):
        return False
    seen.add(function)
    return any(asks(each, seen) for each in called(function))


def test_every_verb_about_a_persons_case_asks_or_says_why_not():
    silent = {name for name, verb in verbs() if not asks(verb, set())}

    assert silent - FREE.keys() == set()


def test_what_is_said_to_be_free_exists_still():
    assert FREE.keys() - {name for name, _verb in verbs()} == set()


def test_the_search_finds_the_deciding_verbs_and_sees_one_that_does_not_ask():
    found = dict(verbs())

    for name in ("vedtak.draft", "vedtak.replace", "uttalelse.recommend", "prioritering.move"):
        assert asks(found[f"soknader.actions.{name}"], set()), name
    assert not asks(found["soknader.actions.brev.accept"], set())
