"""A3: needs are met by mobilising, learning or acquiring, and the page counts them so."""

import pytest

from kartlegging.models import Behov, Behovsskjema
from kompetanse import clock

pytestmark = pytest.mark.django_db


def _three_needs(skjema):
    for kind, what, number in (
        ("mobilise", "Veiledere til studenter", 2),
        ("learn", "Palliasjon", 6),
        ("acquire", "Vernepleier på natt", 1),
    ):
        Behov.objects.create(skjema=skjema, what=what, kind=kind, number=number, urgency=2)


@pytest.fixture
def sent_form(september, vidar, hjemmetjenesten):
    skjema = Behovsskjema.objects.create(
        enhet=hjemmetjenesten,
        year=2027,
        status=Behovsskjema.Status.SUBMITTED,
        submitted_at=clock.now(),
        submitted_by=vidar,
    )
    _three_needs(skjema)
    return skjema


def test_a3_needs_are_sorted_into_mobilise_learn_and_acquire(as_user, frida, sent_form):
    advisor = as_user(frida)

    html = " ".join(advisor.get("/behov/2027/mate/").content.decode().split())

    parts = [html.index(what) for what in ("Mobilisere (", "Lære</h2>", "Anskaffe (")]
    needs = [html.index(f">{what}") for what in ("Veiledere til", "Palliasjon", "Vernepleier på")]
    assert sorted(parts + needs) == [
        place for pair in zip(parts, needs, strict=True) for place in pair
    ]
    assert "1 behov, til sammen 6 personer." in html
    assert "/behov/2027/mate/" in advisor.get("/behov/2027/").content.decode()


def test_a3_a_measure_meets_the_need_in_the_way_that_is_chosen(as_user, frida, sent_form):
    advisor = as_user(frida)
    page = advisor.get("/behov/2027/mate/").content.decode().replace("&amp;", "&")
    link = next(
        part.split('"')[0]
        for part in page.split('href="')
        if "way=samarbeide" in part.split('"')[0] and "Palliasjon" in part.split('"')[0]
    )

    form = advisor.get(link.removeprefix("/fjordvik")).content.decode()

    assert '<option value="samarbeide" selected>' in form
    assert '<optgroup label="Anskaffe">' in form
    assert 'value="Palliasjon"' in form


def test_a3_a_leader_sees_the_needs_of_the_own_units_only(as_user, liv, vidar, sent_form):
    assert "Palliasjon" in as_user(vidar).get("/behov/2027/mate/").content.decode()
    assert "Palliasjon" not in as_user(liv).get("/behov/2027/mate/").content.decode()


def test_a3_the_page_asks_as_much_of_3_needs_as_of_30(queries_of, as_user, frida, sent_form):
    few = queries_of(as_user(frida), "/behov/2027/mate/")
    for _ in range(9):
        _three_needs(sent_form)

    assert queries_of(as_user(frida), "/behov/2027/mate/") == few
    assert few <= 10
