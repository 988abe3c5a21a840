"""Who may do what: mirrors kartlegging/rules.py."""

import pytest

from kartlegging import rules
from kartlegging.models import Behovsskjema

pytestmark = pytest.mark.django_db


def test_a_leader_fills_in_for_own_unit_and_those_below(
    october, vidar, hjemmetjenesten, nord, sykehjemmet, helse
):
    assert [
        rules.may_fill(vidar, enhet) for enhet in (hjemmetjenesten, nord, sykehjemmet, helse)
    ] == [True, True, False, False]


def test_the_leader_of_a_service_reads_the_whole_sectors_forms(
    october, vidar, liv, sykehjemmet, nord
):
    assert rules.may_read(vidar, sykehjemmet)
    assert not rules.may_read(liv, sykehjemmet)
    assert rules.may_read(liv, nord)


def test_a_draft_is_open_to_its_own_leaders_only(october, vidar, siri, frida, hjemmetjenesten):
    draft = Behovsskjema(enhet=hjemmetjenesten, status="draft")
    sent = Behovsskjema(enhet=hjemmetjenesten, status="submitted")

    assert [rules.may_open(each, draft) for each in (vidar, siri, frida)] == [True, False, False]
    assert [rules.may_open(each, sent) for each in (vidar, siri, frida)] == [True, True, True]


def test_only_the_advisor_and_executives_remind(october, frida, kristin, vidar, liv, kari):
    assert [rules.may_remind(each) for each in (frida, kristin, vidar, liv, kari)] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_the_leader_group_and_the_advisor_write_guidance(
    october, frida, vidar, liv, kristin, turid
):
    assert [rules.may_guide(each) for each in (frida, vidar, liv, kristin, turid)] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_requirements_are_set_by_leaders_in_line_and_the_advisor(
    october, frida, vidar, liv, siri, kristin, nord
):
    assert [rules.may_require(each, nord) for each in (frida, vidar, liv, siri, kristin)] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_nobody_confirms_own_competence_even_when_leading_themselves(
    october, liv, vidar, kari, siri
):
    assert rules.may_confirm(liv, kari)
    assert rules.may_confirm(vidar, liv)
    assert not rules.may_confirm(liv, liv)
    assert not rules.may_confirm(siri, kari)


@pytest.mark.parametrize(("path", "above"), [("/1/5/9/", "/1/5/"), ("/1/", "/1/")])
def test_the_unit_above(path, above):
    assert rules._above(path) == above
