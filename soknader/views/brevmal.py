"""The texts of letters: list, edit with a preview, and a real letter as PDF."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.responses import PDF, UNPROCESSABLE, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.actions import apning
from soknader.actions import brevmal as actions
from soknader.documents import brev as documents
from soknader.forms.brevmal import BrevmalForm
from soknader.models import Brevmal, Vedtak
from soknader.queries import brev as letters
from soknader.queries import brevmal as queries
from soknader.queries.brev import Letter
from soknader.rules.brevmal import PLACEHOLDERS


@page(Act.SEND_LETTERS)
@require_GET
def texts(request: ActorRequest) -> HttpResponse:
    """List the text in force for each målform and outcome, the municipality's own målform first."""
    own = request.kommune.maalform
    languages = sorted(Kommune.Maalform, key=lambda lang: lang != own)
    groups = [(lang.label, list(queries.in_force(lang).values())) for lang in languages]
    return render(request, "soknader/brevmaler.html", {"groups": groups})


@page(Act.SEND_LETTERS)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, lang: str, outcome: str) -> HttpResponse:
    """Show the text with its placeholders and how it looks on a case; save a new version."""
    mal = _in_force(lang, outcome)
    cases = list(queries.cases(request.actor, outcome)[: queries.CASES])
    first = {"heading": mal.heading, "body": mal.body, "version": mal.version}
    form = BrevmalForm(request.POST or None, initial=first, cases=cases)
    if form.is_valid() and "vis" not in request.POST:
        told = {name: form.cleaned_data[name] for name in ("heading", "body", "version")}
        made = actions.revise(mal, **told, by=request.actor)
        messages.success(request, _("Versjon %(n)s er lagret.") % {"n": made.version})
        return redirect("soknader:edit_letter_text", lang, outcome)
    shown = mal
    if form.is_valid():
        shown = Brevmal(lang=lang, outcome=outcome, **_words(form))
    chosen = _chosen(cases, request.POST.get("case", ""))
    context = {
        "form": form,
        "mal": mal,
        "case": chosen,
        "preview": documents.text(_letter(request, chosen, lang, outcome), shown),
        "placeholders": PLACEHOLDERS.items(),
        "versions": list(queries.versions(lang, outcome)),
    }
    status = UNPROCESSABLE if form.is_bound and not form.is_valid() else 200
    return render(request, "soknader/brevmal.html", context, status=status)


@page(Act.SEND_LETTERS)
@require_GET
def sample(request: ActorRequest, lang: str, outcome: str) -> HttpResponse:
    """Give a letter by the text in force, on the case that «sak» names or an invented one."""
    mal, asked = _in_force(lang, outcome), request.GET.get("sak", "")
    vedtak = None
    if asked:
        pk = int(asked) if asked.isdecimal() and len(asked) < len(str(2**63)) else 0
        vedtak = get_object_or_404(queries.cases(request.actor, outcome), pk=pk)
    letter = _letter(request, vedtak, lang, outcome)
    return LateFile(
        lambda: documents.letter_pdf(letter, mal), filename="prove.pdf", content_type=PDF
    )


def _in_force(lang: str, outcome: str) -> Brevmal:
    if lang not in Kommune.Maalform.values or outcome not in Vedtak.Outcome.values:
        raise Http404
    return queries.in_force(lang)[outcome]


def _words(form: BrevmalForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("heading", "body")}


def _chosen(cases: list[Vedtak], asked: str) -> Vedtak | None:
    named = [vedtak for vedtak in cases if str(vedtak.pk) == asked]
    return next(iter(named or cases), None)


def _letter(request: ActorRequest, vedtak: Vedtak | None, lang: str, outcome: str) -> Letter:
    """Return what the letter says in the målform; the opening of a person's case is noted."""
    if vedtak is None:
        return queries.example(request.kommune, lang, outcome, on=clock.today())
    apning.opened("soknad.open", vedtak.soknad, by=request.actor)
    counts = letters.counts(vedtak.soknad.runde)
    return replace(letters.letter(vedtak, on=clock.today(), counts=counts), lang=lang)
