"""Values of settings: ranges, lists of one, and what is no value at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from cluster_geo.scenario.values import CountRange, Range, SizeRange, Words

size = TypeAdapter(SizeRange)
count = TypeAdapter(CountRange)


@given(st.integers(1, 500), st.integers(0, 500))
def test_a_range_reads_back_what_it_prints(low, more):
    """A range written as text is the same range when it is read again."""
    wanted = Range(low, low + more)
    assert size.validate_python(str(wanted)) == wanted
    assert count.validate_python(size.dump_python(wanted)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("8:14", Range(8, 14)),
        ("08:14", Range(8, 14)),
        (" 8 : 14 ", Range(8, 14)),
        (53, Range(53, 53)),
        ("53", Range(53, 53)),
        ("free", None),
        ("Free", None),
    ],
)
def test_counts_as_planners_write_them(text, wanted):
    """A number, a range and "free" are understood, with blanks and leading noughts."""
    assert count.validate_python(text) == wanted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("20:10", "20 is greater than 10"),
        ("8-14", "not a whole number or a range"),
        ("8:10:14", "not a whole number or a range"),
        ("eight", "not a whole number or a range"),
        (True, "not a whole number or a range"),
        (8.5, "not a whole number or a range"),
        ("-3:4", "not a whole number or a range"),
        ("0:4", "at least 1"),
        ("free", "a range is needed"),
    ],
)
def test_sizes_that_mean_nothing_are_refused(text, words):
    """What is no range of sizes is refused in words that say why."""
    with pytest.raises(ValidationError, match=words):
        size.validate_python(text)


def test_a_word_stands_for_a_list_of_one():
    """One name on the command line is a list of one name, whatever commas it has."""
    assert TypeAdapter(Words).validate_python("Bristol, City of") == ("Bristol, City of",)


def test_a_range_holds_its_ends():
    """Both ends of a range belong to it."""
    assert 8 in Range(8, 14)
    assert 14 in Range(8, 14)
    assert 15 not in Range(8, 14)
