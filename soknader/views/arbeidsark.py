"""The worksheet: out to Excel, back again, looked at, and written all or nothing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import tables
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import turns
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE, XLSX, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from soknader.actions import arbeidsark as actions
from soknader.documents import arbeidsark as documents
from soknader.forms import arbeidsark as forms
from soknader.forms.arbeidsark import ArkForm, Lest
from soknader.models import Soknadsrunde
from soknader.queries import arbeidsark as queries
from soknader.queries import endring
from soknader.queries import prioritering as ranking
from soknader.queries.arbeidsark import Ark
from soknader.rules import prioritering as rules
from soknader.views.request import posted


@page(Act.PRIORITISE)
@require_GET
def download(request: ActorRequest, runde_id: int) -> HttpResponse:
    ark = _ark(request, runde_id)
    return LateFile(
        lambda: documents.as_xlsx(ark),
        filename=f"arbeidsark-{ark.runde.year}-{ark.runde.kind}.xlsx",
        content_type=XLSX,
    )


@page(Act.PRIORITISE)
@require_http_methods(["GET", "POST"])
def worksheet(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Take the worksheet in, and show what would change; nothing is written here."""
    ark = _ark(request, runde_id)
    rules.must_be_prioritising(ark.runde)
    form = ArkForm(*posted(request))
    if request.method != "POST" or not form.is_valid():
        return _upload_page(request, ark.runde, form)
    upload = form.cleaned_data["file"]
    try:
        turns.take()
        table = tables.read(upload.read(), filename=upload.name, max_rows=forms.MOST_ROWS)
    except DomainError as refusal:
        form.add_error("file", str(refusal))
        return _upload_page(request, ark.runde, form)
    return _preview(request, ark, forms.read(table, ark))


@page(Act.PRIORITISE)
@require_POST
def confirm(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Write what was looked at; who was overtaken meanwhile is told by whom, and nothing is."""
    runde = _runde(request, runde_id)
    try:
        version, wishes = forms.opened(request.POST.get("ark", ""))
        actions.apply(runde, wishes, version=version, by=request.actor)
    except StaleError as stale:
        return _upload_page(request, runde, ArkForm(), fault=stale)
    number = len(wishes)
    told = ngettext("%(number)d sak er endret.", "%(number)d saker er endret.", number)
    messages.success(request, told % {"number": number})
    return redirect("soknader:rank", runde_id)


def _preview(request: ActorRequest, ark: Ark, lest: Lest) -> HttpResponse:
    conflicts = _conflicts(ark, lest)
    is_ready = bool(lest.wishes) and not lest.faults and not conflicts
    context = {
        "runde": ark.runde,
        "lest": lest,
        "conflicts": conflicts,
        "sealed": forms.sealed(lest) if is_ready else "",
    }
    status = CONFLICT if conflicts else UNPROCESSABLE if lest.faults else 200
    return render(request, "soknader/arbeidsark_kontroll.html", context, status=status)


def _conflicts(ark: Ark, lest: Lest) -> list[DomainError]:
    """Return what others have changed of what the worksheet would change, and who did."""
    found: list[DomainError] = []
    if lest.is_order_changed and lest.version != ark.runde.version:
        told = endring.told_since(ark.runde, lest.version)
        found.append(StaleError(_("Rekkefølgen er endret siden arket ble lastet ned."), told=told))
    numbers = {row.sak.pk: row.sak.number for row in ark.rows}
    for pk, version in lest.stale:
        later = endring.changes(pk).filter(pk__gt=version).select_related("by")
        found.append(StaleError(actions.told_of(numbers[pk]), told=endring.told_of(later)))
    return found


def _upload_page(
    request: ActorRequest, runde: Soknadsrunde, form: ArkForm, *, fault: StaleError | None = None
) -> HttpResponse:
    status = CONFLICT if fault else UNPROCESSABLE if form.is_bound else 200
    context = {"runde": runde, "form": form, "fault": fault}
    return render(request, "soknader/arbeidsark.html", context, status=status)


def _ark(request: ActorRequest, runde_id: int) -> Ark:
    runde = _runde(request, runde_id)
    return queries.of(runde, reader=rules.reader(request.actor), actor=request.actor)


def _runde(request: ActorRequest, runde_id: int) -> Soknadsrunde:
    runde: Soknadsrunde = get_object_or_404(ranking.rounds_for(request.actor), pk=runde_id)
    return runde
