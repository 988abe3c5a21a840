"""The parts of a course that browser walks are made of: dates, seats, attendance, certificate."""

from tests.browser.papers import pdf_text

COURSE = "Fagdag: sår og trykk"


def arrange(advisor, day):
    """A professional day with two seats. Return its path."""
    advisor.go("/kurs/nytt/")
    advisor.fill("Hva heter det?", COURSE)
    advisor.fill("Dato", day)
    advisor.page.get_by_label("Fra kl.").fill("09.00")
    advisor.page.get_by_label("Til kl.").fill("15.00")
    advisor.fill("Hvor?", "Helsehuset")
    advisor.fill("Antall plasser", "2")
    advisor.press("Sett opp")
    advisor.reads("0 av 2 plasser")
    return advisor.page.url.removeprefix(advisor.home)


def sign_up(employee, leader, union, course):
    """The employee on the phone, the leader for one of the team, and the third waits."""
    employee.go(course)
    employee.press("Meld meg på")
    employee.reads("1 av 2 plasser")
    leader.go(course)
    leader.page.get_by_role("checkbox").nth(0).check()
    leader.press("Meld på")
    leader.reads("2 av 2 plasser")
    union.go(course)
    union.press("Meld meg på")
    union.reads("På venteliste")


def attend(advisor, employee, course):
    """In the room: the employee writes the code of the wall on the phone; paper does the rest."""
    advisor.go(course)
    advisor.click("Vis kode i rommet")
    code = advisor.page.locator(".event-code .figure").inner_text().strip()
    employee.go(course)
    employee.click("Jeg er her")
    employee.fill("Koden på skjermen", code)
    employee.press("Jeg er her")
    advisor.go(course)
    advisor.click("Før oppmøte")
    for box in advisor.page.locator("input[name=mott]").all():
        box.check()
    advisor.press("Lagre oppmøtet")


def finish(employee, advisor, course, folder):
    """A certificate, and a questionnaire that nobody can read before five have answered."""
    employee.go(course)
    text = pdf_text(employee.download("Last ned kursbevis", folder))
    assert COURSE in text
    assert "Nina Antonsen" in text
    employee.click("Si hva du syntes")
    for name in ("useful", "content", "teaching", "overall"):
        employee.page.locator(f"input[name={name}][value='4']").check()
    employee.fill("Noe du vil legge til?", "Hemmelig kommentar")
    employee.press("Send svarene")
    advisor.go(course)
    advisor.reads("Svarene vises når minst fem har svart")
    advisor.does_not_read("Hemmelig kommentar")


def count(advisor):
    """The day counts against the two of the year, and stands as a share for each unit."""
    advisor.go("/kurs/fagdager/")
    advisor.reads("Andelen ansatte som har vært på minst 2 fagdager i 2027")
    row = advisor.page.get_by_role("row").filter(has_text="Hjemmesykepleien").first
    assert "%" in row.inner_text()
