"""Position categories and their common groups: all of them in one form."""

import pytest

from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Stillingskategori
from kompetanse.organisasjon.queries.kategori import suggested

PAGE = "/stillingskategorier/"


@pytest.fixture
def kategorier(active):
    return [
        Stillingskategori.objects.create(name=name)
        for name in ("Sykepleier 1", "Hjelpepleier nattevakt", "Byggmester")
    ]


def answers(kategorier, *groups, seen=""):
    pairs = zip(kategorier, groups, strict=True)
    told = {f"gruppe_{each.pk}": group for each, group in pairs}
    return told | {f"var_{each.pk}": seen for each in kategorier}


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Sykepleier 1", "sykepleier"),
        ("Spesialsykepleier", "spesialsykepleier"),
        ("HJELPEPLEIER", "helsefagarbeider"),
        ("Barnehagelærer", "barnehagelaerer"),
        ("Avdelingsleder", "leder"),
        ("Veileder", "radgiver"),
        ("Kjøkkenassistent", "kjokken"),
        ("Byggmester", ""),
    ],
)
def test_a_name_tells_its_group(name, group):
    assert suggested(name) == group


def test_all_are_grouped_in_one_go_and_each_change_is_recorded(as_user, sigurd, kategorier):
    answer = as_user(sigurd).post(PAGE, answers(kategorier, "sykepleier", "helsefagarbeider", ""))

    assert answer.status_code == 302
    assert [Stillingskategori.objects.get(pk=each.pk).group for each in kategorier] == [
        "sykepleier", "helsefagarbeider", "",
    ]  # fmt: skip
    assert AuditEvent.objects.filter(action="stillingskategori.group").count() == 2


def test_suggestions_are_filled_in_and_not_saved(as_user, sigurd, kategorier):
    answer = as_user(sigurd).post(PAGE, answers(kategorier, "", "", "leder") | {"forslag": "1"})

    form = answer.context["form"]
    assert [form[f"gruppe_{each.pk}"].value() for each in kategorier] == [
        "sykepleier", "helsefagarbeider", "leder",
    ]  # fmt: skip
    assert not Stillingskategori.objects.exclude(group="").exists()


def test_what_another_grouped_meanwhile_is_not_overwritten(as_user, sigurd, kategorier):
    Stillingskategori.objects.filter(pk=kategorier[0].pk).update(group="annen")

    answer = as_user(sigurd).post(PAGE, answers(kategorier, "sykepleier", "", ""))

    assert answer.status_code == 409
    assert "Sykepleier 1" in answer.content.decode()
    assert Stillingskategori.objects.get(pk=kategorier[0].pk).group == "annen"


def test_a_group_that_does_not_exist_is_refused(as_user, sigurd, kategorier):
    assert as_user(sigurd).post(PAGE, answers(kategorier, "tull", "", "")).status_code == 422


def test_only_the_administrator_groups(as_user, frida, liv):
    assert as_user(frida).get(PAGE).status_code == 403
    assert as_user(liv).get(PAGE).status_code == 403


def test_the_page_costs_the_same_with_one_and_thirty_rows(as_user, queries_of, sigurd):
    few = queries_of(as_user(sigurd), PAGE)
    for number in range(30):
        Stillingskategori.objects.create(name=f"Stilling {number}")

    assert queries_of(as_user(sigurd), PAGE) == few == 5
