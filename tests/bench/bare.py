"""Bare Django beside our pages: sessions, log-in, model instances and a plain template.

As one would first write it well, with no tenancy, roles, notices, languages or shell. The tests
that measure hold one Kommune active, so that row level security lets these views read.
"""

from functools import cache
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import path
from django.utils import timezone

from kartlegging.models import Behovsskjema
from kompetanse.organisasjon.models import Enhet
from planer.models import Tiltak
from soknader.models import Soknad, Soknadsrunde
from tests.bench.lister import LISTER, Liste

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
SETTINGS: dict[str, Any] = {"MIDDLEWARE": MIDDLEWARE, "ROOT_URLCONF": "tests.bench.bare"}

BASE = """<!doctype html>
<html lang="nb"><head><meta charset="utf-8"><title>{{ title }}</title>
<link rel="stylesheet" href="/static/css/app.css"></head>
<body><header><a href="/">Kompetanse</a>
<nav><ul><li><a href="/hjem/">Hjem</a></li><li><a href="/soknader/">Søknader</a></li></ul></nav>
<p>{{ request.user.email }}</p></header><main><h1>{{ title }}</h1>
{% block content %}{% endblock %}</main><footer><p>Kommunen</p></footer></body></html>"""
LEADER = BASE.replace(
    "{% block content %}{% endblock %}",
    """<table><caption>Uten uttalelse</caption><thead><tr><th scope="col">Søker</th>
<th scope="col">Studium</th><th scope="col">Enhet</th><th scope="col">Sendt</th>
<th scope="col">Uttalelse</th></tr></thead><tbody>
{% for soknad in rows %}<tr><th scope="row"><a href="{% url "recommend" soknad.pk %}">
{{ soknad.ansatt.full_name }}</a> <span>{{ soknad.reference }}</span></th>
<td>{{ soknad.study }}</td><td>{{ soknad.ansatt.enhet.name }}</td>
<td>{{ soknad.submitted_at|date:"j. F Y" }}</td><td><span class="tag">Mangler</span></td></tr>
{% endfor %}</tbody></table>""",
)
NEEDS = BASE.replace(
    "{% block content %}{% endblock %}",
    """<table><caption>Behovsskjema</caption><thead><tr><th scope="col">Virksomhet</th>
<th scope="col">Status</th><th scope="col">Sendt</th><th scope="col">Behov</th>
<th scope="col">Løftes</th></tr></thead><tbody>
{% for enhet, skjema in rows %}<tr><th scope="row">{% if skjema %}
<a href="{% url "needs_form" enhet.pk %}">{{ enhet.name }}</a>{% else %}{{ enhet.name }}{% endif %}
</th><td><span class="tag">{% if skjema %}{{ skjema.get_status_display }}{% else %}Ikke begynt
{% endif %}</span></td><td>{{ skjema.submitted_at|date:"j. F Y" }}</td>
<td>{{ skjema.needs|default:0 }}</td><td>{{ skjema.lifted|default:0 }}</td></tr>
{% endfor %}</tbody></table>""",
)
PLAN = BASE.replace(
    "{% block content %}{% endblock %}",
    """<table><caption>Opplæringsplan</caption><thead><tr><th scope="col">Behov</th>
<th scope="col">Tiltak</th><th scope="col">Ansvarlig</th><th scope="col">Frist</th>
<th scope="col">Kostnad</th><th scope="col">Status</th><th scope="col">Evaluering</th>
</tr></thead><tbody>{% for tiltak in rows %}<tr><td>{{ tiltak.need }}<br>
<span>{{ tiltak.fokusomrade.name }}</span></td><th scope="row">
<a href="{% url "measure" tiltak.pk %}">{{ tiltak.theme }}</a><br>{{ tiltak.target_group }}<br>
{{ tiltak.participants }} deltakere</th><td>{{ tiltak.responsible }}<br>
{{ tiltak.enhet.name }}</td><td>{{ tiltak.timing }}</td><td>{% for line in tiltak.belop.all %}
{{ line.get_kind_display }} {{ line.amount }} kr<br>{% endfor %}</td>
<td><span class="tag">{{ tiltak.get_status_display }}</span></td><td>{{ tiltak.evaluation }}
{{ tiltak.evaluate_on|date:"j. F Y" }}</td></tr>{% endfor %}</tbody></table>""",
)
TEMPLATES = {name: engines["django"].from_string(text) for name, text in
             {"leader": LEADER, "needs": NEEDS, "plan": PLAN}.items()}  # fmt: skip


class SubmitForm(forms.Form):
    version = forms.IntegerField()


@login_required
def leader(request: Any) -> HttpResponse:
    rows = (
        Soknad.objects.filter(status="submitted")
        .select_related("runde", "ansatt__enhet")
        .order_by("submitted_at")
    )
    context = {"title": "Søknader til uttalelse", "rows": rows}
    return HttpResponse(TEMPLATES["leader"].render(context, request))


@login_required
def needs(request: Any, year: int) -> HttpResponse:
    forms_of = Behovsskjema.objects.filter(year=year).annotate(
        needs=Count("behov"), lifted=Count("behov", filter=Q(behov__is_lifted=True))
    )
    by_unit = {skjema.enhet_id: skjema for skjema in forms_of}
    units = Enhet.objects.filter(kind=Enhet.Kind.VIRKSOMHET).order_by("name")
    context = {"title": "Behov", "rows": [(enhet, by_unit.get(enhet.pk)) for enhet in units]}
    return HttpResponse(TEMPLATES["needs"].render(context, request))


@login_required
def plan(request: Any, year: int) -> HttpResponse:
    rows = (
        Tiltak.objects.filter(year=year)
        .select_related("enhet", "fokusomrade")
        .prefetch_related("belop")
        .order_by("-half", "pk")
    )
    context = {"title": "Opplæringsplan", "rows": rows}
    return HttpResponse(TEMPLATES["plan"].render(context, request))


@login_required
def liste(request: Any, name: str, rows: int) -> HttpResponse:
    """Show the list as a plain template does, each cell named as an attribute of the row."""
    found = LISTER[name]
    form = found.chosen_by() if found.chosen_by else ""
    context = {"title": name, "rows": found.rows()[:rows], "form": form}
    return HttpResponse(_template(found).render(context, request))


@cache
def _template(found: Liste) -> Any:
    first, *rest = (f"{{{{ row.{cell} }}}}" for cell in found.cells)
    header = f'<th scope="row"><a href="{{% url "leader" %}}">{first}</a></th>'
    cells = "".join(f"<td>{cell}</td>" for cell in [*rest, found.pressed] if cell)
    table = f"<table><caption>Liste</caption><tbody>{_each(f'<tr>{header}{cells}</tr>')}</tbody>"
    content = f"{{{{ form }}}}{table}</table>"
    if found.beside:
        content += f"<ul>{_each(found.beside)}</ul>"
    return engines["django"].from_string(BASE.replace("{% block content %}{% endblock %}", content))


def _each(line: str) -> str:
    return f"{{% for row in rows %}}{line}\n{{% endfor %}}"


@login_required
def submit(request: Any, pk: int) -> HttpResponse:
    """Take the next number of the round and send the application: three rows in a transaction."""
    soknad = get_object_or_404(Soknad.objects.select_related("runde", "ansatt"), pk=pk)
    form = SubmitForm(request.POST)
    if not form.is_valid() or form.cleaned_data["version"] != soknad.version:
        return HttpResponse(status=422)
    with transaction.atomic():
        locked = Soknad.objects.select_for_update().get(pk=soknad.pk)
        runde = Soknadsrunde.objects.select_for_update().get(pk=soknad.runde_id)
        locked.number, locked.status = runde.next_number, Soknad.Status.SUBMITTED
        locked.submitted_at = timezone.now()
        runde.next_number += 1
        runde.save()
        locked.save()
    return HttpResponseRedirect(f"/{pk}/kvittering/")


urlpatterns = [
    path("soknader/", leader, name="leader"),
    path("soknader/<int:pk>/", leader, name="recommend"),
    path("behov/<int:year>/", needs, name="needs"),
    path("behov/skjema/<int:pk>/", needs, name="needs_form"),
    path("plan/<int:year>/", plan, name="plan"),
    path("plan/tiltak/<int:pk>/", plan, name="measure"),
    path("liste/<str:name>/<int:rows>/", liste, name="liste"),
    path("<int:pk>/send/", submit, name="submit"),
]
