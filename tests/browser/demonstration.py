"""The demonstration's own pages: its clock, the mail that has come, and the colleagues."""

from tests.browser.person import Person

MAIL_SECONDS = 120


def move_clock(person: Person, day: str, *, hour: int = 9) -> None:
    """Go to the day on the demonstration's clock page, and let the tick's work be done."""
    person.go("/demo/klokke/")
    person.fill("Dato", day)
    person.page.get_by_label("Klokkeslett").select_option(value=f"{hour}")
    person.press("Flytt klokka")
    person.reads("Klokka er flyttet til")


def wait_an_hour(person: Person, day: str, hour: int) -> None:
    """Let the hour of the same day come, so that what waits fifteen minutes has gone."""
    person.go("/demo/klokke/")
    person.fill("Dato", day)
    person.choose("Klokkeslett", f"{hour:02}.00")
    person.press("Flytt klokka")
    person.reads("Klokka er flyttet til")


def await_mail(person: Person, to: str, subject: str) -> int:
    """Wait until the mail server has received it; return how many of them."""
    for _ in range(MAIL_SECONDS * 2):
        person.page.goto(f"{person.home}/demo/post/?til={to}")
        received = person.main.get_by_role("heading", name=subject).count()
        if received:
            return received
        person.page.wait_for_timeout(500)
    subjects = sorted(set(person.main.get_by_role("heading", level=2).all_inner_texts()))
    raise AssertionError(f"no mail to {to} about {subject}, but: {subjects}")


def let_colleagues_apply(person: Person) -> None:
    person.go("/demo/klokke/")
    person.press("La kollegene søke")
    person.reads("kolleger har søkt")
