"""The five sections of a needs form. Buttons save; so does the page itself while one writes."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kartlegging import rules
from kartlegging.actions import behov as actions
from kartlegging.forms.behov import ROW_SECTIONS, TEXT_SECTIONS
from kartlegging.forms.rader import RowSet
from kartlegging.models import Behovsskjema
from kartlegging.queries import behov as queries
from kartlegging.queries import innhold, katalog
from kartlegging.views.behov import section_url, steps
from kartlegging.views.request import unit
from kompetanse import radnummer
from kompetanse.errors import StaleError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.models import Enhet
from kompetanse.skall import norsk


@page(Act.FILL_NEEDS)
@require_http_methods(["GET", "POST"])
def section(request: ActorRequest, year: int, enhet_id: int, key: str) -> HttpResponse:
    """One of the five sections. Its buttons save; so does the page itself while one writes."""
    enhet = unit(enhet_id, actor=request.actor, rule=rules.may_fill)
    skjema = queries.form_of(enhet, year=year)
    if key not in TEXT_SECTIONS and key not in ROW_SECTIONS:
        raise Http404
    if skjema is None or (request.method == "GET" and not _is_open(request, skjema)):
        return redirect("kartlegging:needs_form", year, enhet_id)
    if key in TEXT_SECTIONS:
        return _text_section(request, skjema, key)
    return _row_section(request, skjema, key)


def _is_open(request: ActorRequest, skjema: Behovsskjema) -> bool:
    return "save" in steps(request, skjema, due=queries.deadline(skjema.year))


def _text_section(request: ActorRequest, skjema: Behovsskjema, key: str) -> HttpResponse:
    form_class = TEXT_SECTIONS[key]
    if request.method == "GET":
        return _show(request, skjema, key, form=form_class(initial=vars(skjema)))
    draft = form_class.draft(request.POST)
    if not draft.is_valid():
        return _refused(request, skjema, key, form=form_class(request.POST))
    try:
        saved = actions.save_texts(
            skjema, texts=draft.texts, version=_version(request), by=request.actor
        )
    except StaleError as error:
        return _stale(request, skjema, key, error, form=form_class(_renewed(request, skjema)))
    if _is_autosave(request):
        return _saved(saved)
    form = form_class(_renewed(request, skjema))
    if not form.is_valid():
        return _refused(request, skjema, key, form=form)
    return redirect(_after(saved, key))


def _row_section(request: ActorRequest, skjema: Behovsskjema, key: str) -> HttpResponse:
    kind = ROW_SECTIONS[key]
    choices = _choices(skjema.enhet, key)
    if request.method == "GET":
        raws = kind.stored(skjema) or [kind.form.blank()]
        if "ny" in request.GET:
            raws = [*kind.stored(skjema), kind.form.blank()]
        return _show(request, skjema, key, rows=kind.shown(raws, choices=choices))
    return _save_rows(request, skjema, key, choices=choices)


def _save_rows(
    request: ActorRequest, skjema: Behovsskjema, key: str, *, choices: dict[str, Any]
) -> HttpResponse:
    kind = ROW_SECTIONS[key]
    raws = kind.sent(request.POST)
    _take_deleted(request, raws)
    checked = kind.checked(raws, choices=choices)
    answers = checked.answers()
    try:
        ids = actions.save_rows(
            skjema,
            kind.model,
            rows=[answer for _form, answer in answers],
            kept=checked.kept(),
            version=_version(request),
            by=request.actor,
        )
    except StaleError as error:
        rows = kind.shown(raws, choices=choices)
        return _stale(request, skjema, key, error, rows=rows)
    skjema.refresh_from_db(fields=["version", "saved_at"])
    if _is_autosave(request):
        return _saved(skjema, unfinished=checked.faulty)
    return _after_rows(request, skjema, key, checked=checked, ids=ids, choices=choices)


def _after_rows(
    request: ActorRequest,
    skjema: Behovsskjema,
    key: str,
    *,
    checked: RowSet,
    ids: list[int],
    choices: dict[str, Any],
) -> HttpResponse:
    """Go on, or show the page again with one row more or fewer, or with what must be mended."""
    kind = ROW_SECTIONS[key]
    is_changing = "legg_til" in request.POST or "slett" in request.POST
    if not checked.faulty:
        here = reverse("kartlegging:needs_section", args=[skjema.year, skjema.enhet_id, key])
        new = f"?ny=1#rad-{len(ids) + 1}" if "legg_til" in request.POST else ""
        return redirect(f"{here}{new}" if is_changing else _after(skjema, key))
    raws = _with_ids(checked, ids, names=list(kind.form.base_fields))
    if not is_changing:
        rows = kind.checked(raws, choices=choices)
        return _show(request, skjema, key, rows=rows, status=UNPROCESSABLE)
    if "legg_til" in request.POST:
        raws.append(kind.form.blank())
    return _show(request, skjema, key, rows=kind.shown(raws, choices=choices))


def _with_ids(checked: RowSet, ids: list[int], *, names: list[str]) -> list[dict[str, Any]]:
    """Return the rows as they were sent, those that now are stored with their ids."""
    stored = dict(zip((id(form) for form, _answer in checked.answers()), ids, strict=True))
    return [
        {name: form[name].data for name in names}
        | ({"id": stored[id(form)]} if id(form) in stored else {})
        for form in checked.forms
    ]


def _take_deleted(request: ActorRequest, raws: list[dict[str, Any]]) -> None:
    place = radnummer.read(request.POST.get("slett", ""))
    if place is not None and place < len(raws):
        del raws[place]


def _choices(enhet: Enhet, key: str) -> dict[str, Any]:
    """Return what the section's rows choose among, read once for all of them."""
    areas = [("", _("Velg")), *katalog.fokusomrader()] if key != "utdanning" else []
    competences = [("", _("Ingen i katalogen")), *katalog.kompetanser()] if key != "onsker" else []
    people = [("", _("Velg")), *katalog.ansatte(enhet)] if key == "utdanning" else []
    return {"fokusomrade_id": areas, "kompetanse_id": competences, "ansatt_id": people}


def _show(
    request: ActorRequest,
    skjema: Behovsskjema,
    key: str,
    *,
    status: int = 200,
    **parts: Any,
) -> HttpResponse:
    titles = {part.key: part.title for part in innhold.EMPTY.parts}
    context = {
        "skjema": skjema,
        "enhet": skjema.enhet,
        "year": skjema.year,
        "key": key,
        "title": titles[key],
        "number": list(titles).index(key) + 1,
        "steps": [(title, section_url(skjema, other)) for other, title in titles.items()],
        "row_name": ROW_SECTIONS[key].row_name if key in ROW_SECTIONS else "",
        "is_last": key == list(titles)[-1],
        **parts,
    }
    template = "needs_rows" if "rows" in parts else "needs_text"
    return render(request, f"kartlegging/{template}.html", context, status=status)


def _after(skjema: Behovsskjema, key: str) -> str:
    """Return where «Lagre og gå videre» leads: the next section, at last the summary."""
    keys = [part.key for part in innhold.EMPTY.parts]
    place = keys.index(key) + 1
    if place < len(keys):
        return section_url(skjema, keys[place])
    return reverse("kartlegging:needs_summary", args=[skjema.year, skjema.enhet_id])


def _is_autosave(request: ActorRequest) -> bool:
    return "X-Autosave" in request.headers


def _version(request: ActorRequest) -> int:
    """Return the version that the page was drawn with; 0, which is always stale, without one."""
    return radnummer.read(request.POST.get("version", "")) or 0


def _renewed(request: ActorRequest, skjema: Behovsskjema) -> dict[str, Any]:
    """Return what was sent, with the version that is stored now: saving again is a choice."""
    skjema.refresh_from_db()
    return request.POST.dict() | {"version": skjema.version}


def _saved(skjema: Behovsskjema, *, unfinished: list[int] | None = None) -> JsonResponse:
    told = norsk.klokkeslett(skjema.saved_at)
    if unfinished:
        rows = norsk.oppramsing([str(n) for n in unfinished])
        told = _("%(time)s. Rad %(rows)s er ikke ferdig, og er ikke lagret ennå") % {
            "time": told, "rows": rows,
        }  # fmt: skip
    return JsonResponse({"version": skjema.version, "saved_at": told})


def _refused(request: ActorRequest, skjema: Behovsskjema, key: str, **parts: Any) -> HttpResponse:
    if _is_autosave(request):
        return JsonResponse({}, status=UNPROCESSABLE)
    return _show(request, skjema, key, status=UNPROCESSABLE, **parts)


def _stale(
    request: ActorRequest, skjema: Behovsskjema, key: str, error: StaleError, **parts: Any
) -> HttpResponse:
    """Answer 409 with the sentence, what is stored now, and all that was written in this window."""
    if _is_autosave(request):
        return JsonResponse({"error": str(error)}, status=CONFLICT)
    skjema.refresh_from_db()
    stored = innhold.innhold(skjema)
    return _show(request, skjema, key, status=CONFLICT, stale=str(error), stored=stored, **parts)
