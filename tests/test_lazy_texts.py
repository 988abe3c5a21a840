"""A text of a class is said in the language of who reads it, not of the process that loaded it."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
APPS = ("kompetanse", "planer", "kartlegging", "soknader", "rapporter", "demo")
FILES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))


def filled_while_loading(source: str) -> list[int]:
    """Return the lines where a lazy text is filled with %, outside any function.

    `%` makes a plain text of it at once; `format_lazy` waits.
    """
    tree = ast.parse(source)
    lazy = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "lazy" in alias.name
    }
    return sorted(_found(tree, lazy))


def _found(node: ast.AST, lazy: set[str]):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.Lambda)):
            continue
        if isinstance(child, ast.BinOp) and isinstance(child.op, ast.Mod):
            called = getattr(getattr(child.left, "func", None), "id", "")
            if called in lazy:
                yield child.lineno
        yield from _found(child, lazy)


def test_no_lazy_text_is_filled_while_the_module_is_loaded():
    found = {str(path.relative_to(ROOT)): filled_while_loading(path.read_text()) for path in FILES}

    assert len(found) > 100
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_the_search_sees_one_that_is():
    source = """
from django.utils.translation import gettext_lazy as _
class Form:
    help_text = _("%(n)s MB") % {"n": 2}
    def said(self): return _("%(n)s MB") % {"n": 2}
"""
    assert filled_while_loading(source) == [4]
