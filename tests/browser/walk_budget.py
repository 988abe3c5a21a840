"""The parts of the path from needs to budget (S2) that browser walks are made of."""

import re


def propose(hr):
    """The HR manager lays measures with their costs before the leader group."""
    hr.go("/lop/2027/")
    hr.reads("Fra behov til budsjett 2027")
    hr.go("/handlingsplan/2027/")
    hr.press("Lag forslaget")
    hr.click("Velg møte og tiltak")
    boxes = hr.page.get_by_role("checkbox")
    assert boxes.count()
    for box in boxes.all():
        box.check()
    hr.page.get_by_label("Møtet med tillitsvalgte og verneombud").select_option(index=1)
    hr.press("Lagre")
    hr.press("Legg fram for ledergruppa")
    hr.reads("Forslaget er lagt fram")


def decide(head):
    """The leader group approves it as proposed."""
    head.go("/handlingsplan/2027/")
    head.press("Godkjenn resten som foreslått")
    head.click("Vedta planen")
    head.press(re.compile("Vedta"))
    head.reads("Godkjent")


def export(hr, folder):
    """The approved costs go out to the budget system, with the sum of the page."""
    hr.go("/handlingsplan/2027/")
    approved = hr.main.get_by_role("row").filter(has_text="Sum").last.get_by_role("cell").last
    shown = int(re.sub(r"\D", "", approved.inner_text()))
    hr.click("Budsjettlinjer")
    lines = hr.download("Last ned CSV", folder).read_text(encoding="utf-8-sig").splitlines()
    heading = next(n for n, line in enumerate(lines) if line.endswith("Beløp"))
    amounts = [int(line.rsplit(";", 1)[1]) for line in lines[heading + 1 :] if line]
    assert sum(amounts) == shown > 0
