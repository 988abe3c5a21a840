"""«Hva hvis»: the list as it would be with another frame, amount or order, never written.

What is tried stands in the address, so that it can be shared and kept; each reader sees of it
what they see of the list. What is typed is posted, and led to the address that says it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall import norsk
from kompetanse.skall.templatetags.designsystemet import summary_lines
from soknader.forms import hvahvis as forms
from soknader.forms.hvahvis import ProveForm, RadForm
from soknader.models import Soknadsrunde
from soknader.queries import hvahvis as queries
from soknader.queries import prioritering as ranking
from soknader.queries.hvahvis import Bilde, Linje, Tanke
from soknader.rules import prioritering as rules


@page(Act.SEE_PRIORITIES)
@require_http_methods(["GET", "POST"])
def what_if(request: ActorRequest, runde_id: int) -> HttpResponse:
    runde = get_object_or_404(ranking.rounds_for(request.actor), pk=runde_id)
    reader = rules.reader(request.actor)
    tanke = forms.read(request.GET)
    bilde = queries.imagine(ranking.ranked(runde, reader=reader), tanke)
    form = ProveForm(
        request.POST or None,
        is_named=bool(reader.lines),
        initial={"ramme": bilde.ramme.budget, "rekkefolge": tanke.order},
    )
    if request.method != "POST":
        return _page(request, runde, bilde, tanke, form=form, rows=())
    rows = [_row(request.POST, line) for line in bilde.lines]
    if not all([form.is_valid(), *[row.is_valid() for row in rows]]):
        return _page(request, runde, bilde, tanke, form=form, rows=rows)
    tried = forms.changed(tanke, bilde.lines, form, rows, runde.budget)
    query = urlencode(forms.address(tried), safe=":,")
    url = reverse("soknader:what_if", args=[runde_id])
    return redirect(f"{url}?{query}" if query else url)


def _row(post: Any, line: Linje) -> RadForm:
    return RadForm(post, number=line.sak.number)


def _page(
    request: ActorRequest,
    runde: Soknadsrunde,
    bilde: Bilde,
    tanke: Tanke,
    *,
    form: ProveForm,
    rows: Sequence[RadForm],
) -> HttpResponse:
    faults = [row for row in rows if row.errors]
    context = {
        "runde": runde,
        "bilde": bilde,
        "rows": _rows(bilde, rows),
        "cut_at": bilde.within,
        "tanke": tanke,
        "form": form,
        "lines": summary_lines(form, *faults),
        "address": request.build_absolute_uri(),
    }
    status = UNPROCESSABLE if form.errors or faults else 200
    return render(request, "soknader/hvahvis.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Rad:
    """A line of the page with what stands in its two fields, and what is wrong with it."""

    line: Linje
    amount: str
    place: str
    faults: tuple[str, ...]


def _rows(bilde: Bilde, typed: Sequence[RadForm]) -> list[Rad]:
    if not typed:
        return [Rad(line, norsk.tall(line.amount), str(line.sak.place), ()) for line in bilde.lines]
    return [
        Rad(
            line,
            str(row["belop"].value() or ""),
            str(row["plass"].value() or ""),
            tuple(str(error) for errors in row.errors.values() for error in errors),
        )
        for line, row in zip(bilde.lines, typed, strict=True)
    ]
