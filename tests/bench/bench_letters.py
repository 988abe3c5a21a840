"""100 decision letters beside bare WeasyPrint, in turns: `python -m tests.bench.bench_letters [n]`.

Bare is WeasyPrint as one would first write it well: one FontConfiguration and one parsed stylesheet
for all letters, untagged, a system font. Ours is the letter that a round sends, a whole Django
template through `kompetanse.pdf`: tagged PDF/UA, Inter, letterhead, the fetcher that denies. Both
carry about as many words, and a table or list of amounts. Only the ratio of one run means
something; the machine swings.
"""

# Django and WeasyPrint are loaded late, in each process that is measured.
# ruff: noqa: PLC0415, T201

import json
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from html import escape
from types import SimpleNamespace
from typing import Any

BLOCK = 10
WORDS = (
    "kommunen har behandlet søknaden om støtte til videreutdanning og lagt vekt på enhetens behov "
    "for kompetanse budsjettet for året søkerens plikt til å bli i stillingen og prioriteringen "
    "som gruppen har gjort etter retningslinjene for"
)
CSS = """
@page { size: A4; margin: 22mm 20mm 24mm;
  @bottom-center { content: "Side " counter(page) " av " counter(pages); font-size: 8pt } }
html { font-family: "DejaVu Sans", sans-serif; font-size: 10pt; line-height: 1.35 }
h1 { font-size: 14pt; margin: 8mm 0 3mm }
h2 { font-size: 11pt }
header { display: flex; justify-content: space-between; margin-bottom: 8mm }
header svg { height: 14mm }
table { border-collapse: collapse; width: 100%; margin: 3mm 0 }
th, td { border: .3pt solid #555; padding: 1mm 2mm; text-align: left; font-size: 9pt }
td.t { text-align: right }
p { margin: 0 0 2.5mm }
"""
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><title>Kommune</title>'
    '<path d="M20 2 L36 8 V22 C36 32 28 37 20 39 C12 37 4 32 4 22 V8 Z" fill="#14456b"/>'
    '<path d="M12 14 h16 v4 h-16z M12 22 h16 v4 h-16z" fill="#fff"/>'
    '<text x="44" y="27" font-size="16" font-family="DejaVu Sans" fill="#14456b">Kommune</text>'
    "</svg>"
)


def words(count: int, seed: int) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS.split()) for _ in range(count)).capitalize() + "."


def content(number: int) -> SimpleNamespace:
    """The same words for both ways: 241 in the text, four rows in the table."""
    amounts = [
        ("Semesteravgift", 8000 + number),
        ("Bøker", 2500),
        ("Reise", 6200),
        ("Sum", 16700 + number),
    ]
    return SimpleNamespace(
        paragraphs=[words(62, number * 7 + each) for each in range(3)],
        rows=[(*each, words(3, number * 9 + place)) for place, each in enumerate(amounts)],
        last=words(55, number),
    )


# ------------------------------------------------------------------ the two ways


def bare() -> Callable[[int], bytes]:
    """WeasyPrint by itself, with fonts and stylesheet shared between the letters."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts, pictures = FontConfiguration(), {}
    stylesheets = [weasyprint.CSS(string=CSS, font_config=fonts)]

    def make(number: int) -> bytes:
        page = weasyprint.HTML(string=bare_html(number))
        return page.write_pdf(stylesheets=stylesheets, font_config=fonts, cache=pictures)

    return make


def bare_html(number: int) -> str:
    letter = content(number)
    rows = "".join(
        f"<tr><th scope=row>{name}</th><td class=t>{amount} kr</td><td>{escape(note)}</td></tr>"
        for name, amount, note in letter.rows
    )
    text = "".join(f"<p>{escape(each)}</p>" for each in letter.paragraphs)
    return (
        '<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>Vedtak</title></head>'
        f"<body><article><header>{LOGO}<p>Ref. 2026/{number:05}<br>22.11.2026</p></header>"
        f"<p>Fornavn{number} Etternavn{number}<br>Storgata {number}<br>0{number:03} Byen</p>"
        f"<h1>Vedtak om støtte til videreutdanning</h1>{text}<h2>Beløp</h2><table><thead><tr>"
        "<th scope=col>Post</th><th scope=col>Beløp</th><th scope=col>Merknad</th></tr></thead>"
        f"<tbody>{rows}</tbody></table><p>{escape(letter.last)}</p>"
        "<p>Med hilsen<br>Seksjonsleder</p></article></body></html>"
    )


def ours() -> Callable[[int], bytes]:
    """The letter on a decision as the round makes it, with the same words in its reason."""
    from soknader.documents.brev import letter_pdf
    from soknader.queries.brev import Letter

    def make(number: int) -> bytes:
        return letter_pdf(Letter(**real(number)))

    return make


def real(number: int) -> dict[str, Any]:
    """What the real letter says; its own fixed sentences stand for the bare one's table."""
    return {
        "on": date(2026, 11, 22),
        "reference": f"2026/{number:05}",
        "name": f"Fornavn{number} Etternavn{number}",
        "unit": "Helse- og sosialetaten",
        "outcome": "granted",
        "study": "videreutdanning",
        "amount": 16700 + number,
        "leave_days": 5,
        "reason": "\n\n".join(content(number).paragraphs),
        "conditions": words(12, number),
        "applicants": 100,
        "supported": 60,
        "accept_by": date(2026, 12, 6),
        "may_complain": True,
        "signer": "Seksjonsleder",
        "kommune": "Modum kommune",
        "contact": "post@kommune.example",
        "lang": "nb",
    }


# ------------------------------------------------------------------ measuring


def set_up() -> None:
    """Django without its log; no database is asked."""
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetanse.settings")
    settings.LOGGING_CONFIG = None
    django.setup()


def seconds(make: Callable[[int], bytes], numbers: range) -> tuple[float, float]:
    """Wall and CPU seconds to make the letters."""
    wall, cpu = time.perf_counter(), time.process_time()
    for number in numbers:
        make(number)
    return time.perf_counter() - wall, time.process_time() - cpu


def alternate(count: int) -> dict[str, float]:
    """Make both kinds in turns of ten, so that the machine's mood hits both alike."""
    ways = {"bare": bare(), "ours": ours()}
    sums = {name: [0.0, 0.0] for name in ways}
    for make in ways.values():
        seconds(make, range(3))
    for start in range(0, count, BLOCK):
        for name, make in ways.items():
            wall, cpu = seconds(make, range(start, min(start + BLOCK, count)))
            sums[name][0] += wall
            sums[name][1] += cpu
    return {
        "bare_s": round(sums["bare"][0], 2),
        "ours_s": round(sums["ours"][0], 2),
        "ratio_wall": round(sums["ours"][0] / sums["bare"][0], 3),
        "ratio_cpu": round(sums["ours"][1] / sums["bare"][1], 3),
        "bare_kb": round(len(ways["bare"](1)) / 1024, 1),
        "ours_kb": round(len(ways["ours"](1)) / 1024, 1),
    }


def worker(way: str, numbers: range, ready: Any, go: Any) -> None:
    """Make these letters in one way, warm, when all processes are ready."""
    set_up()
    make = WAYS[way]()
    seconds(make, range(3))
    ready.release()
    go.wait()
    seconds(make, numbers)


def in_processes(way: str, count: int, processes: int) -> float:
    """Wall seconds for the letters in so many warm processes, as the workers make them."""
    context = multiprocessing.get_context("spawn")
    ready, go = context.Semaphore(0), context.Event()
    shares = [range(each, count, processes) for each in range(processes)]
    workers = [context.Process(target=worker, args=(way, each, ready, go)) for each in shares]
    for each in workers:
        each.start()
    for _each in workers:
        ready.acquire()
    started = time.perf_counter()
    go.set()
    for each in workers:
        each.join()
    return time.perf_counter() - started


def gains(count: int, rounds: int = 2) -> dict[str, float]:
    """How many times faster two processes are than one, each way in turns.

    `spin` is arithmetic that touches no memory: the most that this machine can give.
    """
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    best: dict[str, float] = {}
    for _round in range(rounds):
        for way, spent in found.items():
            one, two = in_processes(way, count, 1), in_processes(way, count, 2)
            spent.append(one / two)
            best[way] = min(best.get(way, two), two)
    gain = {f"{way}_gain": round(max(spent), 2) for way, spent in found.items()}
    return gain | {f"{way}_two_s": round(seconds, 2) for way, seconds in best.items()}


def spin() -> Callable[[int], int]:
    """About as long as a letter, of arithmetic alone."""
    return lambda number: sum(each * number % 7 for each in range(700_000))


WAYS: dict[str, Callable[[], Callable[[int], Any]]] = {"bare": bare, "ours": ours, "spin": spin}


def measure(count: int) -> dict[str, float]:
    """All figures: seconds, ratios ours to bare, and the gain of two processes."""
    load = round(os.getloadavg()[0], 1)
    return {"letters": count, **alternate(count), **gains(count), "load_before": load}


def main() -> None:
    set_up()
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100)))


if __name__ == "__main__":
    main()
