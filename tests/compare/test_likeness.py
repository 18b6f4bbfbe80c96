"""Names of schools: how alike, and which habits of spelling do not count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.compare.likeness import likeness
from cluster_geo.compare.school_names import SchoolName

WORDS = st.text("abst ", max_size=9)


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ("higham", "highma", 1),
        ("higham", "igham", 1),
        ("higham", "higgham", 1),
        ("marys", "marks", 1.5),
        ("abc", "", 3),
        ("ca", "abc", 3),
    ],
)
def test_slips_are_counted(first, second, distance):
    """A swap, a letter too many or too few is one; another letter is one and a half."""
    assert likeness(first, second) == pytest.approx(1 - distance / max(len(first), len(second)))


@given(WORDS, WORDS, st.floats(0, 1))
def test_likeness_is_a_likeness(first, second, least):
    """The same both ways, 1 for equal texts alone, and a floor only cuts off."""
    alike = likeness(first, second)
    assert 0 <= alike <= 1
    assert likeness(second, first) == pytest.approx(alike)
    assert (alike == 1) == (first == second)
    assert likeness(first, second, least) in (0, pytest.approx(alike))
    if alike > least + 1e-6:
        assert likeness(first, second, least) == alike


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("St. Mary's C.E. Primary School", "Saint Mary\u2019s Church of England Primary School"),
        ("Holy Family R C Primary", "The Holy Family Catholic Primary School"),
        ("Oaks Inf. School", "Oaks Infant School"),
        ("Château Road & Hill Jnr Sch", "Chateau Road and Hill Junior School"),
        ("St John's CEP School", "St Johns CofE Voluntary Controlled Primary School"),
    ],
)
def test_habits_of_spelling_do_not_count(first, second):
    """Both are the same name."""
    assert SchoolName.of(first).whole == SchoolName.of(second).whole


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Oaks Infant School", "Oaks Junior School"),
        ("Oaks Grammar School", "Oaks Grammar School for Girls"),
        ("St Mary's CE Primary", "St Mary's RC Primary"),
        ("Oaks Primary", "Oaks High School"),
    ],
)
def test_some_words_make_another_school(first, second):
    """Ages, church and sex tell schools of one name apart."""
    assert not SchoolName.of(first).may_be(SchoolName.of(second))


def test_the_phase_tells_the_ages_where_the_name_does_not():
    """A primary school on a list is not the academy that is a secondary school."""
    academy = SchoolName.of("The Oaks Academy", "secondary")
    assert not SchoolName.of("Oaks Primary").may_be(academy)
    assert SchoolName.of("Oaks").may_be(academy)


def test_a_misspelt_common_word_is_that_word():
    """Unless the register knows a school of that very word."""
    name = SchoolName.of("Oaks Primray Scohol", known={"oaks"})
    assert (name.whole, name.core) == ("oaks primary", "oaks")
    assert SchoolName.of("Primray Scohol", known={"primray"}).core == "primray"
    assert SchoolName.of("Oaks Primray").core == "oaks primray"
