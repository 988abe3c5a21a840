"""The plan rolls on: last year's measures are planned anew, each once, with their amounts."""

from kompetanse.kommuner import once
from planer.models import Belopslinje, Tiltak
from tests.planer.conftest import make_tiltak, plain


def html_of(response) -> str:
    return plain(response.content.decode())


def ticked(*tiltak: Tiltak) -> dict[str, object]:
    return {"engangsnokkel": once.new_token(), "tiltak": [each.pk for each in tiltak]}


def test_last_years_measures_are_offered_and_carried_with_their_amounts(
    as_user, frida, september
) -> None:
    fee = {Belopslinje.Kind.FEE: 12_000}
    again = make_tiltak("Fagdag", year=2026, status=Tiltak.Status.DONE, timing="uke 10", belop=fee)
    make_tiltak("Bare i år", year=2026)
    make_tiltak("For gammelt", year=2025)
    make_tiltak("Innvilget studium", year=2026, origin="soknad:1")
    advisor = as_user(frida)

    offered = html_of(advisor.get("/opplaringsplan/2027/hent/"))
    advisor.post("/opplaringsplan/2027/hent/", ticked(again))

    assert "Fagdag (felles, gjennomført)" in offered
    assert "Bare i år" in offered
    assert "For gammelt" not in offered
    assert "Innvilget studium" not in offered
    carried = Tiltak.objects.get(year=2027)
    assert (carried.theme, carried.status, carried.timing) == ("Fagdag", "planlagt", "")
    assert carried.earlier == again
    assert list(carried.belop.values_list("kind", "amount")) == [("fee", 12_000)]


def test_none_is_carried_twice(as_user, frida, september) -> None:
    again = make_tiltak("Fagdag", year=2026)
    advisor = as_user(frida)
    advisor.post("/opplaringsplan/2027/hent/", ticked(again))

    refused = advisor.post("/opplaringsplan/2027/hent/", ticked(again))

    assert refused.status_code == 422
    assert Tiltak.objects.filter(year=2027).count() == 1
    assert "Det er ingen flere tiltak å hente." in html_of(
        advisor.get("/opplaringsplan/2027/hent/")
    )


def test_a_leader_carries_the_own_units_and_no_others(
    as_user, liv, kari, nord, sykehjemmet, september
) -> None:
    own = make_tiltak("Vårt", year=2026, enhet=nord)
    theirs = make_tiltak("Deres", year=2026, enhet=sykehjemmet)
    common = make_tiltak("Felles", year=2026)
    leader = as_user(liv)

    assert "Deres" not in html_of(leader.get("/opplaringsplan/2027/hent/"))
    leader.post("/opplaringsplan/2027/hent/", ticked(own))
    refused = leader.post("/opplaringsplan/2027/hent/", ticked(theirs, common))

    assert refused.status_code == 422
    assert list(Tiltak.objects.filter(year=2027).values_list("theme", flat=True)) == ["Vårt"]
    assert as_user(kari).get("/opplaringsplan/2027/hent/").status_code == 403


def test_nothing_ticked_is_told(as_user, frida, september) -> None:
    make_tiltak("Fagdag", year=2026)

    response = as_user(frida).post("/opplaringsplan/2027/hent/", ticked())

    assert response.status_code == 422
    assert "Velg minst ett tiltak" in html_of(response)
