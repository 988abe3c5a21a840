"""The plan's way through the bodies that adopt it (A5), and the one who follows it up (A6)."""

from kompetanse.kommuner import once
from kompetanse.kommuner.models import AuditEvent
from planer.models import Evaluering, Planvedtak, Strategiplan
from tests.planer.conftest import discussed, pdf_text, plain
from tests.planer.test_m15_evaluering import ANSWERS


def adopted_by(body, on, case_number):
    return {
        "engangsnokkel": once.new_token(), "body": body, "on": on, "case_number": case_number,
    }  # fmt: skip


def test_a5_each_body_of_the_chain_stands_with_its_date_and_case_number(
    as_user, frida, kari, draft
) -> None:
    """From the working group to the council, in order, on the page and in the PDF."""
    advisor = as_user(frida)
    url = f"/plan/strategi/{draft.pk}/vedta/"
    discussed(draft)
    chain = [
        ("Administrasjonsutvalget", "02.11.2026", "12/26"),
        ("Formannskapet", "17.11.2026", "88/26"),
        ("Kommunestyret", "10.12.2026", "104/26"),
    ]

    for body, on, case_number in chain:
        assert advisor.post(url, adopted_by(body, on, case_number)).status_code == 302

    html = plain(as_user(kari).get(f"/plan/strategi/{draft.pk}/").content.decode())
    text = pdf_text(as_user(kari).get(f"/plan/strategi/{draft.pk}/pdf/"))
    dates = ["2. november 2026", "17. november 2026", "10. desember 2026"]
    for told in (html, text):
        chain_told = told[told.index("Behandling av planen") :]
        places = [
            chain_told.index(words)
            for (body, _on, case_number), date in zip(chain, dates, strict=True)
            for words in (body, date, case_number)
        ]
        assert places == sorted(places)
    assert list(Planvedtak.objects.values_list("body", "case_number")) == [
        (body, case_number) for body, _on, case_number in chain
    ]
    assert AuditEvent.objects.filter(action="planvedtak.adopt").count() == 3


def test_a6_one_person_follows_up_the_whole_plan_which_is_evaluated_after_a_year(
    as_user, frida, kari, draft, september
) -> None:
    advisor = as_user(frida)
    advisor.post(
        f"/plan/strategi/{draft.pk}/endre/forside/",
        {
            "versjon": draft.version, "name": draft.name, "first_year": draft.first_year,
            "last_year": draft.last_year, "responsible": frida.pk,
        },
    )  # fmt: skip
    discussed(draft)
    advisor.post(
        f"/plan/strategi/{draft.pk}/vedta/", adopted_by("Kommunestyret", "10.12.2025", "104/25")
    )
    page = plain(as_user(kari).get(f"/plan/strategi/{draft.pk}/").content.decode())

    assert Strategiplan.objects.get(pk=draft.pk).responsible == frida
    assert f"<dt>Følger opp planen</dt><dd>{frida.full_name}</dd>" in page

    begun = {
        "engangsnokkel": once.new_token(), "kind": "arlig", "year": "2026",
        "held_on": "01.09.2026",
    }  # fmt: skip
    advisor.post("/evaluering/ny/", begun)
    evaluering = Evaluering.objects.get()
    advisor.post(f"/evaluering/{evaluering.pk}/svar/", {"versjon": evaluering.version, **ANSWERS})
    advisor.post(f"/evaluering/{evaluering.pk}/fullfor/")

    told = plain(as_user(kari).get("/evaluering/").content.decode())
    assert "Planen for 2026 er evaluert." in told
