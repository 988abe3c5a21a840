"""M12: the application asks by scheme, and the conditions say who may apply."""

from datetime import date
from decimal import Decimal

import pytest

from kompetanse.kommuner import once
from kompetanse.organisasjon.models import Stilling
from soknader.models import Soknad, Soknadsrunde
from tests.soknader.soknadsskjema import answer, send

pytestmark = pytest.mark.usefixtures("october")


def test_m12_the_application_asks_by_scheme_and_counts_the_leave(
    runde,
    ordninger,
    kari,
    as_user,
    make_soknad,
):
    soknad = make_soknad(kari, leave_days=None)
    browser = as_user(kari)
    step_2 = {"starts": "15.08.2027", "ends": "15.06.2028", "exams": "3", "gatherings": "6"}

    asked = browser.get(f"/soknad/{soknad.pk}/steg/2/").content.decode()
    answer(browser, soknad, 2, step_2)
    money = browser.get(f"/soknad/{soknad.pk}/steg/3/").content.decode()
    answer(browser, soknad, 3, {"tuition": "30 000", "books": "4 000"})
    sent = send(browser, soknad)

    assert "Hvor mange eksamener har studiet?" in asked
    assert "Hvor mange dager fri med lønn ber du om?" not in asked
    assert "3 eksamener gir 3 eksamensdager og 6 lesedager." in money
    assert "I alt 15 dager fri med lønn. (HTA 14)" in money
    assert "Dekker 80\xa0% av kostnaden. Høyst 20\xa0000\xa0kr i alt." in money
    assert 'name="travel"' not in money
    assert sent.status_code == 302
    soknad.refresh_from_db()
    assert (soknad.leave_days, soknad.substitute, soknad.amount) == (15, 15_000, 37_000)
    copy = as_user(kari).get(f"/mine/{soknad.pk}/").content.decode()
    assert "37\xa0000\xa0kr" in copy


def test_m12_exams_must_be_answered_before_it_is_sent(
    runde,
    ordninger,
    kari,
    as_user,
    make_soknad,
):
    soknad = make_soknad(kari, exams=None, gatherings=0, leave_days=None)

    answered = send(as_user(kari), soknad)

    assert answered.status_code == 422
    assert "Skriv hvor mange eksamener studiet har, eller 0." in answered.content.decode()


def employed(ansatt, *, percentage=100, permanent=True, since=date(2020, 1, 1)):
    Stilling.objects.filter(ansatt=ansatt).update(
        percentage=Decimal(percentage), is_permanent=permanent, starts=since
    )
    ansatt.employed_from = since
    ansatt.save(update_fields=["employed_from"])


@pytest.mark.parametrize(
    ("terms", "person", "told"),
    [
        ({"permanent_only": True}, {"permanent": False}, "Runden er for fast ansatte."),
        ({"permanent_only": True}, {}, ""),
        ({"least_position": 50}, {"percentage": "49.99"}, "minst 50\xa0% stilling"),
        ({"least_position": 50}, {"percentage": "50"}, ""),
        ({"least_years": 2}, {"since": date(2024, 10, 16)}, "ansatt i minst 2 år"),
        ({"least_years": 2}, {"since": date(2024, 10, 15)}, ""),
        ({"permanent_only": True, "least_position": 50}, {"percentage": "40"}, "fast stilling"),
    ],
)
def test_m12_the_conditions_hold_to_the_day_and_the_hundredth(
    runde, kari, as_user, make_soknad, terms, person, told
):
    Soknadsrunde.objects.update(**terms)
    employed(kari, **person)
    soknad = make_soknad(kari)
    browser = as_user(kari)

    before = browser.get("/soknad/").content.decode()
    summary = browser.get(f"/soknad/{soknad.pk}/oppsummering/").content.decode()
    token = {"version": soknad.version, "engangsnokkel": once.new_token()}
    sent = browser.post(f"/soknad/{soknad.pk}/oppsummering/", token)

    assert sent.status_code == (422 if told else 302)
    for page in (before, summary, *([sent.content.decode()] if told else [])):
        assert (told in page) if told else ("Stemmer ikke dette?" not in page)
    assert Soknad.objects.get().is_draft == bool(told)


def test_m12_what_the_hr_system_does_not_say_is_not_held_against_anyone(
    runde, kari, as_user, make_soknad
):
    Soknadsrunde.objects.update(permanent_only=True, least_position=50, least_years=2)
    Stilling.objects.filter(ansatt=kari).delete()

    assert send(as_user(kari), make_soknad(kari)).status_code == 302


def test_m12_the_summary_tells_of_cover_only_when_something_is_asked_for(
    runde, ordninger, kari, as_user, make_soknad
):
    soknad = make_soknad(kari)
    costs = dict.fromkeys(("tuition", "books", "travel", "other_cost", "substitute"))
    Soknad.objects.update(exams=None, gatherings=None, leave_days=None, **costs)
    path, told = f"/soknad/{soknad.pk}/oppsummering/", "Dette kan ordningene dekke"
    browser = as_user(kari)
    assert told not in browser.get(path).content.decode()

    Soknad.objects.update(tuition=12_000)

    assert told in browser.get(path).content.decode()
