"""Every verb leaves a row in the trail: read from the code itself, verb by verb.

A verb is a function of a room of actions that is called with the one who does it (`by`). It must
record by itself, or by a function of the actions that it calls.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("planer", "kartlegging", "soknader", "rapporter", "kompetanse/organisasjon")
GUARD, DRAFT = "it asks or locks, and changes nothing", "a draft decides nothing"
# Why a function leaves no row of its own.
SILENT = {
    "planer.actions.oppmote.check": GUARD,
    "planer.actions.innlasting.tick_past": "what is loaded at the start is loaded as done",
    "planer.actions.innspill.show": "the wall is looked at, and changes all the time",
    "planer.actions.tiltaksark.keep": DRAFT,
    "planer.actions.arrangement.evaluate": "who has answered what is told to nobody",
    "kartlegging.actions.behov.save_texts": DRAFT,
    "kartlegging.actions.behov.save_rows": DRAFT,
    "soknader.actions.runde.editable": GUARD,
    "soknader.actions.signatur.of": GUARD,
    "soknader.actions.brev.open_own": "reading one's own letter changes nothing in the case",
    "soknader.actions.poeng.must_be_all_in": GUARD,
    "soknader.actions.soknad.check_may_change": GUARD,
    "soknader.actions.endring.remember": "the log of the list, beside the trail",
    "soknader.actions.sak.lock_case": GUARD,
    "soknader.actions.sak.lock_open_case": GUARD,
    "rapporter.actions.innsending.lock": GUARD,
    "rapporter.actions.forbruk.post_file": "the reading of the file is recorded as one",
    "rapporter.actions.forbruk.check_open": GUARD,
}


def modules():
    """Return the modules of actions by dotted name."""
    found = {}
    for app in APPS:
        for path in [ROOT / app / "actions.py", *(ROOT / app / "actions").glob("*.py")]:
            if path.exists():
                dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                found[dotted.removesuffix(".__init__")] = ast.parse(path.read_text())
    return found


def names_in(tree, module):
    """Return what the names of a module stand for, where that is a module or verb of actions."""
    known = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and ".actions" in f".{node.module}":
            for each in node.names:
                known[each.asname or each.name] = f"{node.module}.{each.name}"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            known[node.name] = f"{module}.{node.name}"
    return known


def calls_of(function, known):
    """Yield the dotted names of what a function calls, as far as it is told by its names."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name):
            yield known.get(called.id, called.id)
        elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            yield f"{known.get(called.value.id, called.value.id)}.{called.attr}"


def graph():
    """Return which functions of the actions call which, and the verbs among them."""
    calls, verbs = {}, []
    for module, tree in modules().items():
        known = names_in(tree, module)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                calls[f"{module}.{node.name}"] = set(calls_of(node, known))
                has_by = "by" in {each.arg for each in node.args.kwonlyargs}
                if has_by and not node.name.startswith("_"):
                    verbs.append(f"{module}.{node.name}")
    return calls, verbs


CALLS, VERBS = graph()


def records(name, seen=()):
    if name in {"audit.record", "audit.record_each", "audit.record_all"}:
        return True
    return name not in seen and any(
        records(each, (*seen, name)) for each in CALLS.get(name, ())
    )  # fmt: skip


def test_there_are_verbs_to_read():
    assert len(VERBS) > 200


def test_each_verb_leaves_a_row_in_the_trail():
    silent = {verb for verb in VERBS if not records(verb)}

    assert silent == set(SILENT)
