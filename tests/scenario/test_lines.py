"""The line on which a setting stands."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.scenario.lines import line_of, lines_of, split_key

TEXT = '''\
extends = "kent"  # a remark = 3

[schools]
authorities = [
  "Kent",
  "x = 3",
]
[plan]
title = """
[clusters]
count = 3
"""
version = "2"
[boundaries . "a b"]
rule = "hard"
pins.together = [
  [1, 2],
  [3, 4]
]
pins.rule = "hard"
[reference]
freeze_zones = { district = ["Maidstone"] }
'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("extends",), 1),
        (("schools",), 3),
        (("schools", "authorities"), 4),
        (("plan", "title"), 9),
        (("plan", "version"), 13),
        (("boundaries", "a b", "rule"), 15),
        (("boundaries", "a b", "pins", "together"), 16),
        (("boundaries", "a b", "pins", "rule"), 20),
        (("reference", "freeze_zones", "district"), 22),
        (("clusters", "count"), None),
    ],
)
def test_each_setting_has_its_line(key, line):
    """Lists, long texts, quoted keys and inline tables do not lead the count astray."""
    assert tomllib.loads(TEXT)
    assert line_of(lines_of(TEXT), key) == line


@given(st.lists(st.sampled_from(["a", "b-1", "c_2"]), min_size=1, max_size=4))
def test_a_dotted_key_is_split(parts):
    """Joining parts by dots and splitting again gives the parts."""
    assert split_key(".".join(parts)) == tuple(parts)


@pytest.mark.parametrize("text", ["", "a..b", "a b", "a = 1\nb", "a\nb", "[a]", ".a"])
def test_what_is_no_key_is_refused(text):
    """A key that TOML would not take is none."""
    with pytest.raises(tomllib.TOMLDecodeError):
        split_key(text)
