"""What someone who wishes us ill sends: junk in every parameter and field that a page asks for.

The names are found by listening: a page tells what it looks for in the address and in the form.
"""

import random
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

# Each has broken some page somewhere: what the database cannot hold, what Python cannot count,
# figures that are not ours, dates at the ends of time, markup, and what a spreadsheet would run.
JUNK = (
    "\x00", "a\x00b", "-1", "0", "2147483648", "9223372036854775808", "9" * 40, "1" * 5000,
    "1e309", "-1e309", "NaN", "Infinity", "²", "٣", "1_000", "0x10", "1,5", "0000-00-00",
    "0001-01-01", "9999-12-31", "10000-01-01", "31.02.2026", "29.2.2027", "01.01.0001",
    "31.12.9999", "25:61", "24:00", "x" * 20_000, "\ufffe\uffff", "\u202eabc", "🦄", "%", "%s",
    "{0.__class__}", "{{ 7|add:7 }}", "\\", "'", '"><script>alert(1)</script>', "=1+1", "[", "[]",
    "{}", '{"a": 1}', "null", "true", "../../etc/passwd", "//ond.example/", "https://ond.example",
    "\r\nBcc: ond@example.org", " ", "",
)  # fmt: skip
FILES = (
    ("tom.xlsx", b""),
    ("ark.xlsx", b"PK\x03\x04" + b"\x00" * 60),
    ("tekst.csv", b"\x00;\xff\xfe;=1+1\r\n"),
    ("bilde.png", b"\x89PNG\r\n\x1a\n" + b"\xff" * 40),
    ("x\x00<svg onload=alert(1)>.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ("../../a.pdf", b"%PDF-1.7\n<script>alert(1)</script>"),
)


class Listening(QueryDict):
    """Remembers which names a page looked for."""

    heard: set[str]

    def __init__(self, text: str = "", *, heard: set[str] | None = None, **kwargs: Any) -> None:
        self.heard = set()
        super().__init__(text, **{"mutable": True} | kwargs)
        self.heard = set() if heard is None else heard

    def _note(self, key: Any) -> None:
        if isinstance(key, str):
            self.heard.add(key)

    def __getitem__(self, key: Any) -> Any:
        self._note(key)
        return super().__getitem__(key)

    def __contains__(self, key: Any) -> bool:
        self._note(key)
        return super().__contains__(key)

    def get(self, key: Any, default: Any = None) -> Any:
        self._note(key)
        return super().get(key, default)

    def getlist(self, key: Any, default: Any = None) -> Any:
        self._note(key)
        return super().getlist(key, default)


class Ear:
    """Listens to what the requests look for, until it is closed."""

    def __init__(self, monkeypatch: Any) -> None:
        self.address: set[str] = set()
        self.form: set[str] = set()
        self.files: set[str] = set()
        plain = WSGIRequest._load_post_and_files

        def load(request: Any) -> None:
            plain(request)
            request._post = _heard(request._post, self.form)
            request._files = _heard_files(request._files, self.files)

        monkeypatch.setattr(WSGIRequest, "_load_post_and_files", load)
        address = property(
            lambda request: Listening(request.META.get("QUERY_STRING", ""), heard=self.address)
        )
        monkeypatch.setattr(WSGIRequest, "GET", address)

    def begin(self) -> None:
        for names in (self.address, self.form, self.files):
            names.clear()


def _heard(values: Any, heard: set[str]) -> Listening:
    listening = Listening("", heard=heard)
    for key, items in values.lists():
        MultiValueDict.setlist(listening, key, items)
    return listening


class ListeningFiles(MultiValueDict[str, Any]):
    """Remembers which files a page looked for."""

    heard: set[str] = set()

    def get(self, key: Any, default: Any = None) -> Any:
        self.heard.add(key)
        return super().get(key, default)

    def getlist(self, key: Any, default: Any = None) -> Any:
        self.heard.add(key)
        return super().getlist(key, default)


def _heard_files(values: Any, heard: set[str]) -> ListeningFiles:
    listening = ListeningFiles(dict(values.lists()))
    listening.heard = heard
    return listening


class Forms(HTMLParser):
    """The forms of a page: (action, the values that would be sent)."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.found = here, []  # type: ignore[var-annotated]
        self._select = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        told = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.found.append(((told.get("action") or self.here).partition("?")[0], {}))
        elif self.found:
            self._field(tag, told, self.found[-1][1])

    def _field(self, tag: str, told: dict[str, str], values: dict[str, str]) -> None:
        name, value = told.get("name", ""), told.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and value:
            values.setdefault(self._select, value)
        elif tag == "textarea" and name:
            values[name] = "tekst"
        elif tag == "input" and name and _is_on(told):
            values[name] = value
        elif tag in {"input", "button"} and name:
            values.setdefault(name, value)


def _is_on(told: dict[str, str]) -> bool:
    return told.get("type") not in {"checkbox", "radio"} or "checked" in told


def forms_of(html: str, here: str) -> list[tuple[str, dict[str, str]]]:
    parser = Forms(here)
    parser.feed(html)
    return parser.found


def tries(
    names: set[str], valid: dict[str, str], *, rounds: int, chance: random.Random
) -> Iterator[dict[str, Any]]:
    """Yield what to send: one field bad among good ones, and now and then all of them bad."""
    everything = sorted(names | set(valid))
    for number in range(rounds):
        if not everything:
            return
        sent: dict[str, Any] = dict(valid)
        bad = everything if number == 0 else chance.sample(everything, 1 + (number % 3 == 0))
        for name in bad:
            sent[name] = chance.choice(JUNK)
        yield sent


def a_file(chance: random.Random) -> SimpleUploadedFile:
    name, content = chance.choice(FILES)
    return SimpleUploadedFile(name, content)
