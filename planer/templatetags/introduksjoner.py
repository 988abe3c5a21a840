"""The lines of those who are new as ready HTML. `{% load introduksjoner %}`."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.skall import norsk
from kompetanse.skall.linjer import joined
from kompetanse.skall.templatetags.skall import status
from planer.models import Introduksjon
from planer.queries.introduksjon import Framgang

register = template.Library()


@register.simple_tag
def introduction_rows(rows: Iterable[Framgang]) -> SafeString:
    """Draw how far each has come."""
    url = reverse("planer:read_introduction", args=[0]).replace("/0/", "/{0}/")
    headings = (_("Plan"), _("Første dag"), _("Fadder"), _("Gjort"), _("Står"))
    cells = "".join(
        format_html('<td role="cell" data-label="{}">', heading) + f"{{{place}}}</td>\n"
        for place, heading in enumerate(headings, start=3)
    )
    line = SafeString(
        f'<tr role="row"><th scope="row" role="rowheader"><a class="ds-link" href="{url}">{{1}}</a>'
        f' <span class="small muted">{{2}}</span></th>\n{cells}</tr>'
    )
    done, fine = _("%(done)s av %(steps)s"), status(_("I rute"), "success")
    values = (
        (
            row.id, row.ansatt, row.enhet, row.name, norsk.dato(row.starts_on),
            row.fadder or norsk.NOTHING,
            done % {"done": norsk.tall(row.done), "steps": norsk.tall(row.steps)},
            _standing(row, fine),
        )
        for row in rows
    )  # fmt: skip
    return joined("\n", line, values)


def _standing(row: Framgang, fine: SafeString) -> SafeString:
    if row.late:
        told = ngettext("%(n)s steg er forsinket", "%(n)s steg er forsinket", row.late)
        return status(told % {"n": row.late}, "warning")
    return fine if row.status == Introduksjon.Status.ONGOING else status(row.status_label)
