"""What each role can read of one person's case, field by field, in everything it can reach.

Every private text of an applicant's case carries a mark of its own. Each role opens every address,
also with sorting and filters and as htmx asks, and its own calendar. What it finds of the marks
must be just what is said here, in pages, PDF, spreadsheets, fragments, headers and errors alike.
"""

from datetime import date, timedelta

import pytest
from django.db.models import CharField, TextField
from django.urls import reverse

from kompetanse import clock
from kompetanse.kommuner.models import Fil
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Enhet, Permisjon, Rolle
from kompetanse.varsler import actions as varsler
from kompetanse.varsler.models import Varsel
from soknader import models
from tests import world
from tests.conftest import give, make_ansatt, make_enhet
from tests.test_isolation import LIBRARY, path_of, urls, words

NAME, NUMBER, FILE = "Merkenavn", "MERKENUMMER", "MERKEVEDLEGG.pdf"
AMOUNT = 7_331
# Shorter texts are codes.
LONG = 40
CASE = "soknad__ansatt"
MARKED = {
    "Soknad": "ansatt", "Uttalelse": CASE, "Sporsmal": CASE, "Vedtak": CASE, "Kommentar": CASE,
    "Utbetaling": "tilsagn__soknad__ansatt", "Framdrift": CASE, "Avtale": CASE,
}  # fmt: skip
# What the list of priorities and its cases tell those who read them.
TO_UNIONS = {
    "SOKNAD.STUDY", "SOKNAD.INSTITUTION", "SOKNAD.EXCEPTION", "SOKNAD.RANK_REASON",
    "KOMMENTAR.TEXT", "AMOUNT", "DRAFT.REASON", "DRAFT.CONDITIONS", "VEDTAK.REASON",
    "VEDTAK.CONDITIONS",
}  # fmt: skip
# Nothing of how the case is prepared: the draft, the ranking, comments and the leader's statement.
OWN = {
    "NAME", "NUMBER", "FILE", "SOKNAD.STUDY", "SOKNAD.INSTITUTION", "SOKNAD.REASON",
    "SOKNAD.USE_AT_WORK", "SOKNAD.SHIFTS", "SOKNAD.EXCEPTION", "SOKNAD.LATE_REASON",
    "SPORSMAL.TEXT", "SPORSMAL.ANSWER", "VEDTAK.REASON", "VEDTAK.CONDITIONS", "UTBETALING.TEXT",
    "UTBETALING.REASON", "FRAMDRIFT.TEXT", "FRAMDRIFT.REASON", "AVTALE.SIGNED_NAME",
    "AVTALE.COUNTERSIGNED_NAME", "AVTALE.COUNTERSIGNED_ROLE", "AVTALE.NOTE",
}  # fmt: skip
READS = {
    "tillitsvalgt": TO_UNIONS,
    "annen leder": set(),
    "kollega": set(),
    "søkeren selv": OWN,
}
# Who works here is open to all who do; that they have applied is not.
DIRECTORY = ("organisasjon:", "planer:", "varsler:", "skall:", "innlogging:")
# More ways to ask for the same rows.
ASKED = "?sorter=navn&sort=name&q=merke&ord=merke&sok=merke&vis=alle&side=1&ar=2026"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ours(fjordvik):
    with clock.frozen(world.MOMENT):
        yield world.build(fjordvik)


@pytest.fixture
def marks(ours):
    """Put a mark of its own in each private text; return mark by what it is."""
    applicant = ours.people["ansatt"]
    with as_kommune(ours.kommune.pk):
        _complete(ours)
        type(applicant).objects.filter(pk=applicant.pk).update(first_name=NAME, number=NUMBER)
        Fil.objects.filter(pk=ours.rows.vedlegg.fil_id).update(name=FILE)
        made = {"NAME": NAME.upper(), "NUMBER": NUMBER, "FILE": FILE.upper(), "AMOUNT": "7\xa0331"}
        for noun, owner in MARKED.items():
            rows = getattr(models, noun).objects.filter(**{owner: applicant})
            assert rows.exists(), noun
            is_draft = {"status": models.Vedtak.Status.DRAFT}
            if noun == "Vedtak":
                made |= _mark(rows.filter(**is_draft), "DRAFT")
                rows = rows.exclude(**is_draft)
            made |= _mark(rows, noun.upper())
    return made


def _complete(ours):
    """Give the case what the world has only of others."""
    case, people = ours.rows.soknad, ours.people
    models.Uttalelse.objects.create(
        soknad=case, verdict="conditional", text="x", by=people["leder"]
    )
    models.Vedtak.objects.create(
        soknad=case, outcome="partly", amount=AMOUNT, tuition=AMOUNT, reason="x"
    )
    models.Kommentar.objects.create(
        soknad=case, text="x", by=people["tillitsvalgt"], is_shared=False
    )
    models.Inhabilitet.objects.create(
        soknad=case, ansatt=people["virksomhetsleder"], ground="family"
    )
    Permisjon.objects.create(ansatt=people["ansatt"], kind="foreldre", starts=date(2026, 10, 1))


def _mark(rows, noun):
    """Write a mark into each text of the rows; return mark by what it is."""
    ids = list(rows.values_list("pk", flat=True))
    made = {
        f"{noun}.{name}".upper(): f"MERKE{noun}{name}X".upper().replace("_", "")
        for name in _texts(rows.model)
    }
    written = {what.split(".")[1].lower(): mark for what, mark in made.items()}
    assert rows.model.objects.filter(pk__in=ids).update(**written)
    return made


def _texts(model):
    """Yield the names of the fields that people write in."""
    for field in model._meta.get_fields():
        is_word = type(field) is CharField and not field.choices and field.max_length >= LONG
        if (is_word or type(field) is TextField) and field.name != "role":
            yield field.name


def people(ours):
    with as_kommune(ours.kommune.pk):
        service = Enhet.objects.get(pk=ours.rows.enhet.pk)
        other = make_enhet("Fjernt", parent=Enhet.objects.get(kind="sektor"))
        leader = give(make_ansatt("Fredrik", "Fjern", other), Rolle.Kode.LEDER, other)
        return {
            "tillitsvalgt": ours.people["tillitsvalgt"],
            "annen leder": leader,
            "kollega": make_ansatt("Kim", "Kollega", service),
            "søkeren selv": ours.people["ansatt"],
        }


def reached(ours, browser, someone):
    """Yield (where, all that can be read) of every address, asked in several ways."""
    ids = world.keys(ours)
    for name, entry, _view in urls():
        if name in LIBRARY or name.startswith("demo:"):
            continue
        path = path_of(name, entry, ids)
        answer = browser.get(path)
        yield name, words(answer)
        # The paper says what the page says, and takes its time.
        if answer.status_code == 200 and not answer.content.startswith(b"%PDF"):
            yield name, words(browser.get(path + ASKED, headers=HTMX))
    with as_kommune(ours.kommune.pk):
        token = varsler.open_calendar(by=someone)
    path = reverse("varsler:read_calendar", args=[token], urlconf="kompetanse.urls")
    calendar = browser.get(path)
    assert calendar.content.startswith(b"BEGIN:VCALENDAR")
    yield "varsler:read_calendar", words(calendar)


@pytest.mark.parametrize("role", READS)
def test_a_role_reads_of_another_persons_case_just_what_it_may(ours, marks, as_user, role):
    someone = people(ours)[role]
    found = {}

    for where, text in reached(ours, as_user(someone), someone):
        for what, mark in marks.items():
            if mark in text and not (what == "NAME" and where.startswith(DIRECTORY)):
                found.setdefault(what, set()).add(where)

    assert {what: where for what, where in found.items() if what not in READS[role]} == {}
    assert bool(found) == bool(READS[role])


@pytest.mark.parametrize(
    ("round_is", "case_is"),
    [("open", "draft"), ("open", "submitted"), ("prioritising", "recommended")],
)
def test_no_reminder_tells_of_a_case_more_than_whose_it_is(ours, marks, round_is, case_is):
    """Four months of reminders, to everyone, in mail and calendar file."""
    applicant = ours.people["ansatt"]
    with as_kommune(ours.kommune.pk):
        models.Soknadsrunde.objects.update(status=round_is)
        models.Soknad.objects.filter(pk=ours.rows.soknad.pk).update(status=case_is)
        for day in range(-50, 70):
            with clock.frozen(world.MOMENT + timedelta(days=day)):
                varsler.remind()
        sent = list(Varsel.objects.filter(is_reminder=True))

    told = {
        (varsel.kind, what)
        for varsel in sent
        for what, mark in marks.items()
        if mark in f"{varsel.subject} {varsel.body} {varsel.calendar}".upper()
        and what not in (OWN if varsel.recipient_id == applicant.pk else {"NAME"})
    }
    assert told == set()
    assert sent
