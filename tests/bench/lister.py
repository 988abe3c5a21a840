"""The long lists of the year, each with how it is filled, and as plain Django would show its rows.

The pages of decisions and letters are not here: they tell of sums and samples, not of each case.

`cells` are what a row's cells hold as template text; the first is its header. `rows` is how one
would first read it well: model instances, with what the cells name joined in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from kartlegging.models import Beholdning
from kompetanse import clock
from kompetanse.kommuner import audit
from kompetanse.kommuner.models import AuditEvent, Fil
from kompetanse.organisasjon.models import Ansatt, Kompetanse, Niva
from kompetanse.personvern.queries import hendelser
from planer import models as planer
from rapporter import models as rapporter
from rapporter.queries import columns
from soknader import models as soknader
from tests.bench import mange
from tests.soknader.saker import make_runde

ANSATT = "soknad.ansatt"
PRESS = (
    '<form method="post" action="{% url "recommend" row.pk %}">{% csrf_token %}'
    '<input type="hidden" name="version" value="1">'
)
CONFIRM = f"{PRESS}<button>Bekreft<span> {{{{ row.ansatt.full_name }}}}</span></button></form>"
MOVE = (
    PRESS + '{% if not forloop.first %}<button name="plass" value="{{ row.priority|add:-1 }}">Opp'
    "<span> {{ row.tiltak.theme }}</span></button>{% endif %}"
    '{% if not forloop.last %}<button name="plass" value="{{ row.priority|add:1 }}">Ned'
    "<span> {{ row.tiltak.theme }}</span></button>{% endif %}</form>"
    + PRESS
    + "<button>Ta ut<span> {{ row.tiltak.theme }}</span></button></form>"
)
# Each line of the bench lacks two things.
LACKS = (
    '<li>Råd: <a href="{% url "recommend" row.pk %}">{{ row.priority }}. {{ row.tiltak.theme }}: '
    "tiltaket er ikke knyttet til et fokusområde i planen.</a></li>"
) * 2


@dataclass(frozen=True, slots=True)
class Liste:
    """A list: `fill` makes so many rows in the place and returns the page's address."""

    fill: Callable[[Any, int], str]
    rows: Callable[[], QuerySet[Any]]
    cells: tuple[str, ...]
    who: str = "advisor"
    # What stands once in each row of our page.
    mark: bytes = b'role="rowheader"'
    # What each row has to press, and what stands for each of them beside the table, as templates.
    pressed: str = ""
    beside: str = ""
    # What one chooses the rows by: the same choices as on our page, in a plain Django form.
    chosen_by: Callable[[], forms.Form] | None = None


def _round(place: Any, rows: int, status: str, **of_round: Any) -> list[soknader.Soknad]:
    runde = make_runde(budget=40_000 * rows, **of_round)
    applicants = mange.people(rows, mange.units(place.tjeneste))
    return mange.applications(runde, applicants, status=status)


def _decided(place: Any, rows: int, status: str) -> list[soknader.Vedtak]:
    saker = _round(place, rows, status)
    decided = {"status": "decided", "decided_at": clock.now(), "decided_by": place.chief}
    return mange.decisions(saker, outcomes=("granted",), **decided)


def _files(rows: int) -> list[Fil]:
    return Fil.objects.bulk_create(
        Fil(name=f"{n}.pdf", path=f"x/{n}", content_type="application/pdf", size=9, sha256="0")
        for n in range(rows)
    )


def leaders(place: Any, rows: int) -> str:
    _round(place, rows, "submitted")
    soknader.Soknadsrunde.objects.update(status="open")
    return "/leder/soknader/"


def contracts(place: Any, rows: int) -> str:
    regel = soknader.Bindingsregel.objects.create(name="Ett år", from_amount=0, months=12)
    soknader.Avtale.objects.bulk_create(
        soknader.Avtale(
            soknad=vedtak.soknad, vedtak=vedtak, regel=regel, amount=30_000, months=12,
            begins="completed", falls="monthly", share=100, status="running",
            binding_from=date(2026, 6, 1), signed_at=clock.now(), countersigned_at=clock.now(),
            countersigned_by=place.leader, countersigned_name="Vidar Dahl",
        )
        for vedtak in _decided(place, rows, "accepted")
    )  # fmt: skip
    return "/avtaler/"


def payments(place: Any, rows: int) -> str:
    made = _decided(place, rows, "accepted")
    tilsagn = soknader.Tilsagn.objects.bulk_create(
        soknader.Tilsagn(soknad=vedtak.soknad, kind="tuition", amount=20_000) for vedtak in made
    )
    soknader.Utbetaling.objects.bulk_create(
        soknader.Utbetaling(tilsagn=each, amount=500, spent_on=date(2026, 9, 1), fil=fil)
        for each, fil in zip(tilsagn, _files(rows), strict=True)
    )
    return "/utbetalinger/"


def studies(place: Any, rows: int) -> str:
    soknader.Framdrift.objects.bulk_create(
        soknader.Framdrift(
            soknad=vedtak.soknad, term=date(2026, 6, 30), kind="in_progress", status="told"
        )
        for vedtak in _decided(place, rows, "accepted")
    )
    return "/studier/"


def participants(place: Any, rows: int) -> str:
    event = planer.Arrangement.objects.create(
        title="Fagdag", on=date(2026, 9, 20), begins=time(9), ends=time(15), enhet=place.sektor
    )
    planer.Pamelding.objects.bulk_create(
        planer.Pamelding(arrangement=event, ansatt=each, by=each)
        for each in mange.people(rows, mange.units(place.tjeneste))
    )
    return f"/kurs/{event.pk}/oppmote/"


def grant_lines(place: Any, rows: int) -> str:
    scheme = rapporter.Tilskuddsordning.objects.create(
        year=2027, name="Kompetansetilskudd", county="Statsforvalteren",
        ready_by=date(2027, 1, 15), deadline=date(2027, 3, 16), columns=columns.usual(),
    )  # fmt: skip
    soknad = rapporter.Tilskuddssoknad.objects.create(ordning=scheme, purpose="Kompetanse")
    measures = planer.Tiltak.objects.bulk_create(
        planer.Tiltak(year=2027, half="var", theme=f"Tiltak {n}", enhet=place.tjeneste)
        for n in range(rows)
    )
    rapporter.Tilskuddslinje.objects.bulk_create(
        rapporter.Tilskuddslinje(
            soknad=soknad, tiltak=each, priority=n, amount=10_000, own_share=5_000,
            new_participants=3, effect="Tryggere tjenester",
        )
        for n, each in enumerate(measures, 1)
    )  # fmt: skip
    planer.Belopslinje.objects.bulk_create(
        planer.Belopslinje(tiltak=each, kind="fee", amount=15_000) for each in measures
    )
    return f"/tilskudd/{soknad.pk}/"


def events(place: Any, rows: int) -> str:
    people = mange.people(rows, mange.units(place.tjeneste))
    AuditEvent.objects.bulk_create(
        AuditEvent(
            at=clock.now() - timedelta(minutes=n), by_id=each.pk, role="leder",
            action="ansatt.open", object_label="organisasjon.ansatt", object_id=each.pk,
            about_id=each.pk,
        )
        for n, each in enumerate(people)
    )  # fmt: skip
    return "/hendelser/"


def _name(pk: str) -> Subquery:
    name = Concat("first_name", Value(" "), "last_name")
    return Subquery(Ansatt.objects.filter(pk=OuterRef(pk)).values(name_=name))


class TrailForm(forms.Form):
    """What one looks for in the trail, as plain Django draws it."""

    who, number = forms.CharField(required=False), forms.IntegerField(required=False)
    action, label = forms.ChoiceField(required=False), forms.ChoiceField(required=False)
    starts, ends = forms.DateField(required=False), forms.DateField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", "Alle"), *audit.names().items()]
        self.fields["label"].choices = [("", "Alle"), *hendelser.labels()]


class SearchForm(forms.Form):
    """What one searches competences by."""

    kompetanse, level = forms.ChoiceField(), forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kompetanse"].choices = list(Kompetanse.objects.values_list("pk", "name"))
        self.fields["level"].choices = list(Niva.objects.values_list("level", "name"))


def _declared(place: Any, rows: int) -> Kompetanse:
    kompetanse = Kompetanse.objects.create(name="Sårstell")
    Niva.objects.bulk_create(Niva(level=n, name=f"Nivå {n}") for n in range(1, 4))
    Beholdning.objects.bulk_create(
        Beholdning(ansatt=each, kompetanse=kompetanse, level=2, status="declared")
        for each in mange.people(rows, mange.units(place.tjeneste))
    )
    return kompetanse


def declared(place: Any, rows: int) -> str:
    _declared(place, rows)
    return "/kompetanse/bekreft/"


def hits(place: Any, rows: int) -> str:
    return f"/kompetanse/sok/?kompetanse={_declared(place, rows).pk}&level=1"


def introductions(place: Any, rows: int) -> str:
    made = planer.Introduksjon.objects.bulk_create(
        planer.Introduksjon(
            ansatt=each, name="Ny i tjenesten", starts_on=date(2026, 9, 1), fadder=place.leader
        )
        for each in mange.people(rows, mange.units(place.tjeneste))
    )
    planer.Introduksjonssteg.objects.bulk_create(
        planer.Introduksjonssteg(
            introduksjon=each, title="Omvisning", day=n, due_on=date(2026, 9, 1 + n)
        )
        for each in made
        for n in range(2)
    )
    return "/introduksjon/"


LISTER = {
    "leaders": Liste(
        leaders,
        lambda: soknader.Soknad.objects.select_related("runde", "ansatt__enhet"),
        ("ansatt.full_name", "reference", "study", "ansatt.enhet.name", "submitted_at"),
        who="leader",
    ),
    "contracts": Liste(
        contracts,
        lambda: soknader.Avtale.objects.select_related("soknad__runde", "soknad__ansatt__enhet"),
        (
            f"{ANSATT}.full_name", "soknad.study", f"{ANSATT}.enhet.name", "get_status_display",
            "amount", "months", "binding_from",
        ),
    ),
    "payments": Liste(
        payments,
        lambda: soknader.Utbetaling.objects.select_related(
            "tilsagn__soknad__ansatt__enhet", "tilsagn__soknad__runde"
        ),
        (
            f"tilsagn.{ANSATT}.full_name", "tilsagn.soknad.study", "tilsagn.get_kind_display",
            "amount", "spent_on", "get_status_display",
        ),
    ),
    "studies": Liste(
        studies,
        lambda: soknader.Soknad.objects.filter(status="accepted")
        .select_related("ansatt__enhet", "runde")
        .prefetch_related("framdrift"),
        ("ansatt.full_name", "study", "ansatt.enhet.name", "ends", "framdrift.all.0.term"),
    ),
    "participants": Liste(
        participants,
        lambda: planer.Pamelding.objects.select_related("ansatt__enhet"),
        ("ansatt.full_name", "ansatt.enhet.name", "get_status_display", "met_at"),
        mark=b'name="mott"',
    ),
    "grant lines": Liste(
        grant_lines,
        lambda: rapporter.Tilskuddslinje.objects.select_related(
            "tiltak__fokusomrade"
        ).prefetch_related("tiltak__belop"),
        (
            "tiltak.theme", "priority", "tiltak.fokusomrade.name", "tiltak.belop.all.0.amount",
            "own_share", "amount",
        ),
        mark=b'<tr id="linje-',
        pressed=MOVE,
        beside=LACKS,
    ),
    "events": Liste(
        events,
        lambda: AuditEvent.objects.order_by("-at", "-pk").annotate(
            by_name=_name("by_id"), about_name=_name("about_id")
        ),
        ("action", "at", "by_name", "role", "object_label", "object_id", "about_name", "details"),
        who="administrator",
        mark='data-label="Når"'.encode(),
        chosen_by=TrailForm,
    ),
    "declared": Liste(
        declared,
        lambda: Beholdning.objects.select_related("ansatt__enhet", "kompetanse"),
        ("ansatt.full_name", "ansatt.enhet.name", "kompetanse.name", "level", "valid_until"),
        who="leader",
        pressed=CONFIRM,
    ),
    "hits": Liste(
        hits,
        lambda: Beholdning.objects.select_related(
            "ansatt__enhet", "ansatt__kategori", "kompetanse"
        ),
        (
            "ansatt.full_name", "ansatt.enhet.name", "ansatt.kategori.name", "level",
            "valid_until", "get_status_display",
        ),
        chosen_by=SearchForm,
    ),
    "introductions": Liste(
        introductions,
        lambda: planer.Introduksjon.objects.select_related(
            "ansatt__enhet", "fadder"
        ).prefetch_related("steg"),
        (
            "ansatt.full_name", "ansatt.enhet.name", "name", "starts_on", "fadder.full_name",
            "steg.all|length", "get_status_display",
        ),
        mark=b'data-label="Fadder"',
    ),
}  # fmt: skip
