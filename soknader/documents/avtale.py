"""The contract on binding time: its text when it is made, and the signed PDF."""

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon import access
from kompetanse.skall import norsk
from kompetanse.skall.documents import as_pdf
from soknader.documents.soknad import head
from soknader.models import Avtale
from soknader.models.bindingsregel import Begins, Falls, Fravar

TEMPLATE = "soknader/avtale_document.html"
WHOLE_POSITION = 100  # per cent
Paragraph = list[str]


def text(avtale: Avtale, *, exceptions: str) -> list[Paragraph]:
    """Return [heading, text] of each part, in the municipality's målform; frozen by the verb."""
    with translation.override(avtale.lang):
        parts = [
            [_("Støtten"), _support(avtale)],
            [_("Bindingstiden"), _binding(avtale)],
            [_("Hvis avtalen brytes"), _repayment(avtale)],
            [_("Når tiden står stille"), _pauses(avtale)],
        ]
        if exceptions.strip():
            parts.append([_("Når kommunen ikke krever noe tilbake"), exceptions.strip()])
        parts.append([_("Framdrift"), _progress()])
        return parts


def as_file(avtale: Avtale, *, kommune: Kommune) -> bytes:
    """Return the contract as a tagged PDF, with the signatures it has. Reads no database."""
    on = clock.local_date(avtale.countersigned_at or avtale.signed_at or avtale.made_at)
    letterhead = head(kommune, on=on, reference=avtale.soknad.reference)
    letterhead = replace(letterhead, lang=avtale.lang)
    with translation.override(avtale.lang):
        document = {"avtale": avtale, "role": role(avtale)}
    return as_pdf(TEMPLATE, document, head=letterhead)


def role(avtale: Avtale) -> str:
    """Return the role of the one who signed for the municipality, in words."""
    return access.in_words(avtale.countersigned_role) if avtale.countersigned_role else ""


def _support(avtale: Avtale) -> str:
    told = {
        "study": norsk.inni(avtale.soknad.study),
        "place": avtale.soknad.institution,
        "amount": norsk.kroner(avtale.amount),
        "days": avtale.leave_days,
    }
    if not avtale.leave_days:
        return _("Kommunen støtter %(study)s ved %(place)s med inntil %(amount)s.") % told
    if not avtale.amount:
        text = _("Kommunen støtter %(study)s ved %(place)s med %(days)s dager fri med lønn.")
        return text % told
    return (
        _(
            "Kommunen støtter %(study)s ved %(place)s med inntil %(amount)s "
            "og %(days)s dager fri med lønn."
        )
        % told
    )


def _binding(avtale: Avtale) -> str:
    bound = ngettext(
        "Du binder deg til å arbeide i kommunen i %(n)d måned.",
        "Du binder deg til å arbeide i kommunen i %(n)d måneder.",
        avtale.months,
    ) % {"n": avtale.months}
    begins = {
        Begins.COMPLETED: _("Tiden løper fra dagen studiet er fullført."),
        Begins.SIGNED: _("Tiden løper fra dagen både du og kommunen har signert."),
    }
    return f"{bound} {begins[Begins(avtale.begins)]}"


def _repayment(avtale: Avtale) -> str:
    falls = {
        Falls.MONTHLY: _(
            "Kravet blir like mye mindre for hver hele måned av bindingstiden du har arbeidet."
        ),
        Falls.WHOLE: _("Kravet er det samme helt til bindingstiden er over."),
    }
    sentences = [
        _(
            "Slutter du i kommunen før bindingstiden er over, eller avbryter du studiet, kan "
            "kommunen kreve tilbake inntil %(share)s %% av det som er betalt ut."
        ).replace(" %%", f"{norsk.NBSP}%%")
        % {"share": avtale.share},
        falls[Falls(avtale.falls)],
        *_limits(avtale),
        _("Kommunen og du kan avtale avdrag."),
    ]
    return " ".join(sentences)


def _limits(avtale: Avtale) -> list[str]:
    told = []
    if avtale.leave_days and avtale.leave_rate:
        rate = norsk.kroner(avtale.leave_rate)
        told.append(_("En dag fri med lønn regnes som %(rate)s.") % {"rate": rate})
    if avtale.position != WHOLE_POSITION:
        told.append(
            _("Kravet regnes for %(position)s %%, som er stillingen din da avtalen ble laget.")
            % {"position": avtale.position}
        )
    if avtale.ceiling is not None:
        ceiling = norsk.kroner(avtale.ceiling)
        told.append(_("Kravet kan aldri bli høyere enn %(ceiling)s.") % {"ceiling": ceiling})
    return told


def _pauses(avtale: Avtale) -> str:
    if not avtale.pauses:
        return _("Bindingstiden løper også når du har fravær.")
    kinds = norsk.oppramsing([str(Fravar(kind).label).lower() for kind in avtale.pauses])
    return _("Bindingstiden står stille når du har %(kinds)s.") % {"kinds": kinds}


def _progress() -> str:
    return _(
        "Du melder fra etter hver termin om hvordan studiet går, og når det er fullført. "
        "Blir studiet forsinket eller avbrutt, sier du fra med en gang. "
        "Du kan når som helst logge inn og se hva som står igjen av bindingstiden."
    )
