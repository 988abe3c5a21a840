"""M12: anyone may count what a scheme gives before they apply."""

import pytest

from soknader.models import Soknad

pytestmark = pytest.mark.usefixtures("october")

TOLD = (
    "?studium=Geriatri&studiepoeng=30&starter=11.01.2027&slutter=17.12.2027&eksamener=2"
    "&samlinger=4&tuition=30+000&books=4+000"
)


def test_m12_the_calculator_tells_cover_own_share_binding_and_debt(
    runde,
    ordninger,
    regel,
    kari,
    as_user,
):
    browser = as_user(kari)
    regel.from_leave_days = 10
    regel.save()

    page = browser.get(f"/soknad/regn/{TOLD}").content.decode().replace("\xa0", " ")

    assert "Hva kan jeg regne med?" in browser.get("/soknad/").content.decode()
    assert "22 000 kr" in page, "20 000 for the fee and 2 000 for books"
    assert "12 000 kr" in page, "own share"
    assert "2 eksamener gir 2 eksamensdager og 4 lesedager." in page
    assert "binder du deg i 24 måneder" in page
    assert "17.12.2027" in page
    debts = [f"{22_000 - 22_000 * month // 24:,}".replace(",", " ") for month in range(25)]
    assert all(f">{debt} kr<" in page for debt in debts)
    assert not Soknad.objects.exists()


def test_m12_the_calculator_counts_known_exams_by_working_days(
    runde,
    ordninger,
    kari,
    as_user,
):
    # Monday 7 June: the study days are Saturday and Sunday.
    url = "/soknad/regn/?eksamensdager=07.06.2027&arbeidsdager=0&arbeidsdager=1"

    page = as_user(kari).get(url).content.decode()

    assert "gir eksamenene 1 dag fri:" in page
    assert "07.06.2027" in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("eksamensdager=i+juni", "Skriv datoene slik: 03.06.2027, 10.06.2027."),
        ("tuition=mye", "Skriv beløpet med tall"),
        ("starter=01.02.2027&slutter=01.01.2027", "Sluttdatoen må være etter startdatoen."),
    ],
)
def test_m12_the_calculator_answers_in_words_when_it_cannot_read(
    runde,
    ordninger,
    kari,
    as_user,
    query,
    told,
):
    answered = as_user(kari).get(f"/soknad/regn/?{query}")

    assert answered.status_code == 422
    assert told in answered.content.decode()


def test_m12_without_schemes_the_calculator_says_so(runde, kari, as_user):
    assert "ikke lagt inn satser" in as_user(kari).get("/soknad/regn/").content.decode()
