"""Choices drawn by ourselves are those that Django's own templates draw, letter by letter."""

import pytest
from django import forms
from django.test.html import parse_html

from kompetanse.organisasjon.models import Enhet
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.templatetags.designsystemet import control, options

CHOICES = [
    ("", "Velg <én>"),
    ("Hjemme & ute", [(1, 'Ikke "noe"'), (2, "Mye")]),
    (3, "Annet"),
]
FLAT = [(1, "Én"), (2, "To & tre")]


class Form(SkallForm):
    one = forms.ChoiceField(label="En", choices=CHOICES, help_text="Hjelp")
    many = forms.MultipleChoiceField(label="Flere", choices=CHOICES, required=False)
    own = forms.ChoiceField(
        label="Egen", choices=FLAT, widget=forms.Select(attrs={"id": "egen", "class": "smal"})
    )
    shut = forms.ChoiceField(label="Stengt", choices=FLAT, disabled=True)


class Groups(SkallForm):
    one = forms.ChoiceField(label="En", choices=FLAT, widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        label="Flere", choices=FLAT, widget=forms.CheckboxSelectMultiple, required=False
    )


def test_a_list_to_choose_from_is_drawn_as_djangos_own():
    for form in (Form(), Form({"one": "2", "many": ["1", "3"]}), Form(auto_id=False)):
        for field in form:
            own = field.field.widget.attrs.get("class", "")
            django = field.as_widget(attrs={"class": f"ds-input {own}".strip()})
            assert parse_html(control(field)) == parse_html(django)


def test_boxes_and_buttons_have_the_attributes_of_djangos_own():
    for form in (Groups(), Groups({"one": "2", "many": ["1", "2"]}), Groups({})):
        for field in form:
            drawn = options(field)
            for each in field.subwidgets:
                each.data["attrs"]["class"] = "ds-input"
                assert str(parse_html(each.tag())) in str(parse_html(drawn)), drawn
                assert f'for="{each.id_for_label}"' in drawn
            assert drawn.count("<input") == drawn.count("<label") == len(FLAT)
    assert "To &amp; tre" in drawn


class Offered(SkallForm):
    one = forms.ChoiceField(label="En")
    unit = forms.ModelChoiceField(label="Enhet", queryset=None, empty_label="Ingen")
    text = forms.CharField(label="Tekst")


def test_pairs_that_are_offered_come_after_the_line_for_no_choice():
    form, other = Offered(), Offered()
    form.offer("one", FLAT, first="Velg")

    assert form.field("one", forms.ChoiceField).choices == [("", "Velg"), *FLAT]
    assert other.field("one", forms.ChoiceField).choices == []


def test_a_queryset_that_is_offered_keeps_the_fields_own_line_for_no_choice(helse):
    form = Offered()
    form.offer("unit", Enhet.objects.filter(pk=helse.pk))

    assert list(form.field("unit", forms.ModelChoiceField).choices) == [
        ("", "Ingen"), (helse.pk, helse.name),
    ]  # fmt: skip


def test_what_is_no_choice_takes_no_offer():
    with pytest.raises(TypeError, match="text is a CharField, not a ChoiceField"):
        Offered().offer("text", FLAT)
