"""The operator, and browsers of those who run the platform."""

import contextvars
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import set_script_prefix

from kompetanse import clock
from kompetanse.kommuner import tenancy
from kompetanse.plattform import totp
from kompetanse.plattform.actions import operator as operators
from kompetanse.plattform.models import Operator
from tests.conftest import forget_cached

PASSWORD = "sjette-bil-over-fjellet"
EMAIL = "drift@plattform.example"


class PlatformClient(Client):
    """A browser outside all Kommuner; the test's own Kommune is as before afterwards."""

    def request(self, **request: Any) -> Any:
        outer = tenancy._active.get()
        if outer is not None:
            tenancy._set_database_kommune("")
        response = contextvars.copy_context().run(self._from_outside, **request)
        if outer is not None:
            tenancy._set_database_kommune(str(outer))
        return response

    def _from_outside(self, **request: Any) -> Any:
        tenancy._active.set(None)
        return super().request(**request)


@pytest.fixture(autouse=True)
def fresh_throttle() -> None:
    forget_cached()


@pytest.fixture(autouse=True)
def outside_every_kommune() -> None:
    """Let addresses be made without the municipality of an earlier request."""
    set_script_prefix("/")


@pytest.fixture
def olga(db: None) -> Operator:
    """Runs the platform, with password and second factor."""
    operators.welcome(email=EMAIL, name="Olga Strand")
    Operator.objects.update(password=make_password(PASSWORD), welcome_hash="")
    return Operator.objects.get()


@pytest.fixture
def anyone(db: None) -> PlatformClient:
    return PlatformClient()


@pytest.fixture
def drift(olga: Operator) -> PlatformClient:
    """A browser where Olga is logged in."""
    browser = PlatformClient()
    browser.cookies["operator"] = operators.begin(olga)
    return browser


def code_for(operator: Operator, *, steps: int = 0) -> str:
    """Return what the operator's app shows now, or so many steps of 30 seconds later."""
    step = totp.step_at(clock.real_now()) + steps
    return totp.code(totp.secret(operator.totp_sealed), step)
