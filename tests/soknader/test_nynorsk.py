"""Who chooses nynorsk reads nynorsk on every page."""

import pytest


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/hjem/", "Dette ventar på deg"),
        ("/hjelp/", "Kven"),
        ("/hjelp/hvem-ser-hva/", "Gi leiaruttale til søknader"),
        ("/hjelp/hvem-ser-hva/", "når søknad har status «hos leiar, i prioritering»"),
        ("/profil/", "Profilen din"),
        ("/mine/", "Søknadene mine"),
        ("/min-kompetanse/", "Kompetansen min"),
        ("/mine-data/", "Kven har opna opplysningane dine"),
        ("/mine/avtaler/", "Du har ingen avtalar om bindingstid."),
        ("/kurs/", "Ingen kurs eller fagdagar er sette opp enno."),
        ("/folk/", "Finn kollegaer etter namn"),
        ("/stedfortreder/", "Ingen stadfortredarar er registrerte."),
    ],
)
def test_pages_are_nynorsk_for_who_chose_it(october, kari, as_user, path, said):
    browser = as_user(kari)
    browser.post("/profil/", {"language": "nn"})

    answer = browser.get(path)

    assert answer.headers["Content-Language"] == "nn"
    assert said in answer.content.decode()


def test_the_start_page_is_nynorsk_for_a_stranger_who_chose_it(october, fjordvik, as_user):
    browser = as_user(None)
    browser.post("/sprak/", {"sprak": "nn"})

    start = browser.get("/").content.decode()

    assert '<html lang="nn">' in start
    assert "Hopp til innhaldet" in start


def test_an_application_is_asked_for_in_nynorsk(october, runde, make_soknad, kari, as_user):
    soknad = make_soknad(kari, status="draft")
    browser = as_user(kari)
    browser.post("/profil/", {"language": "nn"})

    step = browser.get(f"/soknad/{soknad.pk}/steg/1/").content.decode()

    assert "Kva vil du studere?" in step
    assert "Kvar skal du studere?" in step
    assert "Hva vil du" not in step
