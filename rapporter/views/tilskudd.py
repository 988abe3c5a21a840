"""The grant application: the list, the page with what is missing, its forms and its files."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import radnummer
from kompetanse.kommuner.responses import XLSX, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.documents import Letterhead
from kompetanse.skall.language import on_paper
from kompetanse.skall.templatetags.skall import full_name
from kompetanse.skall.views.svar import form_page
from rapporter import documents, rules
from rapporter.actions import innsending as sending
from rapporter.actions import tilskudd as actions
from rapporter.forms.tilskudd import ChooseForm, HeadForm, LineForm, SendForm
from rapporter.models import Tilskuddslinje, Tilskuddssoknad
from rapporter.queries import fordeling as fordelinger
from rapporter.queries import forslag
from rapporter.queries import linje as linjer
from rapporter.queries import ordning as ordninger
from rapporter.queries import tilskudd as queries
from rapporter.views import innsending
from rapporter.workflow import innsending as workflow

FORM_PAGE = "rapporter/form.html"


@require_GET
@page(Act.SEE_GRANT)
def list_grants(request: ActorRequest) -> HttpResponse:
    """Show the schemes, each with our application when there is one, and how far it has come."""
    soknader = {soknad.ordning_id: soknad for soknad in queries.visible_to(request.actor)}
    answered, distributed = queries.answered(), fordelinger.readable(request.actor)
    rows = [
        (
            ordning,
            soknad,
            soknad is not None and soknad.pk in answered,
            soknad is not None and soknad.pk in distributed,
        )
        for ordning in ordninger.schemes()
        for soknad in [soknader.get(ordning.pk)]
    ]
    context = {"rows": rows, "may_prepare": rules.may_prepare(request.actor)}
    return render(request, "rapporter/grants.html", context)


@require_POST
@page(Act.PREPARE_GRANT)
def begin(request: ActorRequest, pk: int) -> HttpResponse:
    ordning = get_object_or_404(ordninger.schemes(), pk=pk)
    soknad = actions.begin(ordning, by=request.actor)
    return redirect("rapporter:grant", soknad.pk)


@require_GET
@page(Act.SEE_GRANT)
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the application as it stands: what is missing, the lines in order, the sums."""
    soknad = _soknad(request, pk)
    found = [] if soknad.snapshot else linjer.lines(soknad)
    document = queries.document(soknad, applicant=full_name(request.kommune), found=found)
    is_writing = not soknad.is_frozen and rules.may_prepare(request.actor)
    missing = queries.missing(soknad, found) if is_writing else []
    context = {
        "soknad": soknad,
        "paper": soknad,
        "document": document,
        "lines": found,
        "missing": _with_places(soknad, missing),
        "may_propose": not any(each.is_fault for each in missing),
        "steps": workflow.open_to(request.actor, soknad),
        "svar": fordelinger.answer_to(soknad) if soknad.is_sent else None,
        "is_distributed": soknad.is_sent and soknad.pk in fordelinger.readable(request.actor),
    }
    return render(request, "rapporter/grant.html", context)


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def head(request: ActorRequest, pk: int) -> HttpResponse:
    """Write who applies and what for."""
    soknad = _soknad(request, pk)
    workflow.check("edit", soknad, by=request.actor)
    form = HeadForm(request.POST or None, initial=_initial(soknad, HeadForm))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        actions.write_head(soknad, version=version, by=request.actor, **form.values())
        messages.success(request, _("Opplysningene er lagret."))
        return redirect("rapporter:grant", soknad.pk)
    return _form_page(request, form, soknad, title=_("Søker og formål"))


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def choose(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose which measures of the joint plan are applied for."""
    soknad = _soknad(request, pk)
    workflow.check("edit", soknad, by=request.actor)
    form = ChooseForm(request.POST or None, proposals=forslag.proposals(soknad))
    if request.method == "POST" and form.is_valid():
        taken = actions.take_in(soknad, by=request.actor, **form.values())
        messages.success(request, _("%(n)s tiltak er hentet fra planen.") % {"n": taken})
        return redirect("rapporter:grant", soknad.pk)
    return form_page(request, "rapporter/choose.html", form, soknad=soknad)


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def line(request: ActorRequest, pk: int, linje_pk: int) -> HttpResponse:
    """Write what is applied for in one line."""
    linje = _line(request, pk, linje_pk)
    workflow.check("edit", linje.soknad, by=request.actor)
    initial = _initial(linje, LineForm) | {"version": linje.soknad.version}
    form = LineForm(request.POST or None, initial=initial, year=linje.soknad.ordning.year)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        actions.write_line(linje, version=version, by=request.actor, **form.values())
        messages.success(request, _("Linja er lagret."))
        return redirect("rapporter:grant", pk)
    return _form_page(request, form, linje.soknad, title=linje.tiltak.theme, line=linjer.one(linje))


@require_POST
@page(Act.PREPARE_GRANT)
def place(request: ActorRequest, pk: int, linje_pk: int) -> HttpResponse:
    """Move a line in the order of priority, by a button or to a written place."""
    linje = _line(request, pk, linje_pk)
    wanted = radnummer.read(request.POST.get("plass", ""))
    if wanted is None:
        messages.error(request, _("Skriv plassen med et helt tall, for eksempel 3."))
        return redirect("rapporter:grant", pk)
    seen = innsending.version(request)
    actions.place(linje, priority=wanted, version=seen, by=request.actor)
    return redirect(f"{reverse('rapporter:grant', args=[pk])}#linje-{linje.pk}")


@require_POST
@page(Act.PREPARE_GRANT)
def take_out(request: ActorRequest, pk: int, linje_pk: int) -> HttpResponse:
    actions.take_out(_line(request, pk, linje_pk), by=request.actor)
    messages.success(request, _("Linja er tatt ut. Tiltaket står fortsatt i planen."))
    return redirect("rapporter:grant", pk)


@require_POST
@page(Act.PREPARE_GRANT)
def propose(request: ActorRequest, pk: int) -> HttpResponse:
    return innsending.propose(request, _soknad(request, pk), _address(pk))


@require_POST
@page(Act.PREPARE_GRANT)
def take_back(request: ActorRequest, pk: int) -> HttpResponse:
    return innsending.take_back(request, _soknad(request, pk), _address(pk))


@require_POST
@page(Act.SIGN_GRANT)
def send_back(request: ActorRequest, pk: int) -> HttpResponse:
    return innsending.send_back(request, _soknad(request, pk), _address(pk))


@require_POST
@page(Act.SIGN_GRANT)
def approve(request: ActorRequest, pk: int) -> HttpResponse:
    return innsending.approve(request, _soknad(request, pk), _address(pk))


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def send(request: ActorRequest, pk: int) -> HttpResponse:
    """Say that the approved application is sent by hand, with its case number."""
    soknad = _soknad(request, pk)
    workflow.check("send", soknad, by=request.actor)
    form = SendForm(request.POST or None, initial={"version": soknad.version})
    if request.method == "POST" and form.is_valid():
        back = _address(pk)
        sent = sending.send(soknad, by=request.actor, return_url=back, **form.cleaned_data)
        messages.success(request, _("Søknaden er låst slik den ble sendt."))
        return redirect("varsler:progress", sent.kjoring_id)
    return _form_page(request, form, soknad, title=_("Merk søknaden som sendt"), is_sending=True)


@require_GET
@page(Act.SEE_GRANT)
@on_paper
def pdf(request: ActorRequest, pk: int) -> HttpResponse:
    soknad, document = _document(request, pk)
    lang = request.kommune.maalform
    return innsending.kept_or_made(soknad, partial(_pdf, document), document, lang=lang)


@require_GET
@page(Act.SEE_GRANT)
def xlsx(request: ActorRequest, pk: int) -> HttpResponse:
    lang = request.kommune.maalform
    with translation.override(lang):
        _row, document = _document(request, pk)
    make = partial(documents.grant_xlsx, document, lang=lang)
    return LateFile(make, filename=f"tilskuddssoknad-{document.year}.xlsx", content_type=XLSX)


def _pdf(document: queries.GrantDocument, head: Letterhead) -> bytes:
    return documents.grant_pdf(document, head=head)


def _soknad(request: ActorRequest, pk: int) -> Tilskuddssoknad:
    return get_object_or_404(queries.visible_to(request.actor), pk=pk)


def _address(pk: int) -> str:
    return reverse("rapporter:grant", args=[pk])


def _document(request: ActorRequest, pk: int) -> tuple[Tilskuddssoknad, queries.GrantDocument]:
    soknad = _soknad(request, pk)
    return soknad, queries.document(soknad, applicant=full_name(request.kommune))


def _line(request: ActorRequest, pk: int, linje_pk: int) -> Tilskuddslinje:
    lines = Tilskuddslinje.objects.filter(soknad__in=queries.visible_to(request.actor))
    lines = lines.select_related("soknad__ordning", "tiltak")
    return get_object_or_404(lines, pk=linje_pk, soknad=pk)


def _initial(row: Any, form: type[HeadForm] | type[LineForm]) -> dict[str, Any]:
    return {name: getattr(row, name, None) for name in form.base_fields}


def _with_places(
    soknad: Tilskuddssoknad, missing: Sequence[queries.Missing]
) -> list[tuple[queries.Missing, str]]:
    """Return what is missing, each with the address where it is mended."""
    places = {
        "head": reverse("rapporter:head", args=[soknad.pk]),
        "carried": "#linjer",
        "lines": reverse("rapporter:choose", args=[soknad.pk]),
    }
    line = reverse("rapporter:line", args=[soknad.pk, 0]).removesuffix("0/")
    return [(each, places.get(each.place) or f"{line}{each.place}/") for each in missing]


def _form_page(
    request: HttpRequest, form: Any, soknad: Tilskuddssoknad, **context: Any
) -> HttpResponse:
    return form_page(request, FORM_PAGE, form, soknad=soknad, **context)
