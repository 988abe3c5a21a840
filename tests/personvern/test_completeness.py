"""Nothing about people is stored that nobody has declared, exported, or thought of erasing."""

from django.apps import apps
from django.db import models

from kompetanse.kommuner import persondata
from kompetanse.kommuner.models import TenantModel
from kompetanse.kommuner.persondata import Fate
from kompetanse.organisasjon.models import Ansatt, Bruker
from kompetanse.personvern.queries import mine

PEOPLE = (Ansatt, Bruker)
# What is written by the code or chosen from a list says nothing of a person by itself.
TEXTS = (models.CharField, models.TextField, models.JSONField)


def ours():
    """Every table that belongs to a Kommune, and those of libraries that hang on its users."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, TenantModel) or points_at_people(model)
    ]


def points_at_people(model):
    return any(field.related_model in PEOPLE for field in model._meta.concrete_fields)


def is_text(field):
    return isinstance(field, TEXTS) and not field.flatchoices


def test_every_table_is_declared_once():
    personal = {table.model for table in persondata.tables()}
    impersonal = set(persondata.impersonal())
    known = {model._meta.label for model in ours()}

    assert known - personal - impersonal == set(), "Declare them in the app's personvern.py"
    assert personal & impersonal == set()
    assert persondata.gone() == []


def test_a_table_without_people_points_at_nobody():
    pointing = [
        label for label in persondata.impersonal() if points_at_people(apps.get_model(label))
    ]

    assert pointing == []


def test_every_field_that_points_at_someone_is_exported():
    told = {f"{cls._meta.label}.{field.name}" for cls, field in mine.actor_fields()}
    for table in persondata.personal():
        told |= {f"{table.model}.{way.split('__')[0]}" for way in table.about}
        told |= {f"{table.model}.{field.name}" for field in table.shown_fields()}
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in model._meta.concrete_fields
        if field.related_model in PEOPLE and f"{model._meta.label}.{field.name}" not in told
    ]

    assert missing == []


def test_every_text_of_a_person_is_exported_or_hidden_with_a_reason():
    for table in persondata.personal():
        shown = {field.name for field in table.shown_fields()}
        known = {field.name for field in table.fields()}

        assert set(table.hidden) <= known, table.model
        assert known - shown == set(table.hidden), table.model


def test_every_text_that_stays_after_an_erasure_says_why():
    """A text is deleted with its row, emptied, or declared as a record; so is every file."""
    forgotten = []
    for table in persondata.tables():
        if table.is_about_someone and table.fate is Fate.DELETED:
            continue
        handled = {*table.records, *(name.removesuffix("_id") for name in table.emptied)}
        forgotten += [
            f"{table.model}.{field.name}"
            for field in table.cls._meta.concrete_fields
            if is_text(field) and field.name not in handled
        ]

    assert forgotten == [], "Say in personvern.py whether they are emptied or records"


def test_what_is_declared_of_fields_is_true():
    for table in persondata.tables():
        names = {field.name for field in table.cls._meta.concrete_fields}
        names |= {field.attname for field in table.cls._meta.concrete_fields}

        assert set(table.records) | set(table.emptied) | set(table.hidden) <= names, table.model


def test_the_rows_of_every_table_can_be_asked_for(kari):
    for table in persondata.personal():
        assert table.rows(kari).count() >= 0
        assert table.seen(kari).count() >= 0


def test_rows_are_erased_before_those_they_point_at():
    order = [table.cls for table in persondata.erasing()]

    for place, model in enumerate(order):
        later = order[place + 1 :]
        pointing = [
            other
            for other in later
            if other is not model
            and any(field.related_model is model for field in other._meta.concrete_fields)
        ]
        assert pointing == [], model
