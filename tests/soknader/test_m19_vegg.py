"""M19: applications in a meeting: the agenda, the wall, the unions' own screens, the minutes."""

from datetime import datetime, time, timedelta

import pytest

from kompetanse import clock
from kompetanse.kommuner import tenancy
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Enhet, Rolle
from planer.actions import dagsorden, frammote
from planer.actions import mote as meetings
from planer.actions import protokoll as minutes
from planer.models import Innspill, Mote, Visning
from planer.queries import mote as queries
from soknader.actions import prioritering as actions
from soknader.models import Kommentar, Motesak, Soknad
from soknader.queries.prioritering import ranked
from soknader.rules import prioritering as rules
from tests.conftest import give, make_ansatt, make_enhet
from tests.planer.conftest import pdf_text, plain
from tests.soknader.saker import make_draft, make_runde, make_sak

MOMENT = datetime(2026, 10, 28, 9, 0, tzinfo=clock.OSLO)
PRIVATE = ("Kari", "Nilsen", "Ola", "Hansen", "kanari")


@pytest.fixture
def moment(active):
    with clock.frozen(MOMENT):
        yield MOMENT


@pytest.fixture
def runde(moment):
    return make_runde()


@pytest.fixture
def saker(runde, kari, ola, frida):
    """Three cases with private words; the second an exception, the third refused."""
    third = make_ansatt("Per", "Kanarisen", ola.enhet, kategori="Lege")
    found = [
        make_sak(kari, runde, exception="kanari-unntak", late_reason="kanari-sen"),
        make_sak(ola, runde, is_prioritised=False, shifts="kanari-vakter"),
        make_sak(third, runde),
    ]
    make_draft(found[0], "granted", reason="kanari-intern")
    actions.comment(found[0], text="kanari-intern", by=frida)
    return found


@pytest.fixture
def mote(saker, frida, turid, vidar):
    """The prioritising meeting, with its agenda, on."""
    mote = meetings.arrange(
        title="Prioriteringsmøte", held_on=MOMENT.date(), begins=time(9), place="Furumo", by=frida
    )
    for each in (frida, turid, vidar):
        meetings.invite(mote, ansatt=each, capacity=queries.capacity_of(each), by=frida)
    dagsorden.fill(mote, by=frida)
    return meetings.begin(mote, by=frida)


def list_point(mote):
    return mote.punkter.get(motesaker__group="alle")


def put(as_user, mote, advisor, **where):
    return as_user(advisor).post(f"/mote/{mote.pk}/vis/", where)


def wall(as_user, person, mote):
    return plain(as_user(person).get(f"/mote/{mote.pk}/folg/").content.decode())


def test_m19_the_agenda_is_made_from_the_round(mote) -> None:
    titles = list(mote.punkter.values_list("title", flat=True))

    assert titles == [
        "Innkalling, saksliste og habilitet",
        "Prioritering av søknader, høstrunden 2026 (3 saker)",
        "Søknader om unntak fra prioriteringene, høstrunden 2026 (1)",
        "Eventuelt",
    ]
    assert "100\xa0000\xa0kr" in list_point(mote).text


def test_m19_the_wall_goes_through_points_lists_and_cases_with_two_buttons(
    as_user, mote, frida, saker
) -> None:
    browser = as_user(frida)
    url, seen = f"/mote/{mote.pk}/vis/", []
    for _press in range(8):
        html = browser.get(url).content.decode()
        form = html[: html.find('data-key="next"')].rpartition("<form")[2]
        values = dict(
            part.split('"')[3:6:2] for part in form.split("<input")[1:] if "csrf" not in part
        )
        if 'data-key="next"' not in html:
            break
        browser.post(url, values)
        visning = Visning.objects.get(mote=mote)
        seen.append((visning.punkt.order, visning.case))

    assert seen == [
        (1, None), (2, None), (2, saker[0].pk), (2, saker[1].pk), (2, saker[2].pk),
        (3, None), (3, saker[1].pk), (4, None),
    ]  # fmt: skip


def test_m19_the_wall_shows_no_names_no_private_words_and_no_small_groups(
    as_user, mote, frida, turid, saker
) -> None:
    punkt = list_point(mote)
    for where in ({"punkt": punkt.pk}, *({"punkt": punkt.pk, "sak": each.pk} for each in saker)):
        put(as_user, mote, frida, **where)
        for person, path in ((frida, "vis"), (turid, "folg")):
            html = as_user(person).get(f"/mote/{mote.pk}/{path}/").content.decode()
            main = html[html.index("<main") : html.index("</main")]
            for hidden in (*PRIVATE, "Nord", "Sykehjemmet", "Lege"):
                assert hidden not in main, (hidden, path, where)
    assert "Skjult, liten gruppe" in main


def test_m19_what_the_wall_reads_of_the_list_holds_no_person(mote, frida, runde, saker) -> None:
    own = ranked(runde, reader=rules.reader(frida)).saker
    wall = ranked(runde, reader=rules.reader(frida, on_screen=True)).saker

    assert {each.name for each in own} >= {"Kari Nilsen", "Ola Hansen"}
    assert {each.name for each in wall} == {""}


def test_m19_the_wall_shows_the_case_with_its_sum_and_the_line(as_user, mote, frida) -> None:
    sak = Soknad.objects.order_by("pk").first()
    punkt = list_point(mote)

    put(as_user, mote, frida, punkt=punkt.pk, sak=sak.pk)

    html = plain(as_user(frida).get(f"/mote/{mote.pk}/vis/").content.decode())
    for words in ("Plass 1", "av 3 · sak 1", "Geriatri 1", "30 000 kr", "Ramme 100 000 kr"):
        assert words in html.replace("\xa0", " "), words


def test_m19_the_unions_own_screen_follows_by_polling_and_by_reload(
    as_user, mote, frida, turid
) -> None:
    punkt = list_point(mote)
    put(as_user, mote, frida, punkt=punkt.pk)
    first = as_user(turid).get(f"/mote/{mote.pk}/folg/").content.decode()
    poll = first.split('hx-get="')[1].split('"')[0]
    same = as_user(turid).get(poll, headers={"HX-Request": "true"})
    put(as_user, mote, frida, punkt=punkt.pk, sak=Soknad.objects.first().pk)
    moved = as_user(turid).get(poll, headers={"HX-Request": "true"})

    assert (same.status_code, moved.status_code) == (204, 200)
    assert "<html" not in moved.content.decode()
    assert "Skriv innspill til sak 1" in moved.content.decode()
    assert "Plass 1" in wall(as_user, turid, mote)
    assert '<meta http-equiv="refresh"' in first


def test_m19_a_representative_comments_the_case_on_the_wall_and_dissents(
    as_user, mote, frida, turid, saker
) -> None:
    url = f"/mote/{mote.pk}/sak/{saker[2].pk}/"

    response = as_user(turid).post(url, {"text": "Vi vil ha den høyere.", "is_dissent": "on"})

    assert response.url.endswith(f"/mote/{mote.pk}/folg/")
    kommentar = Kommentar.objects.get(by=turid)
    assert (kommentar.is_dissent, kommentar.is_shared) == (True, True)
    assert as_user(turid).post(url, {"text": ""}).status_code == 422


def test_m19_who_does_not_take_part_in_the_prioritising_sees_that_and_not_what(
    as_user, mote, frida, kari, liv
) -> None:
    """A guest who is called follows the meeting, but not the applications; a leader not at all."""
    meetings.invite(mote, ansatt=kari, capacity="Gjest", by=frida)
    put(as_user, mote, frida, punkt=list_point(mote).pk, sak=Soknad.objects.last().pk)

    html = wall(as_user, kari, mote)

    assert "Søknadene vises bare for dem som deltar i prioriteringen." in html
    assert "Geriatri" not in html
    assert as_user(liv).get(f"/mote/{mote.pk}/folg/").status_code == 404
    assert as_user(liv).get(f"/mote/{mote.pk}/vis/").status_code == 403


def test_m19_only_the_advisor_moves_the_wall_and_only_while_it_lasts(
    as_user, mote, frida, turid, vidar
) -> None:
    punkt = list_point(mote)
    assert put(as_user, mote, turid, punkt=punkt.pk).status_code == 403
    assert put(as_user, mote, vidar, punkt=punkt.pk).status_code == 403
    meetings.rise(mote, by=frida)
    assert put(as_user, mote, frida, punkt=punkt.pk).status_code == 409
    assert not Visning.objects.exists()


def rise_with_changes(mote, frida, turid, vidar, saker):
    """In the meeting: case 3 to the top, case 2 refused, Vidar steps aside, Turid dissents."""
    runde = saker[0].runde
    actions.recuse(saker[1], ground="other", by=vidar)
    runde.refresh_from_db()
    actions.move(saker[2], place=1, version=runde.version, by=frida)
    make_draft(saker[1], "refused", reason="kanari-begrunnelse")
    actions.comment(saker[1], text="Vi er uenige i avslaget.", is_dissent=True, by=turid)
    rows = {each.pk: frammote.Presence("mott") for each in mote.deltakere.all()}
    frammote.attend(mote, told=rows, by=frida)
    return meetings.rise(mote, by=frida)


def test_m19_the_minutes_tell_what_was_decided_who_was_inhabil_and_the_dissent(
    as_user, mote, frida, turid, vidar, saker
) -> None:
    held = rise_with_changes(mote, frida, turid, vidar, saker)
    protokoll = minutes.draft(held, by=frida)
    minutes.send(protokoll, remarks_by=clock.today(), by=frida)
    minutes.remark(protokoll, agrees=True, by=turid)
    minutes.approve(protokoll, by=frida)
    # What happens after the meeting is not in what is frozen.
    make_draft(saker[2], "granted", reason="")

    text = pdf_text(as_user(turid).get(f"/referat/{protokoll.pk}/pdf/"))

    for words in (
        "Flyttet fra plass 3", "foreslått i møtet", "Avslag",
        "Vidar Dahl var inhabil i sak 2 og deltok ikke i behandlingen.",
        "Uenighet: Sak 2. Turid Aas: Vi er uenige i avslaget.", "Skjult, liten gruppe",
        "Ramme 100 000 kr. Foreslått eller vedtatt støtte 30 000 kr.",
    ):  # fmt: skip
        assert words in text, words
    for hidden in PRIVATE:
        assert hidden not in text, hidden


def test_m19_minutes_with_applications_are_not_for_other_leaders_or_guests(
    as_user, mote, frida, turid, vidar, saker, liv
) -> None:
    guest = make_ansatt("Gina", "Gjest", frida.enhet)
    meetings.invite(mote, ansatt=guest, capacity="Gjest", by=frida)
    held = rise_with_changes(mote, frida, turid, vidar, saker)
    protokoll = minutes.draft(held, by=frida)
    minutes.send(protokoll, remarks_by=clock.today(), by=frida)
    minutes.remark(protokoll, agrees=True, by=turid)
    minutes.approve(protokoll, by=frida)

    for person in (liv, guest):
        browser = as_user(person)
        assert browser.get(f"/referat/{protokoll.pk}/").status_code == 404
        assert browser.get(f"/referat/{protokoll.pk}/pdf/").status_code == 404
        assert "Referat: Prioriteringsmøte" not in browser.get("/dokumenter/").content.decode()
        for path in (f"/mote/{mote.pk}/", f"/mote/{mote.pk}/kalender.ics"):
            page = browser.get(path).content.decode()
            for hidden in (*PRIVATE, "Geriatri", "Vi er uenige"):
                assert hidden not in page, (hidden, path)


def test_m19_who_has_a_case_in_it_reads_the_minutes_when_the_answer_is_out(
    as_user, mote, frida, turid, vidar, saker
) -> None:
    """The outcome of an own case is told by the letter alone, also to a representative."""
    own = make_sak(turid, saker[0].runde)
    held = rise_with_changes(mote, frida, turid, vidar, saker)
    protokoll = minutes.draft(held, by=frida)

    assert as_user(turid).get(f"/referat/{protokoll.pk}/").status_code == 404
    minutes.send(protokoll, remarks_by=clock.today() - timedelta(0), by=frida)
    assert as_user(turid).get(f"/referat/{protokoll.pk}/").status_code == 404
    Soknad.objects.filter(pk=own.pk).update(status=Soknad.Status.ANSWERED)
    assert as_user(turid).get(f"/referat/{protokoll.pk}/").status_code == 200


def test_m19_an_own_case_is_known_to_be_so_in_the_minutes(mote, frida, vidar, saker) -> None:
    make_sak(vidar, saker[0].runde)
    dagsorden.fill(mote, by=frida)
    held = meetings.rise(mote, by=frida)

    content = minutes.draft(held, by=frida).content

    assert content["recused"] == ["Vidar Dahl var inhabil i sak 4 og deltok ikke i behandlingen."]


def test_a_large_group_is_shown_with_its_unit(as_user, mote, frida, nord) -> None:
    for number in range(5):
        make_ansatt("Sykepleier", f"Nr{number}", nord)
    put(
        as_user,
        mote,
        frida,
        punkt=list_point(mote).pk,
        sak=Soknad.objects.order_by("pk").first().pk,
    )

    assert "Nord · Sykepleier" in wall(as_user, frida, mote)


def test_the_wall_costs_the_same_with_many_cases(as_user, mote, frida, saker, queries_of) -> None:
    put(as_user, mote, frida, punkt=list_point(mote).pk)
    few = [queries_of(as_user(frida), f"/mote/{mote.pk}/{path}/") for path in ("vis", "folg")]
    unit = make_enhet("Stor", Enhet.Kind.AVDELING, saker[0].ansatt.enhet.parent)
    for number in range(27):
        make_sak(make_ansatt("Nr", f"Nr{number}", unit), saker[0].runde)

    many = [queries_of(as_user(frida), f"/mote/{mote.pk}/{path}/") for path in ("vis", "folg")]

    assert many == few
    assert max(many) <= 10


def test_another_kommunes_meeting_and_cases_are_not_found(
    as_user, mote, frida, nabovik, saker
) -> None:
    token = tenancy._active.set(None)
    try:
        with as_kommune(nabovik.pk):
            theirs = Mote.objects.create(title="Annet", held_on=MOMENT.date(), status="pagar")
    finally:
        tenancy._active.reset(token)
        tenancy._set_database_kommune(str(mote.kommune_id))

    for path in (f"{theirs.pk}/vis/", f"{theirs.pk}/folg/", f"{theirs.pk}/sak/{saker[0].pk}/"):
        assert as_user(frida).get(f"/mote/{path}").status_code == 404
    assert as_user(frida).get(f"/mote/{mote.pk}/sak/999999/").status_code == 404


def test_a_safety_representative_dissents_too(as_user, mote, frida, helse) -> None:
    hege = give(make_ansatt("Hege", "Haug", helse), Rolle.Kode.VERNEOMBUD, helse)
    meetings.invite(mote, ansatt=hege, capacity="Verneombud", by=frida)
    punkt = mote.punkter.first()
    url = f"/mote/{mote.pk}/saksliste/{punkt.pk}/innspill/"

    page = as_user(hege).get(url).content.decode()

    assert "Vi er uenige" in page
    assert not Innspill.objects.exists()


def test_the_lists_are_remembered_as_they_were_when_the_meeting_began(mote, saker) -> None:
    motesak = Motesak.objects.get(group="alle")

    assert [row[0] for row in motesak.before] == [each.pk for each in saker]
    assert motesak.before[0] == [saker[0].pk, "granted", 30_000]
    assert motesak.after is None
