"""Which actions the code records, read from its source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

# Where an action is written down: module and function; the second one hands it on to the first.
DOORS = {("audit", "record"), ("apning", "opened")}
APPS = ("kompetanse", "planer", "kartlegging", "soknader", "rapporter", "demo")
ANY = r"[a-z_]+"


def patterns() -> dict[str, set[str]]:
    """Return, by pattern of an action, the files that record it."""
    found: dict[str, set[str]] = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if path.stem == "apning":
                continue
            for pattern in _in_file(path):
                found.setdefault(pattern, set()).add(str(path.relative_to(ROOT)))
    return found


def _in_file(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text())
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if _is_record(node):
                yield from _words(node.args[0], function, tree)


def _is_record(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in DOORS
    )


def _words(value: ast.expr, function: ast.FunctionDef, tree: ast.Module) -> Iterator[str]:
    """Yield what the first argument can be: a text, one of two, or a name given elsewhere."""
    if isinstance(value, ast.Constant):
        yield re.escape(value.value)
    elif isinstance(value, ast.JoinedStr):
        yield "".join(
            re.escape(part.value) if isinstance(part, ast.Constant) else ANY
            for part in value.values
        )
    elif isinstance(value, ast.IfExp):
        yield from _words(value.body, function, tree)
        yield from _words(value.orelse, function, tree)
    elif isinstance(value, ast.Name):
        yield from _assigned(value.id, function, tree)
    else:
        raise TypeError(f"{function.name}: say the action in a way that can be read")


def _assigned(name: str, function: ast.FunctionDef, tree: ast.Module) -> Iterator[str]:
    """Yield what the name can be: assigned in the function, or given by those who call it."""
    found = [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
    ]
    places = [each.arg for each in (*function.args.args, *function.args.kwonlyargs)]
    if not found and name in places:
        found = list(_given(function.name, name, places.index(name), tree))
    assert found, f"{function.name}: cannot see what {name} is"
    for value in found:
        yield from _words(value, function, tree)


def _given(called: str, name: str, place: int, tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id != called:
            continue
        by_name = [each.value for each in node.keywords if each.arg == name]
        if by_name:
            yield by_name[0]
        elif len(node.args) > place:
            yield node.args[place]
