"""Every table that belongs to a Kommune is accounted for in docs/personal-data.md."""

from django.apps import apps

from kompetanse.kommuner.models import TenantModel
from tests.conftest import ROOT


def test_every_table_is_named():
    page = (ROOT / "docs" / "personal-data.md").read_text()
    unnamed = [
        model.__name__
        for model in apps.get_models()
        if issubclass(model, TenantModel) and f"`{model.__name__}`" not in page
    ]

    assert unnamed == []
