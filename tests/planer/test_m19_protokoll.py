"""M19: the minutes are drafted from what happened, answered, approved, frozen and corrected."""

import io
from datetime import date, datetime, time, timedelta

import pytest
from pypdf import PdfReader

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import files, once
from kompetanse.varsler.models import Varsel
from planer.actions import dagsorden, drofting, frammote, innspill
from planer.actions import mote as meetings
from planer.actions import protokoll as actions
from planer.models import Protokoll
from planer.queries import mote as queries
from planer.tasks import keep_minutes
from tests.planer.conftest import CANARY, pdf_text, plain

MOMENT = datetime(2026, 9, 16, 9, 0, tzinfo=clock.OSLO)
S = Protokoll.Status


def keep(protokoll):
    """Let the worker make the PDF; return the file."""
    keep_minutes(kommune_id=protokoll.kommune_id, protokoll_id=protokoll.pk)
    protokoll.refresh_from_db()
    return protokoll.fil


@pytest.fixture
def held(active, frida, turid, vidar):
    """A meeting that is over: Vidar was away, Turid discussed, spoke and dissented."""
    with clock.frozen(MOMENT):
        mote = meetings.arrange(
            title="Satsingsområder", held_on=MOMENT.date(), begins=time(9), place="Furumo", by=frida
        )
        for each in (frida, turid, vidar):
            meetings.invite(mote, ansatt=each, capacity=queries.capacity_of(each), by=frida)
        asked = drofting.ask(title="Vikarmidler", by=turid)
        dagsorden.fill(mote, by=frida)
        mote = meetings.begin(mote, by=frida)
        rows = {each.ansatt_id: each.pk for each in mote.deltakere.all()}
        told = {pk: frammote.Presence("mott") for pk in rows.values()}
        told[rows[vidar.pk]] = frammote.Presence("forfall", "fri")
        frammote.attend(mote, told=told, by=frida)
        asked.refresh_from_db()
        drofting.record(
            asked,
            held_on=MOMENT.date(),
            result="disagreed",
            text="Saken tas opp igjen.",
            parties=[
                drofting.Part("Arbeidsgiver", frida, "Rammen er gitt."),
                drofting.Part("Fagforbundet", turid, "Rammen er for liten."),
            ],
            version=asked.version,
            mote=mote,
            by=frida,
        )
        innspill.say(
            mote, punkt=mote.punkter.first(), text="Vi krever mer tid.", is_dissent=True, by=turid
        )
    with clock.frozen(MOMENT + timedelta(hours=2)):
        yield meetings.rise(mote, by=frida)


@pytest.fixture
def out(held, frida):
    """Its minutes, out for remarks for a week."""
    protokoll = actions.draft(held, by=frida)
    first = protokoll.content["points"][0]["id"]
    protokoll = actions.write(
        protokoll, opening="Godt møte.", conclusions={first: "Enige om sakslisten."},
        version=protokoll.version, by=frida,
    )  # fmt: skip
    return actions.send(protokoll, remarks_by=date(2026, 9, 23), by=frida)


def test_m19_the_draft_tells_what_happened(as_user, held, frida) -> None:
    response = as_user(frida).post(f"/mote/{held.pk}/referat/")

    protokoll = Protokoll.objects.get()
    assert response.url.endswith(f"/referat/{protokoll.pk}/skriv/")
    shown = plain(as_user(frida).get(f"/referat/{protokoll.pk}/").content.decode())
    for words in (
        "kl. 09.00–11.00", "Frida Moen", "Turid Aas", "Forfall: Vidar Dahl", "Uenighet:",
        "Vi krever mer tid.", "Resultat: Uenighet.", "Rammen er for liten.", "Eventuelt",
    ):  # fmt: skip
        assert words in shown, words
    assert "Ferie" not in shown


def test_m19_minutes_go_round_are_answered_approved_and_frozen(
    as_user, out, held, frida, turid
) -> None:
    answer = {"engangsnokkel": once.new_token(), "agrees": "ja", "text": ""}
    as_user(turid).post(f"/referat/{out.pk}/svar/", answer)
    as_user(frida).post(f"/referat/{out.pk}/godkjenn/")

    out.refresh_from_db()
    assert (out.status, out.fil) == (S.APPROVED, None)
    held.title = "Noe annet"
    held.save()
    given = as_user(turid).get(f"/referat/{out.pk}/pdf/")
    kept = keep(out)
    frozen = files.read(kept)
    assert given.content == frozen
    assert keep(out) == kept
    assert as_user(turid).get(f"/referat/{out.pk}/pdf/").content == frozen
    assert {"/MarkInfo", "/StructTreeRoot"} <= set(PdfReader(io.BytesIO(frozen)).root_object)
    text = pdf_text(given)
    for words in (
        "Referat: Satsingsområder", "Enige om sakslisten.", "Godkjent av: Turid Aas",
        "Vi krever mer tid.", "Godkjent 16. september 2026 av Frida Moen",
    ):  # fmt: skip
        assert words in text, words
    assert Varsel.objects.filter(recipient=turid, subject__startswith="Godkjent").exists()


def test_m19_approved_minutes_stand_among_the_documents(as_user, out, frida, turid, kari, liv):
    actions.remark(out, agrees=True, by=turid)
    actions.approve(out, by=frida)

    def shown(person):
        return (
            "Referat: Satsingsområder, 2026" in as_user(person).get("/dokumenter/").content.decode()
        )

    assert [shown(each) for each in (frida, turid, liv)] == [True] * 3
    assert not shown(kari)
    assert as_user(kari).get(f"/referat/{out.pk}/pdf/").status_code == 404


def test_m19_a_union_that_was_there_is_heard_before_the_approval(out, frida, turid) -> None:
    with pytest.raises(DomainError, match="Turid Aas har ikke svart"):
        actions.approve(out, by=frida)
    with clock.frozen(MOMENT + timedelta(days=8)):
        assert actions.approve(out, by=frida).status == S.APPROVED


def test_m19_a_remark_stands_in_the_minutes_and_one_who_was_not_there_gives_none(
    as_user, out, turid, kristin
) -> None:
    remark = {"engangsnokkel": once.new_token(), "agrees": "nei", "text": "Punkt 2 er feil."}
    as_user(turid).post(f"/referat/{out.pk}/svar/", remark)

    assert "Punkt 2 er feil." in as_user(turid).get(f"/referat/{out.pk}/").content.decode()
    assert as_user(kristin).post(f"/referat/{out.pk}/svar/", remark).status_code == 404


def test_m19_the_form_on_the_page_of_the_minutes_leads_to_where_it_is_taken(
    as_user, out, turid
) -> None:
    page = as_user(turid).get(f"/referat/{out.pk}/").content.decode()

    assert f'action="/fjordvik/referat/{out.pk}/svar/"' in page


def test_m19_a_remark_without_words_comes_back(as_user, out, turid) -> None:
    answer = {"engangsnokkel": once.new_token(), "agrees": "nei", "text": ""}

    response = as_user(turid).post(f"/referat/{out.pk}/svar/", answer)

    assert response.status_code == 422
    assert "Skriv hva som ikke er riktig." in response.content.decode()


def test_m19_a_correction_is_a_new_edition_that_supersedes(as_user, out, frida, turid) -> None:
    actions.remark(out, agrees=True, by=turid)
    first = actions.approve(out, by=frida)
    with pytest.raises(TransitionError):
        actions.write(first, opening="", conclusions={}, version=first.version, by=frida)
    frozen = files.read(keep(first))

    answer = {"engangsnokkel": once.new_token(), "reason": "Feil dato i punkt 2."}
    as_user(frida).post(f"/referat/{first.pk}/rett/", answer)
    second = Protokoll.objects.get(edition=2)
    second = actions.send(second, remarks_by=clock.today(), by=frida)
    actions.remark(second, agrees=True, by=turid)
    second = actions.approve(second, by=frida)

    first.refresh_from_db()
    assert (first.status, second.status) == (S.SUPERSEDED, S.APPROVED)
    assert files.read(first.fil) == frozen
    text = pdf_text(as_user(turid).get(f"/referat/{second.pk}/pdf/"))
    assert "Utgave 2. Rettet: Feil dato i punkt 2." in text


def test_a_draft_is_the_advisors_alone(as_user, held, frida, turid, kristin) -> None:
    protokoll = actions.draft(held, by=frida)

    url = f"/referat/{protokoll.pk}/"
    answers = [as_user(each).get(url).status_code for each in (frida, turid, kristin)]
    assert answers == [200, 404, 404]


def test_minutes_written_by_two_at_once_are_not_lost(as_user, held, frida) -> None:
    protokoll = actions.draft(held, by=frida)
    browser = as_user(frida)
    browser.post(f"/referat/{protokoll.pk}/skriv/", {"versjon": 1, "opening": "Første"})

    stale = browser.post(f"/referat/{protokoll.pk}/skriv/", {"versjon": 1, "opening": "Andre"})

    protokoll.refresh_from_db()
    assert stale.status_code == 409
    assert protokoll.content["opening"] == "Første"
    assert "Andre" in stale.content.decode()


def test_what_happened_is_read_again_and_what_is_written_stays(held, out, frida, turid) -> None:
    again = actions.refresh(out, by=frida)

    assert again.content["opening"] == "Godt møte."
    assert again.content["points"][0]["conclusion"] == "Enige om sakslisten."


def test_the_neighbours_minutes_are_not_found(as_user, frida, neighbour) -> None:
    def make(advisor):
        mote = meetings.arrange(title=CANARY, held_on=MOMENT.date(), place="", by=advisor)
        with clock.frozen(MOMENT):
            meetings.rise(mote, by=advisor)
        return actions.draft(mote, by=advisor)

    foreign = neighbour(make)

    paths = ("", "pdf/", "skriv/", "send/")
    assert {as_user(frida).get(f"/referat/{foreign.pk}/{p}").status_code for p in paths} == {404}
    assert CANARY not in as_user(frida).get("/dokumenter/").content.decode()
