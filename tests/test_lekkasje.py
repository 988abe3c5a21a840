"""What each role can read of one person's case, field by field, in everything it can reach.

Every private text of an applicant's case carries a mark of its own. Each role opens every address,
also with sorting, filters, other layouts and as htmx asks, and what it finds of the marks must be
just what is said here, in pages, PDF, spreadsheets, calendar, fragments, headers and errors alike.
"""

from datetime import date

import pytest
from django.db.models import CharField, TextField

from kompetanse import clock
from kompetanse.kommuner.models import Fil
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Enhet, Permisjon, Rolle
from soknader import models
from tests import world
from tests.conftest import give, make_ansatt, make_enhet
from tests.test_isolation import LIBRARY, path_of, urls, words

NAME, NUMBER, FILE = "Merkenavn", "MERKENUMMER", "MERKEVEDLEGG.pdf"
AMOUNT = 7_331
LONG = 40
# What the list of priorities and its cases tell those who read them, and what all may know.
OPEN = {"SOKNAD.STUDY", "SOKNAD.INSTITUTION"}
TO_UNIONS = OPEN | {"SOKNAD.EXCEPTION", "SOKNAD.RANK_REASON", "KOMMENTAR.TEXT", "AMOUNT"}
OWN = {
    "NAME", "FILE", "SOKNAD.STUDY", "SOKNAD.INSTITUTION", "SOKNAD.REASON", "SOKNAD.USE_AT_WORK",
    "SOKNAD.SHIFTS", "SOKNAD.EXCEPTION", "SOKNAD.LATE_REASON", "SPORSMAL.TEXT", "SPORSMAL.ANSWER",
    "UTBETALING.TEXT", "UTBETALING.REASON", "FRAMDRIFT.TEXT", "FRAMDRIFT.REASON",
    "AVTALE.SIGNED_NAME", "AVTALE.COUNTERSIGNED_NAME", "AVTALE.NOTE",
}  # fmt: skip
READS = {
    "tillitsvalgt": TO_UNIONS,
    "annen leder": set(),
    "kollega": set(),
    "søkeren selv": OWN,
}
# More ways to ask for the same rows.
ASKED = "?sorter=navn&sort=name&q=merke&ord=merke&sok=merke&vis=alle&side=1&ar=2026"


@pytest.fixture
def ours(fjordvik):
    with clock.frozen(world.MOMENT):
        yield world.build(fjordvik)


def marked(ours):
    """Put a mark of its own in each private text; return mark by what it is."""
    applicant, rows = ours.people["ansatt"], ours.rows
    marks = {"NAME": NAME.upper(), "NUMBER": NUMBER, "FILE": FILE.upper()}
    with as_kommune(ours.kommune.pk):
        type(applicant).objects.filter(pk=applicant.pk).update(first_name=NAME, number=NUMBER)
        Fil.objects.filter(pk=rows.vedlegg.fil_id).update(name=FILE)
        case = rows.soknad
        models.Uttalelse.objects.create(
            soknad=case, verdict="conditional", text="x", by=ours.people["leder"]
        )
        models.Vedtak.objects.create(
            soknad=case, outcome="partly", amount=AMOUNT, tuition=AMOUNT, reason="x"
        )
        models.Kommentar.objects.create(
            soknad=case, text="x", by=ours.people["tillitsvalgt"], is_shared=False
        )
        models.Inhabilitet.objects.create(
            soknad=case, ansatt=ours.people["virksomhetsleder"], ground="family"
        )
        Permisjon.objects.create(ansatt=applicant, kind="foreldre", starts=date(2026, 10, 1))
        for noun in (
            "Soknad", "Uttalelse", "Sporsmal", "Vedtak", "Kommentar", "Utbetaling", "Framdrift",
            "Avtale",
        ):  # fmt: skip
            model = getattr(models, noun)
            mine = {
                "Soknad": {"ansatt": applicant},
                "Utbetaling": {"tilsagn__soknad__ansatt": applicant},
            }.get(noun, {"soknad__ansatt": applicant})
            for field in model._meta.get_fields():
                is_text = isinstance(field, TextField) or (
                    isinstance(field, CharField)
                    and not field.choices
                    and (field.max_length or 0) >= LONG
                )
                if is_text and type(field) in {TextField, CharField} and field.name != "role":
                    what = f"{noun}.{field.name}".upper()
                    mark = f"MERKE{noun}{field.name}X".upper().replace("_", "")
                    rows_of = model.objects.filter(**mine)
                    type(rows_of.first())._base_manager  # noqa: B018
                    model.objects.filter(pk__in=list(rows_of.values_list("pk", flat=True))).update(
                        **{field.name: mark}
                    )
                    marks[what] = mark
    marks["AMOUNT"] = "7\xa0331"
    return marks


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


def reached(ours, browser):
    """Yield (where, all that can be read) of every address, asked in several ways."""
    ids = world.keys(ours)
    for name, entry, _view in urls():
        if name in LIBRARY or name.startswith("demo:"):
            continue
        path = path_of(name, entry, ids)
        answer = browser.get(path)
        yield name, words(answer)
        if answer.status_code == 200:
            yield f"{name}?", words(browser.get(path + ASKED))
            yield f"{name} htmx", words(browser.get(path, headers={"HX-Request": "true"}))


@pytest.mark.parametrize("role", READS)
def test_a_role_reads_of_another_persons_case_just_what_it_may(ours, as_user, role):
    marks = marked(ours)
    browser = as_user(people(ours)[role])
    found = {}

    for where, text in reached(ours, browser):
        for what, mark in marks.items():
            if mark in text:
                found.setdefault(what, []).append(where)

    print(role, {what: where[:4] for what, where in found.items()})
    assert {w: p for w, p in found.items() if w not in READS[role]} == {}
