"""The door for text."""

import json
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template
from markupsafe import Markup

from cluster_geo.publish.door import as_css, as_html, harmless
from tests.outputs import HOSTILE

DANGEROUS = set("<>\"'`$\\{}\u2028\u2029")


@given(st.text())
def test_nothing_dangerous_comes_through(text):
    """No sign that means something to HTML, JavaScript or Jinja is left in what passed."""
    assert not DANGEROUS & set(as_html(text))


@given(
    st.text(alphabet=st.characters(min_codepoint=0x20, exclude_categories=("Cc", "Cf", "Zl", "Zp")))
)
def test_a_reader_sees_the_text_itself(text):
    """A browser that reads the entities back shows the text as it was."""
    assert unescape(as_html(text)) == text


def test_jinja_finds_nothing_to_run():
    """Rendered as a template, hostile names come out as they went in."""
    for name in HOSTILE:
        assert Template(str(as_html(name))).render() == as_html(name)


def test_text_passes_once():
    """What has passed the door is not escaped again."""
    once = as_html("a & b")
    assert as_html(once) == once == Markup("a &#38; b")


def test_none_is_the_empty_text():
    """A missing value shows nothing."""
    assert as_html(None) == ""


def test_a_css_string_ends_where_it_should():
    """Quotes, backslashes and tags cannot end the string or the style sheet."""
    assert as_css('a"</style>') == '"a\\22 \\3c \\2f style\\3e "'


def test_json_like_data_is_made_harmless_throughout():
    """Strings in lists and mappings, and keys, all pass the door; numbers and flags do not."""
    data = harmless({"<a>": ["{{ 7*7 }}", {"b": ("<", 1, True, None)}]})
    text = json.dumps(data)
    assert "{{ 7" not in text
    assert "<" not in text
    assert data["&#60;a&#62;"][1]["b"] == ["&#60;", 1, True, None]
