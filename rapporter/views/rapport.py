"""The report on a grant: the page with what is missing, its forms, its files."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.kommuner.responses import XLSX, LateFile, stored
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.documents import Letterhead
from kompetanse.skall.language import on_paper
from kompetanse.skall.templatetags.skall import full_name
from kompetanse.skall.views.svar import form_page
from rapporter import documents, rules
from rapporter.actions import innsending as sending
from rapporter.actions import rapport as actions
from rapporter.forms.forbruk import AttachmentForm
from rapporter.forms.rapport import ReportLineForm, TextsForm
from rapporter.forms.tilskudd import SendForm
from rapporter.models import Rapportlinje, Tilskuddsrapport
from rapporter.queries import maloppnaelse, rapportmangler
from rapporter.queries import rapport as queries
from rapporter.queries.rapportmangler import Lacking
from rapporter.views import innsending
from rapporter.views.forbruk import answer
from rapporter.workflow import innsending as workflow

FORM_PAGE = "rapporter/report_form.html"


@require_GET
@page(Act.SEE_GRANT)
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the report as it stands: what is missing, its parts, and what can be done now."""
    rapport = queries.visible_to(request.actor).filter(svar__soknad=pk).first()
    if rapport is None:
        context = {
            "soknad": answer(request, pk).soknad,
            "may_prepare": rules.may_prepare(request.actor),
        }
        return render(request, "rapporter/report_start.html", context)
    found = [] if rapport.snapshot else queries.rows(rapport)
    is_writing = not rapport.is_frozen and rules.may_prepare(request.actor)
    missing = rapportmangler.missing(rapport, found) if is_writing else []
    context = {
        "soknad": rapport.svar.soknad,
        "paper": rapport,
        "document": queries.document(rapport, applicant=full_name(request.kommune), found=found),
        "rows": found if is_writing else [],
        "missing": [(each, _mended_at(pk, each)) for each in missing],
        "may_propose": not any(each.is_fault for each in missing),
        "steps": workflow.open_to(request.actor, rapport),
        "lacks_attestation": rapportmangler.lacks_attestation(rapport),
    }
    return render(request, "rapporter/report.html", context)


@require_POST
@page(Act.PREPARE_GRANT)
def begin(request: ActorRequest, pk: int) -> HttpResponse:
    actions.begin(answer(request, pk), by=request.actor)
    return redirect(_address(pk))


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def line(request: ActorRequest, pk: int, svarlinje_pk: int) -> HttpResponse:
    """Correct a line's figures, say what was reached, and what is carried over."""
    rapport = _rapport(request, pk)
    workflow.check("edit", rapport, by=request.actor)
    row = next((each for each in queries.rows(rapport) if each.spent.pk == svarlinje_pk), None)
    if row is None:
        raise Http404
    initial = _initial(row, rapport)
    form = ReportLineForm(request.POST or None, counted=row.counted, initial=initial)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        most = queries.most_to_carry(row, rapport.svar.soknad.ordning)
        if (form.cleaned_data["carry_over"] or 0) > most:
            form.add_error("carry_over", rapportmangler.too_much_carried(most))
        else:
            values = form.values()
            actions.write_line(rapport, svarlinje_pk, version=seen, by=request.actor, **values)
            messages.success(request, _("Linja er lagret."))
            return redirect(f"{_address(pk)}#linje-{svarlinje_pk}")
    told = maloppnaelse.told_of(svarlinje_pk) if row.counted.broken_off else []
    return _form_page(request, form, rapport, title=row.spent.theme, row=row, told=told)


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def texts(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the text of each area."""
    rapport = _rapport(request, pk)
    workflow.check("edit", rapport, by=request.actor)
    areas = queries.areas(queries.rows(rapport))
    form = TextsForm(
        request.POST or None, areas=areas, texts=rapport.texts, initial={"version": rapport.version}
    )
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        actions.write_texts(rapport, form.values(), version=seen, by=request.actor)
        messages.success(request, _("Teksten er lagret."))
        return redirect(_address(pk))
    return _form_page(request, form, rapport, title=_("Tekst for hvert område"), is_texts=True)


@require_POST
@page(Act.PREPARE_GRANT)
def draft_texts(request: ActorRequest, pk: int) -> HttpResponse:
    """Fill the empty texts from the evaluations."""
    seen = innsending.version(request)
    drafted = actions.draft_texts(_rapport(request, pk), version=seen, by=request.actor)
    if drafted:
        messages.success(request, _("Utkastet er hentet fra evalueringene. Se over det."))
    else:
        messages.info(request, _("Evalueringene har ingenting om de tomme områdene."))
    return redirect("rapporter:report_texts", pk)


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def attest(request: ActorRequest, pk: int) -> HttpResponse:
    """Upload what the auditor wrote."""
    rapport = _rapport(request, pk)
    workflow.check("attach", rapport, by=request.actor)
    form = (
        AttachmentForm(request.POST, request.FILES)
        if request.method == "POST"
        else AttachmentForm()
    )
    if request.method == "POST" and form.is_valid():
        actions.attest(rapport, form.cleaned_data["file"], by=request.actor)
        messages.success(request, _("Attestasjonen er lagret."))
        return redirect(_address(pk))
    return _form_page(request, form, rapport, title=_("Revisors attestasjon"))


@require_GET
@page(Act.SEE_GRANT)
def attestation(request: ActorRequest, pk: int) -> HttpResponse:
    return stored(_rapport(request, pk).attestation)


@require_POST
@page(Act.PREPARE_GRANT)
def propose(request: ActorRequest, pk: int) -> HttpResponse:
    return innsending.propose(request, _rapport(request, pk), _address(pk))


@require_POST
@page(Act.PREPARE_GRANT)
def take_back(request: ActorRequest, pk: int) -> HttpResponse:
    return innsending.take_back(request, _rapport(request, pk), _address(pk))


@require_POST
@page(Act.SIGN_GRANT)
def send_back(request: ActorRequest, pk: int) -> HttpResponse:
    return innsending.send_back(request, _rapport(request, pk), _address(pk))


@require_POST
@page(Act.SIGN_GRANT)
def approve(request: ActorRequest, pk: int) -> HttpResponse:
    return innsending.approve(request, _rapport(request, pk), _address(pk))


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def send(request: ActorRequest, pk: int) -> HttpResponse:
    """Say that the approved report is sent by hand, with its case number."""
    rapport = _rapport(request, pk)
    workflow.check("send", rapport, by=request.actor)
    form = SendForm(request.POST or None, initial={"version": rapport.version})
    if request.method == "POST" and form.is_valid():
        back = _address(pk)
        sent = sending.send(rapport, by=request.actor, return_url=back, **form.cleaned_data)
        messages.success(request, _("Rapporten er låst slik den ble sendt."))
        return redirect("varsler:progress", sent.kjoring_id)
    return _form_page(request, form, rapport, title=_("Merk rapporten som sendt"))


@require_GET
@page(Act.SEE_GRANT)
@on_paper
def pdf(request: ActorRequest, pk: int) -> HttpResponse:
    lang = request.kommune.maalform
    rapport, document = _document(request, pk)
    return innsending.kept_or_made(rapport, partial(_pdf, document), document, lang=lang)


@require_GET
@page(Act.SEE_GRANT)
def xlsx(request: ActorRequest, pk: int) -> HttpResponse:
    _row, document = _document(request, pk)
    make = partial(documents.report_xlsx, document, lang=request.kommune.maalform)
    return LateFile(make, filename=f"tilskuddsrapport-{document.year}.xlsx", content_type=XLSX)


def _pdf(document: queries.ReportDocument, head: Letterhead) -> bytes:
    return documents.report_pdf(document, head=head)


def _document(request: ActorRequest, pk: int) -> tuple[Tilskuddsrapport, queries.ReportDocument]:
    rapport = _rapport(request, pk)
    with translation.override(request.kommune.maalform):
        return rapport, queries.document(rapport, applicant=full_name(request.kommune))


def _rapport(request: ActorRequest, pk: int) -> Tilskuddsrapport:
    return get_object_or_404(queries.visible_to(request.actor), svar__soknad=pk)


def _initial(row: queries.Row, rapport: Tilskuddsrapport) -> dict[str, Any]:
    figures = {name: getattr(row.goal, name) for name in Rapportlinje.FIGURES}
    written = ("reason", "broken_off_because", "comment", "carry_over")
    return (
        figures | {name: getattr(row.note, name) for name in written} | {"version": rapport.version}
    )


def _mended_at(pk: int, each: Lacking) -> str:
    """Return the address where something missing is mended."""
    if each.place == "line":
        return reverse("rapporter:report_line", args=[pk, each.pk])
    return reverse("rapporter:report_texts" if each.place == "texts" else "rapporter:attest",
                   args=[pk])  # fmt: skip


def _address(pk: int) -> str:
    return reverse("rapporter:report", args=[pk])


def _form_page(
    request: ActorRequest, form: Any, rapport: Tilskuddsrapport, **context: Any
) -> HttpResponse:
    context |= {"paper": rapport, "soknad": rapport.svar.soknad}
    return form_page(request, FORM_PAGE, form, **context)
