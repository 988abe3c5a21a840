"""Lines of a long table escape as Django does."""

from django.utils.functional import lazystr
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.skall.linjer import joined


class Named(str):
    """A text that is no plain one, as the labels of choices are."""


class Drawn:
    def __html__(self):
        return "<i>tegnet</i>"


LINE = "<tr><td>{0}</td><td data-label='{1}'>{2}</td></tr>"
VALUES = st.one_of(
    st.text(),
    st.text().map(mark_safe),
    st.text().map(Named),
    st.integers(),
    st.sampled_from([None, 1.5, lazystr("Søknad & svar"), Drawn(), "<script>", "{0}", "'\""]),
)


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=5))
def test_every_value_is_escaped_as_django_does(rows):
    assert joined("\n", LINE, rows) == format_html_join("\n", LINE, rows)


def test_what_a_person_wrote_is_never_html():
    drawn = joined("", "<td>{}</td>", [("<b>Kari & Co</b>",), (mark_safe("<b>Liv</b>"),)])

    assert drawn == "<td>&lt;b&gt;Kari &amp; Co&lt;/b&gt;</td><td><b>Liv</b></td>"
    assert isinstance(drawn, SafeString)
