"""The life of a Behovsskjema: mirrors kartlegging/workflow.py."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kartlegging import workflow
from kartlegging.actions import behov as actions
from kartlegging.models import Behovsskjema
from kartlegging.workflow import S
from kompetanse.errors import TransitionError
from kompetanse.kommuner.models import AuditEvent

pytestmark = pytest.mark.django_db

DUE = date(2026, 9, 20)


@pytest.mark.parametrize("days", [0, 1])
@pytest.mark.parametrize("status", S)
@pytest.mark.parametrize("step", workflow.STEPS)
def test_a_button_is_offered_just_when_the_verb_takes_it(
    october, vidar, hjemmetjenesten, step, status, days
):
    skjema = Behovsskjema(enhet=hjemmetjenesten, year=2027, status=status)
    when = {"deadline": DUE, "on": DUE + timedelta(days=days)}
    offered = step in workflow.open_to(vidar, skjema, **when)

    if offered:
        assert workflow.check(step, skjema, by=vidar, **when) is workflow.STEPS[step]
    else:
        with pytest.raises(TransitionError):
            workflow.check(step, skjema, by=vidar, **when)


@pytest.mark.parametrize("step", workflow.STEPS)
def test_others_take_no_step(october, siri, frida, kari, hjemmetjenesten, step):
    source = next(iter(workflow.STEPS[step].sources))
    skjema = Behovsskjema(enhet=hjemmetjenesten, year=2027, status=source)

    for actor in (siri, frida, kari):
        assert workflow.open_to(actor, skjema, deadline=DUE, on=DUE) == []
        with pytest.raises(PermissionDenied):
            workflow.check(step, skjema, by=actor, deadline=DUE, on=DUE)


@given(steps=st.lists(st.sampled_from(["save", "submit", "reopen"]), max_size=8))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_order_of_steps_leads_astray(september, vidar, skjema, steps):
    Behovsskjema.objects.filter(pk=skjema.pk).update(status=S.DRAFT)
    before = AuditEvent.objects.count()
    taken = 0
    status = S.DRAFT
    for step in steps:
        skjema.refresh_from_db()
        allowed = status in workflow.STEPS[step].sources
        try:
            take(step, skjema, by=vidar)
        except TransitionError:
            assert not allowed
        else:
            assert allowed
            status = workflow.STEPS[step].target
            taken += step != "save"
        skjema.refresh_from_db()
        assert skjema.status == status
    assert AuditEvent.objects.count() - before == taken


def take(step, skjema, *, by):
    if step == "save":
        actions.save_texts(skjema, texts={"goals": "Mål"}, version=skjema.version, by=by)
    elif step == "submit":
        actions.submit(skjema, version=skjema.version, by=by)
    else:
        actions.reopen(skjema, by=by)
