"""The crispy pack: labels, ids, tags and the summary, as a screen reader and Django need them."""

import re
from html.parser import HTMLParser

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.forms import formset_factory
from django.template import Context, Template
from django.utils import translation

from kompetanse.skall.fields import DatoField, KronerField
from kompetanse.skall.forms import FilterForm, SkallForm
from kompetanse.skall.layout import Actions, Button, Group, Layout, LinkButton, SideBySide

CHOICES = [("a", "Fri med lønn"), ("b", "Studieavgift")]


@pytest.fixture(autouse=True)
def bokmaal():
    with translation.override("nb"):
        yield


class Apply(SkallForm):
    what = forms.CharField(label="Hva vil du studere?", help_text="Navnet på studiet.")
    amount = KronerField(label="Hva koster det?", help_text="Eksempel: 12 500")
    starts = DatoField(label="Når starter det?", required=False)
    kind = forms.ChoiceField(
        label="Hva søker du om?", choices=CHOICES, widget=forms.RadioSelect, help_text="Velg én."
    )
    more = forms.MultipleChoiceField(
        label="Flere", choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    letter = forms.FileField(label="Vedlegg", required=False)
    agreed = forms.BooleanField(label="Jeg er enig")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def build_layout(self) -> Layout:
        return Layout(
            "secret",
            Group("Om studiet", "what", "amount", description="Kort om studiet."),
            SideBySide("starts"),
            "kind",
            "more",
            "letter",
            "agreed",
            Actions(
                Button("Neste"),
                Button("Slett", name="slett", variant="secondary", color="danger"),
                LinkButton("Avbryt", "/avbryt/"),
            ),
        )


class Elements(HTMLParser):
    """All start tags with their attributes, and ids that stand twice."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def ids(self):
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    def all(self, wanted):
        return [attrs for tag, attrs in self.tags if tag == wanted]


def draw(form, template="{% load crispy_forms_tags %}{% crispy form %}", **context):
    return Template(template).render(Context({"form": form} | context))


@pytest.mark.parametrize("data", [None, {}, {"amount": "ti", "starts": "x", "kind": "z"}])
def test_every_id_that_something_points_to_exists_once(data):
    page = Elements(draw(Apply(data)))

    ids = page.ids()
    wanted = {
        wanted
        for _, attrs in page.tags
        for name in ("for", "aria-describedby", "aria-labelledby")
        for wanted in (attrs.get(name) or "").split()
    }
    anchors = {a["href"].removeprefix("#") for a in page.all("a") if a["href"].startswith("#")}

    assert len(ids) == len(set(ids))
    assert wanted | anchors <= set(ids)


def test_descriptions_and_errors_are_tied_as_django_writes_them():
    form = Apply({"amount": "ti"})
    page = Elements(draw(form))
    amount = next(each for each in page.all("input") if each.get("name") == "amount")

    assert amount["aria-describedby"] == "id_amount_helptext id_amount_error"
    assert amount["aria-invalid"] == "true"
    assert {"id_amount_helptext", "id_amount_error"} <= set(page.ids())


def test_errors_stay_in_the_page_for_screen_readers_when_they_are_not_shown():
    form = Apply({})
    form.helper.form_show_errors = False

    html = draw(form)

    assert re.search(r'id="id_what_error"[^>]* hidden', html)
    assert "data-error-summary" not in html


def test_summary_stands_first_with_focus_and_links_in_the_order_of_the_page():
    html = draw(Apply({"amount": "12,50"}))
    links = re.findall(r'<li><a class="ds-link" href="#([^"]+)">([^<]+)</a></li>', html)

    assert html.index("data-error-summary") < html.index("id_what")
    assert re.search(r'tabindex="-1"\s+autofocus', html)
    assert links == [
        ("id_what", "Fyll ut «Hva vil du studere?»."),
        ("id_amount", "Skriv beløpet i hele kroner, uten øre."),
        ("id_kind_0", "Velg ett svar i «Hva søker du om?»."),
        ("id_agreed", "Kryss av for «Jeg er enig» for å gå videre."),
    ]


def test_no_summary_before_the_form_is_sent():
    assert "ds-error-summary" not in draw(Apply())


def test_the_browser_does_not_validate():
    assert re.search(r"<form[^>]* novalidate>", draw(Apply()))


def test_a_group_is_a_fieldset_with_its_description_inside():
    html = draw(Apply({}))
    group = html[html.index('<fieldset id="div_id_kind"') :]
    group = group[: group.index("</fieldset>")]

    assert 'aria-describedby="id_kind_helptext id_kind_error"' in group
    assert 'id="id_kind_helptext"' in group
    assert group.count('type="radio"') == 2
    assert group.count('<label class="ds-label" for="id_kind_') == 2


def test_mixed_forms_tag_each_field_and_never_use_a_star():
    html = draw(Apply())

    assert html.count("Må fylles ut") == 4
    assert html.count("Valgfritt") == 3
    assert "*" not in html


def test_a_form_where_all_must_be_filled_says_so_once():
    class All(SkallForm):
        first = forms.CharField(label="Først")
        second = forms.CharField(label="Så")

    html = draw(All())

    assert html.count("Alle felt må fylles ut") == 1
    assert "Må fylles ut" not in html


def test_a_form_of_one_field_needs_no_such_words():
    class One(SkallForm):
        first = forms.CharField(label="Først")

    html = draw(One())

    assert "fylles ut" not in html


def test_a_filter_is_get_without_tags_or_token():
    class Filter(FilterForm):
        unit = forms.CharField(label="Enhet", required=False)
        year = forms.CharField(label="År")

    html = draw(Filter())

    assert 'method="get"' in html
    assert "csrf" not in html
    assert "Valgfritt" not in html


def test_kroner_shows_its_unit_and_says_it_in_the_label():
    html = draw(Apply(initial={"amount": 12500}))

    assert '<span class="ds-field-affix" aria-hidden="true">kr</span>' in html
    assert '<span class="ds-sr-only">(i kroner)</span>' in html
    assert 'value="12\u00a0500"' in html


def test_buttons_have_their_look_and_name():
    html = draw(Apply())

    assert '<button type="submit" class="ds-button" data-variant="primary">Neste</button>' in html
    assert 'data-variant="secondary" data-color="danger" name="slett" value="1">Slett<' in html
    assert '<a class="ds-button" data-variant="tertiary" href="/avbryt/">Avbryt</a>' in html


def test_a_file_field_makes_the_form_multipart():
    html = draw(Apply())

    assert 'enctype="multipart/form-data"' in html
    assert re.search(r'<input type="file" name="letter"[^>]*class="ds-input"', html)


def test_what_people_write_is_escaped():
    html = draw(Apply({"what": "<script>alert(1)</script>", "kind": "<b>"}))

    assert "<script>" not in html
    assert "<b>" not in html


def test_a_description_with_what_someone_is_called_is_escaped():
    class Sign(SkallForm):
        name = forms.CharField(help_text="Slik det står her: <meta http-equiv=refresh>")
        agrees = forms.BooleanField(help_text="<b>")
        letter = forms.FileField(help_text="<i>")
        way = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, help_text="<u>")

    html = draw(Sign())

    assert not re.search("<(meta|b|i|u)[ >]", html)
    assert html.count("&lt;") == 4


class Row(SkallForm):
    name = forms.CharField(label="Navn")
    number = KronerField(label="Beløp")

    def build_layout(self) -> Layout:
        return Layout("name", "number")


def rows(**data):
    management = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    return formset_factory(Row, extra=2)(management | data if data else None)


@pytest.mark.parametrize("template", ["", "designsystemet/table_inline_formset.html"])
def test_a_formset_names_its_rows_and_ties_its_errors(template):
    formset = rows(**{"form-0-name": "x", "form-0-number": "ti", "form-1-name": ""})
    helper = Row().helper
    helper.template = template or None
    helper.layout = None if template else helper.layout
    source = "{% load crispy_forms_tags %}{% crispy form helper %}"

    html = draw(formset, source, helper=helper)
    page = Elements(html)

    assert "Rad 1: Skriv beløpet med tall, for eksempel 12 500." in html
    assert 'href="#id_form-0-number"' in html
    assert len(page.ids()) == len(set(page.ids()))
    assert 'name="form-TOTAL_FORMS"' in html
    for label in page.all("label"):
        assert label["for"] in page.ids()


def test_several_forms_share_one_summary():
    form, formset = Apply({}), rows(**{"form-0-name": "x"})
    source = "{% load designsystemet %}{% error_summary form rows %}"

    html = draw(form, source, rows=formset)

    assert html.count("data-error-summary") == 1
    assert "Fyll ut «Hva vil du studere?»." in html
    assert "Rad 1: Fyll ut «Beløp»." in html


class _Grouped(SkallForm):
    """A form that orders its fields and says nothing of its button."""

    submit_label = "Sett opp"
    title = forms.CharField()

    def build_layout(self):
        return Layout(Group("Hva", "title"))


class _Named(_Grouped):
    def build_layout(self):
        return Layout("title", Actions(Button("Send inn")))


def test_a_form_always_has_a_button_to_send_it_with():
    grouped, named = (render_crispy_form(form) for form in (_Grouped(), _Named()))

    assert grouped.count('type="submit"') == 1
    assert "Sett opp" in grouped
    assert named.count('type="submit"') == 1
    assert "Sett opp" not in named


def test_a_form_that_is_part_of_another_has_no_button_of_its_own():
    form = _Grouped()
    form.helper.form_tag = False

    assert 'type="submit"' not in render_crispy_form(form)
