"""Every page of the platform: open to its operators alone, and silent about people."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kompetanse.kommuner.tenancy import as_kommune, as_operator
from kompetanse.plattform.actions import stotte
from kompetanse.plattform.models import Stotteokt
from tests import world

OPEN = {"operator:log_in", "operator:accept"}
OUTSIDE = {"platform", "health"}


def urls(resolver=None, namespace=""):
    for entry in (resolver or get_resolver("kompetanse.urls_platform")).url_patterns:
        if isinstance(entry, URLResolver):
            yield from urls(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry


def ours():
    return [(name, entry) for name, entry in urls() if name.startswith("operator:")]


def path_of(name, entry, *, slug="fjordvik", pk=1, token="finnes-ikke"):
    given = {"slug": slug, "pk": pk, "token": token}
    kwargs = {parameter: given[parameter] for parameter in entry.pattern.converters}
    return reverse(name, kwargs=kwargs, urlconf="kompetanse.urls_platform")


def test_every_page_of_the_platform_says_who_may_see_it():
    marked = {name: entry.callback.is_for_operators for name, entry in ours()}

    assert {name for name, is_guarded in marked.items() if not is_guarded} == OPEN
    assert len(marked) > 10
    known = OUTSIDE | set(marked)
    assert {name for name, _ in urls() if not name.startswith("demo:")} == known


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_log_in_and_nothing_happens(anyone, fjordvik, method):
    for name, entry in ours():
        answer = getattr(anyone, method)(path_of(name, entry))
        if name == "operator:log_in":
            assert answer.status_code == 200  # An empty form is shown as a new one.
        elif name == "operator:accept":
            assert answer.status_code == 404
        else:
            assert (name, answer.status_code) == (name, 302)
            assert answer["Location"].startswith("/plattform/logg-inn/")
    fjordvik.refresh_from_db()
    assert fjordvik.paused_at is None


def test_an_unknown_kommune_or_session_is_not_there(drift, fjordvik, nabovik, sigurd, olga):
    with as_operator(olga.pk):
        okt = stotte.ask(fjordvik, reason="Sak 1", minutes=15, by=olga)
    for name, entry in ours():
        if "slug" in entry.pattern.converters:
            for method in (drift.get, drift.post):
                answer = method(path_of(name, entry, slug="ukjent", pk=okt.pk))
                assert (name, answer.status_code) in {(name, 404), (name, 405)}
    # The session is Fjordvik's: under another municipality's address it is not there.
    answer = drift.post(f"/plattform/kommune/nabovik/innsyn/{okt.pk}/inn/")
    assert answer.status_code == 404


def test_no_page_of_the_platform_shows_anything_of_anyone(drift, fjordvik):
    filled = world.build(fjordvik)
    with as_kommune(fjordvik.pk):
        # What the operator wrote as reason is the operator's own.
        Stotteokt.objects.update(reason="Sak 1")

    for name, entry in ours():
        answer = drift.get(path_of(name, entry))
        assert answer.status_code in {200, 404, 405}, name
        assert filled.canary not in answer.content.decode().upper(), name
