"""M19: a meeting from the wheel to the invitation, the agenda, presence and what the unions say."""

import io
from datetime import date, datetime, time

import pytest
from icalendar import Calendar

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import once
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Rolle
from kompetanse.varsler import emails
from kompetanse.varsler.models import Varsel
from planer.actions import dagsorden, drofting, frammote, innspill
from planer.actions import mote as actions
from planer.models import Aktivitet, Aktivitetsrolle, Innspill, Mote, Motedeltaker, Motepunkt
from planer.queries import mote as queries
from tests.conftest import give, make_ansatt
from tests.planer.conftest import CANARY, plain

DAY = date(2026, 9, 16)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def mote(september, frida):
    """A meeting in a fortnight that nobody is told of yet."""
    return actions.arrange(
        title="Satsingsområder", held_on=DAY, begins=time(9), ends=time(11, 30),
        place="Furumo", by=frida,
    )  # fmt: skip


@pytest.fixture
def called(mote, frida, turid, vidar):
    """The same meeting, with a union representative and a leader called."""
    for each in (frida, turid, vidar):
        actions.invite(mote, ansatt=each, capacity=queries.capacity_of(each), by=frida)
    return actions.call(mote, by=frida)


@pytest.fixture
def on_the_day():
    with clock.frozen(datetime(2026, 9, 16, 9, 5, tzinfo=clock.OSLO)):
        yield


def event_of(text):
    calendar = Calendar.from_ical(text)
    return calendar, next(iter(calendar.walk("VEVENT")))


def test_m19_a_meeting_of_the_wheel_calls_those_whom_the_wheel_names(
    as_user, september, frida, turid, vidar, liv
) -> None:
    aktivitet = Aktivitet.objects.create(
        year=2026, code="satsingsmote", title="Satsingsmøte", starts=date(2026, 9, 1),
        ends=date(2026, 9, 30), is_meeting=True,
    )  # fmt: skip
    for kode in (Rolle.Kode.TILLITSVALGT, Rolle.Kode.VIRKSOMHETSLEDER):
        Aktivitetsrolle.objects.create(aktivitet=aktivitet, kode=kode)
    answers = {
        "engangsnokkel": once.new_token(), "aktivitet": aktivitet.pk, "title": "Satsing",
        "held_on": "16.09.2026", "begins": "09.00", "ends": "11.30", "place": "Furumo",
    }  # fmt: skip

    as_user(frida).post("/mote/nytt/", answers)

    called = set(Motedeltaker.objects.values_list("ansatt__first_name", flat=True))
    assert called == {"Frida", "Turid", "Vidar"}
    assert not queries.meetings_of_wheel(clock.today()).exists()


def test_m19_the_invitation_has_a_calendar_file_without_anyones_name(called, turid) -> None:
    varsel = Varsel.objects.get(recipient=turid)
    message = emails.message(varsel, sender="ikke-svar@fjordvik.example")
    (attachment,) = message.attachments
    calendar, event = event_of(attachment.content)

    assert (str(attachment.mimetype), attachment.filename) == ("text/calendar", "mote.ics")
    assert str(calendar["method"]) == "PUBLISH"
    assert (int(event["sequence"]), str(event["status"])) == (0, "CONFIRMED")
    assert event["dtstart"].dt == datetime(2026, 9, 16, 9, tzinfo=clock.OSLO)
    for name in ("Turid", "Vidar", "Frida", "Aas", "Dahl"):
        assert name not in attachment.content
    told = "kalt inn til Satsingsområder 16. september 2026 kl. 09.00–11.30, Furumo"
    assert told in plain(varsel.body)


def test_m19_a_moved_meeting_moves_in_the_calendars(called, frida, turid) -> None:
    actions.change(
        called, version=called.version, held_on=DAY, title=called.title, begins=time(10),
        ends=time(12), place="Furumo", by=frida,
    )  # fmt: skip

    sent = Varsel.objects.filter(recipient=turid).order_by("pk")
    first, second = (event_of(each.calendar)[1] for each in sent)
    assert first["uid"] == second["uid"]
    assert [int(each["sequence"]) for each in (first, second)] == [0, 1]
    assert second["dtstart"].dt.hour == 10
    assert sent.last().subject == "Endret møte: Satsingsområder"


def test_m19_nobody_is_told_of_a_meeting_before_the_invitation_is_out(
    active, september, frida, turid, vidar
) -> None:
    mote = actions.arrange(title="Satsinger", held_on=DAY, place="Furumo", by=frida)
    actions.invite(mote, ansatt=turid, capacity="HTV", by=frida)
    actions.change(
        mote, version=mote.version, title="Satsinger", held_on=DAY, begins=time(10), ends=None,
        place="Rådhuset", by=frida,
    )  # fmt: skip
    deltaker = Motedeltaker.objects.get(ansatt=turid)
    frammote.decline(deltaker, absence="oppdrag", deputy=vidar, by=turid)
    actions.dismiss(deltaker, by=frida)
    actions.cancel(mote, by=frida)

    assert not Varsel.objects.exists()


def test_m19_a_cancelled_meeting_goes_out_of_the_calendars(as_user, called, frida, turid) -> None:
    as_user(frida).post(f"/mote/{called.pk}/avlys/")

    calendar, event = event_of(Varsel.objects.filter(recipient=turid).latest("pk").calendar)
    assert (str(calendar["method"]), str(event["status"])) == ("CANCEL", "CANCELLED")
    assert int(event["sequence"]) == 1
    assert as_user(turid).get(f"/mote/{called.pk}/kalender.ics").content.count(b"CANCEL") == 2
    with pytest.raises(TransitionError):
        actions.call(called, by=frida)


def test_m19_who_comes_later_gets_the_invitation_and_who_is_struck_a_cancellation(
    called, frida, kristin
) -> None:
    deltaker = actions.invite(called, ansatt=kristin, capacity="Gjest", by=frida)
    actions.dismiss(deltaker, by=frida)

    methods = [
        str(event_of(each.calendar)[0]["method"])
        for each in Varsel.objects.filter(recipient=kristin).order_by("pk")
    ]
    assert methods == ["PUBLISH", "CANCEL"]
    assert (
        Varsel.objects.exclude(recipient=kristin).filter(subject__contains="tatt ut").count() == 0
    )


def test_m19_an_invitation_needs_a_time_and_someone_to_invite(mote, frida) -> None:
    with pytest.raises(DomainError, match="Legg til deltakere"):
        actions.call(mote, by=frida)
    actions.invite(mote, ansatt=frida, capacity="", by=frida)
    Mote.objects.update(begins=None, ends=None)
    with pytest.raises(DomainError, match="når møtet begynner"):
        actions.call(mote, by=frida)


def test_m19_the_page_says_what_lacks_instead_of_offering_the_invitation(
    as_user, mote, frida
) -> None:
    browser, url = as_user(frida), f"/mote/{mote.pk}/"

    without_people = browser.get(url).content.decode()
    actions.invite(mote, ansatt=frida, capacity="", by=frida)
    whole = browser.get(url).content.decode()
    Mote.objects.update(begins=None, ends=None)
    without_time = browser.get(url).content.decode()

    assert "Send innkalling" in whole
    assert "før du sender innkallingen" not in whole
    assert "Legg til deltakere før du sender innkallingen." in without_people
    assert "Send innkalling" not in without_people
    assert "Skriv når møtet begynner før du sender innkallingen." in without_time
    assert "Send innkalling" not in without_time
    assert browser.post(f"{url}steg/innkall/").status_code == 409


def test_m19_a_point_that_another_struck_meanwhile_is_told_and_recorded_once(
    as_user, mote, frida
) -> None:
    punkt = dagsorden.add(mote, title="Eget punkt", by=frida)
    url = f"/mote/{mote.pk}/saksliste/{punkt.pk}/slett/"
    browser = as_user(frida)

    answers = [browser.post(url).status_code for _ in range(2)]

    assert answers == [302, 404]
    for verb in (
        lambda: dagsorden.remove(punkt, by=frida),
        lambda: dagsorden.move(punkt, step=1, by=frida),
        lambda: dagsorden.amend(punkt, title="Nytt", text="", by=frida),
    ):
        with pytest.raises(Motepunkt.DoesNotExist):
            verb()
    assert AuditEvent.objects.filter(action="motepunkt.remove").count() == 1


def test_m19_the_agenda_is_made_from_what_waits_and_is_ordered(as_user, mote, frida, turid) -> None:
    Aktivitet.objects.create(
        year=2026, code="frist", title="Søknadsfrist", starts=date(2026, 10, 1),
        ends=date(2026, 10, 15),
    )  # fmt: skip
    drofting.ask(title="Bruk av vikarmidler", by=turid)
    browser = as_user(frida)
    base = f"/mote/{mote.pk}/saksliste/"

    browser.post(f"{base}lag/")
    browser.post(base, {"engangsnokkel": once.new_token(), "title": "Orientering", "text": ""})
    own = Motepunkt.objects.get(title="Orientering")
    browser.post(f"{base}{own.pk}/opp/")
    browser.post(f"{base}lag/")

    assert list(mote.punkter.values_list("title", flat=True)) == [
        "Innkalling, saksliste og habilitet",
        "Drøfting: Bruk av vikarmidler",
        "Orientering",
        "Dette kommer nå i årshjulet",
        "Eventuelt",
    ]
    assert "Søknadsfrist, frist 15. oktober 2026." in plain(browser.get(base).content.decode())


def test_m19_presence_with_absence_and_deputy(as_user, called, frida, turid, vidar, on_the_day):
    ola = give(make_ansatt("Olga", "Ness", turid.enhet), Rolle.Kode.TILLITSVALGT, turid.enhet)
    rows = {each.ansatt_id: each.pk for each in called.deltakere.all()}
    answers = {f"attendance_{pk}": "mott" for pk in rows.values()} | {
        f"attendance_{rows[turid.pk]}": "vara",
        f"absence_{rows[turid.pk]}": "oppdrag",
        f"deputy_{rows[turid.pk]}": ola.pk,
        f"attendance_{rows[vidar.pk]}": "forfall",
        f"absence_{rows[vidar.pk]}": "fri",
    }

    as_user(frida).post(f"/mote/{called.pk}/oppmote/", answers)

    told = dict(called.deltakere.values_list("ansatt__first_name", "attendance"))
    assert told == {"Frida": "mott", "Turid": "vara", "Vidar": "forfall"}
    advisors = as_user(frida).get(f"/mote/{called.pk}/").content.decode()
    deputys = as_user(ola).get(f"/mote/{called.pk}/").content.decode()
    assert "Ferie, fri eller permisjon" in advisors
    assert "Vara: Olga Ness" in deputys
    assert "Ferie, fri eller permisjon" not in deputys


def test_m19_a_deputy_is_named_and_not_called_already(called, frida, turid, vidar) -> None:
    deltaker = called.deltakere.get(ansatt=turid)

    with pytest.raises(DomainError, match="Velg hvem"):
        frammote.attend(called, told={deltaker.pk: frammote.Presence("vara")}, by=frida)
    with pytest.raises(DomainError, match="innkalt selv"):
        frammote.decline(deltaker, absence="oppdrag", deputy=vidar, by=turid)


def test_m19_who_cannot_come_says_so_and_the_deputy_is_called(as_user, called, turid, kristin):
    answers = {"absence": "oppdrag", "deputy": kristin.pk}

    as_user(turid).post(f"/mote/{called.pk}/forfall/", answers)

    deltaker = Motedeltaker.objects.get(ansatt=turid)
    assert (deltaker.attendance, deltaker.deputy) == ("vara", kristin)
    assert Varsel.objects.filter(recipient=kristin, subject__startswith="Innkalling").exists()
    assert as_user(kristin).get(f"/mote/{called.pk}/forfall/").status_code == 404


def test_m19_a_union_representative_speaks_and_dissents_and_a_leader_does_not_dissent(
    as_user, called, frida, turid, vidar
) -> None:
    dagsorden.fill(called, by=frida)
    punkt = called.punkter.first()
    url = f"/mote/{called.pk}/saksliste/{punkt.pk}/innspill/"
    given = {"text": "Vi er uenige i rekkefølgen.", "is_dissent": "on"}

    as_user(turid).post(url, {"engangsnokkel": once.new_token()} | given)
    as_user(vidar).post(url, {"engangsnokkel": once.new_token()} | given)

    assert list(Innspill.objects.order_by("pk").values_list("by", "is_dissent")) == [
        (turid.pk, True),
        (vidar.pk, False),
    ]
    with pytest.raises(DomainError):
        innspill.say(called, punkt=punkt, text="Nei", is_dissent=True, by=vidar)


def test_m19_only_those_called_speak(as_user, called, frida, kristin, kari) -> None:
    dagsorden.fill(called, by=frida)
    url = f"/mote/{called.pk}/saksliste/{called.punkter.first().pk}/innspill/"
    given = {"engangsnokkel": once.new_token(), "text": "Hei"}

    assert as_user(kristin).post(url, given).status_code == 403
    assert as_user(kari).post(url, given).status_code == 404


def test_m19_a_paper_is_checked_by_content_and_seen_by_those_it_is_for(
    as_user, called, frida, turid, vidar
) -> None:
    def send(name, content, readers):
        file = io.BytesIO(content)
        file.name = name
        return as_user(frida).post(f"/mote/{called.pk}/papir/", {"file": file, "readers": readers})

    refused = send("regnskap.pdf", b"MZ program", "alle")
    for name, readers in (("for alle.pdf", "alle"), ("for gruppa.pdf", "gruppa")):
        send(name, PDF, readers)

    assert refused.status_code == 422
    assert "ikke en PDF" in refused.content.decode()
    shown = as_user(turid).get(f"/mote/{called.pk}/").content.decode()
    assert "for alle.pdf" in shown
    assert "for gruppa.pdf" not in shown
    assert "for gruppa.pdf" in as_user(vidar).get(f"/mote/{called.pk}/").content.decode()
    hidden = called.papirer.get(readers="gruppa")
    url = f"/mote/{called.pk}/papir/{hidden.pk}/"
    assert as_user(turid).get(url).status_code == 404
    assert as_user(vidar).get(url)["Content-Disposition"].startswith("attachment")


def test_m19_three_meetings_a_year_are_counted_and_a_cancelled_one_is_not(
    as_user, called, frida
) -> None:
    actions.arrange(title="Mai", held_on=date(2026, 5, 20), place="", by=frida)
    actions.cancel(called, by=frida)

    shown = plain(as_user(frida).get("/mote/").content.decode())

    assert "1 holdt, 0 planlagt. Målet er minst 3. Det mangler 2 møter." in shown


def test_a_meeting_does_not_begin_before_its_day(called, frida) -> None:
    with pytest.raises(DomainError, match="Endre datoen om det holdes nå"):
        actions.begin(called, by=frida)


def test_what_a_meeting_costs_is_the_same_with_many_rows(
    as_user, called, frida, turid, queries_of
) -> None:
    dagsorden.fill(called, by=frida)
    few = queries_of(as_user(turid), f"/mote/{called.pk}/")
    for number in range(29):
        person = make_ansatt("Nr", f"Nr{number}", turid.enhet)
        actions.invite(called, ansatt=person, capacity="Gjest", by=frida)
        dagsorden.add(called, title=f"Punkt {number}", by=frida)

    assert queries_of(as_user(turid), f"/mote/{called.pk}/") == few <= 10


def test_the_neighbours_agenda_papers_and_networks_are_not_found(as_user, frida, neighbour) -> None:
    def make(advisor):
        mote = actions.arrange(title=CANARY, held_on=DAY, place="", by=advisor)
        return mote, dagsorden.add(mote, title=CANARY, by=advisor)

    foreign, punkt = neighbour(make)
    browser = as_user(frida)

    paths = ("saksliste/", f"saksliste/{punkt.pk}/", "kalender.ics", "oppmote/", "papir/")
    assert {browser.get(f"/mote/{foreign.pk}/{path}").status_code for path in paths} == {404}
