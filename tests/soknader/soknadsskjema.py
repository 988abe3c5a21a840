"""The application as a browser fills it in: the steps' answers, what is hidden, and sending."""

import re

STEP_1 = {"study": "Videreutdanning i geriatri", "institution": "Høgskolen i Fjordvik"}
STEP_2 = {"starts": "15.08.2027", "ends": "15. juni 2029", "leave_days": "12", "shifts": ""}
STEP_3 = {"tuition": "30 000", "books": "kr 4000", "travel": "", "other_cost": ""}
STEP_4 = {"fokusomrade": "", "reason": "Jeg vil kunne mer.", "use_at_work": "Vi får flere."}
PDF_BYTES = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def hidden(response, name):
    """Return what the page's hidden field holds."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', response.content.decode())
    assert tag, f"no field {name}"
    return re.search(r'value="([^"]*)"', tag[0])[1]


def answer(browser, soknad, number, answers, **more):
    url = f"/soknad/{soknad.pk}/steg/{number}/"
    version = hidden(browser.get(url), "version")
    return browser.post(url, {"version": version} | answers | more)


def send(browser, soknad, **more):
    shown = browser.get(f"/soknad/{soknad.pk}/oppsummering/")
    fields = {name: hidden(shown, name) for name in ("version", "engangsnokkel")}
    return browser.post(f"/soknad/{soknad.pk}/oppsummering/", fields | more)
