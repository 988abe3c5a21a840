"""The needs form as a browser fills it in: addresses, rows and the version that was seen."""


def url(enhet, rest="", year=2027):
    return f"/behov/{year}/{enhet.pk}/{rest}"


def version(client, enhet, key):
    page = client.get(url(enhet, f"{key}/"))
    assert page.status_code == 200
    return page.context["skjema"].version


def behov_row(n, **fields):
    fields = {
        "id": "",
        "what": "",
        "reason": "",
        "kind": "learn",
        "number": "1",
        "urgency": "2",
        "fokusomrade_id": "",
        "kompetanse_id": "",
        "is_lifted": "True",
    } | fields
    return {f"rad-{n}-{name}": value for name, value in fields.items()}


def rows(*each, version, **extra):
    data = {"version": version, "rad-TOTAL_FORMS": len(each), "rad-INITIAL_FORMS": 0} | extra
    for row in each:
        data |= row
    return data
