"""The county's answer and the distribution of the grant: forms, page and files."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, UNPROCESSABLE, XLSX, LateFile, stored
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.forms import refusal_in
from kompetanse.skall.language import on_paper
from kompetanse.skall.templatetags.skall import full_name
from kompetanse.skall.views.svar import form_page, make_once
from rapporter import documents, rules
from rapporter.actions import fordeling as actions
from rapporter.actions import svar as svar_actions
from rapporter.forms.fordeling import AnswerForm, DistributeForm
from rapporter.models import Fordeling, Fordelingspost, Svarlinje
from rapporter.queries import fordeling as queries
from rapporter.queries import tilskudd
from rapporter.queries.fordeling import DistributionDocument
from rapporter.views.innsending import version
from rapporter.workflow import fordeling as workflow
from rapporter.workflow import innsending as soknad_workflow

ANSWER = ("amount", "received_on", "case_number", "conditions")


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def answer(request: ActorRequest, pk: int) -> HttpResponse:
    """Write what the county answered, or correct it."""
    soknad = get_object_or_404(tilskudd.visible_to(request.actor), pk=pk)
    soknad_workflow.check("answer", soknad, by=request.actor)
    svar = queries.answer_to(soknad)
    initial = {name: getattr(svar, name) for name in ANSWER} if svar else {}
    form = AnswerForm(
        request.POST or None,
        lines=queries.applied(soknad),
        granted=queries.granted(svar),
        on=clock.today(),
        initial=initial | {"version": soknad.version},
    )
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        svar_actions.register(soknad, form.answer(), version=seen, by=request.actor)
        messages.success(request, _("Svaret er ført. Nå kan beløpet fordeles."))
        return redirect("rapporter:distribution", soknad.pk)
    title = _("Svaret fra Statsforvalteren")
    return form_page(request, "rapporter/form.html", form, soknad=soknad, title=title)


@require_GET
@page(Act.SEE_DISTRIBUTION)
def distribution(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what was received and who gets what, with what the reader can do now."""
    return _page(request, _fordeling(request, pk))


@require_POST
@page(Act.PREPARE_GRANT)
def distribute(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a unit so much of a line."""
    fordeling = _fordeling(request, pk)
    workflow.check("edit", fordeling, by=request.actor)
    form = _form(fordeling, _document(request, fordeling), request)
    if not form.is_valid():
        return _page(request, fordeling, form=form)
    line = get_object_or_404(Svarlinje, pk=form.cleaned_data["svarlinje"], svar=fordeling.svar)
    enhet, amount = form.cleaned_data["enhet"], form.cleaned_data["amount"]

    def give() -> str:
        actions.distribute(fordeling, svarlinje=line, enhet=enhet, amount=amount, by=request.actor)
        return reverse("rapporter:distribution", args=[pk])

    with refusal_in(form, "amount"):
        return make_once(request, form, give, told=_("Beløpet er fordelt."))
    return _page(request, fordeling, form=form)


@require_POST
@page(Act.PREPARE_GRANT)
def follow_lines(request: ActorRequest, pk: int) -> HttpResponse:
    given = actions.follow_lines(_fordeling(request, pk), by=request.actor)
    messages.success(request, _("%(n)s linjer er fordelt etter planen.") % {"n": given})
    return redirect("rapporter:distribution", pk)


@require_POST
@page(Act.PREPARE_GRANT)
def take_back(request: ActorRequest, pk: int, post_pk: int) -> HttpResponse:
    fordeling = _fordeling(request, pk)
    post = get_object_or_404(Fordelingspost, pk=post_pk, fordeling=fordeling)
    actions.take_back(post, by=request.actor)
    messages.success(request, _("Beløpet er tatt tilbake."))
    return redirect("rapporter:distribution", pk)


@require_POST
@page(Act.PREPARE_GRANT)
def propose(request: ActorRequest, pk: int) -> HttpResponse:
    actions.propose(_fordeling(request, pk), version=version(request), by=request.actor)
    messages.success(request, _("Fordelingen er lagt fram til godkjenning."))
    return redirect("rapporter:distribution", pk)


@require_POST
@page(Act.APPROVE_DISTRIBUTION)
def send_back(request: ActorRequest, pk: int) -> HttpResponse:
    reason, seen = request.POST.get("grunn", "")[:500], version(request)
    if not reason.strip():
        messages.error(request, _("Skriv hva som må endres i fordelingen."))
        return redirect("rapporter:distribution", pk)
    actions.send_back(_fordeling(request, pk), reason=reason, version=seen, by=request.actor)
    messages.success(request, _("Fordelingen er sendt tilbake til fagrådgiver."))
    return redirect("rapporter:distribution", pk)


@require_POST
@page(Act.APPROVE_DISTRIBUTION)
def approve(request: ActorRequest, pk: int) -> HttpResponse:
    """Approve and freeze; the leaders of the units are told."""
    applicant = full_name(request.kommune)
    fordeling = _fordeling(request, pk)
    approved = actions.approve(
        fordeling,
        applicant=applicant,
        version=version(request),
        by=request.actor,
        return_url=reverse("rapporter:distribution", args=[pk]),
    )
    messages.success(request, _("Fordelingen er godkjent, og lederne får varsel."))
    return redirect("varsler:progress", approved.kjoring_id)


@require_GET
@page(Act.SEE_DISTRIBUTION)
@on_paper
def distribution_pdf(request: ActorRequest, pk: int) -> HttpResponse:
    fordeling = _fordeling(request, pk)
    document = _document(request, fordeling)
    if fordeling.fil is not None:
        return stored(fordeling.fil)
    on = clock.local_date(fordeling.approved_at or clock.now())
    head = documents.letterhead(document, on=on, lang=request.kommune.maalform)
    make = partial(documents.distribution_pdf, document, head=head)
    return LateFile(make, filename=f"fordeling-{document.year}.pdf", content_type=PDF)


@require_GET
@page(Act.SEE_DISTRIBUTION)
def distribution_xlsx(request: ActorRequest, pk: int) -> HttpResponse:
    document = _document(request, _fordeling(request, pk))
    make = partial(documents.distribution_xlsx, document, lang=request.kommune.maalform)
    return LateFile(make, filename=f"fordeling-{document.year}.xlsx", content_type=XLSX)


@require_GET
@page(Act.SEE_DISTRIBUTION)
def letter(request: ActorRequest, pk: int, brev_pk: int) -> HttpResponse:
    """Give the letter to a unit to its leaders, the advisor and the executives."""
    brev = queries.letters_visible_to(request.actor)
    return stored(get_object_or_404(brev, pk=brev_pk, fordeling__svar__soknad=pk).fil)


def _fordeling(request: ActorRequest, pk: int) -> Fordeling:
    """Return the distribution of the application with that id."""
    return get_object_or_404(queries.visible_to(request.actor), svar__soknad=pk)


def _document(request: ActorRequest, fordeling: Fordeling) -> DistributionDocument:
    return queries.document(fordeling, applicant=full_name(request.kommune))


def _form(
    fordeling: Fordeling, document: DistributionDocument, request: ActorRequest
) -> DistributeForm:
    enheter = list(organisasjon.open_units())
    form = DistributeForm(request.POST or None, lines=document.lines, enheter=enheter)
    form.helper.form_action = reverse("rapporter:distribute", args=[fordeling.svar.soknad_id])
    return form


def _page(
    request: ActorRequest, fordeling: Fordeling, *, form: DistributeForm | None = None
) -> HttpResponse:
    soknad = fordeling.svar.soknad
    steps = workflow.open_to(request.actor, fordeling)
    document = _document(request, fordeling)
    if form is None and "edit" in steps:
        form = _form(fordeling, document, request)
    context = {
        "fordeling": fordeling,
        "soknad": soknad,
        "document": document,
        "steps": steps,
        "form": form,
        "may_prepare": rules.may_prepare(request.actor),
        "letters": queries.letters_of(fordeling, request.actor),
    }
    status = UNPROCESSABLE if form is not None and form.is_bound else 200
    return render(request, "rapporter/distribution.html", context, status=status)
