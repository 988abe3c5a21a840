"""Every URL × role × own, foreign or missing id: a foreign row answers as one that is not there.

The URLs come from the resolver; one without an example fails the test, and so does a view that
has no role check.
"""

from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from kompetanse import clock
from kompetanse.organisasjon.access import Act
from tests import world

MISSING = 999_999_999

# What an `<int:pk>` means, by URL name; other ids are named by what they are.
PK = {
    "mfa_*": "passnokkel",
    "innlogging:openid_*": "tilbyder",
    "innlogging:sessions_end": "okt",
    "innlogging:unlink": "identitet",
    "innlogging:provider": "tilbyder",
    "innlogging:*_provider": "tilbyder",
    "innlogging:*": "ansatt",
    "organisasjon:look": "ansatt",
    "organisasjon:declare_habilitet": "ansatt",
    "organisasjon:withdraw_declaration": "erklaring",
    "soknader:name_decider": "settestedfortreder",
    "soknader:decide_named": "settestedfortreder",
    "organisasjon:give_role": "ansatt",
    "organisasjon:end_role": "rolle",
    "organisasjon:set_deputy": "ansatt",
    "organisasjon:end_deputy": "stedfortreder",
    "varsler:progress": "kjoring",
    "varsler:resend": "varsel",
    "hrimport:*": "hrimport",
    "personvern:download_file": "uttrekk",
    "personvern:*": "sletting",
    "plattform:*_support": "stotteokt",
    "planer:*_edition": "utgave",
    "planer:*_hearing": "horing",
    "planer:*_published": "offentlig",
    "planer:*_sheet": "ark",
    "planer:*_plan": "plan",
    "planer:edit_head": "plan",
    "planer:cover_units": "plan",
    "planer:*_part": "plan",
    "planer:*_activity": "aktivitet",
    "planer:*_measure": "tiltak",
    "planer:*_meeting": "mote",
    "planer:send_team": "arrangement",
    "planer:*_event": "arrangement",
    "planer:*_arena": "arena",
    "planer:*_evaluation": "evaluering",
    "planer:revise_plan": "evaluering",
    "planer:add_goal": "langplan",
    "planer:*_goal": "resultatmal",
    "planer:*_long": "langplan",
    "planer:*_person": "mote",
    "planer:*_agenda": "mote",
    "planer:*_point": "mote",
    "planer:say_in_meeting": "mote",
    "planer:*_paper": "mote",
    "planer:draft_minutes": "mote",
    "planer:*_minutes": "protokoll",
    "planer:*_discussion": "drofting",
    "planer:*_network": "nettverk",
    "planer:*_introduction": "introduksjon",
    "planer:*_effect": "effekt",
    "planer:weigh_point": "punkt",
    "planer:*_account": "kontodel",
    "planer:tick_step": "introduksjonssteg",
    "planer:untick_step": "introduksjonssteg",
    "planer:*_intro_template": "introduksjonsmal",
    "planer:add_intro_step": "introduksjonsmal",
    "planer:*_intro_step": "malsteg",
    "kartlegging:guidance_*": "signal",
    "kartlegging:redeclare": "beholdning",
    "kartlegging:remove": "beholdning",
    "kartlegging:confirm": "beholdning",
    "kartlegging:*_training": "opplaringskrav",
    "kartlegging:*_system": "fagsystem",
    "kartlegging:confirm_proposal": "forslag",
    "kartlegging:decline_proposal": "forslag",
    "kartlegging:requirement_*": "krav",
    "kartlegging:gap_analysis*": "analyse",
    "soknader:step": "soknad",
    "soknader:autosave": "soknad",
    "soknader:summary": "soknad",
    "soknader:receipt": "soknad",
    "soknader:copy": "soknad",
    "soknader:discard": "soknad",
    "soknader:attach": "soknad",
    "soknader:detach": "soknad",
    "soknader:own": "soknad",
    "soknader:withdraw": "soknad",
    "soknader:recommend": "soknad",
    "soknader:skip_statement": "soknad",
    "soknader:ask": "soknad",
    "soknader:recuse_leader": "soknad",
    "soknader:take_over": "soknad",
    "soknader:answer_question": "soknad",
    "soknader:reply": "soknad",
    "soknader:own_payments": "godtatt",
    "soknader:report_progress": "godtatt",
    "soknader:download": "vedlegg",
    "soknader:letter": "brev",
    "soknader:resend_letter_notice": "varsel",
    "soknader:round": "runde",
    "soknader:edit_round": "runde",
    "soknader:set_*": "runde",
    "soknader:open_round": "runde",
    "soknader:public_*": "runde",
    "rapporter:begin": "ordning",
    "rapporter:*_scheme": "ordning",
    "rapporter:edit_columns": "ordning",
    "rapporter:*": "tilskudd",
    "organisasjon:person": "ansatt",
    "organisasjon:register_leave": "ansatt",
    "demo:be": "ansatt",
}
NAMED = {
    "mote_id": "mote",
    "punkt_id": "punkt",
    "papir_id": "papir",
    "medlem_id": "medlem",
    "ansatt_id": "ansatt",
    "enhet_id": "enhet",
    "key_pk": "hrnokkel",
    "runde_id": "runde",
    "soknad_id": "soknad",
    "vedtak_id": "vedtak",
    "vedlegg_id": "vedlegg",
    "endring_id": "endring",
    "linje_pk": "linje",
    "post_pk": "fordelingspost",
    "brev_pk": "tilskuddsbrev",
    "postering_pk": "postering",
    "innlesing_pk": "innlesing",
    "flytting_pk": "flytting",
    "svarlinje_pk": "svarlinje",
    "avtale_id": "avtale",
    "regel_id": "regel",
    "ordning_id": "stotteordning",
    "utbetaling_id": "utbetaling",
    "framdrift_id": "framdrift",
    "permisjon_id": "permisjon",
}
FIXED = {
    "year": world.YEAR,
    "number": 1,
    "key": "mal",
    "token": "finnes-ikke",
    "table": "hode",
    "part": "kapittel",
    "step": "hear",
    "way": "opp",
    "form": "csv",
    "lang": "nb",
    "outcome": "granted",
}
ROW_OF = {"planer:dismiss_person": "deltaker"}
# Django-allauth's own pages, which guard themselves, and what redirects to the help page.
LIBRARY = {
    "account_login", "account_logout", "account_change_password", "account_reauthenticate",
    "account_inactive", "account_signup", "account_reset_password", "account_set_password",
    "account_email",
}  # fmt: skip
ROLES = (
    "ansatt", "leder", "virksomhetsleder", "fagradgiver", "tillitsvalgt", "kommunalsjef",
    "systemansvarlig", None,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """What a page's address asks for, also in the parts that several pages share."""

    converters: dict[str, object]


def urls(resolver=None, outer=None, namespace=""):
    """Yield (name, address, view) of every page of a Kommune."""
    for entry in (resolver or get_resolver("kompetanse.urls")).url_patterns:
        converters = (outer or {}) | entry.pattern.converters
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else namespace
            yield from urls(entry, converters, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", Address(converters), entry.callback


def meaning(name, parameter):
    """Return the noun that a parameter of the URL names.

    Raises:
        LookupError: the URL is new; say here what its id is.
    """
    if parameter == "row_id":
        return ROW_OF.get(name, "kapittel")
    if parameter != "pk":
        return NAMED[parameter]
    app = name.partition(":")[0]
    for pattern, noun in PK.items():
        start, star, end = pattern.partition("*")
        if name == pattern or (star and name.startswith(start) and name.endswith(end)):
            return noun
    raise LookupError(f"{name} ({app}): say in PK what its id is")


def path_of(entry_name, entry, ids):
    """Return the path with these ids by noun."""
    parameters = entry.converters
    kwargs = {
        parameter: FIXED[parameter] if parameter in FIXED else ids[meaning(entry_name, parameter)]
        for parameter in parameters
    }
    return reverse(entry_name, kwargs=kwargs, urlconf="kompetanse.urls")


def has_id(entry):
    return any(parameter not in FIXED for parameter in entry.converters)


def words(response):
    """Return all that can be read in the answer: text, PDF text, spreadsheet text, headers."""
    content = response.content
    text = content.decode("utf-8", "replace") + str(response.headers)
    if content.startswith(b"%PDF"):
        try:
            text += " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        except (PyPdfError, ValueError, KeyError):
            text += content.decode("latin-1")
    if content.startswith(b"PK"):
        try:
            with ZipFile(BytesIO(content)) as archive:
                text += "".join(
                    archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
                )
        except BadZipFile:
            text += content.decode("latin-1")
    return text.upper()


@pytest.fixture
def worlds(fjordvik, nabovik):
    """Ours and the neighbours', on a day in the middle of prioritising."""
    with clock.frozen(world.MOMENT):
        yield world.build(fjordvik), world.build(nabovik)


def test_every_view_says_who_may_see_it():
    unmarked = [
        name
        for name, _entry, view in urls()
        if name not in LIBRARY and not (hasattr(view, "act") and view.act in {None, *Act})
    ]

    assert unmarked == []


def test_every_url_has_an_example():
    for name, entry, _view in urls():
        for parameter in entry.converters:
            assert parameter in FIXED or meaning(name, parameter)


@pytest.mark.parametrize("role", ROLES)
def test_a_foreign_id_answers_as_a_missing_one_and_shows_nothing(worlds, as_user, role):
    ours, theirs = worlds
    browser = as_user(ours.people[role] if role else None)
    own = world.keys(ours) | {"ansatt": ours.people["ansatt"].pk}
    foreign = world.keys(theirs) | {"ansatt": theirs.people["ansatt"].pk}
    missing = dict.fromkeys(own, MISSING)
    failures = []

    for name, entry, _view in urls():
        if name in LIBRARY or not has_id(entry):
            continue
        # One foreign id at a time among own ones, and all of them foreign.
        nouns = {meaning(name, p) for p in entry.converters if p not in FIXED}
        for changed in [nouns, *({noun} for noun in nouns if len(nouns) > 1)]:
            for method in (browser.get, browser.post):
                there = method(path_of(name, entry, own | {n: foreign[n] for n in changed}))
                nowhere = method(path_of(name, entry, own | {n: missing[n] for n in changed}))
                if there.status_code != nowhere.status_code or there.status_code >= 500:
                    failures.append((name, method.__name__, there.status_code, nowhere.status_code))
                if theirs.canary in words(there):
                    failures.append((name, method.__name__, "canary"))

    assert failures == []


@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_ours_shows_anything_of_theirs(worlds, as_user, role):
    ours, theirs = worlds
    browser = as_user(ours.people[role] if role else None)
    own = world.keys(ours) | {"ansatt": ours.people["ansatt"].pk}
    failures = []

    for name, entry, _view in urls():
        if name.startswith("demo:"):
            continue
        answer = browser.get(path_of(name, entry, own))
        if answer.status_code >= 500:
            failures.append((name, answer.status_code))
        if theirs.canary in words(answer):
            failures.append((name, "canary"))

    assert failures == []


def test_the_canary_is_seen_where_it_may_be(worlds, as_user):
    """The search above finds what is there: the advisor sees the own Kommune's canary."""
    ours, _theirs = worlds
    browser = as_user(ours.people["fagradgiver"])
    own = world.keys(ours) | {"ansatt": ours.people["ansatt"].pk}
    seen = {
        name
        for name, entry, _view in urls()
        if not name.startswith(("demo:", "account"))
        and ours.canary in words(browser.get(path_of(name, entry, own)))
    }

    assert {
        "planer:read_plan", "planer:print_plan", "kartlegging:gap_workbook", "soknader:rank",
        "soknader:export_priorities", "soknader:print_priorities", "soknader:letter",
        "rapporter:pdf", "rapporter:xlsx",
        "rapporter:distribution_pdf", "rapporter:distribution_xlsx", "rapporter:report_pdf",
        "rapporter:report_xlsx", "rapporter:unit_letter", "rapporter:consent",
    } <= seen  # fmt: skip


def test_a_session_of_one_kommune_is_nobody_in_another(worlds, as_user):
    ours, theirs = worlds
    browser = as_user(ours.people["fagradgiver"])
    browser.prefix = "/nabovik"
    foreign = world.keys(theirs)

    for name, entry, view in urls():
        if name in LIBRARY or name.startswith("demo:") or getattr(view, "act", None) is None:
            continue
        assert browser.get(path_of(name, entry, foreign | {"ansatt": 1})).status_code in {302, 405}
