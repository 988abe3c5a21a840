"""M12: schemes with rates are kept as versions, chosen for a round, announced and counted by."""

from datetime import date

import pytest

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Enhet
from soknader.actions import ordning as actions
from soknader.actions import runde as runder
from soknader.models import Kriterium, Soknadsrunde, Stotteordning
from soknader.queries import ordning as queries
from tests.conftest import make_enhet
from tests.soknader.ordningene import apply, frame_for, make_ordning
from tests.soknader.saker import make_sak
from tests.soknader.test_m11_runde import AUTUMN

pytestmark = pytest.mark.usefixtures("october")
NEW = {
    "name": "Studieavgift", "in_use_from": "01.01.2026", "share": "80 %", "ceiling": "20 000",
    "is_active": "on",
}  # fmt: skip


def test_m12_the_advisor_writes_a_scheme_and_later_a_new_version(active, frida, as_user):
    browser = as_user(frida)

    added = browser.post("/ordninger/ny/?slag=tuition", NEW)
    first = Stotteordning.objects.get()
    changed = NEW | {"in_use_from": "01.01.2027", "ceiling": "25 000", "version": "1"}
    browser.post(f"/ordninger/{first.pk}/", changed)
    stale = browser.post(f"/ordninger/{first.pk}/", changed)
    again = browser.post(f"/ordninger/{Stotteordning.objects.get(version=2).pk}/", changed)

    assert added.status_code == 302
    assert (first.version, first.share, first.ceiling) == (1, 80, 20_000)
    assert stale.status_code == 302, "an older version's page leads to the newest"
    assert again.status_code == 409
    assert Stotteordning.objects.count() == 2
    with clock.frozen(clock.start_of(date(2026, 12, 31))):
        assert [each.ceiling for each in queries.latest(on=date(2026, 12, 31))] == [20_000]
    assert [each.ceiling for each in queries.latest(on=date(2027, 1, 1))] == [25_000]
    page = browser.get("/ordninger/").content.decode()
    assert "Dekker 80\xa0% av kostnaden. Høyst 25\xa0000\xa0kr i alt." in page
    assert "Gjelder seinere" in page


@pytest.mark.parametrize(
    ("slag", "wrong", "told"),
    [
        ("tuition", {"share": "0"}, "share"),
        ("tuition", {"name": ""}, "Fyll ut «Navn på ordningen»."),
        ("substitute", {}, "Skriv hva enheten får for hver dag."),
        ("tuition", {"in_use_from": "i fjor"}, "15.10.2026"),
    ],
)
def test_m12_a_scheme_that_cannot_be_read_comes_back_as_written(
    active, frida, as_user, slag, wrong, told
):
    answered = as_user(frida).post(f"/ordninger/ny/?slag={slag}", NEW | wrong)

    page = answered.content.decode()
    assert answered.status_code == 422
    assert told in page or told == "15.10.2026"
    assert "Studieavgift" in page or "name" in wrong
    assert not Stotteordning.objects.exists()


def test_m12_two_schemes_do_not_share_a_name_and_schemes_are_the_advisors(
    active, frida, kari, liv, turid, as_user
):
    make_ordning(kind="books", name="Studieavgift")

    assert as_user(frida).post("/ordninger/ny/?slag=tuition", NEW).status_code == 409
    for path in ("/ordninger/", "/ordninger/ny/"):
        assert [as_user(each).get(path).status_code for each in (kari, liv, turid)] == [403] * 3


def test_m12_a_round_chooses_schemes_and_frames(runde, helse, frida, as_user):
    tuition = make_ordning(kind="tuition", name="Studieavgift", share=80)
    make_ordning(kind="books", name="Bøker")
    browser = as_user(frida)
    url = f"/runder/{runde.pk}/ordninger/"
    chosen = {
        "ordning_tuition": tuition.pk, "ramme_tuition": "60 000", f"enhet_{helse.pk}": "90 000",
    }  # fmt: skip

    too_large = browser.post(url, chosen | {"ramme_tuition": "100 001"})
    saved = browser.post(url, chosen)

    assert too_large.status_code == 422
    assert saved.status_code == 302
    assert runde.ordninger.get().frame == 60_000
    assert runde.enhetsrammer.get().frame == 90_000
    page = browser.get(f"/runder/{runde.pk}/").content.decode()
    assert "Egen ramme: 60\xa0000\xa0kr." in page
    assert "Ramme 90\xa0000\xa0kr, innvilget 0\xa0kr" in page
    runde.status = "prioritising"
    runde.save()
    with pytest.raises(DomainError, match="under prioritering"):
        actions.choose(runde, [], {}, by=frida)


@pytest.mark.parametrize("inside", ["units", "schemes"])
def test_m12_the_rounds_frame_is_not_lowered_below_those_inside_it(
    runde, helse, kommunen, frida, as_user, inside
):
    if inside == "units":
        frame_for(runde, helse, 50_000)
        frame_for(runde, kommunen, 40_000)
    else:
        apply(runde, make_ordning(kind="tuition", name="Studieavgift"), frame=50_000)
        apply(runde, make_ordning(kind="books", name="Bøker"), frame=40_000)
        apply(runde, make_ordning(kind="leave", name="Fri"), frame=90_000)
    browser, url = as_user(frida), f"/runder/{runde.pk}/endre/"
    told = {name: value for name, value in AUTUMN.items() if name not in {"year", "kind"}}

    refused = browser.post(url, told | {"budget": "89 999"})
    with pytest.raises(DomainError, match="90\xa0000"):
        runder.edit(runde, by=frida, budget=89_999)
    lowered = browser.post(url, told | {"budget": "90 000"})

    assert refused.status_code == 422
    assert "90\xa0000\xa0kr til sammen" in refused.content.decode()
    assert lowered.status_code == 302
    runde.refresh_from_db()
    assert runde.budget == 90_000


@pytest.mark.parametrize("inside", ["units", "schemes"])
def test_m12_frames_that_are_together_more_than_the_rounds_are_not_chosen(
    runde, helse, kommunen, frida, as_user, inside
):
    other = make_enhet("Oppvekst", Enhet.Kind.SEKTOR, kommunen)
    one, two = (f"enhet_{helse.pk}", f"enhet_{other.pk}")
    chosen = {}
    if inside == "schemes":
        one, two = "ramme_tuition", "ramme_books"
        for name in ("tuition", "books"):
            chosen[f"ordning_{name}"] = make_ordning(kind=name, name=name).pk
        chosen |= {"ordning_leave": make_ordning(kind="leave", name="Fri").pk}
        chosen |= {"ramme_leave": "100"}
    browser, url = as_user(frida), f"/runder/{runde.pk}/ordninger/"

    refused = browser.post(url, chosen | {one: "60 000", two: "40 001"})
    chosen_at_first = AuditEvent.objects.filter(action="runde.set_schemes").count()
    saved = browser.post(url, chosen | {one: "60 000", two: "40 000"})

    assert refused.status_code == 422
    page = refused.content.decode()
    assert "100\xa0001\xa0kr til sammen, men rundens ramme er 100\xa0000\xa0kr" in page
    assert 'value="40 001"' in page.replace("\xa0", " "), "what was typed is there still"
    assert chosen_at_first == 0
    assert saved.status_code == 302
    frames = queries.frame_sums(runde)
    assert frames == ((0, 100_000) if inside == "units" else (100_000, 0))


@pytest.mark.parametrize("inside", ["units", "schemes"])
def test_m12_a_copied_round_is_large_enough_for_the_frames_that_come_with_it(
    runde, helse, kommunen, frida, as_user, inside
):
    if inside == "units":
        frame_for(runde, helse, 50_000)
        frame_for(runde, make_enhet("Oppvekst", Enhet.Kind.SEKTOR, kommunen), 40_000)
    else:
        apply(runde, make_ordning(kind="tuition", name="Studieavgift"), frame=50_000)
        apply(runde, make_ordning(kind="books", name="Bøker"), frame=40_000)
        apply(runde, make_ordning(kind="leave", name="Fri"), frame=90_000)
    browser, url = as_user(frida), f"/runder/ny/?fra={runde.pk}"

    refused = browser.post(url, AUTUMN | {"budget": "89 999"})
    rounds = Soknadsrunde.objects.count()
    made = browser.post(url, AUTUMN | {"budget": "90 000"})

    assert (refused.status_code, rounds) == (422, 1)
    page = refused.content.decode()
    assert "90\xa0000\xa0kr til sammen" in page
    assert "Lag runden med minst den rammen" in page
    assert made.status_code == 302
    new = Soknadsrunde.objects.get(year=2027)
    assert sum(queries.frame_sums(new)) == new.budget == 90_000


def test_m12_changed_schemes_count_the_applications_anew(
    runde,
    ordninger,
    frida,
    kari,
    make_soknad,
):
    soknad = make_soknad(kari, exams=2, gatherings=4)

    actions.recount(runde)
    soknad.refresh_from_db()
    # 30 000 at 80 %, at most 20 000; 4 000 at 50 %; 10 days at 1 000.
    assert (soknad.leave_days, soknad.substitute, soknad.covered) == (10, 10_000, 32_000)
    assert soknad.amount == 32_000
    actions.choose(runde, [], {}, by=frida)

    soknad.refresh_from_db()
    assert (soknad.substitute, soknad.covered, soknad.amount) == (None, None, 34_000)


def test_m12_next_years_round_takes_over_all_in_one_form(
    runde,
    utlysning,
    helse,
    ordninger,
    frida,
    as_user,
):
    Soknadsrunde.objects.update(
        announcement="Vi støtter.", permanent_only=True, least_position=50, least_years=2,
        may_complain=True, complaint_weeks=4,
    )  # fmt: skip
    Kriterium.objects.create(runde=runde, name="Behov", weight=3, texts=["a", "b"])
    frame_for(runde, helse, 50_000)
    make_ordning(kind="books", name="Bøker", share=75, version=2, in_use_from=date(2027, 1, 1))
    browser = as_user(frida)
    page = browser.get(f"/runder/ny/?fra={runde.pk}").content.decode()
    terms = {
        "permanent_only": "on", "least_position": "50", "least_years": "2",
        "may_complain": "on", "complaint_weeks": "4",
    }  # fmt: skip

    browser.post(f"/runder/ny/?fra={runde.pk}", AUTUMN | terms)

    assert "Feltene er fylt ut fra Høstrunden 2026" in page
    for value in ('value="15.10.2027"', 'value="50"', 'value="2"', "Vi støtter."):
        assert value in page, value
    new = Soknadsrunde.objects.get(year=2027)
    assert (new.permanent_only, new.least_position, new.least_years) == (True, 50, 2)
    assert (new.may_complain, new.complaint_weeks) == (True, 4)
    assert new.utlysninger.get().title == utlysning.title
    assert new.kriterier.get().texts == ["a", "b"]
    assert new.enhetsrammer.get().frame == 50_000
    copied = queries.in_runde(new)
    assert set(copied) == {"leave", "tuition", "books", "substitute"}
    assert copied["books"].share == 75, "the version in use when the new round opens"
    assert queries.in_runde(runde)["books"].share == 50
    assert as_user(frida).get("/runder/ny/?fra=999999").status_code == 404


def test_m12_the_first_round_begins_with_the_schemes_in_use(active, frida):
    make_ordning(kind="tuition", name="Studieavgift")
    make_ordning(kind="books", name="Bøker", is_active=False)

    made = runder.prepare(
        by=frida, year=2027, opens=date(2027, 9, 1), deadline=date(2027, 10, 15),
        leader_deadline=date(2027, 10, 22), meeting_on=date(2027, 10, 28),
        answer_by=date(2027, 11, 5), accept_by=date(2027, 11, 20), budget=1,
    )  # fmt: skip

    assert list(queries.in_runde(made)) == ["tuition"]


def test_m12_criteria_have_as_many_points_as_texts(runde, frida, kari, as_user):
    url = f"/runder/{runde.pk}/kriterier/"
    rows = {"rad-TOTAL_FORMS": 1, "rad-INITIAL_FORMS": 0, "rad-0-name": "Behov"}
    texts = {f"rad-0-text_{points}": f"Betydning {points}" for points in range(6)}
    as_user(frida).post(url, rows | texts | {"rad-0-weight": "2"})
    kriterium = Kriterium.objects.get()
    Soknadsrunde.objects.update(status="prioritising")
    soknad = make_sak(kari, runde)

    page = as_user(frida).get(f"/prioritering/{runde.pk}/sak/{soknad.pk}/").content.decode()

    assert kriterium.most == 5
    assert "5 – Betydning 5" in page
    kriterium.texts = ["Nei", "Ja"]
    kriterium.save()
    page = as_user(frida).get(f"/prioritering/{runde.pk}/sak/{soknad.pk}/").content.decode()
    assert "1 – Ja" in page
    assert 'value="2"' not in page.split("1 – Ja")[1][:400]


# --- the application ----------------


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


# --- who may apply ----------------


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


# --- the announcement ----------------


@pytest.fixture
def announced(runde, utlysning, helse, turid, ordninger, monkeypatch):
    Soknadsrunde.objects.update(
        announcement="Vi støtter det vi trenger.", permanent_only=True, may_complain=True
    )
    Kriterium.objects.create(runde=runde, name="Behov", weight=3, texts=["Nei", "Stort behov"])
    give(turid, Rolle.Kode.KOMPETANSETILLITSVALGT, helse)
    contact = property(lambda _: "kompetanse@fjordvik.example", lambda _, value: None)
    monkeypatch.setattr(Kommune, "contact", contact)
    return runde


WORDS = (
    "Videreutdanning i geriatri", "Vi støtter det vi trenger.", "Du må være fast ansatt.",
    "Studieavgift", "Dekker 80 % av kostnaden.", "Behov", "vekt 3",
    "kompetanse@fjordvik.example", "22. oktober 2026", "5. november 2026", "innen 3 uker",
)  # fmt: skip


def test_m12_anyone_may_read_the_whole_announcement(announced, as_user, turid):
    response = as_user(None).get("/utlysning/")

    page = response.content.decode().replace("\xa0", " ")
    assert response.status_code == 200
    for words in WORDS:
        assert words in page, words
    assert turid.last_name not in page, "who is a shop steward is told to employees alone"
    assert "Les utlysningen" in as_user(None).get("/").content.decode()


def test_m12_the_poster_is_in_the_maalform_that_is_asked_for(announced, as_user, kari, turid):
    anonymous = as_user(None)
    url = f"/utlysning/{announced.pk}/utlysning.pdf"

    bokmal, nynorsk = (text_of(anonymous.get(f"{url}?sprak={code}")) for code in ("nb", "nn"))
    own = text_of(as_user(kari).get("/soknad/utlysning.pdf"))

    for words in WORDS:
        assert words in bokmal, words
    assert nynorsk != bokmal
    assert "Søknadsfrist" not in nynorsk or "Høyst" not in nynorsk
    assert turid.full_name in own
    assert turid.full_name not in bokmal
    assert as_user(None).get(f"{url}?sprak=tull").status_code == 200


def test_m12_prioritised_education_is_tied_to_the_gap(
    announced, utlysning, geriatri, frida, as_user
):
    Utlysning.objects.update(kompetanse=geriatri)
    Kompetansekrav.objects.create(
        enhet=frida.enhet, kompetanse=geriatri, level=2, count=3, is_statutory=False
    )
    url = f"/runder/{announced.pk}/utdanninger/"

    live = as_user(frida).get(url).content.decode()
    before = as_user(None).get("/utlysning/").content.decode()
    figures = dict.fromkeys(FIGURES, 0) | {
        "enhet": "Helse", "kompetanse": "Geriatri", "kompetanse_id": geriatri.pk, "lack": 7,
    }  # fmt: skip
    Gapanalyse.objects.create(
        year=2026, figures=[figures], settled_at=clock.now(), settled_by=frida
    )

    assert "Geriatri (mangler 3)" in live
    assert "ifølge GAP-analysen" not in before
    assert "Geriatri (mangler 7)" in as_user(frida).get(url).content.decode()
    page = as_user(None).get("/utlysning/").content.decode()
    assert "Kommunen mangler denne kompetansen, ifølge GAP-analysen for 2026." in page


def test_m12_a_round_under_preparation_is_not_announced(runde, as_user):
    Soknadsrunde.objects.update(status="draft")
    anonymous = as_user(None)

    assert anonymous.get(f"/utlysning/{runde.pk}/").status_code == 404
    assert anonymous.get(f"/utlysning/{runde.pk}/utlysning.pdf").status_code == 404
    assert "Ingen runde er åpen" in anonymous.get("/utlysning/").content.decode()


# --- the calculator ----------------

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


# --- the decision ----------------


FULL = {"amount": 32_000, "tuition": 20_000, "books": 2_000, "substitute": 10_000}


@pytest.fixture
def case(runde, utlysning, ordninger, kari):
    Soknadsrunde.objects.update(status="prioritising")
    runde.refresh_from_db()
    soknad = make_sak(kari, runde, exams=2, gatherings=4, tuition=30_000, books=4_000)
    actions.recount(runde)
    soknad.refresh_from_db()
    return soknad


def test_m12_part_is_granted_with_an_amount_for_each_scheme(case, runde, frida, kari, as_user):
    browser = as_user(frida)
    url = f"/prioritering/{runde.pk}/sak/{case.pk}/utkast/"
    told = {
        "outcome": "partly", "tuition": "15 000", "books": "1 000", "substitute": "5 000",
        "leave_days": "6", "versjon": "0", "reason": "Det er penger til dette.",
    }  # fmt: skip

    wrong = browser.post(url, told | {"amount": "20 000"})
    over = browser.post(url, told | {"tuition": "20 001"})
    saved = browser.post(url, told)
    vedtak.decide(Soknadsrunde.objects.get(), by=frida)

    assert (wrong.status_code, over.status_code, saved.status_code) == (422, 422, 302)
    assert "blir 21\xa0000\xa0kr" in wrong.content.decode()
    made = Vedtak.objects.get(status="decided")
    assert (made.amount, made.tuition, made.books, made.substitute) == (
        21_000,
        15_000,
        1_000,
        5_000,
    )
    assert made.personal == 16_000
    runde.refresh_from_db()
    assert runde.granted == 21_000
    granted = {each.kind: each.granted for each in runde.ordninger.all()}
    assert granted == {"leave": 6, "tuition": 15_000, "books": 1_000, "substitute": 5_000}


def test_m12_the_sum_of_the_schemes_is_the_amount_in_the_database(case):
    made = make_draft(case, amount=20_000)
    made.tuition += 1

    with pytest.raises(IntegrityError, match="vedtak_amount_is_the_sum"), transaction.atomic():
        made.save()


def test_m12_what_is_granted_of_a_scheme_is_what_can_be_paid_and_bound(case, frida, kari):
    link = Bindingsregel.objects.create(name="For studieavgift", from_amount=999_999, months=18)
    Stotteordning.objects.filter(kind="tuition").update(regel=link)
    content = vedtak.Content(
        outcome="partly", amount=17_000, reason="Nok til dette.",
        parts={"tuition": 12_000, "substitute": 5_000},
    )  # fmt: skip
    vedtak.draft(case, content, version=endring.version(case), by=frida)
    vedtak.decide(Soknadsrunde.objects.get(), by=frida)

    made = Vedtak.objects.select_related("soknad__runde", "soknad__ansatt").get(soknad=case)
    utbetaling.promise(made, by=kari)
    contract = avtale.prepare(made, by=kari)

    promised = dict(Tilsagn.objects.filter(soknad=case).values_list("kind", "amount"))
    assert promised == {"tuition": 12_000}, "the substitute is the unit's, not the employee's"
    assert contract == Avtale.objects.get()
    assert (contract.regel, contract.months, contract.amount) == (link, 18, 12_000)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"tuition": 20_001}, "høyst 20\xa0000\xa0kr"),
        ({"tuition": 10_000, "books": 1}, "blir ikke summen"),
        ({"travel": 10_000}, "høyst 0\xa0kr"),
    ],
)
def test_m12_the_verb_itself_keeps_each_scheme_within_what_is_offered(case, frida, parts, told):
    amount = 10_000 if "books" in parts else sum(parts.values())
    content = vedtak.Content(outcome="partly", amount=amount, reason="x", parts=parts)

    with pytest.raises(DomainError, match=told):
        vedtak.draft(case, content, version=0, by=frida)


def test_m12_the_round_and_the_schemes_pages_ask_few_queries(
    runde,
    ordninger,
    frida,
    as_user,
    queries_of,
):
    browser = as_user(frida)
    for number in range(20):
        make_ordning(kind="tuition", name=f"Ordning {number}")

    assert queries_of(browser, "/ordninger/") <= 6
    assert queries_of(browser, f"/runder/{runde.pk}/ordninger/") <= 10
    assert queries_of(browser, f"/runder/{runde.pk}/") <= 10
    assert queries_of(as_user(None), "/utlysning/") <= 10
    assert queries_of(as_user(None), f"/utlysning/{runde.pk}/") <= 10
    assert queries_of(as_user(frida), "/soknad/regn/") <= 10
    # The whole announcement, and where the reader stands in it.
    assert queries_of(as_user(frida), "/soknad/") <= 10


def test_m12_a_frame_that_is_given_back_can_be_granted_again(case, runde, kristin, frida, nord):
    frame = frame_for(runde, nord, 32_000)
    runde.ordninger.filter(kind="tuition").update(frame=20_000)
    make_draft(case, **FULL)
    vedtak.decide(Soknadsrunde.objects.get(), by=kristin)
    frame.refresh_from_db()
    assert frame.granted == 32_000
    old = Vedtak.objects.get()
    assert old.frames == [frame.pk]
    with clock.frozen(clock.now() + timedelta(days=1)):
        vedtak.replace(old, vedtak.Content(outcome="refused", reason="Feil."), by=kristin)

    frame.refresh_from_db()
    assert frame.granted == 0
    assert all(each.granted == 0 for each in runde.ordninger.all())


def test_m12_a_grant_over_a_frame_inside_the_rounds_is_refused_by_name(case, runde, kristin, nord):
    runde.ordninger.filter(kind="books").update(frame=1_999)
    make_draft(case, **FULL)

    with pytest.raises(DomainError, match="1\xa0kr over rammen for «Bøker»"):
        vedtak.decide(Soknadsrunde.objects.get(), by=kristin)

    runde.ordninger.filter(kind="books").update(frame=None)
    frame_for(runde, nord, 31_000)
    with pytest.raises(DomainError, match="1\xa0000\xa0kr over rammen for «Nord»"):
        vedtak.decide(Soknadsrunde.objects.get(), by=kristin)
    assert Soknadsrunde.objects.get().granted == 0


def test_m12_a_frame_is_applied_by_one_scheme_of_each_kind(runde, frida):
    one, two = (make_ordning(kind="books", name=name) for name in ("En", "To"))

    with pytest.raises(DomainError, match="høyst én"):
        actions.choose(runde, [actions.Choice(one), actions.Choice(two)], {}, by=frida)
    apply(runde, one)
    with pytest.raises(IntegrityError, match="rundeordning_once"), transaction.atomic():
        apply(runde, two)


def test_m12_the_suggestion_keeps_within_the_frames_inside_the_rounds(
    runde, utlysning, ordninger, frida, kari, ola, nord
):
    Soknadsrunde.objects.update(status="prioritising", budget=1_000_000)
    runde.refresh_from_db()
    frame_for(runde, nord, 36_000)
    people = (kari, kari, ola)
    saker = [make_sak(each, runde, exams=2, gatherings=4, tuition=30_000) for each in people]
    actions.recount(runde)

    vedtak.suggest(runde, by=frida)

    drafts = {each.soknad_id: each for each in Vedtak.objects.all()}
    assert [drafts[soknad.pk].outcome for soknad in saker] == ["granted", "waiting", "granted"]
    assert [each.left for each in queries.delrammer(runde)] == [36_000 - drafts[saker[0].pk].amount]


@pytest.mark.parametrize("is_decided", [False, True])
def test_m12_the_frames_inside_tell_nobody_what_their_own_case_is_to_get(
    runde, ordninger, frida, kristin, helse, as_user, is_decided
):
    Soknadsrunde.objects.update(status="prioritising", budget=1_000_000)
    runde.refresh_from_db()
    frame_for(runde, helse, 400_000)
    runde.ordninger.filter(kind="tuition").update(frame=300_000)
    own = make_sak(frida, runde, exams=2, gatherings=4, tuition=20_000)
    actions.recount(runde)
    own.refresh_from_db()
    make_draft(own, outcome="partly", amount=11_111, tuition=11_111, books=0, reason="Nok.")
    if is_decided:
        vedtak.decide(Soknadsrunde.objects.get(), by=kristin)

    shown = queries.delrammer(runde, reader_id=frida.pk)
    to_others = queries.delrammer(runde, reader_id=kristin.pk)
    pages = [f"/prioritering/{runde.pk}/", f"/vedtak/{runde.pk}/", f"/runder/{runde.pk}/"]
    told = [as_user(frida).get(page).content.decode() for page in pages]
    seen = as_user(kristin).get(pages[1]).content.decode()

    assert [(each.decided, each.drafted) for each in shown] == [(0, 0), (0, 0)]
    assert {each.decided + each.drafted for each in to_others} == {11_111}
    assert not [page for page in told if "11\xa0111" in page or "288\xa0889" in page]
    assert "11\xa0111" in seen


def test_m12_the_letter_divides_the_sum_and_keeps_the_units_money_apart(case, runde, frida):
    content = vedtak.Content(
        outcome="partly", amount=17_000, reason="Nok.",
        parts={"tuition": 11_000, "books": 1_000, "substitute": 5_000},
    )  # fmt: skip
    vedtak.draft(case, content, version=endring.version(case), by=frida)
    Soknadsrunde.objects.update(may_complain=True, complaint_weeks=4)
    vedtak.decide(Soknadsrunde.objects.get(), by=frida)
    made = letters.for_letters([Vedtak.objects.get().pk]).get()

    letter = letters.letter(made, on=date(2026, 11, 5), counts=(1, 1))
    told = documents.text(letter)

    facts = dict(row for block in told.blocks for row in block.rows)
    assert facts["Beløp"] == "inntil 12\xa0000\xa0kr"
    assert facts["Fordelt på"] == (
        "studieavgift og eksamensavgift 11\xa0000\xa0kr og bøker 1\xa0000\xa0kr"
    )
    assert facts["Enheten din får til vikar"] == "5\xa0000\xa0kr"
    assert any("innen fire uker" in block.text for block in told.blocks)


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
